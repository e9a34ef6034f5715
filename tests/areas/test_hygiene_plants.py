"""Plants: watered daily and their leaves cleaned on Fridays, by the day shift."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui.api import BadInput, DueItem, Refusal
from cstui_hygiene.plants.due import plants as matters

SHANGHAI = ZoneInfo("Asia/Shanghai")


def clock(host: Any, day: int, time: str = "09:02") -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return list(await host.call(matters(ctx)))


async def told(host: Any) -> list[tuple[str, str]]:
    return [(item.id.removeprefix("hygiene."), item.severity) for item in await items(host)]


@pytest.fixture
async def green(host: Any, run: Any) -> Any:
    """Plants since Monday the 23rd; li.na on the day shift (to 18:00) from Monday to Friday, wang.fang on the late."""
    for number, login, name in (("1", "li.na", "李娜"), ("2", "wang.fang", "王芳")):
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": "客服部"})
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run("people.shift_type", {"code": "L", "shift_name": "晚班", "start_minute": 1080, "end_minute": 1440})
    for day in range(23, 28):
        await duty(run, day)
        await duty(run, day, "wang.fang", "L")
    await plants_since(run, 23)
    return host


async def duty(run: Any, day: int, login: str = "li.na", shift: str = "D") -> None:
    await run("people.assign_duty", {"day": f"2026-11-{day}", "staff": login, "shift": shift})


async def plants_since(run: Any, day: int) -> None:
    area = {"code": "PL", "name": "花草", "kind": "plants", "standard": "白班浇水", "frequency": "continuous",
            "crew": "day_shift", "first_day": f"2026-11-{day}"}  # fmt: skip
    await run("hygiene.set_area", area)


async def test_a_site_without_plants_owes_them_nothing(host: Any) -> None:
    clock(host, 27, "23:00")
    assert await items(host) == []


@pytest.mark.rule("hygiene-29")
async def test_a_day_without_water_is_told_when_its_shift_is_over(green: Any, run: Any) -> None:
    clock(green, 23, "17:59")
    assert await told(green) == []
    clock(green, 23, "18:00")
    assert await told(green) == [("water.2026-11-23", "info")]
    clock(green, 24, "09:00")
    assert await told(green) == [("water.2026-11-23", "info")]
    await run("hygiene.water_plants", {"done_by": "li.na"})
    assert await told(green) == []  # watered since


@pytest.mark.rule("hygiene-29")
async def test_two_days_running_are_a_warning(green: Any, run: Any) -> None:
    await run("hygiene.water_plants", {"done_by": "li.na"})
    clock(green, 25, "18:00")
    assert await told(green) == [("water.2026-11-25", "info")]
    clock(green, 26, "18:00")
    assert await told(green) == [("water.2026-11-26", "warning")]
    (item,) = await items(green)
    assert item.title.args["count"] == 2
    await run("hygiene.water_plants", {"done_by": "li.na"})
    await duty(run, 28)
    clock(green, 28, "18:00")
    assert ("water.2026-11-28", "warning") in await told(green)  # Friday and Saturday


@pytest.mark.rule("hygiene-29")
async def test_days_on_which_nobody_works_by_day_owe_nothing(green: Any, run: Any) -> None:
    clock(green, 27, "18:00")
    await run("hygiene.water_plants", {"done_by": "li.na"})
    await run("hygiene.clean_leaves", {"done_by": "li.na"})
    for day in (28, 29):  # Saturday and Sunday
        clock(green, day, "23:00")
        assert await told(green) == []
    await duty(run, 30)
    clock(green, 30, "18:00")
    assert await told(green) == [("water.2026-11-30", "info")]  # the weekend isn't counted as days running


@pytest.mark.rule("hygiene-29")
async def test_twice_a_day_where_the_site_says_so(green: Any, run: Any) -> None:
    await run(
        "site.set_figure",
        {"rule": "hygiene-29", "name": "water_frequency", "value": "2", "from_day": "2026-11-25", "reason": "x"},
    )
    clock(green, 25)
    await run("hygiene.water_plants", {"done_by": "li.na"})
    clock(green, 25, "18:00")
    assert await told(green) == [("water.2026-11-25", "warning")]
    await run("hygiene.water_plants", {"done_by": "li.na"})
    assert await told(green) == []
    with pytest.raises(Refusal):
        await run("hygiene.water_plants", {"done_by": "li.na"})


@pytest.mark.rule("hygiene-29")
@pytest.mark.rule("hygiene-30")
@pytest.mark.parametrize("act", ["hygiene.water_plants", "hygiene.clean_leaves"])
async def test_the_day_shift_cares_for_them(green: Any, run: Any, act: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await run(act, {"done_by": "wang.fang"})
    assert refusal.value.field == "done_by"
    with pytest.raises(BadInput):
        await run(act, {"done_by": "li.na", "day": "2026-11-25"})
    await run(act, {"done_by": "li.na"})
    with pytest.raises(Refusal):  # once is enough
        await run(act, {"done_by": "li.na"})


@pytest.mark.rule("hygiene-30")
async def test_leaves_are_due_on_friday_and_missed_on_monday(green: Any, run: Any) -> None:
    async def leaves() -> list[tuple[str, str, str]]:
        return [
            (item.id, item.severity, item.title.id) for item in await items(green) if item.rule == "hygiene-30"
        ]  # fmt: skip

    clock(green, 26, "23:59")
    assert await leaves() == []
    clock(green, 27, "00:00")
    assert await leaves() == [("hygiene.leaves.2026-11-27", "warning", "hygiene.due.leaves")]
    clock(green, 30)
    assert await leaves() == [("hygiene.leaves.2026-11-27", "warning", "hygiene.due.leaves_missed")]
    await duty(run, 30)
    await run("hygiene.clean_leaves", {"done_by": "li.na"})
    assert await leaves() == []


@pytest.mark.rule("hygiene-30")
async def test_cleaned_on_friday_nothing_is_owed_on_monday(green: Any, run: Any) -> None:
    clock(green, 27)
    await run("hygiene.clean_leaves", {"done_by": "li.na"})
    clock(green, 30)
    assert "leaves.2026-11-27" not in [name for name, _ in await told(green)]


@pytest.mark.rule("hygiene-30")
async def test_a_weekday_on_which_nobody_works_is_moved_within_its_week(host: Any, run: Any) -> None:
    """Nobody works by day on Thursday: leaves meant for it stand on Friday; with nobody until Sunday nothing is owed."""
    await run("people.enrol", {"number": "1", "login": "li.na", "name": "李娜", "department": "客服部"})
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run(
        "site.set_figure",
        {
            "rule": "hygiene-30",
            "name": "leaf_clean_weekday",
            "value": "Thursday",
            "from_day": "2026-11-24",
            "reason": "x",
        },
    )
    await duty(run, 24)
    await plants_since(run, 24)
    clock(host, 27, "10:00")
    assert [name for name, _ in await told(host) if "leaves" in name] == []
    await duty(run, 27)
    (item,) = [one for one in await items(host) if one.rule == "hygiene-30"]
    assert (item.id, item.title.id) == ("hygiene.leaves.2026-11-27", "hygiene.due.leaves_moved")
    clock(host, 27, "18:00")
    assert "hygiene.due.leaves_missed" in [one.title.id for one in await items(host)]


@pytest.mark.rule("hygiene-29")
async def test_without_a_name_it_is_who_says_so(green: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("hygiene.water_plants")
    assert refusal.value.value == "admin"
