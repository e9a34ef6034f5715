"""A case is decided by somebody who neither opened nor proposed it, and whom it isn't about (money-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cstui.api import Context, Refusal, RuleInForce, Text, choice
from cstui.approvals.deputies import stood_for
from cstui.ledger import Month, instalments, share
from cstui.people import Staff, role_name
from cstui_confidentiality.cases.acts import expect, unless
from cstui_confidentiality.cases.inputs import Decide
from cstui_confidentiality.cases.tiers import DISMISSAL, WARNING, counted_loss
from cstui_confidentiality.kinds import CaseState, Ground
from cstui_confidentiality.models import ConfidentialityCase


async def decide(ctx: Context, case: ConfidentialityCase, data: Decide) -> Text:
    """The measure, the bonus withheld, the damages; each with reasons. Nothing is taken by it (money-02)."""
    expect(case, CaseState.PROPOSED)
    Refusal.because(await decider_barred(ctx, case), field="case", value=case.case_no, rule="money-06")
    _fitting(ctx, case, data)
    case.outcome, case.reasons = data.outcome, data.reasons
    case.decided_by, case.decided_on = ctx.actor.login, ctx.today
    if data.outcome is WARNING and data.bonus is not None:
        percent = data.bonus_share
        if percent is None:
            percent = ctx.rule("confidentiality-29").tier1_bonus_withheld
        case.bonus, case.bonus_withheld = data.bonus, share(data.bonus, Decimal(percent))
    if data.damages_share:
        loss = counted_loss(case.loss, case.recovered, ctx.rule)
        case.damages_share, case.loss_proof = data.damages_share, data.loss_proof
        case.damages = share(loss, Decimal(data.damages_share))
        if data.monthly_wage is not None:
            ctx.notes.append(plan_of(ctx, case.damages, data.monthly_wage))
    case.state = CaseState.DECIDED
    await case.save()
    return Text("confidentiality.done.case_decided", case=case.case_no, outcome=choice("confidentiality", data.outcome))


def _fitting(ctx: Context, case: ConfidentialityCase, data: Decide) -> None:
    """Whether what is decided fits the tier, its rule and the rules of money."""
    ctx.rule("confidentiality-26").forbid(
        case.ground is Ground.SALE and data.outcome is not DISMISSAL, "confidentiality.refusal.sale_below",
        field="outcome", value=choice("confidentiality", data.outcome),
    )  # fmt: skip
    ctx.rule("confidentiality-29").forbid(
        data.outcome is WARNING and data.bonus is None, "confidentiality.refusal.bonus_missing", field="bonus", value=""
    )
    ctx.rule("confidentiality-32").forbid(
        case.tier_rule == "confidentiality-32" and data.damages_share is None, "confidentiality.refusal.damages_open",
        field="damages_share", value="",
    )  # fmt: skip
    if not data.damages_share:
        return
    answers = case.tier == 2 or (case.ground is Ground.PASSWORD and ctx.rule("confidentiality-23").on)
    if not answers:
        raise Refusal("confidentiality.refusal.no_damages", field="damages_share", value=data.damages_share)
    ctx.rule("money-09").forbid(
        not data.loss_proof, "confidentiality.refusal.no_proof", field="loss_proof", value="", share=data.damages_share
    )


def plan_of(ctx: Context, damages: int, wage: int) -> Text:
    """By which instalments damages would be taken from such a wage; told, not kept (money-07, money-08)."""
    cap, floor = ctx.rule("money-07"), ctx.rule("money-08")
    minimum = (int(floor.minimum_wage * 100) or None) if floor.on else 0
    month = Month(wage, wage, minimum)
    plan = instalments(damages, lambda _: month, cap.damages_cap if cap.on else Decimal(100))
    if sum(plan) < damages:
        return Text("confidentiality.note.no_plan", damages=damages)
    word = "plan_even" if plan[-1] == plan[0] else "plan"
    whole = len(plan) if word == "plan_even" else len(plan) - 1
    return Text(f"confidentiality.note.{word}", monthly=plan[0], months=whole, last=plan[-1])


async def decide_prefill(ctx: Context, rows: Sequence[ConfidentialityCase]) -> Mapping[str, Any]:
    """What was proposed; sums are typed by who decides."""
    case = rows[0]
    share_of: RuleInForce = ctx.rule("confidentiality-29")
    withheld = share_of.tier1_bonus_withheld if case.proposed_outcome is WARNING else None
    return {"outcome": case.proposed_outcome, "bonus_share": withheld}


async def decide_blocked(ctx: Context, case: ConfidentialityCase) -> Text | None:
    return unless(case, CaseState.PROPOSED) or await decider_barred(ctx, case)


async def decider_barred(ctx: Context, case: ConfidentialityCase) -> Text | None:
    """Why the actor may not decide a case: on both sides of it, or not of the roles that decide, nor their deputy."""
    if ctx.actor.login in (case.opened_by, case.proposed_by):
        return Text("confidentiality.blocked.other_decides")
    roles = ctx.rule("confidentiality-29").case_decider
    if ctx.actor.roles & {*roles}:
        return None
    sides = await Staff.filter(login__in=[case.opened_by, case.proposed_by]).values_list("id", flat=True)
    stands = (await stood_for(ctx)).roles
    # a deputy of whom it is about, or of who proposed it, would be that person again
    if any({*stands.get(role, ())} - {case.subject_id, *sides} for role in roles):
        return None
    return Text("confidentiality.blocked.decides", roles=[role_name(role) for role in roles])
