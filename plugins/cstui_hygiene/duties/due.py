"""What is to be said about single duties: missed ones, those whose person is away, and today's (hygiene-01, 11)."""

from __future__ import annotations

from collections.abc import Mapping

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Severity, Text, Verbatim, choice
from cstui_hygiene.duties.state import is_missed, lateness
from cstui_hygiene.kinds import DutyState, RotaState, Slot
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rota.jobs import at_work, rule_of
from cstui_hygiene.rota.reckoning import Next, next_for

BACK, AHEAD = 7, 7
"""Days for which a missed duty is put forward, and within which somebody's absence is."""


async def duties_due(ctx: Context) -> list[DueItem]:
    """Duties of the days around today that wait for something."""
    holds = Q(rota_id=None) | Q(rota__state__in=[RotaState.PUBLISHED, RotaState.AMENDED])
    near = DutyAssignment.filter(
        holds, state=DutyState.DUE, day__gte=ctx.today - BACK * DAY, day__lte=ctx.today + AHEAD * DAY
    )
    rows = near.exclude(slot=Slot.AFTER_USE).select_related("area", "assignee", "rota").order_by("due_at", "id")
    duties = [duty for duty in await rows if ctx.rule(rule_of(duty.area, duty.slot), duty.day).on]
    if not duties:
        return []
    missed = [duty for duty in duties if is_missed(ctx, duty) and not duty.passed_on]
    carried = {*await DutyAssignment.filter(carried_from_id__in=[one.pk for one in missed]).values_list(
        "carried_from_id", flat=True)} if missed else set()  # fmt: skip
    waiting = [duty for duty in duties if duty.assignee_id and (duty.away or duty.day >= ctx.today)]
    waiting = [duty for duty in waiting if not is_missed(ctx, duty)]
    away = await _away(ctx, waiting)
    found = [_missed(ctx, duty) for duty in missed if duty.pk not in carried]
    found += [_absent(ctx, duty, away[duty.pk]) for duty in waiting if duty.pk in away]
    return found + [_today(ctx, duty) for duty in waiting if duty.pk not in away and _is_told(ctx, duty)]


def _is_told(ctx: Context, duty: DutyAssignment) -> bool:
    """Weekly jobs are put before all on their day; daily ones only before whose they are, opening a day ahead, too."""
    if duty.slot is Slot.WEEKLY:
        return duty.day == ctx.today
    ahead = 1 if duty.slot is Slot.OPEN else 0
    return duty.assignee_id == ctx.actor.staff_id and duty.day <= ctx.today + ahead * DAY


async def _away(ctx: Context, duties: list[DutyAssignment]) -> Mapping[int, tuple[bool, Next]]:
    """Of the duties whose person isn't at work then: whether they are absent, and who would be next."""
    if not duties:
        return {}
    roster = await Roster.read(ctx, min(duty.day for duty in duties), ctx.today + AHEAD * DAY)
    found = [
        duty
        for duty in duties
        if duty.away or (duty.assignee is not None and not at_work(ctx, roster, duty.assignee, duty.day))
    ]
    following = await next_for(ctx, found, roster)
    return {duty.pk: (duty.away, other) for duty, other in zip(found, following, strict=True)}


def _missed(ctx: Context, duty: DutyAssignment) -> DueItem:
    """A duty not done by its time. A closing one may be carried over; all may be made up."""
    late = lateness(ctx, duty)
    return DueItem(
        id=f"hygiene.missed.{duty.pk}",
        severity="warning",
        title=Text(f"hygiene.due.missed_{duty.slot.value}", name=duty.area.name, day=duty.day),
        rule=rule_of(duty.area, duty.slot),
        person=duty.assignee.name if duty.assignee else "",
        person_id=duty.assignee_id,
        due=duty.due_at,
        state=Text("hygiene.state.late", late=late),
        register="hygiene.duties",
        records=(duty.pk,),
        actions=("hygiene.done", "hygiene.carry_duty", "hygiene.enter_done", "hygiene.assign_duty",
                 "hygiene.note_duty", "hygiene.pass_on_duty", "hygiene.skip_duty")
        if duty.slot is Slot.CLOSE
        else ("hygiene.done", "hygiene.enter_done", "hygiene.assign_duty", "hygiene.note_duty",
              "hygiene.pass_on_duty", "hygiene.skip_duty"),
        proof=(*_proof(duty), Text("hygiene.proof.late", late=late)),
    )  # fmt: skip


def _proof(duty: DutyAssignment) -> tuple[Text, ...]:
    slot = choice("hygiene", duty.slot.value)
    told = [Text("hygiene.proof.due", name=duty.area.name, slot=slot, due=duty.due_at)]
    if duty.moved_from:
        told.append(Text("hygiene.proof.moved", meant=duty.moved_from, day=duty.day))
    if duty.rejections:
        told.append(Text("hygiene.proof.rejected", note=duty.note, count=duty.rejections))
    return tuple(told)


def _absent(ctx: Context, duty: DutyAssignment, away: tuple[bool, Next]) -> DueItem:
    """Somebody's duty on a day on which they aren't there, with who would be next."""
    assert duty.assignee
    absent, following = away
    word = "absent" if absent else "resting"
    proposed = (
        Text("hygiene.proof.next", person=Verbatim(following.person.name))
        if following.person
        else Text("hygiene.proof.no_next")
    )
    return DueItem(
        id=f"hygiene.away.{duty.pk}",
        severity="warning",
        title=Text(f"hygiene.due.{word}", person=Verbatim(duty.assignee.name), name=duty.area.name, day=duty.day),
        rule="hygiene-10",
        person=duty.assignee.name,
        person_id=duty.assignee_id,
        due=duty.due_at,
        state=Text("hygiene.state.late", late=ctx.now - duty.due_at)
        if ctx.now >= duty.due_at
        else Text("hygiene.state.due", due=duty.due_at),
        register="hygiene.duties",
        records=(duty.pk,),
        actions=("hygiene.assign_duty", "hygiene.skip_duty", "hygiene.enter_done"),
        proof=(*_proof(duty), proposed),
    )


def _today(ctx: Context, duty: DutyAssignment) -> DueItem:
    """A person's duty of today, with the key to say that it is done, or of tomorrow."""
    assert duty.assignee
    today = duty.day == ctx.today
    severity: Severity = "warning" if duty.slot is Slot.WEEKLY else "info"
    return DueItem(
        id=f"hygiene.duty.{duty.pk}",
        severity=severity,
        title=Text(f"hygiene.due.{duty.slot.value}" + ("" if today else "_tomorrow"), name=duty.area.name),
        rule=rule_of(duty.area, duty.slot),
        person=duty.assignee.name,
        person_id=duty.assignee_id,
        due=duty.due_at,
        state=Text("hygiene.state.due", due=duty.due_at),
        register="hygiene.duties",
        records=(duty.pk,),
        actions=("hygiene.done", "hygiene.assign_duty", "hygiene.skip_duty") if today else (),
        proof=_proof(duty),
    )
