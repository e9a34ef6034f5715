"""The queue before the store's lock: in turn, bounded, and never a gate."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Stale
from cstui.host import Host
from cstui.store.queue import turn

HOLD = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has its turn and does nothing with it."""
    words = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        yield other
        other.kill()


def waiting(folder: Path) -> int:
    """How many stand in the kernel's queue for a folder."""
    inode = f":{folder.stat().st_ino} "
    return sum("->" in line and inode in line for line in Path("/proc/locks").read_text().splitlines())


async def until_waiting(folder: Path, number: int) -> None:
    while waiting(folder) < number:
        await asyncio.sleep(0.002)


async def test_who_came_first_is_served_first_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    order: list[int] = []

    async def in_turn(name: int) -> None:
        async with turn(tmp_path, 20):
            order.append(name)
            await asyncio.sleep(0)

    with held(tmp_path) as other:
        tasks = []
        for name in range(12):
            tasks.append(asyncio.create_task(in_turn(name)))
            await until_waiting(tmp_path, name + 1)
        assert order == []
        other.kill()
        await asyncio.gather(*tasks)
    assert order == [*range(12)]


async def test_who_gives_up_holds_up_nobody(tmp_path: Path) -> None:
    async def forever() -> None:
        async with turn(tmp_path, 60):
            await asyncio.sleep(60)

    with held(tmp_path) as other:
        given_up = asyncio.create_task(forever())
        await until_waiting(tmp_path, 1)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        other.kill()
        async with asyncio.timeout(20):
            async with turn(tmp_path, 60):  # the kernel may let us in before who gave up has woken: that one is next
                pass
            while waiting(tmp_path):
                await asyncio.sleep(0.002)
            async with turn(tmp_path, 60):
                assert waiting(tmp_path) == 0


async def test_a_sleeper_at_the_head_of_the_queue_only_delays(host: Host, config_path: Path) -> None:
    await host.call(host.store.patience(0.4))
    with held(config_path.parent) as other:
        other.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        act = engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "false"}, SYSTEM)
        done = asyncio.create_task(act)
        await until_waiting(config_path.parent, 1)
        assert await host.call(host.store.query("SELECT 1 AS one")) == [{"one": 1}]  # what is read waits for nobody
        assert (await done).entry
        assert time.monotonic() - began >= 0.2
        with closing(sqlite3.connect(config_path.with_name("cstui.db"), isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")  # now it sleeps within its act
            with pytest.raises(Stale) as busy:
                await engine.run(host, "site.set_day", {"day": "2026-12-02", "working": "false"}, SYSTEM)
            assert busy.value.text.id == "store.busy"
            store.execute("ROLLBACK")
            assert store.execute("SELECT count(*) FROM site_day").fetchone() == (1,)


async def test_who_gives_up_before_sqlite_s_own_lock_does_not_get_it_later(host: Host, config_path: Path) -> None:
    async def write() -> None:
        async with host.store.transaction():
            pass

    with closing(sqlite3.connect(config_path.with_name("cstui.db"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        given_up = asyncio.create_task(host.call(write()))
        await asyncio.sleep(0.1)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        other.execute("COMMIT")
        await host.call(host.store.query("SELECT 1"))  # what stood before it in the connection's thread is done
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


async def test_a_folder_that_cannot_be_locked_is_no_hindrance(tmp_path: Path) -> None:
    async with turn(tmp_path / "none", 60):
        pass
