"""Charts at the dashboard: found by name, moved over by arrows, and from each figure to what it counts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from cstui.host import Host
from cstui.review.models import SignOff

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def lent(host: Host, run: Any, key: Any) -> None:
    """Two keys of one loan went out at eight, and are due at five."""
    await run("people.enrol", {"number": "1", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    for tag, room in (("3-S1-A", "2号配电房"), ("3-S2-A", "3号水泵房")):
        await run("keys.register", {**key, "tag_no": tag, "equipment_room_name": room, "ring": tag})
    host.clock = lambda: datetime(2026, 11, 24, 8, 30, tzinfo=SHANGHAI).astimezone(UTC)
    asked = {"borrower": "wang.fang", "work_reason": "W-1182", "due_at": "2026-11-24 17:00"}
    await run("keys.lend", asked, target=["3-S1-A", "3-S2-A"])


async def go(desk: Any, words: str, shows: str) -> None:
    await desk.press("G")
    await desk.type(words)
    await desk.press("enter")
    await desk.sees(shows)


@pytest.mark.parametrize("words", ["keys.holders", "who holds", "yszssl", "chart holds"])
async def test_a_chart_is_found_by_id_by_its_words_and_by_their_initials(sit: Any, lent: None, words: str) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press(":")
        await desk.type(words)
        await desk.sees("Who holds which keys")
        await desk.press("enter")
        await desk.sees("Due today  1")


async def test_the_board_leads_to_the_loan(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.holders", "Due today  1")
        assert "> 王芳" in desk.painted
        assert "by 11-24 17:00" in desk.painted
        await desk.press("enter")
        await desk.sees("W-1182")
        await desk.press("escape")
        await desk.sees("Due today  1")


async def test_the_load_by_hour_has_its_figures_and_leads_to_the_loans(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.load_by_hour", "unit: keys")
        hour = next(line for line in desk.lines if "08:00 =" in line)
        assert "= 2" in hour
        await desk.press("enter")
        await desk.sees("W-1182")


async def test_the_period_moves_and_comes_back(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.load_by_hour", "2026-11")
        await desk.press("pageup")
        await desk.sees("2026-10")
        assert "No data for these days" in desk.painted
        await desk.press("down", "right", "enter")
        assert "No data for these days" in desk.painted
        await desk.press("home")
        await desk.sees("08:00 =")


async def test_the_month_goes_by_days_weeks_and_months(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "review.due", "25")
        await desk.sees("2026-11-24 Tue")
        await desk.press("right")
        await desk.sees("2026-11-25 Wed")
        await desk.press("down")
        await desk.sees("2026-12-02 Wed")
        assert "2026-12  " in desk.painted
        await desk.press("up", "up", "left")
        await desk.sees("2026-11-17 Tue")
        await desk.press("pagedown")
        await desk.sees("2026-12-17 Thu")


async def test_a_day_lists_its_matters_and_opens_their_records(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "review.due", "2026-11-24 Tue")
        assert any(line.startswith((" * ", "  * ")) and "due today" in line for line in desk.lines)
        await desk.press("enter")
        await desk.sees("Due on 2026-11-24")
        await desk.type("due today")
        await desk.press("enter")
        await desk.sees("3-S2-A")
        assert "3-S1-A" in desk.painted
        await desk.press("escape", "right", "right", "enter")
        await desk.sees("There is nothing to open here")


async def test_it_is_copied_and_written_as_a_table(sit: Any, lent: None, config_path: Path) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.load_by_hour", "08:00 =")
        await desk.press("Y")
        await desk.until(lambda: "Lent" in desk.app.clipboard)
        assert desk.app.clipboard.splitlines()[-1].split() == ["08:00", "2", "0"]
        await desk.press("W")
        await desk.sees("written to")
    (written,) = config_path.parent.glob("keys-load-by-hour-2026-11-01*.txt")
    assert "Returned" in written.read_text("utf-8")


async def test_it_speaks_both_languages_in_unambiguous_cells(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        for chart in ("keys.holders", "keys.load_by_hour", "review.due", "review.left"):
            await go(desk, chart, "")
            for _ in range(2):
                await desk.press("L")
                text = "".join(desk.lines)
                assert not [char for char in text if east_asian_width(char) == "A"]
                assert "tui.chart" not in text and ".chart." not in text
            await desk.press("escape")


async def test_an_area_that_fails_is_told_and_the_page_stays(sit: Any, lent: None) -> None:
    async with sit(size=(80, 24)) as desk:
        from dataclasses import replace

        async def broken(ctx: Any, period: Any) -> Any:
            raise ZeroDivisionError("no hours")

        known = desk.app.host.charts
        known["keys.holders"] = replace(known["keys.holders"], fn=broken)
        await go(desk, "keys.holders", "ZeroDivisionError: no hours")
        await desk.press("down", "enter", "Y")
        await desk.press("escape")
        await desk.sees("read 0/")


async def test_what_can_not_be_painted_is_told_in_both_languages(sit: Any, lent: None) -> None:
    async with sit(size=(120, 24)) as desk:
        from dataclasses import replace

        from cstui.contract.chart import Board

        async def words(ctx: Any, period: Any) -> Any:
            return "words"

        async def nowhere(ctx: Any, period: Any) -> Any:
            return Board((), register="keys.none")

        known = desk.app.host.charts
        for fn, told in (
            (words, ("gave str: one of the kind board gives Board", "给出的是 str")),
            (nowhere, ("there is no such register", "登记簿 keys.none 不存在")),
        ):
            known["keys.holders"] = replace(known["keys.holders"], fn=fn)
            await go(desk, "keys.holders", told[0])
            await desk.press("L")
            await desk.sees(told[1])
            await desk.press("L")
            await desk.press("escape")


def signed(day: int, *hows: str) -> dict[str, Any]:
    """A day's sign-off with matters of these fates."""
    at = datetime(2026, 11, day, 17, tzinfo=SHANGHAI).astimezone(UTC)
    told = json.dumps({"matters": [{"how": how} for how in hows]})
    return {
        "day": date(2026, 11, day), "by_login": "admin", "by_name": "admin", "at": at, "statement": told,
        "checkpoint": "",
    }  # fmt: skip


