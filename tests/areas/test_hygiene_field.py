"""The field force: weeks shared out among groups, led by officers, put on record the same day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstui.api import BadInput, DueItem, Refusal
from cstui_hygiene.field.due import field as matters
from cstui_hygiene.field.planning import week_plan
from cstui_hygiene.models import FieldCleaningDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 30)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
ZONES = "东门、水沟\n西门\n南门\n北门\n停车场"


def clock(host: Any, day: int, time: str = "09:00", month: int = 11) -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any, rule: str = "", login: str = "admin") -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor(login))))
    return [item for item in await host.call(matters(ctx)) if item.rule == rule or not rule]


async def told(host: Any, rule: str = "") -> list[tuple[str, str]]:
    return [(item.id.removeprefix("hygiene."), item.severity) for item in await items(host, rule)]


async def days(host: Any) -> list[FieldCleaningDay]:
    async def get() -> list[FieldCleaningDay]:
        return list(await FieldCleaningDay.all().select_related("officer").order_by("day", "group"))

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.fixture
async def force(host: Any, run: Any) -> Any:
    """It is Sunday; the week from Monday the 30th is planned for five groups, and li.na leads all of it."""
    for number, login, name in (("1", "li.na", "李娜"), ("2", "wang.fang", "王芳")):
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": "客服部"})
        await run("people.grant_role", {"role": "admin"}, target=[login])
    clock(host, 29)
    await run("hygiene.plan_week", {"week": "2026-12-01", "zones": ZONES})
    await run("hygiene.name_officer", {"officer": "li.na"}, target=[one.pk for one in await days(host)])
    return host


async def labour(run: Any, record: str, login: str = "li.na") -> None:
    await run("hygiene.record_labour", {"people_present": "6", "result": "清沟三处"}, login, target=[record])


def test_one_group_a_weekday_and_seven_one_a_day() -> None:
    def workday(day: date) -> bool:
        return day.weekday() < 5

    assert week_plan([1] * 5, WEEK, 1, workday) == [(WEEK[n], n + 1) for n in range(5)]
    assert week_plan([1] * 7, WEEK, 1, workday) == [(WEEK[n], n + 1) for n in range(7)]
    # an eighth joins the day with the fewest zones
    assert (WEEK[3], 8) in week_plan([3, 2, 2, 1, 2, 2, 2, 1], WEEK, 1, workday)
    # a Monday off: the five groups work from Tuesday on, and on the Saturday that is worked instead
    off = {WEEK[0], WEEK[6]}
    assert week_plan([1] * 5, WEEK, 1, lambda day: day not in off) == [(WEEK[n], n) for n in range(1, 6)]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.integers(1, 3))
def test_every_group_works_as_often_as_it_should(zones: list[int], often: int) -> None:
    plan = week_plan(zones, WEEK, often, lambda day: day.weekday() < 5)
    assert Counter(group for _, group in plan) == dict.fromkeys(range(1, len(zones) + 1), often)
    assert len({*plan}) == len(plan)  # never twice on a day
    assert len({day for day, _ in plan}) == min(7, len(plan))  # no day is empty while another has two


@pytest.mark.rule("hygiene-38")
async def test_a_week_is_planned_for_as_many_groups_as_there_are(force: Any, run: Any) -> None:
    assert [(one.day, one.group, one.zones) for one in await days(force)] == [
        (WEEK[n], n + 1, zones) for n, zones in enumerate(ZONES.splitlines())
    ]
    for raw in ({"week": "2026-12-07", "zones": "东门"}, {"week": "2026-12-02", "zones": ZONES},
                {"week": "2026-11-22", "zones": ZONES}):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            await run("hygiene.plan_week", raw)
        assert refusal.value.rule == "hygiene-38"
    with pytest.raises(BadInput):
        await run("hygiene.plan_week", {"week": "2026-12-07", "zones": ZONES.replace("西门", "、")})


@pytest.mark.rule("hygiene-38")
async def test_of_a_week_that_goes_on_the_days_that_are_left_are_planned(host: Any, run: Any) -> None:
    clock(host, 26)  # a Thursday
    await run("hygiene.plan_week", {"week": "2026-11-26", "zones": ZONES})
    assert [(one.day.day, one.group) for one in await days(host)] == [(26, 1), (27, 2), (27, 5), (28, 3), (29, 4)]


@pytest.mark.rule("hygiene-37")
async def test_no_officer_for_tomorrow_is_critical(host: Any, run: Any) -> None:
    clock(host, 29)
    assert await items(host) == []  # a site without a field force
    await run("people.enrol", {"number": "1", "login": "li.na", "name": "李娜", "department": "客服部"})
    await run("hygiene.plan_week", {"week": "2026-11-30", "zones": ZONES})
    assert await told(host, "hygiene-37") == [("officer.2026-11-30", "critical")]
    await run("hygiene.name_officer", {"officer": "li.na"}, target=["2026-11-30/1"])
    assert await told(host, "hygiene-37") == []
    away = {"staff": "li.na", "first_day": "2026-11-30", "last_day": "2026-11-30", "kind": "sick"}
    await run("people.record_absence", away)
    (item,) = await items(host, "hygiene-37")
    assert [line.id for line in item.proof] == ["hygiene.proof.officer_away", "hygiene.proof.group"]
    clock(host, 30)
    assert [name for name, _ in await told(host, "hygiene-37")] == ["officer.2026-11-30", "officer.2026-12-01"]


@pytest.mark.rule("hygiene-37")
async def test_one_officer_a_day_who_is_there(force: Any, run: Any) -> None:
    await run("hygiene.move_group", {"day": "2026-11-30"}, target=["2026-12-01/2"])
    assert [one.field_no for one in await days(force)][:2] == ["2026-11-30/1", "2026-11-30/2"]
    with pytest.raises(Refusal) as refusal:
        await run("hygiene.name_officer", {"officer": "wang.fang"}, target=["2026-11-30/1"])
    assert refusal.value.rule == "hygiene-37"
    await run("hygiene.name_officer", {"officer": "wang.fang"}, target=["2026-11-30/1", "2026-11-30/2"])
    away = {"staff": "li.na", "first_day": "2026-11-30", "last_day": "2026-11-30", "kind": "sick"}
    await run("people.record_absence", away)
    with pytest.raises(Refusal) as refusal:
        await run("hygiene.name_officer", {"officer": "li.na"}, target=["2026-11-30/1", "2026-11-30/2"])
    assert refusal.value.field == "officer"


@pytest.mark.rule("hygiene-40")
async def test_labour_is_on_record_by_the_end_of_its_day(force: Any, run: Any) -> None:
    clock(force, 30, "23:59")
    (item,) = await items(force, "hygiene-40")
    assert (item.severity, item.person, item.title.id) == ("info", "李娜", "hygiene.due.labour_today")
    clock(force, 1, "00:00", month=12)
    assert [item.severity for item in await items(force, "hygiene-40")] == ["warning", "info"]
    await labour(run, "2026-11-30/1")
    await labour(run, "2026-12-01/2")
    assert [item.title.id for item in await items(force)] == ["hygiene.due.countersign"]


@pytest.mark.rule("hygiene-38")
async def test_the_fifth_group_is_flagged_on_monday_at_midnight(force: Any, run: Any) -> None:
    for group in range(1, 5):
        clock(force, MONDAY.day if group == 1 else group - 1, month=11 if group == 1 else 12)
        await labour(run, f"{WEEK[group - 1]}/{group}")
    clock(force, 6, "23:59", month=12)
    assert await told(force, "hygiene-38") == [("field_week.2026-12-07", "critical")]
    await run("hygiene.plan_week", {"week": "2026-12-07", "zones": ZONES})
    clock(force, 7, "00:00", month=12)
    assert await told(force, "hygiene-38") == [("field_group.2026-11-30.5", "warning")]
    assert await told(force, "hygiene-40") == [("field.6", "info"), ("countersign", "info")]
    await labour(run, "2026-12-04/5")
    assert await told(force, "hygiene-38") == []


@pytest.mark.rule("hygiene-40")
async def test_the_officer_records_and_another_countersigns(force: Any, run: Any) -> None:
    config = force.settings.roles
    config["officer"] = ("hygiene.own",)
    await run("people.enrol", {"number": "3", "login": "zhao.lei", "name": "赵磊", "department": "客服部"})
    await run("people.grant_role", {"role": "officer"}, target=["zhao.lei"])
    clock(force, 30)
    with pytest.raises(Refusal) as refusal:  # not of that day, and doesn't arrange
        await labour(run, "2026-11-30/1", "zhao.lei")
    assert refusal.value.rule == "hygiene-40"
    with pytest.raises(Refusal):  # still to come
        await labour(run, "2026-12-01/2")
    await labour(run, "2026-11-30/1", "wang.fang")  # who arranges may
    for login in ("wang.fang", "li.na"):  # recorded it, led it
        with pytest.raises(Refusal) as refusal:
            await run("hygiene.countersign_field", login=login, target=["2026-11-30/1"])
        assert refusal.value.rule == "hygiene-40"
    await labour(run, "2026-11-30/1")  # put right
    await run("hygiene.countersign_field", target=["2026-11-30/1"])
    (one, *_) = await days(force)
    assert (one.state, one.recorded_by, one.countersigned_by) == ("countersigned", "li.na", "admin")
    with pytest.raises(Refusal):
        await labour(run, "2026-11-30/1")
    assert await items(force) == []


async def test_what_waits_for_a_signature_is_what_one_may_sign(force: Any, run: Any) -> None:
    clock(force, 1, month=12)
    await labour(run, "2026-11-30/1", "wang.fang")
    assert [item.records for item in await items(force, login="wang.fang") if item.id.endswith("countersign")] == [(1,)]
    await labour(run, "2026-12-01/2", "admin")
    (matter,) = [item for item in await items(force, login="wang.fang") if item.id.endswith("countersign")]
    assert (matter.records, matter.title.args["count"]) == ((2,), 1), "its own record would keep the other out"
    await run("hygiene.countersign_field", None, "wang.fang", target=list(matter.records))
    assert [item.records for item in await items(force) if item.id.endswith("countersign")] == [(1,)]


@pytest.mark.parametrize("day", ["2026-12-07", "2026-11-28", "2026-12-01"])
async def test_a_group_moves_within_its_week_only(force: Any, run: Any, day: str) -> None:
    with pytest.raises(BadInput):
        await run("hygiene.move_group", {"day": day}, target=["2026-12-01/2"])


async def test_a_force_given_up_is_asked_for_no_more(force: Any) -> None:
    clock(force, 31, month=12)
    assert [item.id for item in await items(force)] == ["hygiene.field_week.2026-12-28"]
    force.clock = lambda: datetime(2027, 1, 5, 1, tzinfo=UTC)
    assert await items(force) == []


async def test_the_next_week_begins_with_the_zones_of_the_last(force: Any, run: Any) -> None:
    plan, record = (force.actions[f"hygiene.{name}"].prefill for name in ("plan_week", "record_labour"))
    ctx = await force.call(force.context(await force.call(force.actor("admin"))))
    assert dict(await force.call(plan(ctx, []))) == {"week": date(2026, 12, 7), "zones": ZONES}
    clock(force, 30)
    assert dict(await force.call(record(ctx, [(await days(force))[0]]))) == {"result": ""}
    await labour(run, "2026-11-30/1")
    assert dict(await force.call(record(ctx, [(await days(force))[0]]))) == {"people_present": 6, "result": "清沟三处"}
