"""A duty is done, looked at, sent back, excused, carried over, or passed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff
from cstui_hygiene.duties.inputs import Because, EnterDone, Note
from cstui_hygiene.duties.state import is_late, is_missed
from cstui_hygiene.kinds import DutyState, RotaState
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.rota.jobs import rule_of

AHEAD = 7
"""Days within which a missed job is carried to the next opening."""
LOOKED_AT = (DutyState.DONE, DutyState.MADE_UP)


def names(duties: Sequence[DutyAssignment]) -> str:
    """Duties in one line."""
    return "、".join(f"{duty.day:%m-%d} {duty.area.name}" for duty in duties)


async def done(ctx: Context, duties: Sequence[DutyAssignment], data: None) -> Text:
    """One's own duty is done now; who arranges may say so for another."""
    for duty in duties:
        Refusal.because(await done_blocked(ctx, duty), value=duty.area.name)
        if duty.assignee_id is None:
            raise Refusal("hygiene.refusal.nobodys", value=duty.area.name, day=duty.day)
    return await _done(ctx, duties, None, ctx.now)


async def done_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    """Why it can't be said to be done."""
    if blocked := _waits(ctx, duty):
        return blocked
    if duty.assignee_id != ctx.actor.staff_id and not ctx.may("hygiene.arrange"):
        return Text("hygiene.blocked.anothers", person=duty.assignee.name if duty.assignee else "-")
    return Text("hygiene.blocked.not_yet", day=duty.day) if duty.day > ctx.today else None


async def enter_done(ctx: Context, duties: Sequence[DutyAssignment], data: EnterDone) -> Text:
    """A duty was done, by whomever and whenever: it counts for who did it."""
    at = utc(data.done_at or ctx.now)
    if at > utc(ctx.now):
        raise BadInput("hygiene.refusal.future", field="done_at", value=at)
    for duty in duties:
        Refusal.because(await enter_blocked(ctx, duty), value=duty.area.name)
        if ctx.local(at).date() < duty.day:
            raise BadInput("hygiene.refusal.before_its_day", field="done_at", value=at, day=duty.day)
        if data.done_by is None and duty.assignee_id is None:
            raise BadInput("hygiene.refusal.nobodys", field="done_by", value=duty.area.name, day=duty.day)
    return await _done(ctx, duties, data.done_by, at)


async def enter_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    return _waits(ctx, duty) or (Text("hygiene.blocked.not_yet", day=duty.day) if duty.day > ctx.today else None)


def _waits(ctx: Context, duty: DutyAssignment) -> Text | None:
    """Why a duty waits for nobody: it is done or excused, or its rota doesn't hold."""
    if duty.state is not DutyState.DUE:
        return Text("hygiene.blocked.not_due", state=Text(f"hygiene.choice.{duty.state.value}"))
    if duty.rota and duty.rota.state in (RotaState.DRAFT, RotaState.CLOSED):
        return Text(f"hygiene.blocked.rota_{duty.rota.state.value}", rota=duty.rota.rota_no)
    return None


async def _done(ctx: Context, duties: Sequence[DutyAssignment], by: Staff | None, at: datetime) -> Text:
    for duty in duties:
        duty.state = DutyState.MADE_UP if is_late(ctx, duty, at) else DutyState.DONE
        duty.done_at, duty.done_by_id = utc(at), by.pk if by else duty.assignee_id
        if duty.state is DutyState.MADE_UP:
            ctx.notes.append(Text("hygiene.note.late", name=duty.area.name, late=utc(at) - duty.due_at))
    await DutyAssignment.change(duties, ("state", "done_at", "done_by_id"))
    missed = await DutyAssignment.filter(
        id__in=[duty.carried_from_id for duty in duties if duty.carried_from_id], state=DutyState.DUE
    )
    for duty in missed:
        duty.state, duty.done_at = DutyState.MADE_UP, utc(at)
        duty.done_by_id = next(one.done_by_id for one in duties if one.carried_from_id == duty.pk)
    await DutyAssignment.change(missed, ("state", "done_at", "done_by_id"))
    return Text("hygiene.done.done", duties=names(duties))


async def verify(ctx: Context, duties: Sequence[DutyAssignment], data: None) -> Text:
    """Somebody else has looked: it is clean."""
    for duty in duties:
        Refusal.because(await verify_blocked(ctx, duty), value=duty.area.name)
        if ctx.actor.staff_id is None:
            raise Refusal("hygiene.refusal.not_staff", value=ctx.actor.login)
        duty.state, duty.verified_by_id = DutyState.VERIFIED, ctx.actor.staff_id
    await DutyAssignment.change(duties, ("state", "verified_by_id"))
    return Text("hygiene.done.verified", duties=names(duties))


