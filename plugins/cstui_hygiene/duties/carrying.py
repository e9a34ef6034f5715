"""What was missed is made up for: a closing job before the next opening, anything that is late by the end of today."""

from __future__ import annotations

from datetime import date, datetime

from cstui.api import Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_hygiene.duties.acts import open_blocked
from cstui_hygiene.duties.state import is_missed
from cstui_hygiene.kinds import Basis, Slot
from cstui_hygiene.models import CleaningArea, DutyAssignment
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.jobs import due_at, may_do
from cstui_hygiene.rota.reckoning import next_for

AHEAD = 7
"""Days within which it has to be possible."""


async def carry(ctx: Context, duty: DutyAssignment, data: None) -> Text:
    """A missed closing job is done before the next opening, by the same person if they open, else by the next."""
    Refusal.because(await carry_blocked(ctx, duty), value=duty.area.name, rule="hygiene-11")
    await never_twice([duty])
    roster = await Roster.read(ctx, ctx.today, ctx.today + AHEAD * DAY)
    day, due = _next_opening(ctx, duty.area, roster)
    job = job_of(duty, day, Slot.OPEN, due)
    if job.assignee_id not in may_do(ctx, duty.area, Slot.OPEN, roster, day):
        (following,) = await next_for(ctx, [job], roster)
        job.assignee_id, job.reckoned = following.person.pk if following.person else None, following.reckoned
        job.basis = Basis.TURN if following.person else Basis.NOBODY
    await job.save()
    if job.assignee_id is None:
        return Text("hygiene.done.carried_open", name=duty.area.name, due=due)
    person = await Staff.get(pk=job.assignee_id)
    return Text("hygiene.done.carried", name=duty.area.name, due=due, person=person.name)


async def carry_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    if duty.slot is not Slot.CLOSE or not is_missed(ctx, duty):
        return Text("hygiene.blocked.no_missed_closing")
    return await open_blocked(ctx, duty)


async def never_twice(duties: list[DutyAssignment]) -> None:
    """Raises Refusal for a duty for which another stands already."""
    there = await DutyAssignment.filter(carried_from_id__in=[duty.pk for duty in duties]).select_related("area").first()
    if there:
        raise Refusal("hygiene.refusal.carried", value=there.area.name, day=there.day)


def job_of(duty: DutyAssignment, day: date, slot: Slot, due: datetime) -> DutyAssignment:
    """The job that makes up for a duty, still the same person's."""
    return DutyAssignment(
        rota_id=duty.rota_id, area=duty.area, day=day, slot=slot, due_at=due, carried_from=duty,
        assignee_id=duty.assignee_id, basis=Basis.BY_HAND,
    )  # fmt: skip


def made_up_for(ctx: Context, duty: DutyAssignment, roster: Roster) -> DutyAssignment:
    """The job that makes up for a duty that is late: by the end of today, or before the next opening."""
    if roster.pool(ctx.today, duty.area.team_id):
        due = due_at(ctx, duty.area, Slot.CLOSE, roster, ctx.today)
        if due > utc(ctx.now):
            return job_of(duty, ctx.today, Slot.CLOSE, due)
    day, due = _next_opening(ctx, duty.area, roster)
    return job_of(duty, day, Slot.OPEN, due)


def _next_opening(ctx: Context, area: CleaningArea, roster: Roster) -> tuple[date, datetime]:
    for day in (ctx.today + n * DAY for n in range(AHEAD + 1)):
        if roster.pool(day, area.team_id):
            due = due_at(ctx, area, Slot.OPEN, roster, day)
            if due > utc(ctx.now):
                return day, due
    raise Refusal("hygiene.refusal.no_opening", value=area.name, rule="hygiene-11", days=AHEAD)
