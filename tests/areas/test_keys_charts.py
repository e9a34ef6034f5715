"""Loans as pictures: the custody board by lateness, and the load of the desk by hour."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import charts
from cstui.api import Board, Figures, Period
from cstui.host import Host

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = {"block": "3", "space_kind": "public_door_window", "unit": "2", "room": "公共", "door_kind": "unit_door",
          "labelled": True}  # fmt: skip
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def clock(host: Host, day: int, hour: int, minute: int = 0) -> None:
    host.clock = lambda: datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
async def lent(host: Host, run: Any) -> Host:
    """Three loans: due at six the day before yesterday, yesterday and today; it is 09:02."""
    for number, login, name in (("1", "wang.fang", "王芳"), ("2", "li.qiang", "李强"), ("3", "zhao.lei", "赵磊")):
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": "工程部"})
    for floor in ("1", "2", "3", "4"):
        await run("keys.register", {**PUBLIC, "tag_no": f"P{floor}", "floor": floor, "ring": f"R{floor}"})
    loans = ((24, "wang.fang", ["P1"]), (25, "li.qiang", ["P2", "P3"]), (26, "zhao.lei", ["P4"]))
    for day, who, tags in loans:
        clock(host, day, 8, 30)
        asked = {"borrower": who, "work_reason": "repair", "due_at": f"2026-11-{day} 18:00"}
        await run("keys.lend", asked, target=tags)
    clock(host, 26, 9, 2)
    return host


async def drawn(host: Host, name: str, period: Period = NOVEMBER) -> Any:
    async def draw() -> Any:
        ctx = await host.context(await host.actor("admin"))
        return await charts.drawn(host, ctx, host.charts[name], period)

    return await host.call(draw())


async def test_nothing_is_out_and_nothing_was_lent(host: Host) -> None:
    board: Board = await drawn(host, "keys.holders")
    assert [lane.cards for lane in board.lanes] == [(), (), (), ()]
    figures: Figures = await drawn(host, "keys.load_by_hour")
    assert figures.labels == ()


@pytest.mark.rule("keys-22")
async def test_each_loan_stands_in_the_column_of_its_lateness(lent: Host) -> None:
    board: Board = await drawn(lent, "keys.holders")
    told = {lane.name.id: [card.title.args["words"] for card in lane.cards] for lane in board.lanes}
    assert told == {
        "keys.lane.very_late": ["王芳"], "keys.lane.late": ["李强"], "keys.lane.today": ["赵磊"], "keys.lane.out": [],
    }  # fmt: skip


async def test_a_card_names_the_keys_and_leads_to_the_loan(lent: Host, run: Any) -> None:
    board: Board = await drawn(lent, "keys.holders")
    (card,) = (card for lane in board.lanes for card in lane.cards if card.title.args["words"] == "李强")
    assert card.remark
    said = lent.words.say(card.remark, "zh_CN", lent.zone)
    assert "、" in said.splitlines()[0]
    assert board.register == "keys.loans"
    assert len(card.records) == 1


async def test_what_comes_back_leaves_the_board(lent: Host, run: Any) -> None:
    await run("keys.return", {"condition": "ok"}, target=["P1"])
    board: Board = await drawn(lent, "keys.holders")
    assert sum(len(lane.cards) for lane in board.lanes) == 2


async def test_keys_are_counted_at_the_hour_in_which_they_went_out_and_came_back(lent: Host, run: Any) -> None:
    await run("keys.return", {"condition": "ok"}, target=["P2", "P3"])
    figures: Figures = await drawn(lent, "keys.load_by_hour")
    assert figures.labels == ("08:00", "09:00")
    assert [[datum.value for datum in one.data] for one in figures.series] == [[4, 0], [0, 2]]
    assert len(figures.series[0].data[0].records) == 3
    first = Period(date(2026, 11, 24), date(2026, 11, 24))
    only: Figures = await drawn(lent, "keys.load_by_hour", first)
    assert [[datum.value for datum in one.data] for one in only.series] == [[1], [0]]
