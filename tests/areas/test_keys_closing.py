"""The evening's check of the key cabinet, and the matter that it wasn't made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui.api import DueItem, Refusal
from cstui_keys import due as all_matters
from cstui_keys.models import ClosingCheck

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEY = {"block": "3", "space_kind": "public_door_window", "floor": "1", "door_kind": "window", "labelled": True,
       "ring": "R"}  # fmt: skip
ALL_OFF = {"computers_off": "yes", "copiers_off": "yes", "cabinet_locked": "yes"}


def clock(host: Any, day: int, time: str) -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return [item for item in await host.call(all_matters(ctx)) if item.title.id.startswith("keys.due.closing")]


async def words(host: Any) -> list[str]:
    return [item.id for item in await items(host)]


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """Keys since the morning of the 24th, a day shift on the 24th and the 25th."""
    await run("people.enrol", {"number": "1", "login": "li.na", "name": "李娜", "department": "客服部"})
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run("people.shift_type", {"code": "L", "shift_name": "晚班", "start_minute": 1080, "end_minute": 1500})
    for day in (24, 25):
        await run("people.assign_duty", {"day": f"2026-11-{day}", "staff": "li.na", "shift": "D"})
    for copy in (1, 2):
        await run("keys.register", {**KEY, "tag_no": f"K{copy}", "copy_no": copy})
    return host


async def days(host: Any) -> list[date]:
    async def get() -> list[date]:
        return [one.day for one in await ClosingCheck.all().order_by("day")]

    return list(await host.call(get()))


@pytest.mark.rule("keys-32")
async def test_it_is_due_from_the_end_of_the_last_shift_and_missed_the_next_morning(office: Any, run: Any) -> None:
    clock(office, 24, "17:59")
    assert await words(office) == []
    clock(office, 24, "18:00")
    (item,) = await items(office)
    assert (item.id, item.severity, item.actions) == ("keys.closing.2026-11-24", "warning", ("keys.close_day",))
    clock(office, 25, "08:30")
    (item,) = await items(office)
    assert (item.id, item.severity) == ("keys.closing_missed.2026-11-24", "warning")
    assert item.actions == ("keys.close_day",)  # before the first shift it still closes yesterday
    clock(office, 25, "09:00")
    (item,) = await items(office)
    assert item.actions == ()  # from now on it would close today
    assert [text.id for text in item.proof] == ["keys.proof.last_shift", "keys.proof.day_gone"]
    clock(office, 25, "17:00")
    await run("keys.close_day", ALL_OFF)
    clock(office, 25, "19:00")
    assert await words(office) == ["keys.closing_missed.2026-11-24"]
    clock(office, 26, "09:00")
    assert await words(office) == []


async def test_a_day_without_duty_owes_none(office: Any, run: Any) -> None:
    clock(office, 24, "18:05")
    await run("keys.close_day", ALL_OFF)
    clock(office, 25, "18:05")
    await run("keys.close_day", ALL_OFF)
    for day in (26, 27, 28):
        clock(office, day, "23:00")
        assert await words(office) == []


async def test_a_shift_past_midnight_still_belongs_to_its_day(office: Any, run: Any) -> None:
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "li.na", "shift": "L"})
    for day, time in ((24, "23:00"), (25, "00:59")):
        clock(office, day, time)
        assert await words(office) == []
    clock(office, 25, "01:00")
    assert await words(office) == ["keys.closing_missed.2026-11-24"]


async def test_without_a_roster_the_working_day_ends_at_midnight(host: Any, run: Any) -> None:
    await run("keys.register", {**KEY, "tag_no": "K1"})
    clock(host, 24, "23:59")
    assert await words(host) == []
    clock(host, 25, "00:00")
    assert await words(host) == ["keys.closing_missed.2026-11-24"]


@pytest.mark.rule("keys-32")
@pytest.mark.parametrize("name", list(ALL_OFF))
async def test_what_is_still_on_isnt_closed(office: Any, run: Any, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.close_day", {**ALL_OFF, name: "no"})
    assert (refusal.value.rule, refusal.value.field) == ("keys-32", name)


@pytest.mark.rule("keys-32")
async def test_each_loan_that_stays_out_is_noted(office: Any, run: Any) -> None:
    for key in ("K1", "K2"):
        await run("keys.lend", {"borrower": "li.na", "work_reason": "repair W-1182"}, target=[key])
    with pytest.raises(Refusal) as refusal:
        await run("keys.close_day", {**ALL_OFF, "loans_out": "L20261124-001 李娜"})
    assert (refusal.value.rule, refusal.value.text.args["loans"]) == ("keys-32", "L20261124-002")
    await run("keys.close_day", {**ALL_OFF, "loans_out": "L20261124-001 李娜, L20261124-002 to be back at 8"})


async def test_the_form_names_the_loans_that_are_out(office: Any, run: Any) -> None:
    await run("keys.lend", {"borrower": "li.na", "work_reason": "repair W-1182"}, target=["K1"])
    action = office.actions["keys.close_day"]
    ctx = await office.call(office.context(await office.call(office.actor("admin"))))
    first = dict(await office.call(action.prefill(ctx, [])))
    assert first == {"loans_out": "L20261124-001 李娜"}
    await run("keys.close_day", {**ALL_OFF, **first})


async def test_after_midnight_it_is_still_yesterdays_and_but_once(office: Any, run: Any) -> None:
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "li.na", "shift": "L"})
    clock(office, 25, "01:10")
    await run("keys.close_day", ALL_OFF)
    assert await days(office) == [date(2026, 11, 24)]
    with pytest.raises(Refusal):
        await run("keys.close_day", ALL_OFF)
    clock(office, 25, "18:05")
    await run("keys.close_day", ALL_OFF)
    assert await days(office) == [date(2026, 11, 24), date(2026, 11, 25)]
