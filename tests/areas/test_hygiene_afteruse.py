"""Places put in order after their use: reception, warehouse, meeting room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui.api import BadInput, DueItem, Refusal
from cstui_hygiene.afteruse.due import after_use as matters
from cstui_hygiene.models import DutyAssignment

SHANGHAI = ZoneInfo("Asia/Shanghai")
AREAS = (
    ("RE", "接待区", "reception", "daily_open", 10), ("RV", "接待区（客后）", "reception", "after_use", 5),
    ("ME", "会议室", "meeting_room", "after_use", 15), ("WH", "仓库作业面", "warehouse", "after_use", 15),
    ("FL", "走廊", "floor", "after_use", 20),
)  # fmt: skip


def at(day: int, time: str) -> datetime:
    hour, minute = (int(part) for part in time.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def clock(host: Any, day: int, time: str = "10:00") -> None:
    host.clock = lambda: at(day, time)


async def items(host: Any) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return list(await host.call(matters(ctx)))


async def jobs(host: Any) -> list[DutyAssignment]:
    async def get() -> list[DutyAssignment]:
        found = DutyAssignment.filter(slot="after_use").select_related("assignee", "area")
        return list(await found.order_by("due_at", "id"))

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.fixture
async def house(host: Any, run: Any) -> Any:
    """Team A with li.na and wang.fang on the day shift (9 to 18), team B with zhao.lei on the late one (18 to 24)."""
    for number, login, name, team in (
        ("1", "li.na", "李娜", "A"), ("2", "wang.fang", "王芳", "A"), ("3", "zhao.lei", "赵磊", "B"),
    ):  # fmt: skip
        person = {"number": number, "login": login, "name": name, "department": "客服部", "team": team}
        await run("people.enrol", person)
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run("people.shift_type", {"code": "L", "shift_name": "晚班", "start_minute": 1080, "end_minute": 1440})
    for day in (24, 25):
        for login, shift in (("li.na", "D"), ("wang.fang", "D"), ("zhao.lei", "L")):
            await run("people.assign_duty", {"day": f"2026-11-{day}", "staff": login, "shift": shift})
    for code, name, kind, frequency, minutes in AREAS:
        raw = {"code": code, "name": name, "kind": kind, "frequency": frequency, "minutes": minutes, "standard": "整洁"}
        await run("hygiene.set_area", raw)
    clock(host, 24)
    return host


@pytest.mark.rule("hygiene-32")
async def test_reception_is_in_order_ten_minutes_after_a_visit(house: Any, run: Any) -> None:
    await run("hygiene.used", {"area": "RV", "ended_at": "2026-11-24 09:55"})
    (job,) = await jobs(house)
    assert (job.due_at, job.assignee.login, job.basis) == (at(24, "10:05"), "li.na", "turn")
    clock(house, 24, "10:05")
    (item,) = await items(house)  # within ten minutes includes the tenth
    assert (item.severity, item.rule, item.person_id) == ("info", "hygiene-32", job.assignee_id)
    assert item.state is not None and item.state.id == "hygiene.state.due"
    clock(house, 24, "10:06")
    (item,) = await items(house)
    assert item.state is not None and (item.severity, item.state.id) == ("info", "hygiene.state.late")
    await run("hygiene.done", target=[job.pk])
    assert await items(house) == []
    assert [job.state for job in await jobs(house)] == ["made_up"]


@pytest.mark.rule("hygiene-35")
async def test_the_warehouse_is_cleared_half_an_hour_after_each_job(house: Any, run: Any) -> None:
    await run("hygiene.used", {"area": "WH"})
    (job,) = await jobs(house)
    assert job.due_at == at(24, "10:30")
    clock(house, 24, "10:31")
    (item,) = await items(house)
    assert (item.rule, item.severity) == ("hygiene-35", "info")


@pytest.mark.rule("hygiene-33")
async def test_the_hosting_team_cleans_before_and_after_a_meeting(house: Any, run: Any) -> None:
    meeting = {"area": "ME", "begins_at": "2026-11-24 14:00", "ended_at": "2026-11-24 16:00"}
    with pytest.raises(Refusal) as refusal:
        await run("hygiene.used", meeting)
    assert (refusal.value.rule, refusal.value.field) == ("hygiene-33", "team")
    await run("hygiene.used", {**meeting, "team": "A"})
    before, after = await jobs(house)
    assert (before.due_at, after.due_at) == (at(24, "14:00"), at(24, "16:15"))
    assert [before.assignee.login, after.assignee.login] == ["li.na", "wang.fang"]  # each in turn
    with pytest.raises(BadInput) as fault:  # nobody of team B is there in the afternoon
        await run("hygiene.used", {**meeting, "team": "B"})
    assert fault.value.field == "assignee"
    assert len(await items(house)) == 2


async def test_whose_duty_such_an_area_is_today_puts_it_in_order(house: Any, run: Any) -> None:
    await run("hygiene.generate_rota", {"month": "2026-11"})
    await run("hygiene.publish_rota", target=["2026-11"])

    async def mornings() -> DutyAssignment:
        return await DutyAssignment.get(day="2026-11-25", slot="opening").select_related("assignee")

    duty = await house.call(mornings())
    clock(house, 25)
    for _ in range(2):
        await run("hygiene.used", {"area": "RV"})
    assert [(job.assignee_id, job.basis) for job in await jobs(house)] == [(duty.assignee_id, "same_day")] * 2
    clock(house, 25, "19:00")  # they are gone home
    await run("hygiene.used", {"area": "RV"})
    assert [job.assignee.login for job in await jobs(house)][-1] == "zhao.lei"


async def test_jobs_after_use_are_shared_out_in_turn(house: Any, run: Any) -> None:
    for _ in range(4):
        await run("hygiene.used", {"area": "WH"})
    assert [job.assignee.login for job in await jobs(house)] == ["li.na", "wang.fang", "li.na", "wang.fang"]


async def test_a_keeper_by_name_comes_first(house: Any, run: Any) -> None:
    area = {"code": "WH", "name": "仓库作业面", "kind": "warehouse", "frequency": "after_use", "standard": "整洁"}
    await run("hygiene.set_area", {**area, "crew": "named", "keeper": "wang.fang"})
    await run("hygiene.used", {"area": "WH"})
    assert [(job.assignee.login, job.basis) for job in await jobs(house)] == [("wang.fang", "named")]


async def test_where_nobody_is_at_work_somebody_is_asked_for(house: Any, run: Any) -> None:
    clock(house, 25, "08:00")
    with pytest.raises(BadInput) as fault:
        await run("hygiene.used", {"area": "RV"})
    assert fault.value.field == "assignee"
    assert await jobs(house) == []
    await run("hygiene.used", {"area": "RV", "assignee": "zhao.lei"})
    assert [(job.assignee.login, job.basis) for job in await jobs(house)] == [("zhao.lei", "by_hand")]


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"area": "RE"}, "area"),
        ({"area": "RV", "ended_at": "2026-11-24 10:01"}, "ended_at"),
        ({"area": "RV", "begins_at": "2026-11-24 09:00"}, "begins_at"),
        ({"area": "ME", "team": "A", "begins_at": "2026-11-24 12:00", "ended_at": "2026-11-24 12:00"}, "begins_at"),
    ],
)
async def test_what_cant_be(house: Any, run: Any, raw: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        await run("hygiene.used", raw)
    assert fault.value.field == field


async def test_another_area_is_in_order_when_its_job_may_be_over(house: Any, run: Any) -> None:
    await run("hygiene.used", {"area": "FL"})
    assert [job.due_at for job in await jobs(house)] == [at(24, "10:00") + timedelta(minutes=20)]


async def test_what_nobody_did_is_overtaken_by_the_next_days_cleaning(house: Any, run: Any) -> None:
    await run("hygiene.used", {"area": "RV"})
    for day, count in ((25, 1), (26, 0)):
        clock(house, day)
        assert len(await items(house)) == count
