"""The one door: permit, target, version, vetoes, consequences, journal; what is refused leaves nothing but its entry."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW, lost_site
from errands import errand_host

from cstui import act, engine, journal, plugins, registers
from cstui.api import hookimpl
from cstui.contract.context import SYSTEM, Actor
from cstui.contract.errors import BadInput, NotPermitted, Refusal, Stale
from cstui.host import Host
from cstui.journal.book import Told

FIND = {"tag": "L1", "name": "伞"}


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path) -> AsyncIterator[Host]:
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


async def items(host: Host) -> list[dict[str, Any]]:
    return await host.call(host.store.query("SELECT tag, name, owner, version FROM lost_item ORDER BY id"))


async def entries(host: Host) -> list[Told]:
    newest = await host.call(journal.page(host))
    return [await host.call(journal.entry(host, told.seq)) for told in newest[:20]]


async def run(
    host: Host, action: str, raw: dict[str, Any] | None = None, *target: str | int, **more: Any
) -> engine.Outcome:
    return await engine.run(host, action, raw or {}, more.pop("actor", SYSTEM), target=target, **more)


async def test_an_act_tells_what_it_changed(lost: Host) -> None:
    outcome = await run(lost, "lost.find", FIND)
    assert outcome.text
    assert (outcome.text.id, outcome.changed) == ("lost.done.found", frozenset({"lost.items", "lost.passes"}))
    told = (await entries(lost))[0]
    assert (told.seq, told.at, told.outcome, dict(told.input)) == (outcome.entry, NOW, "done", FIND)
    assert [(change["table"], change["before"]) for change in told.changes] == [("lost_item", None)]
    given = await run(lost, "lost.give", {"owner": "王芳"}, "L1")
    assert given.rows == (1,)


async def test_a_dry_run_tells_the_same_and_keeps_nothing(lost: Host) -> None:
    before = len(await entries(lost))
    outcome = await run(lost, "lost.find", FIND, dry_run=True)
    assert outcome.text
    assert (outcome.entry, outcome.changed) == (0, frozenset({"lost.items", "lost.passes"}))
    assert (await items(lost), len(await entries(lost))) == ([], before)
    await run(lost, "lost.find", FIND)
    await run(lost, "lost.give", {"owner": "x"}, "L1")
    with pytest.raises(Refusal):
        await run(lost, "lost.give", {"owner": "y"}, "L1", dry_run=True)
    assert (await entries(lost))[0].outcome == "done"  # a refused trial isn't journalled


async def test_without_permission_nothing_happens_and_that_is_journalled(lost: Host) -> None:
    with pytest.raises(NotPermitted) as fault:
        await run(lost, "lost.find", FIND, actor=Actor("guest", name="Guest"))
    assert fault.value.value == "lost.find"
    told = (await entries(lost))[0]
    assert (told.actor, told.action, told.outcome) == ("guest", "lost.find", "refused")
    assert told.text == fault.value.text
    assert await items(lost) == []


async def test_a_refusal_undoes_the_whole_act_and_is_journalled(lost: Host) -> None:
    for tag in ("L1", "L2"):
        await run(lost, "lost.find", {"tag": tag, "name": "x"})
    await run(lost, "lost.give", {"owner": "王芳"}, "L2")
    with pytest.raises(Refusal) as fault:
        await run(lost, "lost.give", {"owner": "李强"}, "L1", "L2")
    assert fault.value.rule == "lost-02"
    assert [row["owner"] for row in await items(lost)] == ["", "王芳"]
    told = (await entries(lost))[0]
    assert (told.outcome, told.rules) == ("refused", ("lost-02",))


async def test_bad_input_is_no_entry(lost: Host) -> None:
    before = len(await entries(lost))
    with pytest.raises(BadInput):
        await run(lost, "lost.find", {"tag": "L1"})
    assert len(await entries(lost)) == before


async def test_who_looked_at_an_older_row_is_told_who_changed_it(lost: Host) -> None:
    await run(lost, "lost.find", FIND)
    await run(
        lost, "lost.find", FIND | {"name": "雨伞"}, actor=Actor("wang.fang", name="王芳", permissions=frozenset({"*"}))
    )
    ok = await run(lost, "lost.give", {"owner": "x"}, "L1", version=2, dry_run=True)
    assert ok.rows == (1,)
    with pytest.raises(Stale) as fault:
        await run(lost, "lost.give", {"owner": "x"}, "L1", version=1)
    assert (fault.value.text.args["by"], fault.value.text.args["at"]) == ("王芳", NOW)
    assert (await items(lost))[0]["owner"] == ""


@pytest.mark.parametrize(
    ("action", "target", "text"),
    [
        ("lost.find", ("L1",), "engine.no_target"),
        ("lost.give", (), "engine.target_missing"),
        ("lost.scrap", ("L1", "L2"), "engine.one_target"),
        ("lost.scrap", ("L9",), "engine.no_row_alone"),
        ("lost.scrap", (99,), "engine.no_row_alone"),
        ("lost.scarp", ("L1",), "engine.no_action"),
    ],
)
async def test_targets_that_dont_fit(lost: Host, action: str, target: tuple[Any, ...], text: str) -> None:
    for tag in ("L1", "L2"):
        await run(lost, "lost.find", {"tag": tag, "name": "x"})
    with pytest.raises(BadInput) as fault:
        await run(lost, action, {"owner": "x"} if action == "lost.give" else {}, *target)
    assert fault.value.text.id == text
    assert len(await items(lost)) == 2


class Veto:
    """A site's plugin that answers as it is told."""

    answer: Any = None

    @hookimpl
    async def cstui_check_action(self, action: Any, data: Any) -> Any:
        if isinstance(self.answer, float):
            await asyncio.sleep(self.answer)
        if isinstance(self.answer, Exception) and not isinstance(self.answer, Refusal):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Refusal("lost.refusal.given", value="L1", owner="site"), "lost.refusal.given"),
        (RuntimeError("broken"), "engine.veto_failed"),
        (1.0, "engine.veto_failed"),  # no answer in time
    ],
)
async def test_a_veto_refuses_and_so_does_one_that_fails(
    lost: Host, monkeypatch: pytest.MonkeyPatch, answer: Any, text: str
) -> None:
    monkeypatch.setattr(act, "call_each", partial(plugins.call_each, timeout=0.05))
    veto = Veto()
    lost.manager.register(veto, "site-veto")
    await run(lost, "lost.find", FIND)
    veto.answer = answer
    for _ in range(4):  # failing often doesn't open the door
        with pytest.raises(Refusal) as fault:
            await run(lost, "lost.find", {"tag": "L2", "name": "x"})
        assert fault.value.text.id == text
    assert [row["tag"] for row in await items(lost)] == ["L1"]
    told = await engine.run_bulk(lost, "lost.find", [(2, {"tag": "L3", "name": "x"})], SYSTEM)
    assert [line.mark for line in told.lines] == ["refused"]


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    @hookimpl
    async def cstui_action_done(self, action: Any, entry: int) -> None:
        self.heard.append((action.id, entry))
        raise self.error

    error: Exception = RuntimeError("deaf")


