"""The field force's weeks are planned, led, put on record and countersigned (hygiene-37, 38, 40)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_hygiene.field.inputs import MoveGroup, NameOfficer, PlanWeek, RecordLabour
from cstui_hygiene.field.planning import week_plan
from cstui_hygiene.kinds import FieldState
from cstui_hygiene.models import FieldCleaningDay
from cstui_hygiene.roster import DAY, Roster, minute_of

WEEK = timedelta(days=7)
LONGEST = 500


def monday(day: date) -> date:
    return day - day.weekday() * DAY


def number_of(day: date, group: int) -> str:
    """How a group's day is called."""
    return f"{day}/{group}"


async def plan(ctx: Context, data: PlanWeek) -> Text:
    """Share a week out among the groups; of the week that goes on, its days that are left."""
    first = monday(data.week)
    days = [first + n * DAY for n in range(7) if first + n * DAY >= ctx.today]
    if not days:
        raise Refusal("hygiene.refusal.week_over", field="week", value=first, rule="hygiene-38")
    if await FieldCleaningDay.filter(day__gte=first, day__lt=first + WEEK).exists():
        raise Refusal("hygiene.refusal.week_planned", field="week", value=first, rule="hygiene-38")
    rule = ctx.rule("hygiene-38", first)
    groups = [_zones(line) for line in data.zones.splitlines() if line.strip()]
    rule.forbid(
        len(groups) != rule.field_groups, "hygiene.refusal.field_groups", field="zones", value=len(groups),
        groups=rule.field_groups,
    )  # fmt: skip
    for group, zones in enumerate(groups, 1):
        if not zones or len("、".join(zones)) > LONGEST:
            raise BadInput("hygiene.refusal.field_zones", field="zones", value=group, longest=LONGEST)
    placed = week_plan([len(zones) for zones in groups], days, rule.field_group_frequency, ctx.calendar.is_workday)
    await FieldCleaningDay.insert(
        FieldCleaningDay(field_no=number_of(day, group), day=day, group=group, zones="、".join(groups[group - 1]))
        for day, group in placed
    )
    return Text("hygiene.done.week_planned", week=first, count=len(groups))


def _zones(line: str) -> list[str]:
    return [zone for part in re.split(r"[、,，;；]", line) if (zone := part.strip())]


async def plan_prefill(ctx: Context, rows: Sequence[Any]) -> dict[str, Any]:
    """The first week from tomorrow's on that isn't planned yet, with each group's zones as they were last."""
    known = await FieldCleaningDay.filter(day__gte=ctx.today - 8 * WEEK).order_by("day")
    planned = {monday(one.day) for one in known}
    week = monday(ctx.today + DAY)
    while week in planned:
        week += WEEK
    zones = {one.group: one.zones for one in known}
    return {"week": week, "zones": "\n".join(zones[group] for group in sorted(zones))}


async def name_officer(ctx: Context, rows: Sequence[FieldCleaningDay], data: NameOfficer) -> Text:
    """Who leads the groups of these days (hygiene-37); groups of the same day that have nobody come with them."""
    days = sorted({one.day for one in rows})
    roster = await Roster.read(ctx, days[0], days[-1])
    of_days = await FieldCleaningDay.filter(day__in=days).order_by("day", "group")
    chosen = {one.pk for one in rows}
    for one in rows:
        Refusal.because(await open_blocked(ctx, one), value=one.field_no)
    for day in days:
        rule = ctx.rule("hygiene-37", day)
        away = roster.absent(data.officer.pk, day) or not roster.employed(data.officer, day)
        rule.forbid(away, "hygiene.refusal.officer_away", field="officer", value=data.officer.name, day=day)
        others = {one.officer_id for one in of_days if one.day == day and one.pk not in chosen} - {None}
        rule.forbid(
            len(others | {data.officer.pk}) > rule.duty_officers_per_day,
            "hygiene.refusal.officers", field="officer", value=data.officer.name, day=day,
            count=rule.duty_officers_per_day,
        )  # fmt: skip
    named = [
        one for one in of_days if one.pk in chosen or (one.officer_id is None and one.state is FieldState.PLANNED)
    ]  # fmt: skip
    for one in named:
        one.officer_id = data.officer.pk
    await FieldCleaningDay.change(named, ("officer_id",))
    return Text("hygiene.done.officer", person=data.officer.name, days=[*days])


