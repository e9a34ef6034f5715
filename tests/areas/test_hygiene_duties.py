"""Duties: done strictly before their time, made up, looked at, given to others, missed by the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from counting import counted

from cstui import registers, review
from cstui.api import DueItem, Refusal
from cstui.approvals.models import Finding
from cstui.contract.errors import BadInput, Fault, NotPermitted
from cstui_hygiene.duties.due import duties_due
from cstui_hygiene.kinds import Basis, DutyState, RotaState, Slot
from cstui_hygiene.models import DutyAssignment, DutyRota

SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = ("an", "bo", "cai")
FLOOR = {"code": "FL", "name": "floor", "kind": "floor", "standard": "clean", "frequency": "daily_open"}
EVENING = {**FLOOR, "code": "EV", "name": "evening floor", "frequency": "daily_close"}
MONDAY = date(2026, 11, 30)


def clock(host: Any, day: int, time: str = "07:00", month: int = 12) -> None:
    hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
    moment = datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def context(host: Any, login: str = "admin") -> Any:
    return await host.call(host.context(await host.call(host.actor(login))))


async def items(host: Any, word: str = "", login: str = "admin") -> list[DueItem]:
    found = await host.call(duties_due(await context(host, login)))
    return [item for item in found if not word or item.title.id == f"hygiene.due.{word}"]


async def duties(host: Any, **where: Any) -> list[DutyAssignment]:
    async def get() -> list[DutyAssignment]:
        rows = DutyAssignment.filter(**where).order_by("day", "id")
        return list(await rows.select_related("area", "assignee", "rota", "done_by"))

    return list(await host.call(get()))


async def cells(host: Any, pk: int) -> Any:
    return (await host.call(registers.one(host, await context(host), "hygiene.duties", pk))).values


async def told(host: Any, pk: int) -> str:
    """The state of a duty as the register shows it."""
    return str(host.words.say((await cells(host, pk))["duty_state"], "en"))


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """Three who take turns and a leader; December drafted and published; it is the morning of Tuesday, the 1st."""
    host.settings.roles.update(
        {
            "staff": frozenset({"hygiene.look", "hygiene.own", "review.look"}),
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
    await run("hygiene.set_area", EVENING)
    await run("hygiene.generate_rota", {"month": "2026-12"})
    await run("hygiene.publish_rota", target=["2026-12"])
    clock(host, 1)
    return host


async def first(host: Any, slot: Slot = Slot.OPEN) -> DutyAssignment:
    """The first duty of a slot: an opens, bo closes."""
    return (await duties(host, slot=slot))[0]


# done, and by when


@pytest.mark.rule("hygiene-02")
@pytest.mark.parametrize(
    ("time", "state", "late"),
    [
        ("07:59:59", DutyState.DONE, None),
        ("08:00:00", DutyState.MADE_UP, timedelta(0)),
        ("08:03:00", DutyState.MADE_UP, timedelta(minutes=3)),
    ],
)
async def test_opening_is_on_time_strictly_before_it_is_due(
    office: Any, run: Any, time: str, state: DutyState, late: timedelta | None
) -> None:
    duty = await first(office)
    clock(office, 1, time)
    outcome = await run("hygiene.done", login="an", target=[duty.pk])
    after = await first(office)
    assert (after.state, after.done_by and after.done_by.login) == (state, "an")
    assert (await cells(office, duty.pk))["late"] == late
    assert [note.args["late"] for note in outcome.notes] == ([] if late is None else [late])


@pytest.mark.rule("hygiene-02")
async def test_the_roster_says_when_work_begins(office: Any, run: Any) -> None:
    """Work from 09:00: done at 08:40 is on time, though a fixed 08:00 would call it late."""
    await run("people.shift_type", {"code": "D", "shift_name": "D", "start_minute": 540, "end_minute": 1080})
    for login in PEOPLE:
        await run("people.assign_duty", {"day": "2027-01-04", "staff": login, "shift": "D"})
    await run("hygiene.generate_rota", {"month": "2027-01"})
    await run("hygiene.publish_rota", target=["2027-01"])
    duty = (await duties(office, day=date(2027, 1, 4), slot=Slot.OPEN))[0]
    office.clock = lambda: datetime(2027, 1, 4, 8, 40, tzinfo=SHANGHAI)
    await run("hygiene.done", target=[duty.pk])
    assert (await duties(office, id=duty.pk))[0].state is DutyState.DONE


async def test_ones_own_is_done_by_oneself_and_anothers_by_who_arranges(office: Any, run: Any) -> None:
    duty = await first(office)
    with pytest.raises(Refusal, match="anothers"):
        await run("hygiene.done", login="bo", target=[duty.pk])
    with pytest.raises(NotPermitted):
        await run("hygiene.enter_done", {"done_by": "bo"}, login="bo", target=[duty.pk])
    await run("hygiene.done", login="lead", target=[duty.pk])
    after = await first(office)
    assert after.done_by and after.done_by.login == "an"
    with pytest.raises(Refusal, match="not_due"):
        await run("hygiene.done", login="an", target=[duty.pk])


async def test_it_counts_for_who_did_it(office: Any, run: Any) -> None:
    """January's turns: bo did what was an's, so an is behind by two and comes first."""
    for duty in await duties(office, assignee__login="an", day__lte=date(2026, 12, 4)):
        clock(office, duty.day.day)
        await run("hygiene.enter_done", {"done_by": "bo"}, target=[duty.pk])
    clock(office, 31)
    for duty in await duties(office, state=DutyState.DUE):
        await run("hygiene.enter_done", {"done_at": f"{duty.day} 07:00"}, target=[duty.pk])
    await run("hygiene.generate_rota", {"month": "2027-01"})
    rows = await duties(office, day__gte=date(2027, 1, 1), slot=Slot.OPEN)
    assert rows[0].assignee and rows[0].assignee.login == "an"


@pytest.mark.parametrize(
    ("raw", "fault", "named"),
    [
        ({"done_at": "2026-12-01 07:30"}, BadInput, "future"),
        ({"done_at": "2026-11-30 07:00"}, BadInput, "before_its_day"),
        ({"done_by": "nobody"}, BadInput, "no_row"),
        ({"done_at": "breakfast"}, BadInput, ""),
    ],
)
async def test_what_cant_be_entered_as_done(
    office: Any, run: Any, raw: dict[str, Any], fault: type[Fault], named: str
) -> None:
    duty = await first(office)
    with pytest.raises(fault) as caught:
        await run("hygiene.enter_done", raw, target=[duty.pk])
    assert named in caught.value.text.id
    assert (await first(office)).state is DutyState.DUE


async def test_not_before_its_day_nor_without_a_rota_that_holds(office: Any, run: Any) -> None:
    tomorrow = (await duties(office, day=date(2026, 12, 2)))[0]
    for action, raw in (("done", {}), ("enter_done", {"done_by": "bo"})):
        with pytest.raises(Refusal, match="not_yet"):
            await run(f"hygiene.{action}", raw, target=[tomorrow.pk])
    await run("hygiene.generate_rota", {"month": "2027-01"})
    drafted = (await duties(office, day__gte=date(2027, 1, 1)))[0]
    office.clock = lambda: datetime(2027, 1, 29, 7, tzinfo=SHANGHAI)
    with pytest.raises(Refusal, match="rota_draft"):
        await run("hygiene.done", target=[drafted.pk])


# looked at


async def test_somebody_else_looks(office: Any, run: Any) -> None:
    duty = await first(office)
    with pytest.raises(Refusal, match="not_done"):
        await run("hygiene.verify_duty", login="lead", target=[duty.pk])
    await run("hygiene.enter_done", {"done_by": "lead"}, login="lead", target=[duty.pk])
    for action, raw in (("verify", {}), ("reject", {"reason": "dusty"})):
        with pytest.raises(NotPermitted):
            await run(f"hygiene.{action}_duty", raw, login="lead", target=[duty.pk])


async def test_checked_or_sent_back(office: Any, run: Any) -> None:
    duty = await first(office)
    await run("hygiene.done", login="an", target=[duty.pk])
    with pytest.raises(BadInput):
        await run("hygiene.reject_duty", {"reason": ""}, login="lead", target=[duty.pk])
    await run("hygiene.reject_duty", {"reason": "dust under the desks"}, login="lead", target=[duty.pk])
    after = await first(office)
    assert (after.state, after.done_at, after.rejections) == (DutyState.DUE, None, 1)
    (item,) = await items(office, "opening", "an")
    assert "dust under the desks" in [proof.args.get("note") for proof in item.proof]
    await run("hygiene.done", login="an", target=[duty.pk])
    await run("hygiene.verify_duty", login="lead", target=[duty.pk])
    assert (await first(office)).state is DutyState.VERIFIED


# missed by the clock


@pytest.mark.rule("hygiene-01")
@pytest.mark.parametrize(("time", "state"), [("07:59:59", "due"), ("08:00", "missed")])
async def test_past_its_time_an_opening_is_missed_on_every_screen(office: Any, run: Any, time: str, state: str) -> None:
    duty = await first(office)
    clock(office, 1, time)
    assert await told(office, duty.pk) == state
    found = await items(office, "missed_opening")
    assert [(item.severity, item.rule, item.records) for item in found] == (
        [("warning", "hygiene-01", (duty.pk,))] if state == "missed" else []
    )
    if found:
        assert {"hygiene.done", "hygiene.assign_duty", "hygiene.note_duty"} <= {*found[0].actions}
        await run("hygiene.done", login="an", target=[duty.pk])
        assert (await told(office, duty.pk), await items(office, "missed_opening")) == ("made up", [])


@pytest.mark.rule("hygiene-11")
async def test_a_missed_closing_is_carried_to_before_the_next_opening(office: Any, run: Any) -> None:
    duty = await first(office, Slot.CLOSE)
    with pytest.raises(Refusal, match="no_missed_closing"):
        await run("hygiene.carry_duty", target=[duty.pk])
    clock(office, 2)
    (item,) = await items(office, "missed_closing")
    assert (item.severity, item.rule, item.person) == ("warning", "hygiene-11", "bo")
    assert "hygiene.carry_duty" in item.actions and "hygiene.pass_on_duty" in item.actions
    await run("hygiene.carry_duty", target=[duty.pk])
    (job,) = await duties(office, carried_from_id=duty.pk)
    assert (job.day, job.slot, job.assignee and job.assignee.login) == (date(2026, 12, 2), Slot.OPEN, "bo")
    assert f"{job.due_at.astimezone(SHANGHAI):%H:%M}" == "08:00"
    assert await items(office, "missed_closing") == []
    with pytest.raises(Refusal, match="carried"):
        await run("hygiene.carry_duty", target=[duty.pk])
    await run("hygiene.done", login="bo", target=[job.pk])
    assert (await first(office, Slot.CLOSE)).state is DutyState.MADE_UP


async def test_carried_after_opening_time_it_is_for_the_next_day_and_for_somebody_who_is_there(
    office: Any, run: Any
) -> None:
    duty = await first(office, Slot.CLOSE)
    clock(office, 4, "09:00")
    await run("people.record_absence", {"staff": "bo", "first_day": "2026-12-07", "last_day": "2026-12-07"})
    await run("hygiene.carry_duty", target=[duty.pk])
    (job,) = await duties(office, carried_from_id=duty.pk)
    assert (job.day, job.basis) == (date(2026, 12, 7), Basis.TURN)
    assert job.assignee and job.assignee.login in {"an", "cai"}


async def test_missed_is_passed_on_once_and_has_no_effect_by_itself(office: Any, run: Any) -> None:
    duty = await first(office)
    with pytest.raises(Refusal, match="not_missed"):
        await run("hygiene.pass_on_duty", target=[duty.pk])
    clock(office, 1, "10:00")
    await run("hygiene.pass_on_duty", target=[duty.pk])
    with pytest.raises(Refusal, match="passed_on"):
        await run("hygiene.pass_on_duty", target=[duty.pk])

    async def findings() -> list[Any]:
        return list(await Finding.all().select_related("person"))

    (finding,) = await office.call(findings())
    assert (finding.rule, finding.person.login, finding.figure_fen) == ("hygiene-01", "an", None)
    assert await items(office, "missed_opening") == []
    assert await told(office, duty.pk) == "missed"


async def test_excused_is_never_missed(office: Any, run: Any) -> None:
    duty = await first(office)
    with pytest.raises(BadInput):
        await run("hygiene.skip_duty", {"reason": ""}, target=[duty.pk])
    await run("hygiene.skip_duty", {"reason": "power cut"}, target=[duty.pk])
    clock(office, 1, "12:00")
    assert (await told(office, duty.pk), await items(office, "missed_opening")) == ("excused", [])


# another in one's place


async def test_a_stand_in_gets_the_duty_and_the_count(office: Any, run: Any) -> None:
    duty = await first(office)
    await run("hygiene.assign_duty", {"assignee": "cai", "reason": "dentist"}, target=[duty.pk])
    old, new = list(await duties(office, slot=Slot.OPEN, day=date(2026, 12, 1)))
    assert (old.state, old.note, new.state, new.swap_of_id) == (DutyState.EXCUSED, "dentist", DutyState.DUE, old.pk)
    assert new.assignee and new.assignee.login == "cai" and new.due_at == old.due_at
    assert (await cells(office, new.pk))["instead_of"] == "an"
    assert (await rota(office)).state is RotaState.PUBLISHED  # today's is told at once
    with pytest.raises(Refusal, match="not_due"):
        await run("hygiene.assign_duty", {"assignee": "bo"}, target=[old.pk])


@pytest.mark.rule("hygiene-01")
async def test_who_is_given_a_late_duty_makes_up_for_it_and_doesnt_miss_it(office: Any, run: Any) -> None:
    duty = await first(office)
    clock(office, 1, "08:30")
    await run("hygiene.assign_duty", {"assignee": "cai"}, target=[duty.pk])
    (job,) = await duties(office, carried_from_id=duty.pk)
    assert (job.day, job.assignee and job.assignee.login) == (date(2026, 12, 1), "cai")
    assert f"{job.due_at.astimezone(SHANGHAI):%H:%M}" == "18:00"
    assert [await told(office, pk) for pk in (duty.pk, job.pk)] == ["missed", "due"]
    assert await items(office, "missed_opening") == []
    with pytest.raises(Refusal, match="carried"):
        await run("hygiene.assign_duty", {"assignee": "bo", "anyway": "yes"}, target=[duty.pk])
    await run("hygiene.done", login="cai", target=[job.pk])
    after = await first(office)
    assert (after.state, after.done_by and after.done_by.login) == (DutyState.MADE_UP, "cai")


async def rota(host: Any) -> DutyRota:
    async def get() -> DutyRota:
        return await DutyRota.get(rota_no="2026-12")

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.mark.rule("hygiene-10")
@pytest.mark.parametrize(
    ("refusal", "raw"),
    [("absent", {"assignee": "bo"}), ("twice", {"assignee": "cai"}), ("has_it", {"assignee": "an"})],
)
async def test_who_cant_be_given_a_duty(office: Any, run: Any, refusal: str, raw: dict[str, str]) -> None:
    await run("hygiene.set_area", {**FLOOR, "code": "F2", "name": "hall"})
    await run("hygiene.generate_rota", {"month": "2026-12"})
    await run("people.record_absence", {"staff": "bo", "first_day": "2026-12-01", "last_day": "2026-12-01"})
    hall = (await duties(office, area__code="F2", day=date(2026, 12, 1)))[0]
    await run("hygiene.assign_duty", {"assignee": "cai"}, target=[hall.pk]) if refusal == "twice" and (
        hall.assignee and hall.assignee.login != "cai"
    ) else None
    duty = await first(office)
    with pytest.raises(Refusal, match=refusal):
        await run("hygiene.assign_duty", raw, target=[duty.pk])
    if refusal == "twice":
        await run("hygiene.assign_duty", {**raw, "anyway": "yes"}, target=[duty.pk])


@pytest.mark.rule("hygiene-10")
async def test_not_on_a_day_of_rest_unless_confirmed(office: Any, run: Any) -> None:
    await run("people.shift_type", {"code": "D", "shift_name": "D", "start_minute": 480, "end_minute": 1080})
    for login in ("an", "bo"):
        await run("people.assign_duty", {"day": "2026-12-01", "staff": login, "shift": "D"})
    await run("people.assign_duty", {"day": "2026-12-02", "staff": "cai", "shift": "D"})
    duty = await first(office)
    with pytest.raises(Refusal, match="rests"):
        await run("hygiene.assign_duty", {"assignee": "cai"}, target=[duty.pk])
    await run("hygiene.assign_duty", {"assignee": "cai", "anyway": "yes"}, target=[duty.pk])


@pytest.mark.rule("hygiene-10")
async def test_who_is_away_is_told_with_who_is_next(office: Any, run: Any) -> None:
    duty = (await duties(office, day=date(2026, 12, 2), slot=Slot.OPEN))[0]
    assert duty.assignee and duty.assignee.login == "cai"
    assert await items(office, "absent") == []
    await run("people.record_absence", {"staff": "cai", "first_day": "2026-12-02", "last_day": "2026-12-02"})
    (item,) = await items(office, "absent")
    assert (item.severity, item.person, item.actions) == (
        "warning", "cai", ("hygiene.assign_duty", "hygiene.skip_duty", "hygiene.enter_done"),
    )  # fmt: skip
    proposed = item.proof[-1].args["person"].args["words"]
    await run("hygiene.assign_duty", {}, target=[duty.pk])  # whoever is next
    new = (await duties(office, swap_of_id=duty.pk))[0]
    assert new.assignee and new.assignee.login == proposed and new.basis is Basis.TURN
    assert await items(office, "absent") == []
    assert (await rota(office)).state is RotaState.AMENDED


async def test_on_leave_nobody_misses_anything_but_the_duty_is_still_told(office: Any, run: Any) -> None:
    """Reported sick at ten, with the opening missed at eight; back a day earlier than was said."""
    duty = await first(office)
    clock(office, 1, "10:00")
    assert await told(office, duty.pk) == "missed"
    outcome = await run("people.record_absence", {"staff": "an", "first_day": "2026-12-01", "last_day": "2026-12-04"})
    assert [note.args["count"] for note in outcome.notes] == [3]
    assert (await told(office, duty.pk), await items(office, "missed_opening")) == ("absent", [])
    item = next(item for item in await items(office, "absent") if item.records == (duty.pk,))
    assert item.state and item.state.id == "hygiene.state.late"
    with pytest.raises(Refusal, match="not_missed"):
        await run("hygiene.pass_on_duty", target=[duty.pk])
    await run("people.end_absence", {"last_day": "2026-12-03"}, target=["#1"])
    away = {row.day.day for row in await duties(office, away=True)}
    assert away == {1, 2, 3} & {row.day.day for row in await duties(office, assignee__login="an")}


async def test_what_was_said_by_mistake_is_taken_back(office: Any, run: Any) -> None:
    duty, closing = await first(office), await first(office, Slot.CLOSE)
    with pytest.raises(Refusal, match="nothing_to_take_back"):
        await run("hygiene.take_back_duty", target=[duty.pk])
    await run("hygiene.done", login="an", target=[duty.pk])
    with pytest.raises(Refusal, match="anothers_deed"):
        await run("hygiene.take_back_duty", login="bo", target=[duty.pk])
    await run("hygiene.take_back_duty", login="an", target=[duty.pk])
    assert (await first(office)).state is DutyState.DUE and (await first(office)).done_at is None
    await run("hygiene.skip_duty", {"reason": "x"}, target=[duty.pk])
    await run("hygiene.take_back_duty", target=[duty.pk])
    clock(office, 2)
    await run("hygiene.carry_duty", target=[closing.pk])
    (job,) = await duties(office, carried_from_id=closing.pk)
    await run("hygiene.done", login="bo", target=[job.pk])
    await run("hygiene.take_back_duty", login="bo", target=[job.pk])
    assert (await first(office, Slot.CLOSE)).state is DutyState.DUE
    await run("hygiene.assign_duty", {"assignee": "cai", "anyway": "yes"}, target=[job.pk])
    with pytest.raises(Refusal, match="stood_in_for"):
        await run("hygiene.take_back_duty", target=[job.pk])


async def test_nobody_left_to_ask_is_said(office: Any, run: Any) -> None:
    for login in ("bo", "cai"):
        await run("people.record_absence", {"staff": login, "first_day": "2026-12-01", "last_day": "2026-12-01"})
    with pytest.raises(Refusal, match="nobody_left"):
        await run("hygiene.assign_duty", {}, target=[(await first(office)).pk])


async def test_who_leaves_has_no_duties_afterwards(office: Any, run: Any) -> None:
    outcome = await run("people.leave", {"left_on": "2026-12-10"}, target=["an"])
    after = await duties(office, day__gt=date(2026, 12, 10))
    empty = [row for row in after if row.assignee is None]
    assert empty and "an" not in {row.assignee.login for row in after if row.assignee}
    assert [note.args["count"] for note in outcome.notes if note.id == "hygiene.note.left"] == [len(empty)]
    assert (await rota(office)).state is RotaState.AMENDED
    assert "an" in {row.assignee.login for row in await duties(office, day__lte=date(2026, 12, 10)) if row.assignee}


# one's own Today


async def test_a_member_sees_ones_own_duty_with_the_key_for_done(office: Any, run: Any) -> None:
    today = await review.collect(office, await office.call(office.actor("an")))
    mine = [matter.item for matter in today.matters if matter.item.register == "hygiene.duties"]
    assert [(item.title.id, item.actions[0]) for item in mine] == [("hygiene.due.opening", "hygiene.done")]
    await run("hygiene.done", login="an", target=list(mine[0].records))
    today = await review.collect(office, await office.call(office.actor("an")))
    assert [matter for matter in today.matters if matter.item.register == "hygiene.duties"] == []
    tomorrow = await items(office, "opening_tomorrow", "cai")
    assert [(item.person, item.severity, item.actions) for item in tomorrow] == [("cai", "info", ())]
    assert await items(office, login="lead") == []  # others' daily duties are no matter as long as all goes well


@pytest.mark.rule("hygiene-25")
async def test_the_changing_room_is_a_warning_on_its_monday(office: Any, run: Any) -> None:
    await run("hygiene.set_area", {**FLOOR, "code": "CH", "name": "changing", "kind": "changing_room",
                                   "frequency": "weekly", "weekday": 1, "crew": "leader"})  # fmt: skip
    await run("hygiene.generate_rota", {"month": "2026-12"})
    clock(office, 7)
    (item,) = await items(office, "weekly")
    assert (item.severity, item.rule, item.person) == ("warning", "hygiene-25", "lead")


@pytest.mark.rule("hygiene-21")
@pytest.mark.rule("hygiene-34")
async def test_windows_and_store_that_were_missed_are_told_under_their_rules(office: Any, run: Any) -> None:
    await run("hygiene.set_area", {**FLOOR, "code": "WI", "name": "w", "kind": "window", "frequency": "weekly",
                                   "weekday": 2})  # fmt: skip
    await run("hygiene.set_area", {**FLOOR, "code": "WH", "name": "s", "kind": "warehouse", "crew": "named",
                                   "keeper": "cai"})  # fmt: skip
    await run("hygiene.generate_rota", {"month": "2026-12"})
    clock(office, 2)
    assert {item.rule for item in await items(office) if "missed" in item.title.id} == {
        "hygiene-01", "hygiene-11", "hygiene-21", "hygiene-34",
    }  # fmt: skip


async def test_due_items_take_as_many_queries_however_many_duties_there_are(office: Any, run: Any) -> None:
    await run("people.record_absence", {"staff": "cai", "first_day": "2026-12-02", "last_day": "2026-12-09"})
    clock(office, 2)
    few, found = await counted(office, duties_due(await context(office)))
    clock(office, 1)
    for number in range(10):
        await run("hygiene.set_area", {**EVENING, "code": f"X{number}", "name": f"x{number}"})
    await run("hygiene.generate_rota", {"month": "2026-12"})
    clock(office, 2)
    many, more = await counted(office, duties_due(await context(office)))
    assert many == few and len(more) > len(found)


# day by day


async def test_a_year_day_by_day_has_no_false_missed_and_none_unnoticed(office: Any, run: Any) -> None:
    """Each day some do their duty, some are late, some forget, some are absent and stood in for or excused."""
    import random

    dice = random.Random(1)
    for month in (f"2027-{number:02}" for number in range(1, 12)):
        await run("hygiene.generate_rota", {"month": month})
        await run("hygiene.publish_rota", target=[month])
    noticed: set[int] = set()
    excused: set[int] = set()
    day = date(2026, 12, 1)
    while day <= date(2027, 11, 30):
        waiting = list(await duties(office, day=day, state=DutyState.DUE))
        if waiting:
            at(office, day, 7)
            if dice.random() < 0.15:
                away = dice.choice(PEOPLE)
                await run("people.record_absence", {"staff": away, "first_day": str(day), "last_day": str(day)})
                told_away = {item.records[0] for item in await items(office, "absent") if day_of(item) == day}
                theirs = {duty.pk for duty in waiting if duty.assignee and duty.assignee.login == away}
                assert told_away == theirs
                for pk in theirs:
                    excused.add(pk)
                    try:
                        await run("hygiene.assign_duty", {}, target=[pk])
                    except Refusal:
                        await run("hygiene.skip_duty", {"reason": "away"}, target=[pk])
                waiting = list(await duties(office, day=day, state=DutyState.DUE))
            done = [duty.pk for duty in waiting if dice.random() < 0.8]
            if done:
                await run("hygiene.done", target=done)
        at(office, day, 23)
        missed = [item for item in await items(office) if item.id.startswith("hygiene.missed.")]
        noticed |= {item.records[0] for item in missed}
        day += timedelta(days=1)
    left = {duty.pk for duty in await duties(office, state=DutyState.DUE)}
    assert left and left == noticed
    assert not noticed & excused


def at(host: Any, day: date, hour: int) -> None:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


def day_of(item: DueItem) -> date:
    assert item.due
    return item.due.astimezone(SHANGHAI).date()


# what can't be done


@pytest.mark.parametrize(
    ("action", "raw"),
    [
        ("done", {}), ("enter_done", {"done_by": "bo"}), ("assign_duty", {"assignee": "bo"}),
        ("skip_duty", {"reason": "again"}), ("verify_duty", {}), ("reject_duty", {"reason": "dust"}),
        ("carry_duty", {}), ("pass_on_duty", {}),
    ],
)  # fmt: skip
async def test_an_excused_duty_waits_for_nothing(office: Any, run: Any, action: str, raw: dict[str, str]) -> None:
    duty = await first(office)
    await run("hygiene.skip_duty", {"reason": "power cut"}, target=[duty.pk])
    clock(office, 2)
    with pytest.raises(Refusal):
        await run(f"hygiene.{action}", raw, target=[duty.pk])
    after = await first(office)
    assert (after.state, after.note, after.done_at) == (DutyState.EXCUSED, "power cut", None)


@pytest.mark.parametrize(
    ("action", "raw", "named"),
    [
        ("assign_duty", {"assignee": "nobody"}, "no_row"),
        ("assign_duty", {"assignee": "gone"}, ""),
        ("assign_duty", {"anyway": "perhaps"}, ""),
        ("assign_duty", {"assignee": "bo", "reason": "x" * 201}, ""),
        ("skip_duty", {}, "missing"),
        ("note_duty", {"note": ""}, ""),
        ("note_duty", {"note": "bell\x07"}, ""),
        ("done", {"at": "07:00"}, ""),
    ],
)
async def test_what_isnt_understood_changes_nothing(
    office: Any, run: Any, action: str, raw: dict[str, str], named: str
) -> None:
    await run("people.enrol", {"number": "9", "login": "gone", "name": "gone", "department": "customer_service"})
    await run("people.leave", {"left_on": "2026-11-20"}, target=["gone"])
    before = await first(office)
    with pytest.raises(BadInput) as caught:
        await run(f"hygiene.{action}", raw, target=[before.pk])
    assert named in caught.value.text.id
    assert (await first(office)).version == before.version


async def test_a_remark_is_found_as_it_was_written(office: Any, run: Any) -> None:
    duty = await first(office)
    await run("hygiene.note_duty", {"note": "bucket [b]broken[/b]"}, target=[duty.pk])
    ctx = await context(office)
    page = await office.call(registers.page(office, ctx, "hygiene.duties", search="[b]broken"))
    assert [row.pk for row in page.rows] == [duty.pk]
