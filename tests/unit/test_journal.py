"""The journal: replay gives the state, and each kind of later change is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW, lost_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstui import engine, journal
from cstui.contract.context import SYSTEM, Actor
from cstui.contract.errors import Fault, Refusal
from cstui.host import Host
from cstui.journal.chain import Checkpoint, read_checkpoints
from cstui.journal.verify import check, snapshot_of_file
from cstui.store.past import past

TAGS = ("A1", "A2", "B1", "C7")
STEPS = st.one_of(
    st.tuples(st.just("lost.find"), st.sampled_from(TAGS), st.sampled_from(("伞", "umbrella", "[/nope]", "手机"))),
    st.tuples(st.just("lost.give"), st.sampled_from(TAGS), st.sampled_from(("王芳", "李强"))),
    st.tuples(st.just("lost.scrap"), st.sampled_from(TAGS), st.none()),
)


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path) -> AsyncIterator[Host]:
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


async def step(host: Host, action: str, tag: str, word: str | None) -> bool:
    try:
        if action == "lost.find":
            await engine.run(host, action, {"tag": tag, "name": word}, SYSTEM)
        else:
            await engine.run(host, action, {"owner": word} if word else {}, SYSTEM, target=[tag])
    except Fault:
        return False
    return True


async def rows(host: Host) -> list[dict[str, Any]]:
    return await host.store.query("SELECT * FROM lost_item ORDER BY id")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEPS, max_size=12))
async def test_replay_gives_the_state_and_every_past_state(
    tmp_path_factory: pytest.TempPathFactory, lost_template: Path, history: list[tuple[str, str, str | None]]
) -> None:
    path = lost_site(tmp_path_factory.mktemp("history"), lost_template)
    async with Host.open(path) as host:
        states = []
        for number, (action, tag, word) in enumerate(history):
            host.clock = lambda number=number: NOW + timedelta(minutes=number)
            await step(host, action, tag, word)
            states.append(await rows(host))
        for number, state in enumerate(states):
            async with past(host, NOW + timedelta(minutes=number)):
                from cstui_site.lost import Item

                seen = await Item.all().order_by("id").values("id", "tag", "name", "owner", "version")
            assert seen == [{key: row[key] for key in seen[0]} for row in state] if seen else not state
    report = check(snapshot_of_file(path.with_name("cstui.db")))
    assert report.verdict == "intact", report


async def test_where_a_clock_went_back_the_past_is_what_was_done_by_then(lost: Host) -> None:
    moments = {"A1": 10, "A2": 0, "A3": 20}
    for tag, minutes in moments.items():
        lost.clock = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        await step(lost, "lost.find", tag, "伞")
    lost.clock = lambda: NOW + timedelta(minutes=1)
    await step(lost, "lost.give", "A1", "王芳")

    async def seen(minutes: int) -> list[tuple[str, str]]:
        from cstui_site.lost import Item

        async with past(lost, NOW + timedelta(minutes=minutes)):
            return [(item.tag, item.owner) for item in await Item.all().order_by("tag")]

    assert await lost.call(seen(0)) == [("A2", "")]
    assert await lost.call(seen(5)) == [("A1", "王芳"), ("A2", "")], "it was given by then, whenever it was found"
    assert await lost.call(seen(20)) == [("A1", "王芳"), ("A2", ""), ("A3", "")]


async def test_a_refusal_is_journalled_and_nothing_else_is(lost: Host) -> None:
    await step(lost, "lost.find", "A1", "伞")
    await step(lost, "lost.give", "A1", "王芳")
    before = await rows(lost)
    with pytest.raises(Refusal) as refused:
        await engine.run(lost, "lost.give", {"owner": "李强"}, SYSTEM, target=["A1"])
    assert refused.value.rule == "lost-02"
    last = await journal.entry(lost, (await journal.head(lost)).count)
    assert (last.outcome, last.action, list(last.changes)) == ("refused", "lost.give", [])
    assert await rows(lost) == before


async def test_an_anonymous_act_leaves_no_trace_but_its_row_and_day(lost: Host) -> None:
    count = (await journal.head(lost)).count
    actor = Actor("wang.fang", 7, "王芳", permissions=frozenset({"lost.*"}))
    await engine.run(lost, "lost.whisper", {"words": "地面滑"}, actor)
    assert (await journal.head(lost)).count == count
    row = (await lost.store.query("SELECT * FROM lost_whisper"))[0]
    assert set(row) == {"id", "day", "words"} and len(row["id"]) == 32
    assert await lost.store.query("SELECT * FROM house_change") == []
    await engine.run(lost, "lost.whisper", {"words": "灯坏了"}, actor)
    await engine.run(lost, "lost.close", {}, SYSTEM)
    body = (await lost.store.query("SELECT body FROM house_body ORDER BY seq DESC LIMIT 1"))[0]["body"]
    assert json.loads(body)["sealed"][0]["count"] == 2
    assert "地面滑" not in body


@contextmanager
def tampered(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a store in the hands of somebody with sqlite3 and no scruples."""
    with closing(sqlite3.connect(path)) as store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_house_%'").fetchall():
            store.execute(f"DROP TRIGGER {name}")
        yield store
        store.commit()


