"""Witnesses confirm or deny what stands in a nomination; a denial gives it back to the leader."""

from __future__ import annotations

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_rewards.kinds import Confirmation, CriterionKind, Met, NominationState
from cstui_rewards.models import CriterionCheck, Nomination, WitnessConfirmation
from cstui_rewards.nominations.criteria import measure
from cstui_rewards.nominations.inputs import Confirm, Deny, Tick

UNDECIDED = (NominationState.DRAFT, NominationState.SUBMITTED, NominationState.RETURNED)
"""States in which criteria are still being looked at."""


async def answer_blocked(ctx: Context, one: WitnessConfirmation) -> Text | None:
    if one.witness_id != ctx.actor.staff_id:
        return Text("rewards.refusal.not_witness", person=one.witness.name)
    if one.asked_at is None or one.nomination.state not in (NominationState.SUBMITTED, NominationState.RETURNED):
        return Text("rewards.refusal.not_asked", number=one.nomination.nomination_no)
    if one.state is Confirmation.ASKED:
        return None
    return Text("rewards.refusal.answered", state=choice("rewards", one.state))


async def confirm(ctx: Context, one: WitnessConfirmation, data: Confirm) -> Text:
    await _answer(ctx, one, Confirmation.CONFIRMED, data.remark)
    await measure(ctx, await Nomination.get(id=one.nomination_id))
    return Text("rewards.done.confirmed", number=one.nomination.nomination_no)


async def deny(ctx: Context, one: WitnessConfirmation, data: Deny) -> Text:
    """It wasn't so: the nomination goes back to whoever made it."""
    await _answer(ctx, one, Confirmation.DENIED, data.remark)
    nomination = await Nomination.get(id=one.nomination_id)
    if nomination.state is NominationState.SUBMITTED:
        nomination.state = NominationState.RETURNED
        nomination.ended_because = data.remark
        await nomination.save()
    return Text("rewards.done.denied", number=one.nomination.nomination_no)


async def _answer(ctx: Context, one: WitnessConfirmation, state: Confirmation, remark: str) -> None:
    Refusal.because(await answer_blocked(ctx, one), field="witness", value=one.witness.name)
    one.state, one.remark, one.answered_at = state, remark, utc(ctx.now)
    await one.save()


async def ask_again_blocked(ctx: Context, one: WitnessConfirmation) -> Text | None:
    if one.nomination.state not in UNDECIDED:
        return Text("rewards.refusal.not_open_now", number=one.nomination.nomination_no,
                    state=choice("rewards", one.nomination.state))  # fmt: skip
    return (
        Text("rewards.refusal.answered", state=choice("rewards", one.state))
        if one.state is Confirmation.CONFIRMED
        else None
    )


async def ask_again(ctx: Context, one: WitnessConfirmation, data: None) -> Text:
    """Whoever was silent, or denied, is asked once more."""
    Refusal.because(await ask_again_blocked(ctx, one), field="witness", value=one.witness.name)
    one.state, one.asked_at, one.answered_at = Confirmation.ASKED, utc(ctx.now), None
    await one.save()
    return Text("rewards.done.asked_again", person=one.witness.name, number=one.nomination.nomination_no)


async def tick_blocked(ctx: Context, check: CriterionCheck) -> Text | None:
    """A figure that is known decides by itself; of all else a person says it."""
    if check.nomination.state not in UNDECIDED:
        return Text("rewards.refusal.not_open_now", number=check.nomination.nomination_no,
                    state=choice("rewards", check.nomination.state))  # fmt: skip
    if check.nomination.nominee_id == ctx.actor.staff_id:
        return Text("rewards.refusal.about_oneself", number=check.nomination.nomination_no)
    if check.criterion.kind is CriterionKind.METRIC and check.told:
        return Text("rewards.refusal.known", criterion=check.criterion.told, told=check.told)
    return None


async def tick(ctx: Context, checks: list[CriterionCheck], data: Tick) -> Text:
    """Somebody's judgment, with a sentence: of attitude and skill (rewards-07, -13), of what nobody reported."""
    if data.met is Met.UNKNOWN:
        raise Refusal("rewards.refusal.undecided", field="met", value=choice("rewards", data.met))
    for check in checks:
        Refusal.because(await tick_blocked(ctx, check), field="criterion", value=check.criterion.told)
        check.met, check.remark, check.decided_by, check.at = data.met, data.remark, ctx.actor.login, utc(ctx.now)
    await CriterionCheck.change(checks, ("met", "remark", "decided_by", "at"))
    return Text("rewards.done.ticked", count=len(checks), met=choice("rewards", data.met))