async def verify_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    if duty.state not in LOOKED_AT:
        return Text("hygiene.blocked.not_done")
    if duty.done_by_id == ctx.actor.staff_id:
        return Text("hygiene.blocked.own_work")
    return None


async def reject(ctx: Context, duties: Sequence[DutyAssignment], data: Because) -> Text:
    """It isn't clean: the duty is due again."""
    for duty in duties:
        Refusal.because(await verify_blocked(ctx, duty), value=duty.area.name)
        duty.state, duty.done_at, duty.done_by_id = DutyState.DUE, None, None
        duty.rejections += 1
        duty.note = data.reason
    await DutyAssignment.change(duties, ("state", "done_at", "done_by_id", "rejections", "note"))
    return Text("hygiene.done.rejected", duties=names(duties))


async def skip(ctx: Context, duties: Sequence[DutyAssignment], data: Because) -> Text:
    """Nobody has to do it this time."""
    for duty in duties:
        Refusal.because(await open_blocked(ctx, duty), value=duty.area.name)
        duty.state, duty.note = DutyState.EXCUSED, data.reason
    await DutyAssignment.change(duties, ("state", "note"))
    return Text("hygiene.done.skipped", duties=names(duties))


async def open_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    """Why a duty can't be given to another or excused: it waits for nobody."""
    if duty.state is not DutyState.DUE:
        return Text("hygiene.blocked.not_due", state=Text(f"hygiene.choice.{duty.state.value}"))
    if duty.rota and duty.rota.state is RotaState.CLOSED:
        return Text("hygiene.blocked.rota_closed", rota=duty.rota.rota_no)
    return None


async def take_back(ctx: Context, duties: Sequence[DutyAssignment], data: None) -> Text:
    """It wasn't done, or isn't excused, after all."""
    for duty in duties:
        Refusal.because(await take_back_blocked(ctx, duty), value=duty.area.name)
        if await DutyAssignment.filter(swap_of_id=duty.pk).exists():
            raise Refusal("hygiene.refusal.stood_in_for", value=duty.area.name, day=duty.day)
    carried = {duty.carried_from_id for duty in duties if duty.carried_from_id and duty.state in LOOKED_AT}
    again = [*duties, *await DutyAssignment.filter(id__in=sorted(carried), state=DutyState.MADE_UP)]
    for duty in again:
        duty.state, duty.done_at, duty.done_by_id = DutyState.DUE, None, None
    await DutyAssignment.change(again, ("state", "done_at", "done_by_id"))
    return Text("hygiene.done.taken_back", duties=names(duties))


async def take_back_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    if duty.state not in (*LOOKED_AT, DutyState.EXCUSED):
        return Text("hygiene.blocked.nothing_to_take_back")
    if duty.rota and duty.rota.state is RotaState.CLOSED:
        return Text("hygiene.blocked.rota_closed", rota=duty.rota.rota_no)
    own = duty.state in LOOKED_AT and duty.done_by_id == ctx.actor.staff_id
    return None if own or ctx.may("hygiene.arrange") else Text("hygiene.blocked.anothers_deed")


async def note(ctx: Context, duties: Sequence[DutyAssignment], data: Note) -> Text:
    for duty in duties:
        duty.note = data.note
    await DutyAssignment.change(duties, ("note",))
    return Text("hygiene.done.noted", duties=names(duties))


async def pass_on(ctx: Context, duty: DutyAssignment, data: None) -> Text:
    """That it was missed goes before those who decide on discipline; it has no effect by itself."""
    Refusal.because(await pass_on_blocked(ctx, duty), value=duty.area.name, rule=rule_of(duty.area, duty.slot))
    assert duty.assignee
    await ctx.propose(
        rule=rule_of(duty.area, duty.slot), person=duty.assignee, record_id=duty.pk,
        title=Text("hygiene.finding.missed", person=duty.assignee.name, name=duty.area.name, day=duty.day),
    )  # fmt: skip
    duty.passed_on = True
    await duty.save()
    return Text("hygiene.done.passed_on", person=duty.assignee.name, name=duty.area.name)


async def pass_on_blocked(ctx: Context, duty: DutyAssignment) -> Text | None:
    if duty.assignee is None or not is_missed(ctx, duty):
        return Text("hygiene.blocked.not_missed")
    return Text("hygiene.blocked.passed_on") if duty.passed_on else None
