"""Lost keys: reported at once, open until the lock is changed, the change is waived, or the key is found (keys-29)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_keys import custody
from cstui_keys.blocked import unless_in
from cstui_keys.kinds import HELD, Condition, CustodyKind, KeyState, LossState
from cstui_keys.labels import names
from cstui_keys.loans.acts import close_lines
from cstui_keys.losses.inputs import ChangeLock, FindKeys, ReportLoss, WaiveLock
from cstui_keys.models import Key, LoanLine, Loss

OPEN = (LossState.REPORTED, LossState.WAIVED)
"""Losses of keys that may still be found."""


async def report_lost(ctx: Context, keys: Sequence[Key], data: ReportLoss) -> Text:
    """A key is lost: its loan ends, nobody holds it, and somebody must decide about the lock."""
    noticed = utc(data.noticed_at or ctx.now)
    if noticed > ctx.now:
        raise BadInput("keys.refusal.moment_to_come", field="noticed_at", value=noticed)
    for key in keys:
        if key.state not in HELD:
            raise Refusal(
                "keys.refusal.gone", field="key", value=key.tag_no, rule="keys-29", state=choice("keys", key.state)
            )
    losses = await Loss.insert(
        Loss(
            key_id=key.id,
            reported_by=ctx.actor.login,
            last_holder_id=key.holder_id,
            noticed_at=noticed,
            reported_at=utc(ctx.now),
            circumstances=data.circumstances,
        )
        for key in keys
    )
    lines = await LoanLine.filter(key_id__in=[key.id for key in keys], back_at__isnull=True).select_related("loan")
    await close_lines(ctx, {line.key_id: line for line in lines}, Condition.LOST, data.circumstances[:200])
    refs = [f"loss {loss.id}" for loss in losses]
    await custody.move(ctx, keys, CustodyKind.LOSE, custody.NOBODY, KeyState.LOST, refs)
    rule = ctx.rule("keys-29")
    if rule.on and utc(ctx.now) - noticed > rule.loss_report_due:
        ctx.notes.append(Text("keys.note.reported_late", late=utc(ctx.now) - noticed, limit=rule.loss_report_due))
    return Text("keys.done.lost", keys=names(keys), limit=rule.lock_change_due)


async def _open_losses(keys: Sequence[Key], states: Sequence[LossState]) -> dict[int, Loss]:
    found = {
        loss.key_id: loss
        for loss in await Loss.filter(key_id__in=[key.id for key in keys], state__in=states).order_by("id")
    }
    for key in keys:
        if key.id not in found:
            raise Refusal(
                "keys.refusal.no_loss", field="key", value=key.tag_no, rule="keys-29", state=choice("keys", key.state)
            )
    return found


async def _decide(ctx: Context, losses: Sequence[Loss], state: LossState, conclusion: str, cost: Any = None) -> None:
    for loss in losses:
        loss.state, loss.conclusion, loss.cost = state, conclusion, cost
        loss.decided_by, loss.decided_at = ctx.actor.login, utc(ctx.now)
    await Loss.change(losses, ("state", "conclusion", "cost", "decided_by", "decided_at"))


async def found(ctx: Context, keys: Sequence[Key], data: FindKeys) -> Text:
    """A lost key turned up, before its lock was changed: back to its cabinet."""
    losses = await _open_losses(keys, OPEN)
    await _decide(ctx, list(losses.values()), LossState.FOUND, data.remark)
    refs = [f"loss {losses[key.id].id}" for key in keys]
    await custody.move(ctx, keys, CustodyKind.FIND, custody.CABINET, ref=refs)
    return Text("keys.done.found", keys=names(keys))


async def lock_changed(ctx: Context, key: Key, data: ChangeLock) -> Text:
    """The lock is changed: the lost key opens nothing any more and is written off."""
    losses = await _open_losses([key], OPEN)
    await _decide(ctx, list(losses.values()), LossState.LOCK_CHANGED, data.conclusion, data.cost)
    ref = f"loss {losses[key.id].id}"
    await custody.move(ctx, [key], CustodyKind.WRITE_OFF, custody.NOBODY, KeyState.WRITTEN_OFF, ref)
    return Text("keys.done.lock_changed", keys=key.tag_no)


async def waive(ctx: Context, keys: Sequence[Key], data: WaiveLock) -> Text:
    """The lock stays, for a reason; the key may still be found."""
    losses = await _open_losses(keys, (LossState.REPORTED,))
    await _decide(ctx, list(losses.values()), LossState.WAIVED, data.reason)
    return Text("keys.done.waived", keys=names(keys))


async def report_blocked(ctx: Context, key: Key) -> Text | None:
    return unless_in(key.state, HELD)


async def lost_only(ctx: Context, key: Key) -> Text | None:
    return None if key.state is KeyState.LOST else Text("keys.blocked.not_lost")
