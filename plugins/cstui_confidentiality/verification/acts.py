"""Customers are told their data once they showed to be themselves (confidentiality-05).

An open check is passed or failed; after a passed one the items may be told, after a failed one the customer is refused.
What was told all the same can be recorded only as what it was.
"""

from __future__ import annotations

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.kinds import VerificationState
from cstui_confidentiality.models import IdentityVerification
from cstui_confidentiality.verification.inputs import OpenVerification, PassVerification, ReleaseItems

RULE = "confidentiality-05"


async def begin(ctx: Context, data: OpenVerification) -> Text:
    """Whoever serves the customer checks, and answers for the check."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_staff", field="agent", value=ctx.actor.login)
    made = await IdentityVerification.create(
        verification_no=await IdentityVerification.next_number("verification_no", "V", ctx.today),
        customer_ref=data.customer_ref,
        asked_at=utc(ctx.now),
        agent_id=ctx.actor.staff_id,
        ticket=data.ticket,
    )
    return Text("confidentiality.done.verification_open", verification=made.verification_no)


async def pass_check(ctx: Context, check: IdentityVerification, data: PassVerification) -> Text:
    """They showed enough, each factor counted once."""
    _now(ctx, check, VerificationState.OPEN)
    factors = list(dict.fromkeys(data.factors))
    rule = ctx.rule(RULE)
    rule.forbid(
        len(factors) < rule.verify_factors_min, "confidentiality.refusal.factors", field="factors",
        value=[choice("confidentiality", one) for one in factors], least=rule.verify_factors_min,
    )  # fmt: skip
    check.factors = [one.value for one in factors]
    return await _decide(ctx, check, VerificationState.PASSED)


async def fail_check(ctx: Context, check: IdentityVerification, data: None) -> Text:
    """They couldn't show it."""
    _now(ctx, check, VerificationState.OPEN)
    return await _decide(ctx, check, VerificationState.FAILED)


async def _decide(ctx: Context, check: IdentityVerification, state: VerificationState) -> Text:
    check.state, check.passed, check.decided_at = state, state is VerificationState.PASSED, utc(ctx.now)
    await check.save()
    return Text(f"confidentiality.done.verification_{state.value}", verification=check.verification_no)


async def release(ctx: Context, check: IdentityVerification, data: ReleaseItems) -> Text:
    """They are told their data, after a passed check only."""
    _mine(ctx, check)
    ctx.rule(RULE).forbid(
        check.state is not VerificationState.PASSED, "confidentiality.refusal.not_verified", field="released_items",
        value=check.verification_no, state=choice("confidentiality", check.state),
    )  # fmt: skip
    return await _told(ctx, check, data)


async def refuse(ctx: Context, check: IdentityVerification, data: None) -> Text:
    """They were told nothing."""
    _now(ctx, check, VerificationState.FAILED)
    check.state = VerificationState.REFUSED
    await check.save()
    return Text("confidentiality.done.verification_refused", verification=check.verification_no)


async def told_anyway(ctx: Context, check: IdentityVerification, data: ReleaseItems) -> Text:
    """Data went out without a passed check: that is a finding about whoever told them."""
    Refusal.because(_unless(check, VerificationState.OPEN, VerificationState.FAILED), value=check.verification_no)
    check.passed = False
    done = await _told(ctx, check, data)
    if ctx.rule(RULE).on:
        title = Text(
            "confidentiality.why.told_unverified", verification=check.verification_no, items=data.released_items
        )
        await find_by_hand(ctx, rule=RULE, staff=check.agent, severity="critical", why=title)
    return done


async def _told(ctx: Context, check: IdentityVerification, data: ReleaseItems) -> Text:
    check.state, check.released_items, check.released_at = (
        VerificationState.RELEASED, list(data.released_items), utc(ctx.now),
    )  # fmt: skip
    await check.save()
    return Text("confidentiality.done.verification_released", verification=check.verification_no)


def _mine(ctx: Context, check: IdentityVerification) -> None:
    if check.agent_id != ctx.actor.staff_id:
        raise Refusal(
            "confidentiality.refusal.another_checks", field="verification", value=check.verification_no,
            person=check.agent.name,
        )  # fmt: skip


def _now(ctx: Context, check: IdentityVerification, *states: VerificationState) -> None:
    """Whoever checks acts, in one of these states."""
    _mine(ctx, check)
    Refusal.because(_unless(check, *states), field="verification", value=check.verification_no, rule=RULE)


def _unless(check: IdentityVerification, *states: VerificationState) -> Text | None:
    if check.state in states:
        return None
    state = choice("confidentiality", check.state)
    return Text("confidentiality.blocked.verification", verification=check.verification_no, state=state)


async def open_blocked(ctx: Context, check: IdentityVerification) -> Text | None:
    return _others(ctx, check) or _unless(check, VerificationState.OPEN)


async def release_blocked(ctx: Context, check: IdentityVerification) -> Text | None:
    return _others(ctx, check) or _unless(check, VerificationState.PASSED)


async def refuse_blocked(ctx: Context, check: IdentityVerification) -> Text | None:
    return _others(ctx, check) or _unless(check, VerificationState.FAILED)


async def told_blocked(ctx: Context, check: IdentityVerification) -> Text | None:
    return _unless(check, VerificationState.OPEN, VerificationState.FAILED)


def _others(ctx: Context, check: IdentityVerification) -> Text | None:
    if check.agent_id == ctx.actor.staff_id:
        return None
    return Text("confidentiality.refusal.another_checks", value=check.verification_no, person=check.agent.name)