async def move(ctx: Context, one: FieldCleaningDay, data: MoveGroup) -> Text:
    """The group works on another day of its week; whoever leads that day leads it, too."""
    Refusal.because(await open_blocked(ctx, one), value=one.field_no)
    if data.day < ctx.today or monday(data.day) != monday(one.day) or data.day == one.day:
        raise BadInput("hygiene.refusal.field_move", field="day", value=data.day, week=monday(one.day))
    there = await FieldCleaningDay.filter(day=data.day)
    if one.group in {other.group for other in there}:
        raise Refusal("hygiene.refusal.field_twice", field="day", value=data.day, group=one.group)
    one.officer_id = next((other.officer_id for other in there if other.officer_id), one.officer_id)
    one.day, one.field_no = data.day, number_of(data.day, one.group)
    await one.save()
    return Text("hygiene.done.field_moved", group=one.group, day=one.day)


async def record(ctx: Context, one: FieldCleaningDay, data: RecordLabour) -> Text:
    """The officer of the day puts its labour on record (hygiene-40); until it is countersigned it may be put right."""
    Refusal.because(await record_blocked(ctx, one), value=one.field_no)
    ctx.rule("hygiene-37", one.day).forbid(
        one.officer_id is None, "hygiene.refusal.no_officer", field="officer", value=one.field_no
    )
    ctx.rule("hygiene-40", one.day).forbid(
        one.officer_id != ctx.actor.staff_id and not ctx.may("hygiene.arrange"),
        "hygiene.refusal.not_officer", field="officer", value=one.field_no,
        person=one.officer.name if one.officer else "",
    )  # fmt: skip
    one.state, one.people_present, one.result = FieldState.RECORDED, data.people_present, data.result
    one.recorded_by, one.recorded_at = ctx.actor.login, utc(ctx.now)
    await one.save()
    return Text("hygiene.done.field_recorded", group=one.group, day=one.day, count=data.people_present)


async def record_blocked(ctx: Context, one: FieldCleaningDay) -> Text | None:
    if one.day > ctx.today:
        return Text("hygiene.blocked.field_ahead", day=one.day)
    return _unless(one, FieldState.PLANNED, FieldState.RECORDED)


async def record_prefill(ctx: Context, rows: Sequence[FieldCleaningDay]) -> dict[str, Any]:
    one = rows[0]
    known = {"people_present": one.people_present, "result": one.result}
    return {name: value for name, value in known.items() if value is not None}


async def countersign(ctx: Context, rows: Sequence[FieldCleaningDay], data: None) -> Text:
    """Somebody other than who led and recorded the labour stands by the record (hygiene-40)."""
    for one in rows:
        if blocked := _unless(one, FieldState.RECORDED):
            raise Refusal(blocked.id, value=one.field_no, **blocked.args)
        ctx.rule("hygiene-40", one.day).forbid(
            is_own(ctx, one), "hygiene.refusal.own_labour", field="officer", value=one.field_no
        )
        one.state, one.countersigned_by = FieldState.COUNTERSIGNED, ctx.actor.login
    await FieldCleaningDay.change(rows, ("state", "countersigned_by"))
    return Text("hygiene.done.countersigned", days=names(rows))


def is_own(ctx: Context, one: FieldCleaningDay) -> bool:
    """Whether this actor led or recorded it."""
    return one.recorded_by == ctx.actor.login or (one.officer_id or 0) == ctx.actor.staff_id


async def countersign_blocked(ctx: Context, one: FieldCleaningDay) -> Text | None:
    if blocked := _unless(one, FieldState.RECORDED):
        return blocked
    own = ctx.rule("hygiene-40", one.day).on and is_own(ctx, one)
    return Text("hygiene.refusal.own_labour", value=one.field_no) if own else None


async def open_blocked(ctx: Context, one: FieldCleaningDay) -> Text | None:
    return _unless(one, FieldState.PLANNED)


def _unless(one: FieldCleaningDay, *states: FieldState) -> Text | None:
    if one.state in states:
        return None
    return Text("hygiene.blocked.field_state", state=choice("hygiene", one.state))


def due_at(ctx: Context, day: date) -> Any:
    """The moment by which a day's labour is on record."""
    return ctx.moment(day, minute_of(ctx.rule("hygiene-40", day).field_record_due))


def names(rows: Iterable[FieldCleaningDay]) -> str:
    return "、".join(one.field_no for one in rows)
