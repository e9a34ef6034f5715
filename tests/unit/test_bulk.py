"""Many rows as one act, in parts: the result doesn't depend on the parts, nothing is stored by halves."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW, lost_site, site
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cstui import bulk, engine, journal
from cstui.api import hookimpl
from cstui.contract.context import SYSTEM, Context
from cstui.contract.declare import Consequence
from cstui.contract.errors import BadInput, Refusal
from cstui.host import Host
from cstui.journal.verify import check, snapshot_of_file

PLACES = [
    {"block": block, "space_kind": "owner_unit", "unit": "1", "floor": floor, "room": "01"}
    for block in ("1", "2")
    for floor in ("2", "9")
]
KEY = st.fixed_dictionaries(
    {
        "tag_no": st.sampled_from([f"K{n}" for n in range(9)]),
        "door_kind": st.sampled_from(["security_gate", "inner_door"]),
    },
    optional={
        "copy_no": st.sampled_from(["1", "2", "none"]),
        "labelled": st.sampled_from(["true", "false"]),
        "ring": st.sampled_from(["R1", "R2"]),
        "hook": st.sampled_from(["H1", "H2"]),
        "owner_name": st.sampled_from(["王芳", "李强"]),
        "received_on": st.sampled_from(["2026-11-02", "2026-10-01", "2027-01-01"]),
    },
)
KEYS = st.lists(st.tuples(st.sampled_from(PLACES), KEY).map(lambda pair: pair[0] | pair[1]), min_size=2, max_size=14)
STORED = (
    "SELECT k.tag_no, s.code, s.owner_name, b.block, b.taken_over_on, r.ring_no, r.hook, k.door_kind, k.copy_no, "
    "k.labelled, k.label_text, k.state, k.received_on, k.label_owed_since FROM keys_key k "
    "JOIN keys_space s ON s.id = k.space_id JOIN keys_building b ON b.id = s.building_id "
    "LEFT JOIN keys_ring r ON r.id = k.ring_id ORDER BY k.tag_no"
)
EVENTS = (
    "SELECT k.tag_no, e.kind, e.to_holder FROM keys_custody_event e JOIN keys_key k ON k.id = e.key_id "
    "ORDER BY k.tag_no, e.id"
)


HOME = {**PLACES[0], "labelled": "true"}
GATE, INNER = {**HOME, "door_kind": "security_gate"}, {**HOME, "door_kind": "inner_door"}


@example(  # the second key of a home lengthens the first one's label; the building was taken over with the earlier
    before=[],
    rows=[
        {**GATE, "tag_no": "K0", "received_on": "2026-11-02"},
        {**INNER, "tag_no": "K1", "received_on": "2026-10-01"},
    ],
    skip_bad=False,
)
@example(  # a key that was there, after the one that lengthens its label
    before=[{**GATE, "tag_no": "K0"}],
    rows=[{**INNER, "tag_no": "K1"}, {**GATE, "tag_no": "K0"}],
    skip_bad=False,
)
@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=KEYS, rows=KEYS, skip_bad=st.booleans())
def test_where_a_part_ends_makes_no_difference(
    template: Path, tmp_path_factory: pytest.TempPathFactory, before: Any, rows: Any, skip_bad: bool
) -> None:
    async def imported(size: int) -> Any:
        path = site(tmp_path_factory.mktemp("parts"))
        shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
        async with Host.open(path) as host:
            host.clock = lambda: NOW
            await engine.run_bulk(host, "keys.register", list(enumerate(before, 2)), SYSTEM, skip_bad=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(bulk, "PART", size)
                told = await engine.run_bulk(host, "keys.register", enumerate(rows, 2), SYSTEM, skip_bad=skip_bad)
            stored = await host.call(host.store.query(STORED)), await host.call(host.store.query(EVENTS))
        assert check(snapshot_of_file(path.with_name("cstui.db"))).good
        faults = [line.fault and (line.fault.text.id, line.fault.field, line.fault.value) for line in told.lines]
        return [line.mark for line in told.lines], faults, told.counts, bool(told.entry), stored

    whole = asyncio.run(imported(1000))
    assert asyncio.run(imported(7)) == whole
    assert asyncio.run(imported(1)) == whole


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Host]:
    """The lost property of a site, imported in parts of three rows."""
    monkeypatch.setattr(bulk, "PART", 3)
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


def found(count: int, first: int = 1) -> Iterator[engine.RawRow]:
    return ((n + 1, {"tag": f"L{n}", "name": "伞"}) for n in range(first, first + count))


async def count(host: Host, table: str = "lost_item") -> int:
    return int((await host.call(host.store.query(f"SELECT count(*) AS n FROM {table}")))[0]["n"])


async def test_each_part_has_its_entry_and_says_which_it_is(lost: Host) -> None:
    told = await engine.run_bulk(lost, "lost.find", found(7), SYSTEM)
    assert (told.parts, told.count("created"), await count(lost)) == (3, 7, 7)
    texts = [(await lost.call(journal.entry(lost, seq))).text for seq in range(told.entry, told.entry + 3)]
    assert [(text.id, text.args["part"], text.args["created"]) for text in texts if text] == [
        ("engine.imported_part", 1, 3), ("engine.imported_part", 2, 3), ("engine.imported_part", 3, 1),
    ]  # fmt: skip
    alone = await engine.run_bulk(lost, "lost.find", found(3, 20), SYSTEM)
    text = (await lost.call(journal.entry(lost, alone.entry))).text
    assert text and text.id == "engine.imported"


async def test_a_bad_line_in_a_late_part_keeps_the_early_ones_out(lost: Host) -> None:
    before = await count(lost, "house_entry")
    told = await engine.run_bulk(lost, "lost.find", [*found(7), (9, {"tag": "L9"})], SYSTEM)
    assert (told.count("created"), [line.line for line in told.refused], told.entry) == (7, [9], 0)
    assert (await count(lost), await count(lost, "house_entry"), await count(lost, "house_change")) == (0, before, 0)


async def test_a_natural_key_twice_in_the_file_names_the_first_line(lost: Host) -> None:
    rows = [*found(5), (7, {"tag": "Ｌ1", "name": "书"})]
    told = await engine.run_bulk(lost, "lost.find", rows, SYSTEM, skip_bad=True)
    (refused,) = told.refused
    assert refused.fault and refused.fault.text.id == "engine.twice"
    assert (refused.line, refused.fault.text.args["first"], refused.fault.value) == (7, 2, "L1")
    assert await count(lost) == 5


async def test_progress_tells_each_part_and_what_it_raises_takes_all_back(lost: Host) -> None:
    seen: list[tuple[int, int | None]] = []
    before = await count(lost, "house_entry")

    def progress(done: int, total: int | None) -> None:
        seen.append((done, total))
        if done > 5:
            raise engine.Stopped

    with pytest.raises(engine.Stopped):
        await engine.run_bulk(lost, "lost.find", list(found(20)), SYSTEM, progress=progress)
    assert seen == [(3, 20), (6, 20)]
    assert (await count(lost), await count(lost, "house_entry"), await count(lost, "house_change")) == (0, before, 0)
    assert (await engine.run_bulk(lost, "lost.find", found(20), SYSTEM)).count("created") == 20  # the lock is free


async def test_a_cancelled_import_stores_nothing_and_frees_the_lock(lost: Host) -> None:
    half = asyncio.Event()

    def progress(done: int, total: int | None) -> None:
        if done > 30:
            half.set()

    task = asyncio.create_task(engine.run_bulk(lost, "lost.find", found(3000), SYSTEM, progress=progress))
    async with asyncio.timeout(60):
        await half.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count(lost) == 0
    assert (await engine.run_bulk(lost, "lost.find", found(2), SYSTEM)).entry


async def test_of_many_lines_the_first_are_kept_and_all_are_counted(
    lost: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "KEPT", 4)
    rows = [*found(6), *((n, {"tag": f"B{n}"}) for n in range(10, 20)), *found(2, 50)]
    told = await engine.run_bulk(lost, "lost.find", rows, SYSTEM, dry_run=True)
    assert (told.count("created"), told.count("refused"), told.entry) == (8, 10, 0)
    assert [line.line for line in told.lines] == [2, 3, 4, 5, 10, 11, 12, 13]


async def test_what_cant_be_read_of_a_row_is_told_with_its_other_faults(lost: Host) -> None:
    rows = [(2, {"tag": BadInput("sheet.cell_unreadable", field="tag", value="#REF!"), "name": "a\x1b"})]
    (line,) = (await engine.run_bulk(lost, "lost.find", rows, SYSTEM)).lines
    faults = getattr(line.fault, "faults", ())
    assert [(fault.field, fault.text.id) for fault in faults] == [
        ("tag", "sheet.cell_unreadable"), ("name", "input.control_character"),
    ]  # fmt: skip


async def test_consequences_follow_each_stored_row_and_their_refusal_keeps_all_out(lost: Host) -> None:
    heard: list[str] = []

    async def follow(ctx: Context, rows: Any, data: Any) -> None:
        heard.append(data.tag)
        if data.tag == "L5":
            raise Refusal("lost.refusal.given", value=data.tag, owner="x")

    lost.consequences["lost.find"] = [Consequence("lost.find", follow)]
    await engine.run_bulk(lost, "lost.find", found(2), SYSTEM)
    assert heard == ["L1", "L2"]
    heard.clear()
    told = await engine.run_bulk(lost, "lost.find", found(6), SYSTEM, skip_bad=True)
    assert heard == ["L3", "L4", "L5", "L6"]  # unchanged rows have none
    assert ([line.line for line in told.refused], told.entry, await count(lost)) == ([6], 0, 2)


class Veto:
    @hookimpl
    def cstui_check_action(self, rows: Any, data: Any) -> Refusal | None:
        return Refusal("lost.refusal.given", value=data.tag, owner="site") if data.tag == "L5" else None


async def test_a_veto_is_asked_for_each_row(lost: Host) -> None:
    lost.manager.register(Veto(), "site-veto")
    told = await engine.run_bulk(lost, "lost.find", found(6), SYSTEM, skip_bad=True)
    assert ([line.line for line in told.refused], await count(lost)) == ([6], 5)


async def test_a_trial_tells_the_same_and_locks_nobody_out(lost: Host) -> None:
    await engine.run_bulk(lost, "lost.find", found(2), SYSTEM)
    folder = lost.store.database.path.parent if lost.store.database.path else Path()
    before = {path.name for path in folder.iterdir()}

    async def write(done: int) -> None:
        await engine.run(lost, "lost.find", {"tag": f"W{done}", "name": "x"}, SYSTEM)

    writing: list[asyncio.Task[None]] = []
    async with lost.trial() as other:
        told = await engine.run_bulk(
            other, "lost.find", found(9), SYSTEM, dry_run=True,
            progress=lambda done, total: writing.append(asyncio.create_task(lost.call(write(done)))),
        )  # fmt: skip
        await asyncio.gather(*writing)
    assert (told.count("created"), told.count("unchanged"), told.entry) == (7, 2, 0)
    assert await count(lost) == 2 + len(writing)
    assert {path.name for path in folder.iterdir()} == before