@pytest_asyncio.fixture
async def signed(lost: Host, tmp_path: Path) -> tuple[Path, list[Checkpoint]]:
    """A store of some acts with a checkpoint in the middle and one at the end."""
    points = []
    for tag in TAGS:
        await step(lost, "lost.find", tag, "伞")
        points.append(await journal.head(lost))
    file = tmp_path / "checkpoints.txt"
    for point in points[1::2]:
        journal.write_checkpoint(file, point)
    return lost.store.database.path, read_checkpoints(file.read_text())  # type: ignore[return-value]


def verdict(path: Path, points: list[Checkpoint]) -> tuple[str, int]:
    report = check(snapshot_of_file(path), points)
    return report.verdict, report.seq


async def test_an_untouched_store_is_intact_and_anchored(signed: tuple[Path, list[Checkpoint]]) -> None:
    path, points = signed
    report = check(snapshot_of_file(path), points)
    assert report.good and report.anchored == points[-1]
    assert check(snapshot_of_file(path)).anchored is None


async def test_every_kind_of_tampering_has_its_verdict(signed: tuple[Path, list[Checkpoint]], tmp_path: Path) -> None:
    path, points = signed
    count = points[-1].count

    def copy(name: str) -> Path:
        made = tmp_path / name
        with closing(sqlite3.connect(path)) as store, closing(sqlite3.connect(made)) as target:
            store.backup(target)
        return made

    with tampered(altered := copy("altered")) as store:
        store.execute("UPDATE house_body SET body = replace(body, '伞', '金表') WHERE seq = ?", (count - 2,))
    assert verdict(altered, points) == ("altered", count - 2)

    with tampered(row := copy("row")) as store:
        store.execute("UPDATE lost_item SET name = '金表' WHERE tag = 'A1'")
    assert verdict(row, points) == ("altered", 0)

    with tampered(quiet := copy("quiet")) as store:
        store.execute("DROP TRIGGER journal_lost_item_update")
        store.execute("UPDATE lost_item SET name = '金表' WHERE tag = 'A1'")
    assert verdict(quiet, points)[0] == "altered"

    with tampered(removed := copy("removed")) as store:
        store.execute("DELETE FROM house_entry WHERE seq = ?", (count - 1,))
    assert verdict(removed, points) == ("removed", count - 1)

    with tampered(cut := copy("cut")) as store:
        for table in ("house_entry", "house_body", "house_ref"):
            store.execute(f"DELETE FROM {table} WHERE seq = ?", (count,))
    assert verdict(cut, points) == ("truncated", count)

    with tampered(hidden := copy("hidden")) as store:
        for table in ("house_entry", "house_body", "house_ref"):
            store.execute(f"DELETE FROM {table} WHERE seq = ?", (count,))
        store.execute("DROP TRIGGER journal_lost_item_delete")
        store.execute("DELETE FROM lost_item WHERE tag = 'C7'")
    assert verdict(hidden, [])[0] == "altered", "a lost trigger shows even without a checkpoint"

    with tampered(copy("rewritten")) as store:
        rewrite(store, count)
    assert verdict(tmp_path / "rewritten", []) == ("intact", 0), "in itself it is consistent"
    assert verdict(tmp_path / "rewritten", points)[0] == "rewritten"