async def test_what_was_left_over_stands_in_the_header_where_there_is_room(sit: Any, host: Host) -> None:
    async def sign() -> None:
        await SignOff.create(**signed(20, "read", "decided", "deferred", "read", "read"))
        await SignOff.create(**signed(23, "read", "decided"))

    await host.call(sign())
    async with sit(size=(120, 40)) as desk:
        await desk.sees(f"left over {chr(0x28C7)} 1  ")
        assert desk.lines[0].rstrip().endswith("09:02")
        await go(desk, "review.left", "2026-11-23  Left over  1 matters")
        columns = next(line for line in desk.lines if line.split() == ["20", "23"])
        assert columns
    async with sit(size=(80, 24)) as desk:
        await desk.until(lambda: desk.app.screen.left)
        assert "left " not in desk.lines[0]


async def test_holidays_and_days_of_work_at_weekends_are_marked_as_far_as_they_are_announced(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "review.due", "2026-11-24 Tue")
        await desk.press("pageup")
        await desk.sees("2026-10  ")
        assert " 1 off" in desk.painted
        assert "10 work" in desk.painted
        assert "announced" not in desk.painted
        for _ in range(14):
            await desk.press("pagedown")
        await desk.sees("2027-12  ")
        assert "holidays of 2027 aren't announced yet" in desk.painted


async def test_the_head_of_a_long_board_stays_in_sight(sit: Any, lent: None, run: Any, key: Any) -> None:
    for number in range(3, 12):
        tag = f"3-S{number}-A"
        await run("keys.register", {**key, "tag_no": tag, "equipment_room_name": f"{number}号", "ring": tag})
        asked = {"borrower": "wang.fang", "work_reason": f"W-118{number}", "due_at": "2026-11-24 17:00"}
        await run("keys.lend", asked, target=[tag])
    async with sit(size=(80, 24)) as desk:
        await go(desk, "keys.holders", "Due today  10")
        for _ in range(9):
            await desk.press("down")
        await desk.sees("Due today  10")
        assert "11号" in desk.painted
        assert "2号配电房" not in desk.painted
        assert "lines " in desk.painted


async def test_a_click_goes_where_it_was_made_and_a_second_one_opens_it(sit: Any, lent: None, host: Host) -> None:
    async def sign() -> None:
        await SignOff.create(**signed(20, "read", "decided"))
        await SignOff.create(**signed(23, "read", "decided", "decided"))

    await host.call(sign())
    async with sit(size=(80, 24)) as desk:

        async def click(words: str, times: int = 1) -> None:
            line = next(n for n, line in enumerate(desk.lines) if words in line)
            cell = cell_len(desk.lines[line][: desk.lines[line].index(words)])
            await desk.pilot.click(offset=(cell, line), times=times)
            await desk.pilot.pause()

        await go(desk, "review.due", "2026-11-24 Tue")
        await click("27")
        await desk.sees("2026-11-27 Fri")
        await click("Mon ")
        await desk.sees("2026-11-27 Fri")
        await desk.press("escape")
        await go(desk, "keys.load_by_hour", "unit: keys")
        await click("= 2")
        await desk.sees("08:00  Lent  2")
        await click(" 0 ")
        await desk.sees("08:00  Returned  0")
        await desk.press("escape")
        await go(desk, "review.left", "2026-11-23  Left over")
        await click("20      23")
        await desk.sees("2026-11-20  Settled")
        await desk.press("escape")
        await go(desk, "keys.holders", "Due today  1")
        await click("by 11-24 17:00", times=2)
        await desk.sees("W-1182")
