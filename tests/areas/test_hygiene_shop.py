"""Spot checks of the shop floor at random times that are the same for everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui.api import DueItem, Refusal
from cstui_hygiene.models import CleaningArea, HygieneInspection
from cstui_hygiene.roster import Roster
from cstui_hygiene.shop.due import shop as matters
from cstui_hygiene.shop.due import spot_checks

SHANGHAI = ZoneInfo("Asia/Shanghai")


def clock(host: Any, day: int, time: str) -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def look(host: Any) -> Any:
    return await host.call(host.context(await host.call(host.actor("admin"))))


async def items(host: Any) -> list[DueItem]:
    return list(await host.call(matters(await look(host))))


async def planned(host: Any, day: date) -> list[tuple[datetime, str]]:
    ctx = await look(host)

    async def get() -> list[tuple[datetime, str]]:
        areas = await CleaningArea.all().order_by("code")
        roster = await Roster.read(ctx, day, day)
        return [(ctx.local(at), area.code) for at, area in spot_checks(ctx, roster, areas, day)]

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.fixture
async def store(host: Any, run: Any) -> Any:
    """The six areas of a shop; li.na there from 9 to 21 on Tuesday and Wednesday."""
    await run("people.enrol", {"number": "1", "login": "li.na", "name": "李娜", "department": "客服部"})
    await run("people.shift_type", {"code": "D", "shift_name": "全天", "start_minute": 540, "end_minute": 1260})
    for day in (24, 25):
        await run("people.assign_duty", {"day": f"2026-11-{day}", "staff": "li.na", "shift": "D"})
    await run("hygiene.use_preset", {"preset": "shop"})
    return host


@pytest.mark.rule("hygiene-36")
async def test_a_spot_check_is_owed_from_its_time_until_it_is_made(store: Any, run: Any) -> None:
    (first, where), (second, elsewhere) = await planned(store, date(2026, 11, 24))
    assert where != elsewhere
    store.clock = lambda: (first - timedelta(minutes=1)).astimezone(UTC)
    assert await items(store) == []
    store.clock = lambda: first.astimezone(UTC)
    (item,) = await items(store)
    assert (item.severity, item.rule, item.due, item.actions) == (
        "info", "hygiene-36", first, ("hygiene.spot_check",),
    )  # fmt: skip
    await run("hygiene.spot_check", target=list(item.records))

    async def begun() -> list[tuple[str, str]]:
        return [(one.area.code, one.kind) for one in await HygieneInspection.all().select_related("area")]

    assert await store.call(begun()) == [(where, "spot")]
    assert await items(store) == []
    store.clock = lambda: second.astimezone(UTC)
    (item,) = await items(store)
    assert item.due == second
    clock(store, 25, "08:00")
    (item,) = await items(store)  # one of two was left out
    assert (item.title.args["made"], item.title.args["count"], item.actions) == (1, 2, ())


async def test_the_times_are_the_same_for_everybody_and_others_each_day(store: Any) -> None:
    one = [await planned(store, date(2026, 11, day)) for day in (24, 25)]
    assert one == [await planned(store, date(2026, 11, day)) for day in (24, 25)]
    assert one[0] != one[1]
    for day, (first, second) in zip((24, 25), one, strict=True):
        assert datetime(2026, 11, day, 9, tzinfo=SHANGHAI) <= first[0] < datetime(2026, 11, day, 15, tzinfo=SHANGHAI)
        assert datetime(2026, 11, day, 15, tzinfo=SHANGHAI) <= second[0] < datetime(2026, 11, day, 21, tzinfo=SHANGHAI)


@pytest.mark.rule("hygiene-36")
async def test_as_many_as_the_site_says(store: Any, run: Any) -> None:
    figure = {"rule": "hygiene-36", "name": "shop_spot_checks", "value": "8", "from_day": "2026-11-25", "reason": "x"}
    await run("site.set_figure", figure)
    checks = await planned(store, date(2026, 11, 25))
    assert len(checks) == 8
    assert len({where for _, where in checks}) == 6  # all of them once before any twice
    clock(store, 25, "21:00")
    assert (await items(store))[0].title.id == "hygiene.due.spot_check"


@pytest.mark.rule("hygiene-36")
async def test_a_shop_with_fewer_areas_is_told(store: Any, run: Any) -> None:
    assert await items(store) == []
    await run("hygiene.retire_area", {"reason": "改建"}, target=["SH-6"])
    (item,) = await items(store)
    assert (item.id, item.title.args["count"], item.title.args["wanted"]) == ("hygiene.shop_areas", 5, 6)
    with pytest.raises(Refusal):
        await run("hygiene.spot_check", target=["SH-6"])


async def test_a_day_of_rest_and_a_site_without_shop_owe_nothing(store: Any, run: Any) -> None:
    clock(store, 26, "20:00")
    assert [item.title.id for item in await items(store)] == ["hygiene.due.spot_checks_left_out"]  # Wednesday's
    for number in range(1, 7):
        await run("hygiene.retire_area", {"reason": "停业"}, target=[f"SH-{number}"])
    assert await items(store) == []
