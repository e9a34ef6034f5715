"""Duties are given to somebody: into an empty line, into a draft, or to one who stands in for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_hygiene.duties.acts import names, open_blocked
from cstui_hygiene.duties.carrying import AHEAD, made_up_for, never_twice
from cstui_hygiene.duties.inputs import Assign
from cstui_hygiene.duties.state import in_force
from cstui_hygiene.kinds import Basis, DutyState, RotaState
from cstui_hygiene.models import DutyAssignment, DutyRota
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.jobs import at_work
from cstui_hygiene.rota.reckoning import Next, next_for


async def assign(ctx: Context, duties: Sequence[DutyAssignment], data: Assign) -> Text:
    """Give duties to somebody, or each to whoever is next. In a rota that holds, the old one is excused; one whose
    time is over stays missed, and is made up for."""
    for duty in duties:
        Refusal.because(await open_blocked(ctx, duty), value=duty.area.name)
    await never_twice([duty for duty in duties if _is_over(ctx, duty)])
    days = [ctx.today, *(duty.day for duty in duties)]
    roster = await Roster.read(ctx, min(days), max(days) + AHEAD * DAY)
    jobs = [_job(ctx, duty, roster) for duty in duties]
    if data.assignee:
        found = [Next(data.assignee, "") for _ in jobs]
    else:
        found = await next_for(ctx, jobs, roster)
    for job, following in zip(jobs, found, strict=True):
        if following.person is None:
            raise Refusal("hygiene.refusal.nobody_left", field="assignee", value=job.area.name, day=job.day,
                          rule="hygiene-10")  # fmt: skip
        if following.person.pk == job.assignee_id:
            raise Refusal("hygiene.refusal.has_it", field="assignee", value=following.person.name, day=job.day)
    if data.assignee:
        await _check(ctx, roster, jobs, data.assignee, data.anyway)
    await _give(ctx, duties, jobs, found, data.reason)
    people = ", ".join(dict.fromkeys(one.person.name for one in found if one.person))
    return Text("hygiene.done.assigned", duties=names(jobs), person=people)


def _is_over(ctx: Context, duty: DutyAssignment) -> bool:
    """Whether the time of a duty that holds is over, whoever should have done it."""
    return in_force(duty) and utc(ctx.now) >= duty.due_at


def _job(ctx: Context, duty: DutyAssignment, roster: Roster) -> DutyAssignment:
    """What is given to the other: the duty itself where it is nobody's yet, else one in its place."""
    if _is_over(ctx, duty):
        return made_up_for(ctx, duty, roster)
    if not in_force(duty) or duty.assignee_id is None:
        return duty
    return DutyAssignment(
        rota_id=duty.rota_id, area=duty.area, day=duty.day, slot=duty.slot, due_at=duty.due_at,
        assignee_id=duty.assignee_id, moved_from=duty.moved_from, carried_from_id=duty.carried_from_id, swap_of=duty,
    )  # fmt: skip


async def _check(ctx: Context, roster: Roster, duties: Sequence[DutyAssignment], person: Staff, anyway: bool) -> None:
    """Nobody cleans while absent; not on a day of rest and not twice in a slot, unless that is confirmed."""
    rule = ctx.rule("hygiene-10")
    days = [duty.day for duty in duties]
    others = await DutyAssignment.filter(
        day__in=days, assignee_id=person.pk, state__in=[DutyState.DUE, DutyState.DONE, DutyState.VERIFIED]
    )
    taken = [(one.day, one.slot) for one in others]
    for duty in duties:
        rule.forbid(
            roster.absent(person.pk, duty.day) or not roster.employed(person, duty.day),
            "hygiene.refusal.absent", field="assignee", value=person.name, day=duty.day,
        )  # fmt: skip
        rule.forbid(
            not anyway and not at_work(ctx, roster, person, duty.day),
            "hygiene.refusal.rests", field="anyway", value=person.name, day=duty.day,
        )  # fmt: skip
        rule.forbid(
            not anyway and (duty.day, duty.slot) in taken,
            "hygiene.refusal.twice", field="anyway", value=person.name, day=duty.day,
            slot=Text(f"hygiene.choice.{duty.slot.value}"),
        )  # fmt: skip
        taken.append((duty.day, duty.slot))


async def _give(
    ctx: Context,
    duties: Sequence[DutyAssignment],
    jobs: Sequence[DutyAssignment],
    found: Sequence[Next],
    reason: str,
) -> None:
    changed, excused, made = [], [], []
    for duty, job, following in zip(duties, jobs, found, strict=True):
        assert following.person
        job.assignee_id, job.reckoned, job.away = following.person.pk, following.reckoned, False
        job.basis = Basis.TURN if following.reckoned else Basis.BY_HAND
        duty.note = reason or duty.note
        if job is duty:
            changed.append(duty)
            continue
        made.append(job)
        if job.swap_of_id or duty.away:
            duty.state = DutyState.EXCUSED
        excused.append(duty)
    await DutyAssignment.change(changed, ("assignee_id", "basis", "reckoned", "away", "note"))
    await DutyAssignment.change(excused, ("state", "note"))
    await DutyAssignment.insert(made)
    await amend(ctx, duties)


async def amend(ctx: Context, duties: Sequence[DutyAssignment]) -> None:
    """A published rota in which days to come were changed has to be published again; today's are told at once."""
    rotas = {duty.rota_id for duty in duties if duty.day > ctx.today}
    changed = await DutyRota.filter(id__in=[one for one in rotas if one], state=RotaState.PUBLISHED)
    for rota in changed:
        rota.state = RotaState.AMENDED
    await DutyRota.change(changed, ("state",))


async def assign_prefill(ctx: Context, duties: Sequence[DutyAssignment]) -> Mapping[str, Any]:
    """Whoever is next in turn."""
    if len(duties) != 1:
        return {}
    (duty,) = duties
    roster = await Roster.read(ctx, min(ctx.today, duty.day), max(ctx.today, duty.day) + AHEAD * DAY)
    (following,) = await next_for(ctx, [_job(ctx, duty, roster)], roster)
    return {"assignee": following.person.login} if following.person else {}
