"""Jobs after use: a visit ended, goods were moved, a meeting is held (hygiene-32, 33, 35).

`open_jobs` is what an act of another area calls by a `Consequence` of this one, once that area is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_hygiene.afteruse.inputs import Used
from cstui_hygiene.kinds import AreaKind, Basis, Crew, DutyState, RotaState, Slot
from cstui_hygiene.models import CleaningArea, DutyAssignment
from cstui_hygiene.roster import Roster
from cstui_hygiene.rota.jobs import at_work, rule_of
from cstui_hygiene.rota.planning import Turn, plan
from cstui_hygiene.rota.reckoning import day_of, evidence, past, taken_by


@dataclass(frozen=True, slots=True)
class Use:
    """A use of an area until `ends`; `begins` of one that is still to come. `team_id`: whose it is to put in order."""

    area: CleaningArea
    ends: datetime
    begins: datetime | None = None
    team_id: int | None = None
    note: str = ""


async def used(ctx: Context, data: Used) -> Text:
    """Somebody says that a place was used; a meeting may be told beforehand."""
    meeting = data.area.kind is AreaKind.MEETING_ROOM
    use = Use(
        data.area, utc(data.ended_at or ctx.now), data.begins_at and utc(data.begins_at),
        data.team.pk if data.team else data.area.team_id, data.note,
    )  # fmt: skip
    if not meeting and use.ends > utc(ctx.now):
        raise BadInput("hygiene.refusal.use_goes_on", field="ended_at", value=use.ends)
    if use.begins and (not meeting or use.begins >= use.ends):
        raise BadInput("hygiene.refusal.use_begins", field="begins_at", value=use.begins)
    ctx.rule("hygiene-33").forbid(
        meeting and use.team_id is None, "hygiene.refusal.host_team", field="team", value=data.area.code
    )
    jobs = await open_jobs(ctx, use, data.assignee)
    if not jobs:
        raise Refusal("hygiene.refusal.rule_off", field="area", value=data.area.code, rule=_rule(data.area))
    for job in jobs:
        if job.assignee is None:
            raise BadInput("hygiene.refusal.name_somebody", field="assignee", value="", name=data.area.name)
    people = "、".join(dict.fromkeys(job.assignee.name for job in jobs if job.assignee))
    return Text("hygiene.done.used", name=data.area.name, person=people, due=jobs[-1].due_at)


async def open_jobs(ctx: Context, use: Use, assignee: Staff | None = None) -> list[DutyAssignment]:
    """The job after a use, and the one before a meeting that is still to come; none where the rule is off.

    A job is its assignee's, else the keeper's, else whose duty such an area is today, else the next's in turn of
    those at work at that moment. Where that is nobody it stays nobody's and is asked for.
    """
    if not ctx.rule(_rule(use.area)).on:
        return []
    times = [(use.ends, use.ends + within(ctx, use.area))]
    if use.begins and use.begins > utc(ctx.now):
        times.insert(0, (use.begins - timedelta(minutes=use.area.minutes), use.begins))
    days = [ctx.local(at).date() for at, _ in times]
    roster = await Roster.read(ctx, min(days), max(days))
    if assignee and any(roster.absent(assignee.pk, day) for day in days):
        raise Refusal("hygiene.refusal.absent", field="assignee", value=assignee.name, day=days[0])
    whose = await _whose(ctx, use, roster, [at for at, _ in times]) if assignee is None else []
    jobs = []
    for number, (day, (_, due)) in enumerate(zip(days, times, strict=True)):
        person, basis, reckoned = whose[number] if whose else (assignee, Basis.BY_HAND, "")
        jobs.append(
            await DutyAssignment.create(
                area=use.area, day=day, slot=Slot.AFTER_USE, assignee=person, basis=basis, reckoned=reckoned,
                due_at=due, note=use.note,
            )
        )  # fmt: skip
    return jobs


def within(ctx: Context, area: CleaningArea) -> timedelta:
    """How soon after its use an area is in order; where no rule says so, the time that the job takes."""
    if area.kind is AreaKind.RECEPTION:
        return cast(timedelta, ctx.rule("hygiene-32").reception_clean_due)
    if area.kind is AreaKind.WAREHOUSE:
        return cast(timedelta, ctx.rule("hygiene-35").warehouse_clear_due)
    return timedelta(minutes=area.minutes)


def _rule(area: CleaningArea) -> str:
    return rule_of(area, Slot.AFTER_USE)


Whose = tuple[Staff | None, Basis, str]


async def _whose(ctx: Context, use: Use, roster: Roster, moments: Sequence[datetime]) -> list[Whose]:
    """For each moment who puts the area in order then."""
    days = [ctx.local(at).date() for at in moments]
    known = await DutyAssignment.filter(day__in=days).select_related("area", "rota", "assignee").order_by("id")
    keeper = await Staff.get_or_none(pk=use.area.keeper_id) if use.area.crew is Crew.NAMED else None
    turns = defaultdict(list, taken_by(known))
    found: dict[int, Whose] = {}
    for number, (at, day) in enumerate(zip(moments, days, strict=True)):
        there = {one.staff.pk for one in roster.working(day) if one.start <= at < one.end}
        if keeper and at_work(ctx, roster, keeper, day):
            found[number] = keeper, Basis.NAMED, ""
        elif person := _has_duty(use.area, known, day, there):
            found[number] = person, Basis.SAME_DAY, ""
        else:
            members = {one.staff.pk for one in roster.members(day, use.team_id)}
            # a slot of its own: who put one visit in order may be asked for the next, too
            turns[day].append(Turn(number, ("use", number), frozenset(members & there)))
    history = await past(ctx, min(days))
    chosen = plan(
        history.numbers, [*history.days, *(day_of(roster, history, day, turns[day]) for day in sorted(turns))]
    )
    for number, day in enumerate(days):
        if number not in found:
            person = history.people.get(chosen[number].person or 0)
            told = evidence(roster, history, day, use.team_id, chosen[number])
            found[number] = person, Basis.TURN if person else Basis.NOBODY, told
    return [found[number] for number in range(len(moments))]


def _has_duty(area: CleaningArea, known: Sequence[DutyAssignment], day: date, there: Collection[int]) -> Staff | None:
    """Who of those there has the duty of such an area on a day; a meeting's is the hosting team's."""
    for duty in known if area.kind is not AreaKind.MEETING_ROOM else ():
        alike = duty.day == day and (duty.area.kind, duty.area.team_id) == (area.kind, area.team_id)
        holds = duty.rota is not None and duty.rota.state is not RotaState.DRAFT and duty.state is not DutyState.EXCUSED
        if alike and holds and duty.assignee_id in there:
            return duty.assignee
    return None
