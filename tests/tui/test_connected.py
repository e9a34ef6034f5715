"""Who is connected: shown in the dashboard, gone when one leaves or is killed."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.store import sessions
from cstui.store.sessions import connected
from cstui.store.state import keep

ENTER = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from cstui.host import Host
from cstui.store import sessions

async def main(path):
    async with Host.open(Path(path)) as host:
        await host.call(sessions.enter(host.store, "li", "李[b]强\\x1b[2J", host.clock(), "10.0.0.7"))
        print("in", flush=True)
        sys.stdin.readline()

asyncio.run(main(sys.argv[1]))
"""


async def test_another_ones_dashboard_is_shown_until_it_is_killed(
    host: Host, config_path: Path, sit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CLIENT", "10.0.0.9 51234 22")
    words = [sys.executable, "-c", ENTER, str(config_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "in\n"
        async with sit() as desk:
            await desk.app.workers.wait_for_complete()
            await desk.press(":")
            await desk.type("who is conn")
            await desk.press("enter")
            await desk.sees("DASHBOARDS OPEN")
            told = desk.app.screen.copied()
            assert "2 DASHBOARDS OPEN" in told
            assert "李[b]强^[[2J  li  since " in told and "from 10.0.0.7" in told
            assert "from 10.0.0.9" in told and told.count("this one") == 1
            other.kill()
            other.wait()
            await desk.app.screen.follow()
            assert "1 DASHBOARD OPEN" in desk.app.screen.copied()
    assert not await host.call(connected(host.clock()))


async def test_other_hosts_are_believed_for_half_an_hour_and_a_number_taken_again_is_another_process(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "north")
    await host.call(keep(host.store, "later", "session.of-a-later-version", {"mood": "good"}))
    mine = await host.call(sessions.enter(host.store, "li", "李强", NOW))
    assert await host.call(connected(NOW + timedelta(days=1))) == [mine]  # the process is there, however long silent
    later = NOW + timedelta(minutes=20)
    await host.call(sessions.sign(host.store, mine, later))
    monkeypatch.setattr("socket.gethostname", lambda: "south")
    (seen,) = await host.call(connected(later + timedelta(minutes=29)))
    assert (seen.since, seen.seen) == (NOW, later)
    assert not await host.call(connected(later + timedelta(minutes=30)))
    monkeypatch.setattr("socket.gethostname", lambda: "north")
    monkeypatch.setattr("cstui.store.sessions._started", lambda pid: "another")
    assert not await host.call(connected(NOW))
    await host.call(sessions.enter(host.store, "wang", "王芳", NOW))
    assert len(await host.store.query("SELECT * FROM house_state WHERE name LIKE 'session.%'")) == 2


async def test_only_what_the_department_did_is_followed(host: Host) -> None:
    await host.call(host.store.changed())
    async with host.beside() as other:
        await other.call(keep(other.store, "li", "palette", ["x"]))
        assert not await host.call(host.store.changed())
        await engine.run(other, "site.set_day", {"day": "2026-12-01", "working": "false"}, SYSTEM)
        assert await host.call(host.store.changed())
        assert not await host.call(host.store.changed())