def rewrite(store: sqlite3.Connection, last: int) -> None:
    """Forge the last entry with all hashes right: what only an outside checkpoint shows."""
    from cstui.journal.chain import body_hash, entry_hash

    store.row_factory = sqlite3.Row
    entry = store.execute("SELECT * FROM house_entry WHERE seq = ?", (last,)).fetchone()
    body = store.execute("SELECT * FROM house_body WHERE seq = ?", (last,)).fetchone()
    forged = body["body"].replace('"version"', '"version"').replace("伞", "锤")
    digest = body_hash(body["salt"], forged)
    store_id = store.execute("SELECT store_id FROM house_stamp").fetchone()[0]
    link = entry_hash(store_id, last, entry["prev"], entry["at"], entry["actor"], entry["action"], digest)
    store.execute("UPDATE house_body SET body = ? WHERE seq = ?", (forged, last))
    store.execute("UPDATE house_entry SET body_hash = ?, hash = ? WHERE seq = ?", (digest, link, last))
    image = json.loads(forged)["changes"][-1]["after"]
    trigger = store.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_lost_item_update'").fetchone()[0]
    store.execute("DROP TRIGGER journal_lost_item_update")
    store.execute(
        "UPDATE lost_item SET name = ?, search = ? WHERE id = ?", (image["name"], image["search"], image["id"])
    )
    store.execute(trigger)


async def test_last_weeks_copy_is_an_older_copy(lost: Host, tmp_path: Path) -> None:
    await step(lost, "lost.find", "A1", "伞")
    path = lost.store.database.path
    assert path is not None
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as store, closing(sqlite3.connect(old)) as target:
        store.backup(target)
    await step(lost, "lost.find", "B1", "伞")
    point = await journal.head(lost)
    assert verdict(old, [point]) == ("older_copy", point.count)


async def test_entries_can_be_blanked_but_never_changed(lost: Host) -> None:
    await step(lost, "lost.find", "A1", "伞")
    path = lost.store.database.path
    assert path is not None
    with closing(sqlite3.connect(path)) as store:
        for statement in (
            "UPDATE house_entry SET actor = 'x'",
            "DELETE FROM house_entry",
            "UPDATE house_body SET body = '{}'",
            "DELETE FROM house_body",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                store.execute(statement)
        store.execute("UPDATE house_body SET body = NULL WHERE seq = 1")
        store.commit()
    report = check(snapshot_of_file(path))
    assert report.verdict == "intact" and report.blanked == 1


def test_the_shutil_copy_of_a_site_is_usable(template: Path, tmp_path: Path) -> None:
    """The template is closed cleanly: no side file holds part of it."""
    shutil.copy(template.with_name("cstui.db"), tmp_path / "copy.db")
    assert check(snapshot_of_file(tmp_path / "copy.db")).good


@pytest.mark.parametrize(
    ("column", "value", "verdict"), [("TEXT NOT NULL DEFAULT ''", "''", "intact"), ("INT", "NULL", "intact"),
                                     ("TEXT NOT NULL DEFAULT ''", "'x'", "altered"), ("INT", "0", "altered")]
)  # fmt: skip
async def test_a_row_older_than_a_column_holds_its_default_there(
    lost: Host, column: str, value: str, verdict: str
) -> None:
    assert await step(lost, "lost.find", "A1", "伞")
    file = lost.settings.store_file
    with closing(sqlite3.connect(file)) as store:
        store.execute(f"ALTER TABLE lost_item ADD COLUMN later {column}")
        triggers = store.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'lost_item' AND type = 'trigger'"
        )
        kept = list(triggers)
        for name, _ in kept:
            store.execute(f"DROP TRIGGER {name}")
        store.execute(f"UPDATE lost_item SET later = {value}")
        for _, sql in kept:
            store.execute(sql)
        store.commit()
    assert check(snapshot_of_file(file)).verdict == verdict
