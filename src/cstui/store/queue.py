"""A fair queue before SQLite's write lock: who came first is served first.

SQLite lets whoever waits ask again and again; who asks in the right moment wins, and another waits for seconds
(docs/decisions/fair-queue.md). Here those who want to write stand in the kernel's queue for a lock (flock) on the
store's folder: no file is needed, and whoever is killed lets go. It is a courtesy, never a gate: what alone protects
the store is SQLite's lock, which is asked for in any case.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread


@asynccontextmanager
async def turn(folder: Path, patience: float) -> AsyncIterator[None]:
    """One's turn among those who write the store in this folder, kept until the end; waited for `patience` seconds.

    Who waited in vain, or stands before a folder that can't be locked (a network's), goes on without. Nothing else
    of the program is held up meanwhile.
    """
    came: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    handle = _stand(folder, came)
    try:
        if handle is not None:
            await asyncio.wait([came], timeout=patience)
        yield
    finally:
        if handle is not None and not came.cancel():
            _leave(handle)


def _stand(folder: Path, came: asyncio.Future[None]) -> int | None:
    """Join the queue; `came` is done when it is one's turn. Where it was cancelled before, the turn is passed on."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # A thread of its own, which the program's end doesn't wait for: the kernel's queue knows no time limit.
        Thread(target=_wait, args=(handle, came, came.get_loop()), daemon=True).start()
    except OSError:
        os.close(handle)
        return None
    else:
        came.set_result(None)
    return handle


def _wait(handle: int, came: asyncio.Future[None], loop: asyncio.AbstractEventLoop) -> None:
    def arrived() -> None:
        if came.cancelled():
            _leave(handle)
        else:
            came.set_result(None)

    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        loop.call_soon_threadsafe(arrived)
    except (OSError, RuntimeError):  # RuntimeError: the loop has ended
        _leave(handle)


def _leave(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_UN)  # a child that is just being started may hold a copy of the handle
    os.close(handle)
