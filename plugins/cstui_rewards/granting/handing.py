"""What is due is handed over by the assistant, points are posted, receipts are kept."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_rewards.granting.inputs import Acknowledge, Because, HandOver
from cstui_rewards.granting.publishing import settle
from cstui_rewards.kinds import GrantKind, GrantState, ObjectionState
from cstui_rewards.models import AwardRound, Grant, PublicObjection

GIVEN = (GrantKind.CASH, GrantKind.GIFT, GrantKind.CERTIFICATE, GrantKind.TRAINING_PLACE, GrantKind.BOARD)


def _state(grant: Grant) -> Text:
    return Text("rewards.refusal.grant_state", number=grant.grant_no, state=choice("rewards", grant.state))


async def due_blocked(ctx: Context, grant: Grant) -> Text | None:
    """Why it can't be given now: given already, still open to objections, or objected to (rewards-33)."""
    if grant.state is not GrantState.DUE:
        return _state(grant)
    round_ = grant.nomination.round if grant.nomination else None
    if round_ is None or not ctx.rule("rewards-33").on:
        return None
    if round_.objections_by and utc(ctx.now) < round_.objections_by:
        return Text("rewards.refusal.publicity", round=round_.round_no, by=round_.objections_by)
    if await PublicObjection.exists(nomination_id=grant.nomination_id, state=ObjectionState.RECEIVED):
        return Text("rewards.refusal.objection_open", round=round_.round_no)
    return None


async def hand_blocked(ctx: Context, grant: Grant) -> Text | None:
    if grant.kind is GrantKind.POINTS:
        return Text("rewards.refusal.points_posted", number=grant.grant_no)
    return await due_blocked(ctx, grant)


async def hand_over(ctx: Context, grants: Sequence[Grant], data: HandOver) -> Text:
    """Money goes to the ledger in the person's favour, as written (money-18); a gift is noted with its worth."""
    for grant in grants:
        Refusal.because(await hand_blocked(ctx, grant), field="grant", value=grant.grant_no, rule="rewards-33")
        if data.gift:
            _gift(ctx, grant, data)
        if grant.kind is GrantKind.CASH:
            await _post(ctx, grant, "money")
        grant.state = GrantState.HANDED
        grant.handed_by, grant.handed_at = ctx.actor.login, utc(ctx.now)
        await grant.save()
    return Text("rewards.done.handed", people=_people(grants), count=len(grants))


def _gift(ctx: Context, grant: Grant, data: HandOver) -> None:
    """A gift is worth what the cash would be, within the tolerance (rewards-29)."""
    if grant.kind is not GrantKind.CASH:
        raise BadInput("rewards.refusal.no_gift", field="gift", value=data.gift, number=grant.grant_no)
    if data.gift_value is None:
        raise BadInput("rewards.refusal.gift_value", field="gift_value", value="")
    rule = ctx.rule("rewards-29")
    tolerance = int(rule.gift_tolerance * 100)
    beyond = abs(data.gift_value - grant.amount) > tolerance
    if grant.rule == rule.id:
        beyond = beyond or data.gift_value > int(rule.gift_value_max * 100) + tolerance
    rule.forbid(beyond, "rewards.refusal.gift_worth", field="gift_value", value=_yuan(data.gift_value),
                worth=_yuan(grant.amount), tolerance=rule.gift_tolerance)  # fmt: skip
    grant.kind, grant.gift, grant.gift_value = GrantKind.GIFT, data.gift, data.gift_value


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


async def _post(ctx: Context, grant: Grant, kind: str) -> None:
    await ctx.post(
        person=grant.person, kind=kind, amount=grant.amount, rule=grant.rule, source=grant.grant_no,
        note=f"{grant.title} {grant.period}".strip(),
    )  # fmt: skip


async def post_blocked(ctx: Context, grant: Grant) -> Text | None:
    if grant.kind is not GrantKind.POINTS:
        return Text("rewards.refusal.no_points", number=grant.grant_no)
    return await due_blocked(ctx, grant)


async def post_points(ctx: Context, grants: Sequence[Grant], data: None) -> Text:
    """Points go to the ledger, where performance counts them."""
    for grant in grants:
        Refusal.because(await post_blocked(ctx, grant), field="grant", value=grant.grant_no, rule="rewards-33")
        await _post(ctx, grant, "points")
        grant.state, grant.handed_by, grant.handed_at = GrantState.POSTED, ctx.actor.login, utc(ctx.now)
        await grant.save()
    await _settle(grants)
    return Text("rewards.done.points_posted", people=_people(grants), count=len(grants))


async def acknowledge_blocked(ctx: Context, grant: Grant) -> Text | None:
    return None if grant.state is GrantState.HANDED else _state(grant)


async def acknowledge(ctx: Context, grants: Sequence[Grant], data: Acknowledge) -> Text:
    """The receipt is signed; where it is filed is noted."""
    for grant in grants:
        Refusal.because(await acknowledge_blocked(ctx, grant), field="grant", value=grant.grant_no)
        grant.state, grant.received_at, grant.receipt_ref = GrantState.ACKNOWLEDGED, utc(ctx.now), data.receipt_ref
    await Grant.change(grants, ("state", "received_at", "receipt_ref"))
    await _settle(grants)
    return Text("rewards.done.acknowledged", people=_people(grants), count=len(grants))


async def drop_blocked(ctx: Context, grant: Grant) -> Text | None:
    return None if grant.state is GrantState.DUE else _state(grant)


async def drop(ctx: Context, grant: Grant, data: Because) -> Text:
    """Not given after all: an objection was right, or a higher sum was given elsewhere."""
    Refusal.because(await drop_blocked(ctx, grant), field="grant", value=grant.grant_no)
    grant.state, grant.dropped_because = GrantState.DROPPED, data.reason
    await grant.save()
    await _settle([grant])
    return Text("rewards.done.grant_dropped", number=grant.grant_no, person=grant.person.name)


async def _settle(grants: Sequence[Grant]) -> None:
    for pk in {grant.nomination.round_id for grant in grants if grant.nomination}:
        await settle(await AwardRound.get(id=pk))


def _people(grants: Sequence[Grant]) -> list[str]:
    return [*dict.fromkeys(grant.person.name for grant in grants)]
