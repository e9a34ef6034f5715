"""A plan, painted: people by days, a sign for each, and in words below what one is at."""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import east_asian_width

import pytest

from cstui import charts
from cstui.api import Chart, Period, Plan, PlanMark, PlanRow, Text, Verbatim
from cstui.calendar import Calendar
from cstui.cells import width
from cstui.tui.widgets.plan import Planned

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def say(value: Any) -> str:
    if isinstance(value, Verbatim):
        return str(value.args["words"])
    return value.id.rpartition(".")[2] if isinstance(value, Text) else str(value)


def painted(drawing: Planned, at: int = 0, room: int = 78, height: int = 20) -> list[str]:
    return ["".join(text for text, _ in line) for line in drawing.lines(at, room, height)]


def plan(count: int = 3, **more: Any) -> Planned:
    """So many people with a duty each on the 3rd, the second one's missed."""
    day = date(2026, 11, 3)
    rows = tuple(
        PlanRow(
            Verbatim(f"王{n}"),
            {
                day: PlanMark(
                    Verbatim("晚" if n != 1 else "!"), (Verbatim(f"duty {n}"), Verbatim("why")), None, (n + 1,)
                )
            },
            **more,
        )
        for n in range(count)
    )
    return Planned(Plan(rows, Verbatim("legend"), "keys.loans"), NOVEMBER, Calendar(), date(2026, 11, 24), say)


def test_a_plan_has_the_whole_month_in_eighty_cells_and_the_place_in_words_below() -> None:
    made = plan()
    lines = painted(made, at=30 + 2)
    assert {width(line) for line in lines if line.strip()} <= set(range(1, 79))
    head, _, first, second, third, *below = lines
    assert head.split()[:3] == ["1", "2", "3"] and head.endswith("30")
    assert [line[0] for line in (first, second, third)] == [" ", ">", " "]
    assert first.index("晚") == 8 + 2 * 2 - 1 and second[second.index("!") :].startswith("! .")
    assert below[1].strip() == "why" and below[-1].strip() == "legend"
    assert made.told(32).endswith("told") and made.lead(32) == ("keys.loans", (2,)) and made.lead(31) == ("", ())
    assert made.start == 23


def test_a_plan_scrolls_with_its_head_in_sight_and_says_that_there_is_more() -> None:
    made = plan(40)
    top = painted(made, at=0, height=20)
    assert len(top) == 20 and "王0" in top[2] and "v" in top[1] and "^" not in top[1]
    end = painted(made, at=39 * 30, height=20)
    assert len(end) == 20 and "王39" in end[14] and "^" in end[1] and "v" not in end[1]
    assert made.step("down", 39 * 30) == 39 * 30 and made.step("right", 29) == 29 and made.step("up", 30) == 0


def test_a_click_finds_a_place_where_it_is_painted() -> None:
    drawing = plan()
    for at in (0, 29, 31, drawing.spots - 1):
        day = drawing.place(at)[1]
        lines = painted(drawing, at)
        line = next(n for n, words in enumerate(lines) if words.startswith(">"))
        assert drawing.spot(line, drawing.name + 2 + (day - drawing.shown.start) * drawing.cells) == at
        assert drawing.spot(line, 3) is None and drawing.spot(0, 20) is None


def test_days_on_which_nothing_is_expected_are_blank() -> None:
    free = plan(1, free=frozenset({date(2026, 11, 2)}))
    assert painted(free)[2].startswith(">王0     .  晚 . .")
    assert painted(plan(1))[2].startswith(">王0       .晚 . .")  # 1 November is a Sunday


@pytest.mark.parametrize("room", [38, 78, 118])
@pytest.mark.parametrize("height", [4, 20])
def test_nothing_painted_is_wider_or_higher_than_its_room(room: int, height: int) -> None:
    made = plan(20)
    for at in (0, 29, 19 * 30, 20 * 30 - 1):
        lines = painted(made, at, room, height)
        assert len(lines) <= height and max(map(width, lines)) <= room
        assert not [char for line in lines for char in line if east_asian_width(char) == "A"]
        number = f"{at % 30 + 1:>2}"
        assert number in lines[0], "the day one is at is in sight"
    assert (">" in painted(made, 0, room, height)[1]) is (room == 38)


async def test_a_plan_is_told_as_a_table_and_for_programs() -> None:
    async def none(*_: Any) -> Plan:
        return plan().plan

    told = charts.table(Chart("keys.x", "plan", none), plan().plan, say)
    assert told.rows[0] == ["2026-11-03", "王0", "duty 0"] and len(told.rows) == 3
    row = charts.as_json(plan().plan, say)["rows"][1]
    assert row == {"name": "王1", "days": {"2026-11-03": {"told": ["duty 1", "why"], "records": [2]}}}
