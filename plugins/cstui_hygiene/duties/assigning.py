"""Duties are given to somebody: into an empty line, into a draft, or to one who stands in for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import Context, Refusal, Text
from cstui.people import Staff
from cstui_hygiene.duties.acts import names, open_blocked
from cstui_hygiene.duties.inputs import Assign
from cstui_hygiene.kinds import Basis, DutyState, RotaState
from cstui_hygiene.models import DutyAssignment, DutyRota
from cstui_hygiene.roster import Roster
from cstui_hygiene.rota.jobs import at_work
from cstui_hygiene.rota.reckoning import next_for


async def assign(ctx: Context, duties: Sequence[DutyAssignment], data: Assign) -> Text:
    """Give duties to somebody, or each to whoever is next. In a rota that holds, the old one is excused."""
    for duty in duties:
        if blocked := await open_blocked(ctx, duty):
            raise Refusal(blocked.id, value=duty.area.name, **blocked.args)
    roster = await Roster.read(ctx, min(duty.day for duty in duties), max(duty.day for duty in duties))
    following = {} if data.assignee else await next_for(ctx, duties, roster)
    given: list[tuple[DutyAssignment, Staff, str]] = []
    for duty in duties:
        person = data.assignee or following[duty.pk].person
        if person is None:
            raise Refusal("hygiene.refusal.nobody_left", field="assignee", value=duty.area.name, day=duty.day,
                          rule="hygiene-10")  # fmt: skip
        if person.pk == duty.assignee_id:
            raise Refusal("hygiene.refusal.has_it", field="assignee", value=person.name, day=duty.day)
        given.append((duty, person, "" if data.assignee else following[duty.pk].reckoned))
    if data.assignee:
        await _check(ctx, roster, duties, data.assignee, data.anyway)
    await _give(ctx, given, data.reason)
    people = ", ".join(dict.fromkeys(person.name for _, person, _ in given))
    return Text("hygiene.done.assigned", duties=names(duties), person=people)


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


async def _give(ctx: Context, given: Sequence[tuple[DutyAssignment, Staff, str]], reason: str) -> None:
    changed, excused, made = [], [], []
    for duty, person, reckoned in given:
        basis = Basis.TURN if reckoned else Basis.BY_HAND
        drafted = duty.rota is not None and duty.rota.state is RotaState.DRAFT
        if drafted or duty.assignee_id is None:
            duty.assignee_id, duty.basis, duty.reckoned, duty.away = person.pk, basis, reckoned, False
            duty.note = reason or duty.note
            changed.append(duty)
            continue
        duty.state, duty.note = DutyState.EXCUSED, reason or duty.note
        excused.append(duty)
        made.append(
            DutyAssignment(
                rota_id=duty.rota_id, area_id=duty.area_id, day=duty.day, slot=duty.slot, assignee_id=person.pk,
                basis=basis, reckoned=reckoned, due_at=duty.due_at, moved_from=duty.moved_from,
                carried_from_id=duty.carried_from_id, swap_of_id=duty.pk,
            )
        )  # fmt: skip
    await DutyAssignment.change(changed, ("assignee_id", "basis", "reckoned", "away", "note"))
    await DutyAssignment.change(excused, ("state", "note"))
    await DutyAssignment.insert(made)
    await amend(ctx, [duty for duty, _, _ in given])


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
    following = (await next_for(ctx, duties))[duties[0].pk]
    return {"assignee": following.person.login} if following.person else {}
