"""Charts as data, as a table, as JSON, and painted: figures stand beside what is drawn, in unambiguous cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import pytest

from cstui import charts
from cstui.api import Board, Card, Chart, Context, Dated, Datum, DueItem, Figures, Lane, Period, Series, Text, Verbatim
from cstui.calendar import Calendar
from cstui.cells import width
from cstui.contract.errors import BadInput, NotPermitted
from cstui.host import Host
from cstui.plugins.check import faults_of
from cstui.tui.paint import Run
from cstui.tui.screens.chart_glance import spark
from cstui.tui.theme import HERE, PALETTES, STYLES, put
from cstui.tui.widgets.boards import Lanes, Month
from cstui.tui.widgets.drawing import FILLS, Drawing
from cstui.tui.widgets.figures import Bars, Columns, Heat

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def say(value: Any) -> str:
    if isinstance(value, Verbatim):
        return str(value.args["words"])
    return value.id.rpartition(".")[2] if isinstance(value, Text) else str(value)


def painted(drawing: Drawing, at: int = 0, room: int = 78, height: int = 20) -> list[str]:
    return ["".join(text for text, _ in line) for line in drawing.lines(at, room, height)]


def series(name: str, *values: Any) -> Series:
    return Series(Verbatim(name), tuple(Datum(value, (n + 1,)) for n, value in enumerate(values)))


def item(name: str, day: int, hour: int = 12, severity: Any = "warning", month: int = 11) -> DueItem:
    due = datetime(2026, month, day, tzinfo=SHANGHAI) + timedelta(hours=hour)
    return DueItem(name, severity, Verbatim(name), due=due.astimezone(UTC))


HOURS = Figures(("08:00", "09:00"), (series("lent", 4, 0), series("back", 1, None)), register="keys.loans")


async def nothing(ctx: Context, period: Period) -> Figures:
    return HOURS


def test_bars_stand_beside_their_figures_and_the_unknown_is_not_zero() -> None:
    head, eight, nine = painted(Bars(HOURS, "keys", say))
    assert head.split() == ["==", "lent", "--", "back"]
    fill = eight.split()[2]
    assert set(fill) == {"="} and eight.split()[3] == "4"
    assert eight.split()[4:] == ["-" * round(len(fill) / 4), "1"]
    assert nine.split() == ["09:00", "0", "?"]


def test_the_arrows_go_along_the_bars_and_no_further() -> None:
    bars = Bars(HOURS, "keys", say)
    assert [bars.step(key, 0) for key in ("up", "down", "left", "right", "x")] == [0, 2, 0, 1, None]
    assert bars.step("right", 1) == 1
    assert bars.told(1) == "08:00  back  1 keys"
    assert bars.lead(2) == ("keys.loans", (2,))


def test_columns_are_as_high_as_their_figures_with_the_days_below() -> None:
    days = tuple(date(2026, 11, day) for day in (20, 23, 24))
    lines = painted(Columns(Figures(days, (series("left", 6, 12, None),)), "matters", say), at=0)
    assert lines[-1].split() == ["20", "23", "24"]
    full = [line.count("=") for line in lines[2:-2]]
    assert full == sorted(full) and full[-1] == 2 * full[0]
    assert "12" in lines[1] and "?" in lines[-3]


def test_a_column_chart_shows_the_latest_days_first_where_it_is_narrow() -> None:
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(90))
    columns = Columns(Figures(days, (series("left", *range(90)),)), "", say)
    assert columns.start == 89
    assert painted(columns, at=89, room=60)[-1].split()[-1] == "31"
    assert painted(columns, at=0, room=60)[-1].split()[0] == "1"


def test_a_heat_map_has_rows_of_figures_with_more_letters_for_more() -> None:
    heat = Heat(Figures(("W46", "W47", "W48"), (series("hall", 60, 90, 75), series("lift", 60, 62, None))), "", say)
    head, hall, lift = painted(heat)
    assert head.split() == ["W46", "W47", "W48"]
    assert hall.split() == [">", "hall", "60", "=", "90", "====", "75", "==="]
    assert lift.split() == ["lift", "60", "=", "62", "=", "?"]
    assert heat.step("down", 1) == 4
    assert heat.step("left", 3) == 3


def test_a_board_has_its_cards_in_columns_with_their_number() -> None:
    late = Lane(Verbatim("late"), (Card(Verbatim("wang"), Verbatim("P1"), "critical", (7,)),))
    board = Board((late, Lane(Verbatim("none"), ()), Lane(Verbatim("out"), (Card(Verbatim("li")),))), "keys.loans")
    lanes = Lanes(board, say)
    lines = painted(lanes, at=1)
    assert lines[0].split() == ["late", "1", "none", "0", "out", "1"]
    assert lines[2].split() == ["!", "wang", ">", "li"]
    assert lines[3].split() == ["P1"]
    assert lanes.step("right", 0) == 1
    assert [lanes.lead(at) for at in (0, 1)] == [("keys.loans", (7,)), ("", ())]


def month(items: dict[date, list[DueItem]], period: Period = NOVEMBER, calendar: Calendar | None = None) -> Month:
    return Month(period, items, calendar or Calendar(), date(2026, 11, 24), say)


def test_a_month_begins_its_weeks_on_monday_and_counts_by_severity() -> None:
    day = date(2026, 11, 24)
    lines = painted(month({day: [item("a", 24, severity="critical"), item("b", 24), item("c", 24)]}), at=23)
    assert lines[0].split() == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert lines[1].split() == ["1"]
    week = next(line for line in lines if line.split()[:1] == ["23"])
    counts = lines[lines.index(week) + 1]
    assert counts.split() == ["!1", "*2"]
    assert [line.split() for line in lines if line.startswith((" ! ", " * "))] == [["!", "a"], ["*", "b"], ["*", "c"]]


def test_days_off_in_the_week_and_days_of_work_at_the_weekend_are_marked() -> None:
    days = {date(2026, 11, 26): False, date(2026, 11, 28): True}
    lines = painted(month({}, calendar=Calendar(days)), room=120)
    week = next(line for line in lines if line.split()[:1] == ["23"])
    assert week.split() == ["23", "24", "today", "25", "26", "off", "27", "28", "work", "29"]


def test_what_is_due_by_midnight_stands_on_the_day_that_ends_then() -> None:
    assert charts.day_of(item("a", 24, 24), SHANGHAI) == date(2026, 11, 24)
    assert charts.day_of(item("a", 24, 8), SHANGHAI) == date(2026, 11, 24)


@pytest.mark.parametrize("room", [38, 78, 118])
def test_nothing_painted_is_of_ambiguous_width_or_wider_than_its_room(room: int) -> None:
    board = Board((Lane(Verbatim("a"), (Card(Verbatim("b"), Verbatim("c " * 40)),)), Lane(Verbatim("d"), ())))
    pictures: list[Drawing] = [
        Bars(HOURS, "keys", say), Heat(HOURS, "", say), Columns(HOURS, "", say), Lanes(board, say), month({}),
    ]  # fmt: skip
    for drawing in pictures:
        for line in painted(drawing, room=room):
            assert len(line) <= room
            assert not [char for char in line if east_asian_width(char) == "A"]


@pytest.mark.parametrize("room", [40, 78, 118])
def test_where_the_cursor_is_painted_is_the_place_that_a_click_finds(room: int) -> None:
    board = Board(tuple(Lane(Verbatim(name), (Card(Verbatim("王芳")),) * 2) for name in "ab"))
    days = tuple(date(2026, 10, 1) + timedelta(days=n) for n in range(40))
    drawings = [
        Bars(HOURS, "keys", say), Heat(HOURS, "", say), Columns(Figures(days, (series("left", *range(40)),) * 2), "", say),
        Lanes(board, say), month({}),
    ]  # fmt: skip
    for drawing in drawings:
        for at in range(drawing.spots):
            assert drawing.spot(*_here(drawing.lines(at, room, 20))) == at, (drawing, at)
        assert drawing.spot(0, 0) is None


def _here(lines: Sequence[Sequence[Run]]) -> tuple[int, int]:
    """The line and the first cell of the cursor."""
    for number, line in enumerate(lines):
        cell = 0
        for text, style in line:
            if style == HERE:
                return number, cell
            cell += width(text)
    raise AssertionError(lines)


def test_the_dots_of_a_glance_are_narrow_everywhere_and_rise_with_the_figures() -> None:
    dots = spark([1, 2, 3, 4, 0, 0, 1])
    assert len(dots) == 4
    assert dots[2] == " "
    assert dots[0] != dots[1]
    assert {east_asian_width(char) for char in dots} <= {"N", "Na"}
    assert spark([0, 0]) == " "
    assert spark([5]) == chr(0x2847)


def test_bars_are_solid_where_there_are_colours_and_letters_where_there_are_none() -> None:
    try:
        for name in (*PALETTES, "plain"):
            put(name)
            for _, style in FILLS:
                made = STYLES[style]
                assert made.color == made.bgcolor
                assert (made.color is None) is (name == "plain")
    finally:
        put("dark")


def test_periods_are_weeks_from_monday_and_months() -> None:
    week = Chart("x.y", "bars", nothing, span="week")
    assert charts.period_of(week, date(2026, 11, 29)) == Period(date(2026, 11, 23), date(2026, 11, 29))
    monthly = replace(week, span="month")
    assert charts.period_of(monthly, date(2026, 11, 24)) == NOVEMBER
    assert charts.moved(monthly, NOVEMBER, 1) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert charts.moved(week, Period(date(1, 1, 1), date(1, 1, 7)), -1).first == date(1, 1, 1)
    assert charts.moved(replace(week, span="now"), NOVEMBER, 1) == NOVEMBER


def test_a_table_and_json_tell_every_figure() -> None:
    chart = Chart("keys.x", "bars", nothing)
    told = charts.table(chart, HOURS, say)
    assert told.headers == ["", "lent", "back"]
    assert told.rows == [["08:00", "4", "1"], ["09:00", "0", "?"]]
    assert charts.plain(told)[1:] == ["08:00     4     1", "09:00     0     ?"]
    heat = charts.table(replace(chart, kind="heat"), HOURS, say)
    assert heat.rows == [["lent", "4", "0"], ["back", "1", "?"]]
    assert charts.as_json(HOURS, say)["series"][1] == {"name": "back", "data": [1, None], "records": [[1], [2]]}
    due = charts.table(replace(chart, kind="calendar"), Dated([item("b", 25), item("a", 24)]), say)
    assert [row[2] for row in due.rows] == ["a", "b"]


async def test_what_cannot_be_painted_is_refused(host: Host) -> None:
    ctx = await host.context(await host.actor("admin"))

    async def uneven(ctx: Context, period: Period) -> Figures:
        return replace(HOURS, labels=("08:00",))

    async def nowhere(ctx: Context, period: Period) -> Figures:
        return replace(HOURS, register="keys.none")

    chart = Chart("keys.x", "bars", nothing)
    assert await charts.drawn(host, ctx, chart, NOVEMBER) is HOURS
    for wrong in (replace(chart, fn=uneven), replace(chart, fn=nowhere)):
        with pytest.raises(ValueError, match=r"keys\.x"):
            await charts.drawn(host, ctx, wrong, NOVEMBER)
    with pytest.raises(TypeError, match="Figures"):
        await charts.drawn(host, ctx, replace(chart, kind="board"), NOVEMBER)
    with pytest.raises(BadInput):
        await charts.drawn(host, ctx, chart, Period(NOVEMBER.last, NOVEMBER.first))
    with pytest.raises(BadInput, match=r"charts\.unknown"):
        charts.chart_of(host, ctx, "keys.none")


async def test_a_chart_is_for_those_who_may_see_it(host: Host) -> None:
    stranger = await host.context(await host.actor("nobody"))
    assert charts.charts_of(host, stranger) == []
    with pytest.raises(NotPermitted):
        charts.chart_of(host, stranger, "keys.holders")


def test_faults_of_a_declaration_are_told(host: Host) -> None:
    def plain(ctx: Context, period: Period) -> Figures:
        return HOURS

    wrong: Any = Chart("keys.none", "pie", plain, span="year")  # type: ignore[arg-type]
    area = host.areas["keys"]
    found = faults_of(replace(area, charts=(*area.charts, wrong, area.charts[0])))
    faults = "\n".join(host.words.say(fault, "en") for fault in found)
    for told in ("kind 'pie'", "span 'year'", "isn't async", "chart.none.help", "keys.holders is declared twice"):
        assert told in faults
