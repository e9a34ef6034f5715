"""Evidence: added and never changed, doubled never, sealed in the entry of the act that added it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from conftest import NOW, lost_site

from cstui import engine, journal, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Refusal
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file
from cstui.plugins.check import faults_of
from cstui.store.past import past


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path) -> AsyncIterator[Host]:
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


async def add(host: Host, who: str, count: int) -> dict[str, object]:
    outcome = await engine.run(host, "lost.passed", {"who": who, "count": count}, SYSTEM)
    assert outcome.text
    return dict(outcome.text.args)


def file_of(host: Host) -> Path:
    assert host.settings.store_file
    return host.settings.store_file


async def test_what_comes_again_is_added_once_and_each_act_seals_its_own(lost: Host) -> None:
    assert await add(lost, "wang", 5001) == {"added": 5001, "doubled": 0}
    assert await add(lost, "wang", 5003) == {"added": 2, "doubled": 5001}
    assert await add(lost, "wang", 5003) == {"added": 0, "doubled": 5003}
    ctx = await lost.context(SYSTEM)
    assert await lost.call(registers.count(lost, ctx, "lost.passes", search="WANG5002")) == 1
    page = await lost.call(registers.page(lost, ctx, "lost.passes", limit=2))
    assert [(row.version, row.values["who"]) for row in page.rows] == [(1, "wang5002"), (1, "wang5001")]
    bodies = [json.loads(row["body"]) for row in await lost.store.query("SELECT body FROM house_body ORDER BY seq")]
    assert [[one["count"] for one in body.get("added", ())] for body in bodies[-3:]] == [[5001], [2], []]
    assert not any(body["changes"] for body in bodies[-3:]) and "wang7" not in json.dumps(bodies[-3:])
    assert check(snapshot_of_file(file_of(lost))).good


async def test_a_refused_act_adds_nothing(lost: Host) -> None:
    with pytest.raises(Refusal):
        await add(lost, "nobody", 3)
    assert (await engine.run(lost, "lost.passed", {"who": "li", "count": 3}, SYSTEM, dry_run=True)).entry == 0
    assert await lost.store.query("SELECT * FROM lost_pass") == []
    assert check(snapshot_of_file(file_of(lost))).good


async def test_it_is_written_only_by_an_act_and_by_add(lost: Host) -> None:
    from cstui_site.lost import Pass

    ctx = await lost.context(SYSTEM)
    for made in (Pass.add(ctx, ("who", "at", "digest"), [("x", NOW, "x")]), Pass.create(who="x", at=NOW, digest="x")):
        with pytest.raises(RuntimeError):
            await lost.call(made)
    await add(lost, "wang", 2)
    with closing(sqlite3.connect(file_of(lost))) as store:
        for statement in ("UPDATE lost_pass SET who = 'x'", "DELETE FROM lost_pass"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store.execute(statement)


async def test_a_model_that_names_no_unique_field_is_no_evidence(lost: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    from cstui_site.lost import Pass

    assert faults_of(lost.areas["lost"]) == []
    for name in ("", "who", "nothing"):
        monkeypatch.setattr(Pass, "unique", name)
        assert [lost.words.say(fault, "en") for fault in faults_of(lost.areas["lost"])] == [
            f"record Pass: unique = {name!r} names no unique field: add unique=True to it"
        ]


TAMPERED = {
    "changed": ("UPDATE lost_pass SET who = 'li' WHERE id = 2", "lost_pass 1–3 aren't the 3 rows that entry 2 sealed"),
    "removed": ("DELETE FROM lost_pass WHERE id = 4", "lost_pass 4–4 aren't the 1 rows that entry 3 sealed"),
    "added": (
        "INSERT INTO lost_pass(search, who, at, digest) VALUES('', 'li', '2026-11-24', 'li:9')",
        "lost_pass 5 was written past the engine",
    ),
    "unguarded": ("SELECT 1", "lost_pass lost a guard trigger"),
}


async def test_verify_names_the_batch_that_was_tampered_with(lost: Host, tmp_path: Path) -> None:
    await add(lost, "wang", 3)
    await add(lost, "li", 1)
    point = await journal.head(lost)
    assert point.count == 3
    for name, (statement, detail) in TAMPERED.items():
        copied = tmp_path / f"{name}.db"
        with closing(sqlite3.connect(file_of(lost))) as store, closing(sqlite3.connect(copied)) as copy:
            store.backup(copy)
            guards = copy.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'guard_lost_%'").fetchall()
            assert len(guards) == 2
            for guard, _ in guards:
                copy.execute(f"DROP TRIGGER {guard}")
            copy.execute(statement)
            for _, sql in guards[name == "unguarded" :]:
                copy.execute(sql)
            copy.commit()
        report = check(snapshot_of_file(copied), [point])
        assert (report.verdict, report.detail) == ("altered", detail)


async def test_a_seal_outlives_a_new_column_and_a_blanked_entry(lost: Host) -> None:
    await add(lost, "wang", 2)
    with closing(sqlite3.connect(file_of(lost))) as store:
        store.execute("ALTER TABLE lost_pass ADD COLUMN gate TEXT NOT NULL DEFAULT ''")
        assert check(snapshot_of_file(file_of(lost))).good
        store.execute("UPDATE house_body SET body = NULL WHERE seq = 2")
        store.commit()
    assert check(snapshot_of_file(file_of(lost))).verdict == "intact"


async def test_the_past_shows_the_evidence_of_then(lost: Host) -> None:
    await add(lost, "wang", 2)
    lost.clock = lambda: NOW + timedelta(hours=1)
    await add(lost, "li", 3)

    async def seen() -> list[str]:
        ctx = await lost.context(SYSTEM)
        page = await registers.page(lost, ctx, "lost.passes", search="i")
        return [row.values["who"] for row in page.rows]

    async with past(lost, NOW):
        assert await seen() == []
    async with past(lost, NOW + timedelta(hours=2)):
        assert await seen() == ["li2", "li1", "li0"]
    copied = file_of(lost).with_name("copy.db")
    shutil.copy(file_of(lost), copied)
    assert check(snapshot_of_file(file_of(lost))).good
