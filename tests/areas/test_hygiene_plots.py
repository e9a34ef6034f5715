"""Green plots, each with one keeper by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import engine
from cstui.api import BadInput, DueItem, Refusal
from cstui.timeline import timeline
from cstui_hygiene.models import GreenPlot
from cstui_hygiene.plots.due import plots as matters


def clock(host: Any, day: int) -> None:
    moment = datetime(2026, 11, day, 9, 2, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return list(await host.call(matters(ctx)))


async def plot(host: Any, name: str) -> GreenPlot:
    async def get() -> GreenPlot:
        return await GreenPlot.get(plot=name).select_related("keeper")

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.fixture
async def garden(host: Any, run: Any) -> Any:
    """East is li.na's, the west nobody's."""
    for number, login, name in (("1", "li.na", "李娜"), ("2", "wang.fang", "王芳")):
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": "客服部"})
    await run("hygiene.set_plot", {"plot": "东侧", "keeper": "li.na"})
    await run("hygiene.set_plot", {"plot": "西侧"})
    return host


@pytest.mark.rule("hygiene-43")
async def test_a_plot_without_keeper_is_critical_until_somebody_has_it(garden: Any, run: Any) -> None:
    (item,) = await items(garden)
    assert (item.severity, item.rule, item.title.args["plot"]) == ("critical", "hygiene-43", "西侧")
    await run("hygiene.assign_plot", {"keeper": "wang.fang"}, target=["西侧"])
    assert await items(garden) == []


@pytest.mark.rule("hygiene-43")
async def test_a_keeper_who_left_keeps_nothing(garden: Any, run: Any) -> None:
    await run("hygiene.retire_plot", {"reason": "改建"}, target=["西侧"])
    outcome = await run("people.leave", {"left_on": "2026-11-25"}, target=["li.na"])
    assert "hygiene.note.plot_successor" in [note.id for note in outcome.notes]
    clock(garden, 25)
    assert await items(garden) == []  # the last day still counts
    clock(garden, 26)
    (item,) = await items(garden)
    assert (item.severity, [line.args["person"] for line in item.proof]) == ("critical", ["李娜"])
    await run("hygiene.assign_plot", {"keeper": "wang.fang"}, target=["东侧"])
    assert await items(garden) == []


async def test_who_kept_a_plot_before_stands_in_its_history(garden: Any, run: Any) -> None:
    clock(garden, 25)
    await run("hygiene.assign_plot", {"keeper": "wang.fang"}, target=["东侧"])
    now = await plot(garden, "东侧")
    assert (now.keeper.login, now.first_day) == ("wang.fang", date(2026, 11, 25))
    ctx = await garden.call(garden.context(await garden.call(garden.actor("admin"))))
    events, _ = await garden.call(timeline(garden, ctx, garden.registers["hygiene.plots"], now.pk))
    told = [garden.words.value(part, "en", ctx.zone) for event in events for part in (event.changes or ())]
    assert any("李娜" in line and "王芳" in line for line in map(str, told)), told


async def test_what_cant_be(garden: Any, run: Any) -> None:
    for action, raw, target in (
        ("hygiene.assign_plot", {"keeper": "li.na"}, ["东侧"]),
        ("hygiene.restore_plot", {}, ["东侧"]),
    ):
        with pytest.raises(Refusal):
            await run(action, raw, target=target)
    with pytest.raises(BadInput):
        await run("hygiene.assign_plot", {"keeper": "li.na", "first_day": "2026-11-25"}, target=["西侧"])
    await run("hygiene.retire_plot", {"reason": "改建"}, target=["西侧"])
    for action, raw, target in (
        ("hygiene.assign_plot", {"keeper": "li.na"}, ["西侧"]),
        ("hygiene.set_plot", {"plot": "西侧", "keeper": "li.na"}, []),
        ("hygiene.retire_plot", {"reason": "改建"}, ["西侧"]),
    ):
        with pytest.raises(Refusal):
            await run(action, raw, target=target)
    assert await items(garden) == []
    await run("hygiene.restore_plot", target=["西侧"])
    assert len(await items(garden)) == 1


async def test_an_import_tells_each_row_what_became_of_it(garden: Any, run: Any) -> None:
    rows = [
        (2, {"plot": "东侧", "keeper": "li.na"}),
        (3, {"plot": "西侧", "keeper": "li.na", "first_day": "2026-11-01"}),
        (4, {"plot": "南侧"}),
    ]
    actor = await garden.call(garden.actor("admin"))
    bulk = await engine.run_bulk(garden, "hygiene.set_plot", rows, actor)
    assert dict(bulk.counts) == {"unchanged": 1, "updated": 1, "created": 1}
    assert (await plot(garden, "西侧")).first_day == date(2026, 11, 1)
