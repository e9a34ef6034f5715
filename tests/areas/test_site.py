"""Figures of rules with the day they begin, switches, the site's own days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from conftest import NOW, Run

from cstui import engine, registers
from cstui.contract.context import SYSTEM, Context
from cstui.contract.errors import BadInput, BadInputs, NotPermitted
from cstui.contract.figures import dump_figure, load_figure, parse_figure
from cstui.contract.rules import Param
from cstui.host import Host

LOAN = {"rule": "keys-22", "name": "loan_max", "value": "8 h", "from_day": "2026-12-01", "reason": "less theft"}


async def context(host: Host) -> Context:
    return await host.call(host.context(SYSTEM))


async def test_a_day_is_judged_by_the_figure_of_that_day(host: Host, run: Run) -> None:
    before = (await context(host)).rule("keys-22").loan_max
    await run("site.set_figure", LOAN)
    await run("site.set_figure", LOAN | {"from_day": "2026-12-10", "value": "90 min"})
    ctx = await context(host)
    held = [
        ctx.rule("keys-22", date(2026, month, day)).loan_max for month, day in ((11, 30), (12, 1), (12, 9), (12, 10))
    ]
    assert held == [before, timedelta(hours=8), timedelta(hours=8), timedelta(minutes=90)]
    host.clock = lambda: NOW + timedelta(days=7)
    assert (await context(host)).rule("keys-22").loan_max == timedelta(hours=8)


async def test_a_figure_set_again_for_the_same_day_replaces_it(host: Host, run: Run) -> None:
    await run("site.set_figure", LOAN)
    outcome = await run("site.set_figure", LOAN | {"value": "10 h"})
    assert outcome.text
    assert outcome.text.args["old"] == timedelta(hours=8)
    assert (await context(host)).rule("keys-22", date(2026, 12, 1)).loan_max == timedelta(hours=10)

    async def shown() -> list[dict[str, Any]]:
        page = await registers.page(host, await host.context(SYSTEM), "site.figures")
        return [dict(row.values) for row in page.rows]

    rows = await host.call(shown())
    assert [(row["value"], row["old"]) for row in rows] == [(timedelta(hours=10), timedelta(hours=8))]


async def test_a_rule_is_switched_off_from_a_day_on(host: Host, run: Run) -> None:
    await run("site.set_figure", LOAN | {"name": "on", "value": "off"})
    ctx = await context(host)
    assert (ctx.rule("keys-22").on, ctx.rule("keys-22", date(2026, 12, 1)).on) == (True, False)
    ctx.rule("keys-22", date(2026, 12, 1)).forbid(True, "keys.refusal.anything")  # nothing is forbidden then


async def test_what_the_program_is_made_of_is_not_switched_off(host: Host, run: Run) -> None:
    structure = next(rule.id for rule in host.rules.values() if rule.structure)
    with pytest.raises(BadInput, match="structure"):
        await run("site.set_figure", LOAN | {"rule": structure, "name": "on", "value": "off"})


async def test_nobody_sets_a_figure_for_the_past_as_a_starting_one(run: Run) -> None:
    with pytest.raises(NotPermitted, match="system_only"):
        await run("site.seed_figures", {"figures": [{"rule": "keys-22", "name": "loan_max", "value": "99 h"}]})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from_day": "昨天"}, "from_day"),
        ({"rule": "keys-99"}, "rule"),
        ({"name": "loan_min"}, "name"),
        ({"value": "long"}, "loan_max"),
        ({"value": "0 h"}, "loan_max"),
        ({"value": "999999999999 d"}, "loan_max"),
        ({"reason": " "}, "reason"),
    ],
)
async def test_figures_that_are_not_set(run: Run, change: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        await run("site.set_figure", LOAN | change)
    assert fault.value.field == field


async def test_today_is_no_past_day(host: Host, run: Run) -> None:
    await run("site.set_figure", LOAN | {"from_day": "today"})
    assert (await context(host)).rule("keys-22").loan_max == timedelta(hours=8)


async def test_starting_figures_are_loaded_once_and_change_nothing_set_since(host: Host, run: Run) -> None:
    seed = {"figures": [{"rule": "keys-22", "name": "loan_max", "value": timedelta(hours=12)}]}
    await run("site.set_figure", LOAN)
    for count in (1, 0):
        outcome = await engine.run(host, "site.seed_figures", seed, SYSTEM)
        assert outcome.text
        assert outcome.text.args["count"] == count
    ctx = await context(host)
    assert ctx.rule("keys-22").loan_max == timedelta(hours=12)
    assert ctx.rule("keys-22", date(2026, 12, 1)).loan_max == timedelta(hours=8)


@pytest.mark.parametrize(
    ("default", "typed", "value"),
    [
        (3, "５", 5),
        (timedelta(hours=1), "1 小时 30 分", timedelta(minutes=90)),
        (Decimal("1.5"), "2.25", Decimal("2.25")),
        (Decimal(1), 2, Decimal(2)),
        (True, "关", False),
        (("a",), "b， c", ("b", "c")),
        (("a",), ["b"], ("b",)),
        ("x", "y", "y"),
        ("18:00", "24:00", "24:00"),
        (-1, "-1", -1),
    ],
)
def test_a_figure_goes_into_the_store_and_comes_back(default: Any, typed: Any, value: Any) -> None:
    param = Param("figure", default)
    assert parse_figure(param, typed) == value
    assert load_figure(param, dump_figure(value)) == value


@pytest.mark.parametrize(
    ("default", "typed"),
    [
        (3, "-1"), (3, "3.5"), (3, 3.5), (3, True), (3, None), (3, [1]), (Decimal(1), "NaN"), (Decimal(1), "-1"),
        (timedelta(hours=1), "0 h"), (timedelta(hours=1), 5), (True, "perhaps"), ("x", 5), ("18:00", "24:01"), ("18:00", "evening"),
    ],
)  # fmt: skip
def test_figures_that_are_none(default: Any, typed: Any) -> None:
    with pytest.raises(BadInput) as fault:
        parse_figure(Param("figure", default), typed)
    assert fault.value.field == "figure"


def test_a_figure_with_choices_is_one_of_them() -> None:
    with pytest.raises(BadInput):
        parse_figure(Param("figure", "a", choices=("a", "b")), "c")
    with pytest.raises(BadInput):
        parse_figure(Param("figure", ("a",), choices=("a", "b")), "a, c")
    assert parse_figure(Param("figure", ("a",), choices=("a", "b")), "b") == ("b",)


async def test_the_sites_own_days(host: Host, run: Run) -> None:
    day = date(2026, 11, 24)
    await run("site.set_day", {"day": "2026-11-24", "working": "no"})
    assert not (await context(host)).calendar.is_workday(day)
    await run("site.set_day", {"day": "2026-11-24", "working": "yes", "note": "changed our mind"})
    assert (await context(host)).calendar.is_workday(day)
    await run("site.set_day", {"day": "2026-11-22", "working": True})
    await run("site.clear_day", {"day": "2026-11-22"})
    assert not (await context(host)).calendar.is_workday(date(2026, 11, 22))
    with pytest.raises(BadInput, match="no_day"):
        await run("site.clear_day", {"day": "2026-11-22"})
    with pytest.raises(BadInputs):
        await run("site.set_day", {"day": "2026-11-22", "working": "perhaps"})
