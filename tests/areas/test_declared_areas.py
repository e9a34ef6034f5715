"""Three regulations that stand in area.toml files, each through a real day: due, late, done, proposed, approved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from conftest import Shared
from declared_desk import Desk, desk, make

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.contract.errors import NotPermitted, Refusal
from cstui.ledger import balance
from cstui.people import Staff
from cstui.testing import check_area

AREAS = ("visitors", "weekly", "attendance_list")


@pytest.fixture(scope="session")
def declared_template(shared: Shared, template: Path) -> Path:
    return shared("declared", lambda folder: make(folder, template)) / "site/config.toml"


@pytest_asyncio.fixture
async def day(tmp_path: Path, declared_template: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path, declared_template) as opened:
        yield opened


async def test_they_conform(day: Desk) -> None:
    assert {area: await check_area(day.host.areas[area], day.host) for area in AREAS} == {area: [] for area in AREAS}
    assert day.host.words.missing() == []


VISIT = {"visitor": "王先生", "arrived_at": "2026-11-24 09:05", "receptionist": "lin", "purpose": "看房"}


async def test_a_visit_is_due_in_the_register_ten_minutes_after_it(day: Desk) -> None:
    await day.act("visitors.add_visit", VISIT)
    assert [one for one in await day.due("visitors") if one.register == "visitors.visit"] == []
    await day.act("visitors.change_visit", {"left_at": "10:00"}, target=["#1"])
    day.now("2026-11-24 10:05")
    (matter,) = [one for one in await day.due("visitors") if one.register == "visitors.visit"]
    assert (matter.severity, matter.person, day.say(matter.title)) == ("info", "Lin", "Visits 王先生 11-24 09:05")
    assert day.say(matter.proof[0], "zh_CN") == "离开 11-24 10:00，之后 10 分"
    assert matter.actions == ("visitors.finish_visit", "visitors.change_visit")
    day.now("2026-11-24 10:10:01")
    assert [one.severity for one in await day.due("visitors") if one.records] == ["warning"]
    done = await day.act("visitors.finish_visit", {"talked_about": "户型", "area_cleared": "yes"}, target=["#1"])
    assert day.say(done.text or "") == "done, but late: Visits 王先生 11-24 09:05"
    (row,) = await day.rows("visitors.visit")
    assert (row.values["late"], row.values["talked_about"], row.record.done_by) == (True, "户型", "chief")
    assert [one for one in await day.due("visitors") if one.records] == []
    with pytest.raises(Refusal, match="done"):
        await day.act("visitors.finish_visit", {"talked_about": "x", "area_cleared": "yes"}, target=["#1"])


async def test_in_time_to_the_second_and_by_the_figure_of_the_site(day: Desk) -> None:
    figure = {"rule": "visitors-01", "name": "register_within", "value": "30 min", "from_day": "today", "reason": "x"}
    await engine.run(day.host, "site.set_figure", figure, SYSTEM)
    await day.act("visitors.add_visit", VISIT | {"left_at": "2026-11-24 10:00"})
    day.now("2026-11-24 10:30")
    await day.act("visitors.finish_visit", {"talked_about": "户型", "area_cleared": "no"}, target=["#1"])
    assert [row.values["late"] for row in await day.rows("visitors.visit")] == [False]


async def test_a_meal_is_approved_by_the_leader_before_the_visit_is_done(day: Desk) -> None:
    await day.act("visitors.add_visit", VISIT | {"left_at": "2026-11-24 10:00", "meal_cost": "88.50"})
    end = {"talked_about": "户型", "area_cleared": "yes"}
    with pytest.raises(Refusal, match="asked"):
        await day.act("visitors.finish_visit", end, target=["#1"])
    with pytest.raises(Refusal, match="asked"):
        await day.act("visitors.change_visit", {"meal_cost": "99"}, target=["#1"])
    await day.act("visitors.change_visit", {"organisation": "某公司"}, target=["#1"])
    with pytest.raises(NotPermitted):
        await day.act("approvals.approve", login="head", target=["#1"])
    await day.act("approvals.refuse", {"note": "太贵"}, login="boss", target=["#1"])
    with pytest.raises(Refusal, match="refused"):
        await day.act("visitors.finish_visit", end, target=["#1"])
    await day.act("visitors.change_visit", {"meal_cost": "50"}, target=["#1"])
    await day.act("approvals.approve", login="boss", target=["#2"])
    await day.act("visitors.finish_visit", end, target=["#1"])
    (row,) = await day.rows("visitors.visit")
    assert (str(row.record.approval), row.record.meal_cost) == ("approved", 5000)


async def test_the_kit_is_checked_each_working_day_and_what_lacks_is_put_before_somebody(day: Desk) -> None:
    missing = [one for one in await day.due("visitors") if one.register == "visitors.kit"]
    assert [(one.severity, day.say(one.title)) for one in missing] == [
        ("warning", "Reception kit 2026-11-23"), ("warning", "Reception kit 2026-11-24"),
    ]  # fmt: skip
    whole = {"book": 1, "cards": 1, "calculator": 1, "plan": 1, "price_list": 1, "checker": "lin"}
    await day.act("visitors.add_kit", whole | {"checked_on": "2026-11-24"})
    told = await day.act("visitors.add_kit", whole | {"checked_on": "2026-11-23", "cards": 0})
    assert [day.say(note) for note in told.notes] == [
        "put before whoever decides it: Reception kit 2026-11-23: The papers and tools of the reception are complete"
        " and clean"
    ]
    assert {row.record.score for row in await day.rows("visitors.kit")} == {5, 4}
    (finding,) = await day.rows("approvals.findings")
    assert (finding.record.rule, finding.record.figure_fen) == ("visitors-03", None)
    assert [one for one in await day.due("visitors") if one.register == "visitors.kit"] == []
    with pytest.raises(Refusal, match="no_such_day"):  # a Saturday
        await day.act("visitors.add_kit", whole | {"checked_on": "2026-11-28"})


REPORT = {"week_of": "2026-11-23", "author": "lin", "subject": "第 47 周", "channel": "email"}


async def test_a_late_weekly_report_is_a_charge_once_somebody_accepts_it(day: Desk) -> None:
    (matter,) = await day.due("weekly")
    assert (matter.severity, matter.actions, day.say(matter.title)) == (
        "critical", ("weekly.add_report",), "Weekly reports 2026-11-23",
    )  # fmt: skip
    assert matter.state and matter.state.args == {"late": timedelta(hours=24, minutes=2)}
    await day.act("weekly.add_report", REPORT)
    assert await day.due("weekly") == []
    (finding,) = await day.rows("approvals.findings")
    assert (finding.record.rule, finding.record.figure_fen, finding.record.person.login) == ("weekly-02", 1000, "lin")
    assert await day.rows("ledger.charges") == []  # nobody is fined by the program
    await day.act("approvals.accept_finding", {"note": "属实"}, login="head", target=["#1"])
    (charge,) = await day.rows("ledger.charges")
    assert (charge.record.regulation_amount, charge.record.article) == (
        1000, "001 · 客服的制度 4 · 报表制度管理规定 3 (递交时间, last sentence)",
    )  # fmt: skip
    with pytest.raises(Refusal, match="no_correction"):
        await day.act("weekly.change_report", {"subject": "第 48 周"}, target=["2026-11-23"])
    await day.act("weekly.change_report", {"subject": "第 48 周", "correction": "写错"}, target=["2026-11-23"])
    assert len(await day.rows("approvals.findings")) == 1


@pytest.mark.parametrize(
    ("week", "at", "late"),
    [
        ("2026-11-30", "2026-11-30 08:59:59", False),
        ("2026-11-30", "2026-11-30 09:00", True),
        ("2027-02-08", "2027-02-08 09:01", True),
    ],
)
async def test_a_report_by_nine_is_late_at_nine(day: Desk, week: str, at: str, late: bool) -> None:
    day.now(at)
    await day.act("weekly.add_report", REPORT | {"week_of": week})
    assert [row.values["late"] for row in await day.rows("weekly.report")] == [late]


async def test_after_a_holiday_it_is_due_on_the_next_working_day(day: Desk) -> None:
    await day.act("weekly.add_report", REPORT)
    await engine.run(day.host, "site.set_day", {"day": "2026-11-30", "working": "no", "note": "停电"}, SYSTEM)
    day.now("2026-12-01 08:00")
    (matter,) = await day.due("weekly")
    assert (matter.severity, day.say(matter.state or "")) == ("info", "by 12-01 09:00")
    prefill = day.host.actions["weekly.add_report"].prefill
    assert prefill

    async def first() -> object:
        return (await prefill(await day.host.context(SYSTEM), []))["week_of"]

    assert str(await day.host.call(first())) == "2026-11-30"


CAME = {"meeting": "月分析例会", "held_on": "2026-11-24"}


async def test_the_attendance_of_a_meeting_is_settled_and_each_breach_proposed(day: Desk) -> None:
    rows = [
        (2, CAME | {"employee": "lin", "status": "迟到", "disorder": "yes"}),
        (3, CAME | {"employee": "zhao", "status": "absent"}),
        (4, CAME | {"employee": "head", "status": "present", "praised": "yes"}),
    ]
    chief = await day.host.call(day.host.actor("chief"))
    choice = {"迟到": "came_late"}  # what a sheet's word becomes on the way in
    typed = [(line, raw | {"status": choice.get(raw["status"], raw["status"])}) for line, raw in rows]
    done = await engine.run_bulk(day.host, "attendance_list.add_attendee", typed, chief)
    assert done.count("created") == 3
    assert done.changed == {"attendance_list.attendee"}
    assert [row.values["employee"] for row in await day.rows("attendance_list.attendee", search="zhao")] == ["Zhao"]
    again = await engine.run_bulk(day.host, "attendance_list.add_attendee", typed, chief)
    assert again.count("unchanged") == 3
    day.now("2026-11-25 10:00")
    assert {one.severity for one in await day.due("attendance_list")} == {"info"}
    day.now("2026-11-26 00:01")  # a working day later, at its end
    assert {one.severity for one in await day.due("attendance_list")} == {"warning"}
    for pk in ("#1", "#2", "#3"):
        await day.act("attendance_list.finish_attendee", target=[pk])
    found = {
        (row.record.rule, row.record.person.login, row.record.figure_fen)
        for row in await day.rows("approvals.findings")
    }
    assert found == {
        ("attendance_list-02", "lin", 1000), ("attendance_list-04", "lin", 2000), ("attendance_list-03", "zhao", 2000),
    }  # fmt: skip

    for finding in await day.rows("approvals.findings", person="Lin"):  # late and disorder are two acts
        await day.act("approvals.accept_finding", {"note": "属实"}, login="head", target=[finding.pk])
    charges = [row.record for row in await day.rows("ledger.charges")]
    assert sum(one.regulation_amount for one in charges) == 3000
    assert len({one.act_key for one in charges}) == 2

    async def points(login: str) -> int:
        return await balance((await Staff.get(login=login)).pk, "points")

    assert await day.host.call(points("head")) == 0
    with pytest.raises(NotPermitted):  # whoever is rewarded doesn't approve it
        await day.act("approvals.approve", login="head", target=["#1"])
    await day.act("approvals.approve", login="deng", target=["#1"])
    assert await day.host.call(points("head")) == 100


async def test_a_record_is_struck_out_with_a_reason_and_stays_in_the_journal(day: Desk) -> None:
    await day.act("weekly.add_report", REPORT)
    with pytest.raises(Refusal, match="there"):
        await day.act("weekly.add_report", REPORT)
    await day.act("weekly.add_report", REPORT | {"week_of": "2026-11-30"})
    for week, fault in (("2026-11-30", "there"), ("2026-11-24", "no_such_day")):
        with pytest.raises(Refusal, match=fault):
            await day.act("weekly.change_report", {"week_of": week, "correction": "x"}, target=["2026-11-23"])
    await day.act("weekly.strike_report", {"reason": "重复"}, target=["2026-11-23"])
    assert [str(row.values["week_of"]) for row in await day.rows("weekly.report")] == ["2026-11-30"]
    assert [one.register for one in await day.due("weekly")] == ["weekly.report"]


async def test_nobody_without_the_permission_looks_or_acts(day: Desk) -> None:
    for action in ("visitors.add_visit", "weekly.add_report"):
        with pytest.raises(NotPermitted):
            await day.act(action, VISIT if "visit" in action else REPORT, login="lin")
