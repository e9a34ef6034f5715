"""Who has a dashboard open: kept beside the journal, since it is nobody's business tomorrow."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from cstui.store.models import State
from cstui.store.state import keep

if TYPE_CHECKING:
    from cstui.store.store import Store

NAME = "session."
LIFE = timedelta(minutes=30)
"""So long a session on another host counts as open after its last sign of life. On this host its process tells."""


@dataclass(frozen=True, slots=True)
class Session:
    """A dashboard that is open. `place`: the address from which it says to have come, a remark only; "" for none."""

    login: str
    name: str
    since: datetime
    seen: datetime
    host: str
    pid: int
    started: str
    place: str
    key: str

    def alive(self, now: datetime) -> bool:
        """Whether it is still open, as far as can be told from here."""
        if self.host != socket.gethostname():
            return now - self.seen < LIFE
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass  # another user's
        return _started(self.pid) in {"", self.started}


async def enter(store: Store, login: str, name: str, now: datetime, place: str = "") -> Session:
    """This process has a dashboard open from now on; those that were killed are forgotten. Raises StoreFault, Stale."""
    pid = os.getpid()
    made = Session(login, name, now, now, socket.gethostname(), pid, _started(pid), place, NAME + token_hex(8))
    async with store.transaction():
        for one in await _kept():
            if not one.alive(now):
                await State.filter(login=one.login, name=one.key).delete()
        await State.create(login=login, name=made.key, value=json.dumps(_fields(made), ensure_ascii=False))
    return made


async def sign(store: Store, session: Session, now: datetime) -> None:
    """A sign of life. Raises StoreFault, Stale."""
    await keep(store, session.login, session.key, _fields(replace(session, seen=now)))


async def leave(store: Store, session: Session) -> None:
    """It is closed. Raises StoreFault, Stale."""
    async with store.transaction():
        await State.filter(login=session.login, name=session.key).delete()


async def connected(now: datetime) -> Sequence[Session]:
    """The dashboards that are open, the longest first."""
    return sorted((one for one in await _kept() if one.alive(now)), key=lambda one: one.since)


async def _kept() -> list[Session]:
    found = []
    for row in await State.filter(name__startswith=NAME):
        with suppress(ValueError, KeyError, TypeError):  # as another version of the program keeps them
            found.append(_unpacked(row))
    return found


def _fields(session: Session) -> dict[str, Any]:
    fields = asdict(session) | {"since": session.since.isoformat(), "seen": session.seen.isoformat()}
    del fields["login"], fields["key"]
    return fields


def _unpacked(row: State) -> Session:
    fields = json.loads(row.value)
    moments = {name: datetime.fromisoformat(fields[name]) for name in ("since", "seen")}
    return Session(**fields | moments, login=row.login, key=row.name)


def _started(pid: int) -> str:
    """When a process of this host began, by its kernel's clock: another one may have its number later."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
