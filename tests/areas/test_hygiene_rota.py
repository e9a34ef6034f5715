"""The rota: drafted from the roster in turn, published once, kept as it is where it holds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from counting import counted

from cstui import registers
from cstui.api import DueItem, Period, Plan, Refusal
from cstui.charts import drawn
from cstui.contract.errors import BadInput, Fault, NotPermitted
from cstui.paper import printed
from cstui_hygiene.kinds import Basis, RotaState, Slot
from cstui_hygiene.models import DutyAssignment, DutyRota
from cstui_hygiene.roster import Roster
from cstui_hygiene.rota.due import rotas_due
from cstui_hygiene.rota.jobs import may_do

SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = ("an", "bo", "cai")
FLOOR = {"code": "FL", "name": "floor", "kind": "floor", "standard": "clean", "frequency": "daily_open"}
EVENING = {**FLOOR, "code": "EV", "name": "evening floor", "frequency": "daily_close"}
WINDOWS = {**FLOOR, "code": "WI", "name": "windows", "kind": "window", "frequency": "weekly", "weekday": 3}
CHANGING = {**FLOOR, "code": "CH", "name": "changing room", "kind": "changing_room", "frequency": "weekly",
            "weekday": 2, "crew": "leader"}  # fmt: skip
STORE = {**FLOOR, "code": "WH", "name": "store", "kind": "warehouse", "crew": "named"}


def clock(host: Any, day: int, time: str = "09:02", month: int = 11) -> None:
    hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
    moment = datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def context(host: Any, login: str = "admin") -> Any:
    return await host.call(host.context(await host.call(host.actor(login))))


async def items(host: Any, word: str = "") -> list[DueItem]:
    found = await host.call(rotas_due(await context(host)))
    return [item for item in found if not word or item.title.id == f"hygiene.due.{word}"]


async def duties(host: Any, **where: Any) -> list[DutyAssignment]:
    async def get() -> list[DutyAssignment]:
        rows = DutyAssignment.filter(**where).order_by("day", "id")
        return list(await rows.select_related("area", "assignee", "rota", "done_by"))

    return list(await host.call(get()))


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """Three who take turns and a leader, on the office day (no roster); a supervisor; the floor, opened daily."""
    host.settings.roles.update(
        {
            "staff": frozenset({"hygiene.look", "hygiene.own"}),
            "team_leader": frozenset({"hygiene.look", "hygiene.own", "hygiene.inspect", "hygiene.arrange"}),
        }
    )
    for number, login in enumerate((*PEOPLE, "lead")):
        person = {"number": f"{number}", "login": login, "name": login, "department": "customer_service"}
        await run("people.enrol", {**person, "hired_on": "2020-01-01"})
    for login in PEOPLE:
        await run("people.grant_role", {"role": "staff"}, target=[login])
    await run("people.grant_role", {"role": "team_leader", "first_day": "2026-01-01"}, target=["lead"])
    await run("hygiene.set_area", FLOOR)
    return host


async def shifts(run: Any, days: list[date], early: tuple[str, ...], late: tuple[str, ...] = ()) -> None:
    """A roster: early from 09:00 to 18:00, late from 12:00 to 21:00."""
    for code, begin in (("E", 540), ("L", 720)):
        await run(
            "people.shift_type", {"code": code, "shift_name": code, "start_minute": begin, "end_minute": begin + 540}
        )
    for day in days:
        for code, people in (("E", early), ("L", late)):
            for login in people:
                await run("people.assign_duty", {"day": day.isoformat(), "staff": login, "shift": code})


async def drafted(run: Any, month: str = "2026-12", **more: Any) -> Any:
    return await run("hygiene.generate_rota", {"month": month, **more})


async def figure(run: Any, name: str, value: str) -> None:
    rule = {"open_clean_due": "hygiene-02", "rota_algorithm": "hygiene-10", "rota_lookahead": "hygiene-10"}[name]
    await run("site.set_figure", {"rule": rule, "name": name, "value": value, "from_day": "2026-11-24", "reason": "x"})


# drafting


@pytest.mark.rule("hygiene-10")
async def test_a_month_is_shared_evenly_on_its_days_of_work(office: Any, run: Any) -> None:
    await drafted(run)
    rows = await duties(office)
    assert len(rows) == 23  # December 2026 has 23 days of work
    had = {login: sum(row.assignee.login == login for row in rows if row.assignee) for login in PEOPLE}
    assert sorted(had.values()) == [7, 8, 8]
    assert {row.basis for row in rows} == {Basis.TURN}
    assert {office_time(row.due_at) for row in rows} == {"08:00"}
    ctx = await context(office)
    page = await office.call(registers.page(office, ctx, "hygiene.rotas"))
    assert [(row.values["rota_no"], row.values["duties"]) for row in page.rows] == [("2026-12", 23)]


def office_time(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%H:%M}"


@pytest.mark.rule("hygiene-10")
async def test_nobody_is_asked_on_a_day_of_absence_and_the_debt_is_one_duty(office: Any, run: Any) -> None:
    await run("people.record_absence", {"staff": "bo", "first_day": "2026-12-01", "last_day": "2026-12-11"})
    await drafted(run)
    rows = await duties(office)
    whose = [row.assignee.login for row in rows if row.assignee]
    assert "bo" not in whose[:9] and whose[9] == "bo"
    assert 5 <= whose.count("bo") <= 6
    assert "Absent: bo." in await told_why(office, rows[0])


async def told_why(host: Any, duty: DutyAssignment) -> str:
    ctx = await context(host)
    row = await host.call(registers.one(host, ctx, "hygiene.duties", duty.pk))
    return str(host.words.say(row.values["why"], "en"))


async def test_why_this_person_and_who_is_next(office: Any, run: Any) -> None:
    await drafted(run)
    rows = await duties(office)
    assert await told_why(office, rows[0]) == (
        "an had 0, as others; the lower staff number decided (hygiene-10).\nNext in turn: bo 0, cai 0."
    )
    assert (await told_why(office, rows[2])).startswith("cai had the fewest duties: none yet (hygiene-10).")
    assert (await told_why(office, rows[3])).startswith("an had 1, as others; the last was longest ago, on 2026-12-01")
    for lang in ("en", "zh_CN"):
        assert "hygiene." not in office.words.say((await row_of(office, rows[3]))["why"], lang).replace(
            "hygiene-10", ""
        )


async def row_of(host: Any, duty: DutyAssignment) -> Any:
    return (await host.call(registers.one(host, await context(host), "hygiene.duties", duty.pk))).values


@pytest.mark.rule("hygiene-01")
@pytest.mark.rule("hygiene-11")
async def test_opening_falls_to_the_first_shift_and_closing_to_the_last(office: Any, run: Any) -> None:
    await run("hygiene.set_area", EVENING)
    await shifts(run, [date(2026, 12, 1), date(2026, 12, 2)], ("an", "bo"), ("cai",))
    await drafted(run)
    rows = [row for row in await duties(office, day__lte=date(2026, 12, 2)) if row.assignee]
    told = [(row.slot, row.assignee.login, office_time(row.due_at)) for row in rows if row.assignee]
    assert sorted(told, key=lambda one: one[0]) == [
        (Slot.CLOSE, "cai", "21:00"), (Slot.CLOSE, "cai", "21:00"),
        (Slot.OPEN, "an", "09:00"), (Slot.OPEN, "bo", "09:00"),
    ]  # fmt: skip


@pytest.mark.rule("hygiene-02")
async def test_a_site_may_fix_the_time_of_opening(office: Any, run: Any) -> None:
    await figure(run, "open_clean_due", "office_day_start")
    await shifts(run, [date(2026, 12, 1)], ("an", "bo", "cai"))
    await drafted(run)
    assert office_time((await duties(office))[0].due_at) == "08:00"


@pytest.mark.rule("hygiene-21")
async def test_windows_have_their_weekday_and_a_holiday_moves_them_within_the_week(office: Any, run: Any) -> None:
    await run("hygiene.set_area", WINDOWS)
    await run("site.set_day", {"day": "2026-12-09", "working": "no", "note": "anniversary"})
    await drafted(run)
    rows = await duties(office, area__code="WI")
    told = [(row.day.day, row.moved_from and row.moved_from.day) for row in rows]
    assert told == [(2, None), (10, 9), (16, None), (23, None), (30, None)]


@pytest.mark.rule("hygiene-25")
async def test_the_changing_room_is_the_leaders_on_monday_whatever_its_own_weekday(office: Any, run: Any) -> None:
    await run("hygiene.set_area", CHANGING)
    await drafted(run)
    rows = await duties(office, area__code="CH")
    assert [(row.day.day, row.assignee.login if row.assignee else "") for row in rows] == [
        (7, "lead"), (14, "lead"), (21, "lead"), (28, "lead")
    ]  # fmt: skip
    assert rows[0].basis is Basis.LEADER


@pytest.mark.rule("hygiene-25")
async def test_the_leader_of_the_first_shift_and_the_next_day_with_one(office: Any, run: Any) -> None:
    await run("people.enrol", {"number": "9", "login": "boss", "name": "boss", "department": "customer_service"})
    await run("people.grant_role", {"role": "team_leader", "first_day": "2026-01-01"}, target=["boss"])
    await run("hygiene.set_area", CHANGING)
    await shifts(run, [date(2026, 12, 7)], ("boss",), ("lead", "an"))
    await shifts(run, [date(2026, 12, 14)], ("an",))  # a public holiday for the leaders
    await shifts(run, [date(2026, 12, 15)], ("an",), ("lead",))
    await shifts(run, [date(2026, 12, 21)], ("an",))
    await drafted(run)
    rows = await duties(office, area__code="CH", day__lte=date(2026, 12, 21))
    told = [(row.day.day, row.moved_from and row.moved_from.day, row.assignee and row.assignee.login) for row in rows]
    assert told == [(7, None, "boss"), (15, 14, "lead"), (21, None, None)]
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(office, 20, month=12)
    (item,) = await items(office, "no_owner")
    assert (item.severity, item.rule, item.records) == ("critical", "hygiene-25", (rows[2].pk,))


@pytest.mark.rule("hygiene-34")
async def test_the_store_is_its_keepers_every_day_of_work(office: Any, run: Any) -> None:
    await run("hygiene.set_area", {**STORE, "keeper": "cai"})
    await run("people.record_absence", {"staff": "cai", "first_day": "2026-12-03", "last_day": "2026-12-03"})
    await drafted(run)
    rows = await duties(office, area__code="WH")
    assert len(rows) == 22 and {row.assignee.login for row in rows if row.assignee} == {"cai"}
    assert date(2026, 12, 3) not in {row.day for row in rows}
    own = {row.assignee.login for row in await duties(office, area__code="FL") if row.assignee}
    assert own == {"an", "bo"}  # nobody has two duties of one slot


async def test_a_keepers_job_goes_by_the_keepers_own_shift(office: Any, run: Any) -> None:
    await run("hygiene.set_area", {**STORE, "keeper": "cai"})
    await shifts(run, [date(2026, 12, 1)], ("an", "bo"), ("cai",))
    await drafted(run)
    (store,) = await duties(office, area__code="WH", day=date(2026, 12, 1))
    assert office_time(store.due_at) == "12:00"


async def test_what_nobody_can_do_stays_open_and_is_asked(office: Any, run: Any) -> None:
    for login in PEOPLE:
        await run("people.record_absence", {"staff": login, "first_day": "2026-12-01", "last_day": "2026-12-01"})
    outcome = await drafted(run)
    assert outcome.notes[0].args == {"count": 1}
    first = (await duties(office))[0]
    assert (first.assignee, first.basis) == (None, Basis.NOBODY)
    assert "it is asked, not guessed" in await told_why(office, first)


async def test_by_hand_there_are_lines_and_nobody_in_them(office: Any, run: Any) -> None:
    await figure(run, "rota_algorithm", "manual")
    await drafted(run)
    rows = await duties(office)
    assert len(rows) == 23 and {row.assignee_id for row in rows} == {None}
    await run("hygiene.assign_duty", {"assignee": "bo"}, target=[row.pk for row in rows])
    assert {row.assignee.login for row in await duties(office) if row.assignee} == {"bo"}


async def test_a_draft_made_again_keeps_what_is_past_or_by_hand(office: Any, run: Any) -> None:
    await drafted(run)
    rows = await duties(office)
    await run("hygiene.assign_duty", {"assignee": "cai"}, target=[rows[0].pk])
    clock(office, 3, "12:00", 12)
    await run("people.record_absence", {"staff": "an", "first_day": "2026-12-01", "last_day": "2026-12-31"})
    await drafted(run)
    again = await duties(office)
    assert [row.pk for row in again[:3]] == [row.pk for row in rows[:3]]
    assert again[0].assignee and again[0].assignee.login == "cai"
    assert "an" not in {row.assignee.login for row in again if row.assignee and row.day > date(2026, 12, 3)}
    with pytest.raises(Refusal, match="nothing_new"):
        await drafted(run)


async def test_teams_have_rotas_of_their_own(office: Any, run: Any) -> None:
    await run(
        "people.enrol", {"number": "7", "login": "dou", "name": "dou", "department": "customer_service", "team": "T1"}
    )
    await run("hygiene.set_area", {**FLOOR, "code": "T-FL", "team": "T1"})
    await drafted(run)
    assert {row.rota.rota_no for row in await duties(office) if row.rota} == {"2026-12", "2026-12/T1"}
    clock(office, 30)
    assert {item.title.args["rota"] for item in await items(office, "unpublished_tomorrow")} == {
        "2026-12",
        "2026-12/T1",
    }


# publishing


@pytest.mark.rule("hygiene-10")
async def test_published_once_and_again_only_after_a_change(office: Any, run: Any) -> None:
    await drafted(run)
    await run("hygiene.publish_rota", target=["2026-12"])
    with pytest.raises(Refusal, match="rota_published"):
        await run("hygiene.publish_rota", target=["2026-12"])
    with pytest.raises(Refusal, match="nothing_new"):
        await drafted(run)
    row = (await duties(office))[5]
    await run("hygiene.assign_duty", {"assignee": "bo" if row.assignee and row.assignee.login != "bo" else "an"},
              target=[row.pk])  # fmt: skip
    assert [item.id for item in await items(office, "amended")] == ["hygiene.amended.2026-12"]
    await run("hygiene.publish_rota", target=["2026-12"])
    assert await items(office, "amended") == []


async def test_a_published_rota_only_grows(office: Any, run: Any) -> None:
    await drafted(run)
    await run("hygiene.publish_rota", target=["2026-12"])
    before = [(row.pk, row.assignee_id) for row in await duties(office)]
    await run("hygiene.set_area", EVENING)
    await drafted(run)
    rows = await duties(office)
    assert [(row.pk, row.assignee_id) for row in rows if row.slot is Slot.OPEN] == before
    assert len(rows) == 46
    assert (await rota(office)).state is RotaState.AMENDED


async def rota(host: Any) -> DutyRota:
    async def get() -> DutyRota:
        return await DutyRota.get(rota_no="2026-12")

    return await host.call(get())  # type: ignore[no-any-return]


async def test_closed_when_its_month_is_over(office: Any, run: Any) -> None:
    await drafted(run)
    with pytest.raises(Refusal, match="rota_draft"):
        await run("hygiene.close_rota", target=["2026-12"])
    await run("hygiene.publish_rota", target=["2026-12"])
    with pytest.raises(Refusal, match="month_goes_on"):
        await run("hygiene.close_rota", target=["2026-12"])
    office.clock = lambda: datetime(2027, 1, 1, 9, tzinfo=SHANGHAI)
    await run("hygiene.close_rota", target=["2026-12"])
    first = (await duties(office))[0]
    for action, raw in (("enter_done", {}), ("assign_duty", {"assignee": "bo"}), ("skip_duty", {"reason": "x"})):
        with pytest.raises(Refusal, match="rota_closed"):
            await run(f"hygiene.{action}", raw, target=[first.pk])
    with pytest.raises(Refusal, match="month_over"):
        await drafted(run)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ({"month": "12/2026"}, BadInput),
        ({"month": ""}, BadInput),
        ({}, BadInput),
        ({"month": "2026-13"}, BadInput),
        ({"month": "2026-10"}, Refusal),
        ({"month": "2026-12", "team": "nope"}, BadInput),
    ],
)
async def test_what_cant_be_drafted(office: Any, run: Any, raw: dict[str, Any], fault: type[Fault]) -> None:
    with pytest.raises(fault):
        await run("hygiene.generate_rota", raw)
    assert await duties(office) == []


async def test_a_month_is_any_of_its_days(office: Any, run: Any) -> None:
    assert (await drafted(run, "2026年12月")).text.args["rotas"] == "2026-12"
    assert (await drafted(run, "2027-01-17")).text.args["rotas"] == "2027-01"


async def test_only_who_decides_publishes(office: Any, run: Any) -> None:
    await run("hygiene.generate_rota", {"month": "2026-12"}, login="lead")
    with pytest.raises(NotPermitted):
        await run("hygiene.publish_rota", login="lead", target=["2026-12"])
    with pytest.raises(NotPermitted):
        await run("hygiene.generate_rota", {"month": "2027-01"}, login="an")


# what is due


@pytest.mark.rule("hygiene-10")
async def test_no_rota_for_tomorrow_is_critical_until_one_is_published(office: Any, run: Any) -> None:
    (item,) = await items(office, "no_rota")  # 24 November; tomorrow is a day of work
    assert (item.severity, item.rule, item.actions) == ("critical", "hygiene-10", ("hygiene.generate_rota",))
    assert item.id == "hygiene.no_rota.2026-11"
    await drafted(run, "2026-11")
    (item,) = await items(office, "unpublished_tomorrow")
    assert (item.severity, item.id) == ("critical", "hygiene.no_rota.2026-11")
    assert item.actions[0] == "hygiene.publish_rota"
    await run("hygiene.publish_rota", target=["2026-11"])
    assert await items(office) == []
    clock(office, 30)  # tomorrow is of December
    assert [item.id for item in await items(office)] == ["hygiene.no_rota.2026-12"]


@pytest.mark.rule("hygiene-10")
async def test_a_site_may_look_further_ahead(office: Any, run: Any) -> None:
    await figure(run, "rota_lookahead", "3")
    clock(office, 26)
    assert len(await items(office, "no_rota")) == 1
    clock(office, 28)  # Saturday
    november, december = await items(office, "no_rota")
    assert november.title.args == {"rota": "2026-11", "day": date(2026, 11, 30)}
    assert december.title.args == {"rota": "2026-12", "day": date(2026, 12, 1)}


async def test_nothing_is_asked_for_a_day_on_which_nobody_works(office: Any) -> None:
    clock(office, 27)  # Friday
    assert await items(office, "no_rota") == []


@pytest.mark.rule("hygiene-10")
@pytest.mark.parametrize(("day", "time", "told"), [(27, "23:59", False), (28, "00:00", True)])
async def test_the_next_rota_is_published_three_days_before_its_month(
    office: Any, run: Any, day: int, time: str, told: bool
) -> None:
    await drafted(run, "2026-11")
    await run("hygiene.publish_rota", target=["2026-11"])
    clock(office, day, time)
    found = await items(office, "unpublished")
    assert bool(found) is told
    if told:
        assert (found[0].severity, found[0].id) == ("warning", "hygiene.unpublished.2026-12")
        await drafted(run)
        await run("hygiene.publish_rota", target=["2026-12"])
        assert await items(office, "unpublished") == []


@pytest.mark.rule("hygiene-10")
async def test_an_area_that_came_after_the_rota_is_critical_for_tomorrow(office: Any, run: Any) -> None:
    await drafted(run, "2026-11")
    await run("hygiene.publish_rota", target=["2026-11"])
    await run("hygiene.set_area", EVENING)
    (item,) = await items(office, "unlisted")
    assert (item.severity, item.id, item.actions) == (
        "critical", "hygiene.unlisted.2026-11", ("hygiene.generate_rota",)
    )  # fmt: skip
    assert (
        office.words.say(item.title, "en") == "Rota 2026-11 has nobody on 2026-11-25 for evening floor: draft it again"
    )
    await drafted(run, "2026-11")
    assert await items(office, "unlisted") == []


@pytest.mark.rule("hygiene-10")
async def test_nobody_is_planned_where_the_roster_ends_and_that_is_said(office: Any, run: Any) -> None:
    await shifts(run, [date(2026, 12, day) for day in (1, 2, 3, 4)], ("an", "bo"), ("cai",))
    outcome = await drafted(run)
    assert {row.day.day for row in await duties(office)} == {1, 2, 3, 4}
    assert "2026-12-04" in [str(note.args["day"]) for note in outcome.notes]
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(office, 3, month=12)
    assert await items(office) == []
    clock(office, 6, month=12)
    (item,) = await items(office)
    assert (item.title.id, item.severity) == ("hygiene.due.no_roster", "critical")
    await shifts(run, [date(2026, 12, 7)], ("an", "bo"), ("cai",))
    assert [item.title.id for item in await items(office)] == ["hygiene.due.unlisted"]
    await drafted(run)
    assert {row.day.day for row in await duties(office)} == {1, 2, 3, 4, 7}


@pytest.mark.rule("hygiene-10")
async def test_an_area_of_people_who_never_work_is_critical(office: Any, run: Any) -> None:
    """A team of another department for which no roster is kept: nothing would ever be drafted for it."""
    await drafted(run, "2026-11")
    await run("hygiene.publish_rota", target=["2026-11"])
    await run("people.enrol", {"number": "8", "login": "guard", "name": "guard", "department": "gate", "team": "G"})
    await run("hygiene.set_area", {**FLOOR, "code": "G1", "name": "gate", "team": "G"})
    (item,) = await items(office)
    assert (item.title.id, item.severity, item.rule) == ("hygiene.due.no_people", "critical", "hygiene-10")
    await run("hygiene.name_keeper", {"keeper": "guard"}, target=["G1"])
    assert [item.title.id for item in await items(office)] == ["hygiene.due.no_rota"]  # guards work on days of work


async def test_a_gap_tomorrow_is_critical_and_later_ones_are_counted(office: Any, run: Any) -> None:
    await figure(run, "rota_algorithm", "manual")
    await drafted(run)
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(office, 1, month=12)
    (tomorrow,), (later,) = await items(office, "nobody"), await items(office, "gaps")
    assert (tomorrow.severity, later.severity, later.title.args["count"]) == ("critical", "warning", 21)
    await run("hygiene.assign_duty", {"assignee": "bo"}, target=list(tomorrow.records))
    assert await items(office, "nobody") == []


@pytest.mark.rule("hygiene-39")
async def test_an_area_whose_keeper_left_is_critical_until_one_is_named(office: Any, run: Any) -> None:
    await run("hygiene.set_area", {**STORE, "code": "BS", "kind": "public_zone", "frequency": "continuous",
                                   "keeper": "cai"})  # fmt: skip
    assert await items(office, "no_keeper") == []
    await run("people.leave", {"left_on": "2026-11-23"}, target=["cai"])
    (item,) = await items(office, "no_keeper")
    assert (item.severity, item.rule) == ("critical", "hygiene-39")
    await run("hygiene.name_keeper", {"keeper": "bo"}, target=["BS"])
    assert await items(office, "no_keeper") == []
    with pytest.raises(BadInput):
        await run("hygiene.name_keeper", {"keeper": "cai"}, target=["BS"])


async def test_nothing_is_asked_where_nothing_is_cleaned(host: Any) -> None:
    assert await items(host) == []


async def test_due_items_take_as_many_queries_however_many_there_are(office: Any, run: Any) -> None:
    await drafted(run)
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(office, 30)
    few, _ = await counted(office, rotas_due(await context(office)))
    for number in range(12):
        await run("hygiene.set_area", {**EVENING, "code": f"X{number}", "name": f"x{number}"})
    await drafted(run)
    many, _ = await counted(office, rotas_due(await context(office)))
    assert many == few


async def test_leaders_take_no_turns(office: Any) -> None:
    from cstui_hygiene.models import CleaningArea

    async def able() -> frozenset[int]:
        ctx = await office.context(await office.actor("admin"))
        day = date(2026, 12, 1)
        roster = await Roster.read(ctx, day, day + timedelta(days=1))
        return may_do(ctx, await CleaningArea.get(code="FL"), Slot.OPEN, roster, day)

    assert len(await office.call(able())) == 3


# on paper, and as a picture


async def test_the_sheet_to_hang_up_has_every_name_and_no_draft_is_hung_up(office: Any, run: Any) -> None:
    await drafted(run)

    async def sheet(lang: str) -> str:
        ctx = await office.context(await office.actor("admin"))
        row = await DutyRota.get(rota_no="2026-12")
        return (await printed(office, ctx, office.papers["hygiene.rota_sheet"], [row.pk], lang, "txt")).decode()

    with pytest.raises(Refusal, match="draft_sheet"):
        await office.call(sheet("en"))
    await run("hygiene.publish_rota", target=["2026-12"])
    told = await office.call(sheet("en"))
    assert [len(re.findall(rf"\b{login}\b", told)) for login in PEOPLE] == [8, 8, 7]
    assert "Tue 12-01" in told and "clean" in told
    assert "周二 12-01" in await office.call(sheet("zh_CN"))


async def test_the_plan_shows_who_cleans_when_and_why(office: Any, run: Any) -> None:
    await run("people.record_absence", {"staff": "bo", "first_day": "2026-12-03", "last_day": "2026-12-03"})
    await drafted(run)
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(office, 2, "07:30", 12)
    await run("hygiene.done", target=[(await duties(office))[1].pk])

    async def plan() -> Plan:
        ctx = await office.context(await office.actor("admin"))
        chart = office.charts["hygiene.rota_plan"]
        return await drawn(office, ctx, chart, Period(date(2026, 12, 1), date(2026, 12, 31)))  # type: ignore[return-value]

    made = await office.call(plan())
    say = partial(office.words.say, lang="en", zone=SHANGHAI)
    assert [say(row.name) for row in made.rows] == ["an 8", "bo 8", "cai 7"]
    an, bo, _ = made.rows
    assert [say(an.marks[date(2026, 12, 1)].sign), say(bo.marks[date(2026, 12, 2)].sign)] == ["!", "+"]
    assert say(bo.marks[date(2026, 12, 3)].sign) == "/"
    first = an.marks[date(2026, 12, 1)]
    assert first.severity == "critical" and len(first.records) == 1
    assert say(first.told[0]) == "floor, opening, by 12-01 08:00: missed, late 23 h 30 min"
    assert "the lower staff number decided" in say(first.told[1])