async def test_listeners_hear_of_what_is_done_and_undo_nothing(lost: Host, caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener()
    lost.manager.register(listener, "site-listener")
    outcome = await run(lost, "lost.find", FIND)
    await run(lost, "lost.find", {"tag": "L2", "name": "x"}, dry_run=True)
    assert listener.heard == [("lost.find", outcome.entry)]
    assert len(await items(lost)) == 1
    listener.error = Refusal("lost.refusal.twice", value="L3")
    await run(lost, "lost.find", {"tag": "L3", "name": "x"})
    assert [one.getMessage() for one in caplog.records] == [  # once each; what an error says of records stays out of it
        "plugin site-listener failed in cstui_action_done",
        "plugin site-listener refused lost.find, which is done: lost.refusal.twice",
    ]


async def test_a_consequence_stands_or_falls_with_the_act(tmp_path: Path, errand_template: Path) -> None:
    shift = {"code": "A", "shift_name": "早班", "start_minute": 540, "end_minute": 1080}
    async with errand_host(tmp_path, errand_template) as host:
        outcome = await run(host, "people.shift_type", shift)
        assert [note.id for note in outcome.notes] == ["errand.done.asked"]
        with pytest.raises(Refusal, match="impossible"):
            await run(host, "people.shift_type", shift | {"code": "forbidden"})
        ctx = await host.call(host.context(SYSTEM))
        assert await host.call(registers.count(host, ctx, "people.shifts")) == 1


ROWS = [(2, FIND), (3, {"tag": "L2"}), (4, {"tag": "L3", "name": "书"})]


async def test_one_bad_line_keeps_an_import_out_unless_skipped(lost: Host) -> None:
    before = len(await entries(lost))
    told = await engine.run_bulk(lost, "lost.find", ROWS, SYSTEM)
    assert ([line.mark for line in told.lines], told.entry) == (["created", "refused", "created"], 0)
    assert (await items(lost), len(await entries(lost))) == ([], before)
    kept = await engine.run_bulk(lost, "lost.find", ROWS, SYSTEM, skip_bad=True)
    assert (kept.count("created"), kept.count("refused"), kept.changed) == (
        2,
        1,
        frozenset({"lost.items", "lost.passes"}),
    )
    assert (await entries(lost))[0].seq == kept.entry == before + 1  # one act, one entry
    again = await engine.run_bulk(lost, "lost.find", ROWS, SYSTEM, skip_bad=True)
    assert (again.count("unchanged"), again.entry) == (2, 0)


async def test_what_cant_be_imported_or_by_whom(lost: Host) -> None:
    with pytest.raises(BadInput, match="not_importable"):
        await engine.run_bulk(lost, "lost.scrap", ROWS, SYSTEM)
    with pytest.raises(NotPermitted):
        await engine.run_bulk(lost, "lost.find", ROWS, Actor("guest"))


async def test_acts_at_the_same_time_come_one_after_the_other(lost: Host) -> None:
    done = await asyncio.gather(*(run(lost, "lost.find", {"tag": f"T{n}", "name": "x"}) for n in range(8)))
    first = min(outcome.entry for outcome in done)
    assert sorted(outcome.entry for outcome in done) == list(range(first, first + 8))
    told = {entry.seq: [change["after"]["tag"] for change in entry.changes] for entry in (await entries(lost))[:8]}
    assert sorted(tag for tags in told.values() for tag in tags) == [f"T{n}" for n in range(8)]
    assert all(len(tags) == 1 for tags in told.values())


async def test_an_unforeseen_error_leaves_nothing(lost: Host) -> None:
    await run(lost, "lost.find", FIND)
    broken = lost.actions["lost.give"]

    async def give(ctx: Any, rows: Any, data: Any) -> None:
        await broken.run(ctx, rows, data)
        raise ZeroDivisionError

    lost.actions["lost.give"] = replace(broken, run=give)
    with pytest.raises(ZeroDivisionError):
        await run(lost, "lost.give", {"owner": "x"}, "L1")
    assert (await items(lost))[0]["owner"] == ""
    assert (await run(lost, "lost.find", {"tag": "L2", "name": "y"})).entry  # and the door opens again


async def test_an_anonymous_act_leaves_no_trace_of_its_actor(lost: Host) -> None:
    before = len(await entries(lost))
    outcome = await run(
        lost, "lost.whisper", {"words": "psst"}, actor=Actor("wang.fang", 1, permissions=frozenset({"*"}))
    )
    assert (outcome.entry, len(await entries(lost))) == (0, before)
    with pytest.raises(NotPermitted):
        await run(lost, "lost.whisper", {"words": "psst"}, actor=Actor("guest"))
    assert len(await entries(lost)) == before
    assert "wang.fang" not in str(await lost.call(lost.store.query("SELECT * FROM lost_whisper")))


async def test_a_clock_that_went_back_is_told(lost: Host) -> None:
    await run(lost, "lost.find", FIND)
    lost.clock = lambda: NOW - timedelta(hours=1)
    outcome = await run(lost, "lost.find", {"tag": "L2", "name": "x"})
    assert [note.id for note in outcome.notes] == ["engine.clock_back"]
