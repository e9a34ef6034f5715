"""The same promises on a real PostgreSQL server: migrate, import, lend, return, verify, one winner.

The server's address stands in CSTUI_TEST_POSTGRES (tests/postgres.sh starts one).
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW
from tortoise.exceptions import IntegrityError

from cstui import engine, journal, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Fault
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_store

KEY = {
    "block": "3",
    "unit": "2",
    "floor": "15",
    "room": "02",
    "space_kind": "public_door_window",
    "door_kind": "unit_door",
}


async def test_a_morning_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        admin = await host.call(host.actor("admin"))
        indexes = await host.store.query("SELECT indexdef FROM pg_indexes WHERE tablename = 'keys_custody_event'")
        assert any(index["indexdef"].endswith("(key_id)") for index in indexes)
        people = [
            (n, {"number": f"10{n}", "login": f"p{n}", "name": f"员工{n}", "department": "工程部"}) for n in range(1, 4)
        ]
        assert (await engine.run_bulk(host, "people.enrol", people, admin)).count("created") == 3
        keys = [(n, {"tag_no": f"K{n}", **KEY, "copy_no": str(n)}) for n in range(1, 6)]
        outcome = await engine.run_bulk(host, "keys.register", keys, admin)
        assert outcome.count("created") == 5, outcome.lines
        again = await engine.run_bulk(host, "keys.register", keys, admin)
        assert (again.count("unchanged"), again.entry) == (5, 0)
        await engine.run(host, "keys.label", {}, admin, target=["K1", "K2"])
        lend = {"borrower": "p1", "work_reason": "repair W-1182", "due_at": "18:00"}
        await engine.run(host, "keys.lend", lend, admin, target=["K1"])
        await engine.run(host, "keys.return", {"condition": "ok"}, admin, target=["K1"])

        async def want(login: str) -> bool:
            try:
                await engine.run(host, "keys.lend", {**lend, "borrower": login}, admin, target=["K2"])
            except Fault:
                return False
            return True

        assert sum(await asyncio.gather(want("p2"), want("p3"))) == 1
        report = check(await host.call(snapshot_of_store(host.store)), [await host.call(journal.head(host))])
        assert report.verdict == "intact", report
    async with Host.open(on_postgres) as host:
        assert not host.store.read_only
    words = [sys.executable, "-m", "cstui", "--config", str(on_postgres), "--json", "journal", "verify"]
    told = subprocess.run(words, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["verdict"] == "intact"


async def test_evidence_on_postgresql(on_postgres: Path, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "dropins", tmp_path / "dropins")
    on_postgres.write_text(
        on_postgres.read_text("utf-8") + f'\n[plugins]\ndirs = ["{tmp_path / "dropins"}"]\n', "utf-8"
    )
    async with Host.open(on_postgres, create=True) as host:
        for count in (3, 5):
            await engine.run(host, "lost.passed", {"who": "wang", "count": count}, SYSTEM)
        seals = await host.store.query(
            "SELECT body::jsonb -> 'added' -> 0 ->> 'count' AS n FROM house_body ORDER BY seq"
        )
        assert [seal["n"] for seal in seals] == ["3", "2"]
        assert check(await host.call(snapshot_of_store(host.store))).good
        with pytest.raises(IntegrityError, match="append-only"):
            await host.store.query("DELETE FROM lost_pass")
        await host.store.query("ALTER TABLE lost_pass DISABLE TRIGGER ALL")
        await host.store.query("DELETE FROM lost_pass WHERE who = 'wang4'")
        report = check(await host.call(snapshot_of_store(host.store)))
        assert (report.verdict, "entry 2 sealed" in report.detail) == ("altered", True)


async def test_an_export_is_of_one_moment_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host, Host.open(on_postgres) as other:
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        ctx = await host.context(SYSTEM)
        async with host.store.snapshot():
            assert await registers.count(host, ctx, "people.staff") == 1
            await other.call(engine.run(other, "people.enrol", {"number": "K1", "name": "王芳"}, SYSTEM))
            assert await registers.count(host, ctx, "people.staff") == 1
        assert await registers.count(host, ctx, "people.staff") == 2
