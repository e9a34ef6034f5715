"""How a duty stands: what the clock says of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cstui.api import Context, utc
from cstui_hygiene.kinds import DutyState, RotaState, Slot
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.rota.jobs import rule_of


def is_late(ctx: Context, duty: DutyAssignment, at: datetime) -> bool:
    """Whether a moment is too late for a duty: "before" is strict (hygiene-02), "within" minutes of a use isn't."""
    rule = "hygiene-02" if duty.slot is Slot.OPEN else rule_of(duty.area, duty.slot)
    over = utc(at) > duty.due_at if duty.slot is Slot.AFTER_USE else utc(at) >= duty.due_at
    return bool(ctx.rule(rule, duty.day).on and over)


def in_force(duty: DutyAssignment) -> bool:
    """Whether a duty holds: it stands in no rota, or in one that was published."""
    return duty.rota is None or duty.rota.state is not RotaState.DRAFT


def is_missed(ctx: Context, duty: DutyAssignment) -> bool:
    """Whether the clock says that nobody did it in time; on leave nobody misses anything."""
    return duty.state is DutyState.DUE and in_force(duty) and not duty.away and is_late(ctx, duty, ctx.now)


def lateness(ctx: Context, duty: DutyAssignment) -> timedelta | None:
    """How late a duty was done, or is by now; None: in time."""
    at = duty.done_at or (ctx.now if is_missed(ctx, duty) else None)
    return utc(at) - duty.due_at if at and is_late(ctx, duty, at) else None
