"""A case is opened, heard, proposed, decided by others than who proposed it, executed, closed; or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_confidentiality.cases.inputs import CloseCase, Drop, Hear, OpenCase, Propose, ReferLegal
from cstui_confidentiality.cases.opening import open_case
from cstui_confidentiality.cases.tiers import WARNING, Breach, tier_of
from cstui_confidentiality.kinds import CaseState
from cstui_confidentiality.models import ConfidentialityCase

__all__ = ["open_case"]
OPEN = (CaseState.OPENED, CaseState.HEARD, CaseState.PROPOSED)
"""States in which nothing is decided yet."""


def seen(ctx: Context) -> Any:
    """The cases that somebody may see: those of others. Whom a case is about hears of it from its handler."""
    cases = ConfidentialityCase.all().select_related("subject", "report", "finding")
    return cases.filter(~Q(subject_id=ctx.actor.staff_id or 0))


async def open_by_hand(ctx: Context, data: OpenCase) -> Text:
    case = await open_case(
        ctx, subject=data.subject, article=data.article, ground=data.ground, facts=data.facts, report=data.report,
        loss_fen=data.loss,
    )  # fmt: skip
    return opened(case, data.subject)


def opened(case: ConfidentialityCase, subject: Staff) -> Text:
    return Text("confidentiality.done.case_opened", case=case.case_no, person=subject.name)


async def hear(ctx: Context, case: ConfidentialityCase, data: Hear) -> Text:
    """What the person says to it, or that they waived it in writing; before that nothing is proposed (money-06)."""
    expect(case, CaseState.OPENED)
    case.state, case.heard_at = CaseState.HEARD, utc(ctx.now)
    case.statement, case.waived = data.statement, data.waived
    await case.save()
    return Text("confidentiality.done.case_heard", case=case.case_no, person=case.subject.name)


async def propose(ctx: Context, case: ConfidentialityCase, data: Propose) -> Text:
    """What was found, and the tier that follows. Without anything confirmed there is none: the case is dropped."""
    expect(case, CaseState.HEARD, CaseState.PROPOSED)
    if data.recovered > data.loss:
        raise BadInput("confidentiality.refusal.recovered_more", field="recovered", value=data.recovered,
                       loss=data.loss)  # fmt: skip
    if data.intent is None or data.consequence is None:
        raise BadInput("input.missing", field="consequence" if data.intent else "intent", value="")
    breach = Breach(
        case.ground, data.intent, data.consequence, data.loss, data.recovered, data.remedied, data.confirmed
    )
    tier = tier_of(breach, ctx.rule)
    if tier is None:
        raise Refusal("confidentiality.refusal.nothing_confirmed", field="case", value=case.case_no)
    case.intent, case.consequence, case.remedied = data.intent, data.consequence, data.remedied
    case.loss, case.recovered, case.mitigation = data.loss, data.recovered, data.mitigation
    case.tier, case.tier_rule, case.proposed_outcome = tier.number, tier.rule, tier.measure
    case.legal = data.legal or tier.legal
    case.state, case.proposed_by = CaseState.PROPOSED, ctx.actor.login
    await case.save()
    return Text("confidentiality.done.case_proposed", case=case.case_no, tier=tier.number,
                outcome=choice("confidentiality", tier.measure))  # fmt: skip


async def propose_prefill(ctx: Context, rows: Sequence[ConfidentialityCase]) -> Mapping[str, Any]:
    """What was said before, else what the report of the leak says."""
    case = rows[0]
    report = case.report
    loss = case.loss or (report.loss if report else 0)
    recovered = case.recovered or (report.recovered if report and not case.tier else 0)
    told = {"loss": loss, "recovered": recovered, "remedied": case.remedied, "mitigation": case.mitigation}
    return {**told, "legal": case.legal, "intent": case.intent, "consequence": case.consequence}


async def execute(ctx: Context, case: ConfidentialityCase, data: None) -> Text:
    """What was decided goes before discipline and pay as proposals; by itself nothing is taken (money-02)."""
    expect(case, CaseState.DECIDED)
    told: dict[str, Any] = {"person": case.subject.name, "case": case.case_no}
    if case.outcome is WARNING:
        await ctx.propose(
            rule=case.tier_rule, person=case.subject, record_id=case.pk, figure_fen=case.bonus_withheld,
            title=Text("confidentiality.finding.warning", **told, withheld=case.bonus_withheld),
        )  # fmt: skip
    else:
        await ctx.propose(
            rule=case.tier_rule, person=case.subject, record_id=case.pk,
            title=Text("confidentiality.finding.dismissal", **told),
        )  # fmt: skip
    if case.damages:
        await ctx.propose(
            rule=case.tier_rule, person=case.subject, record_id=case.pk, figure_fen=case.damages,
            title=Text("confidentiality.finding.damages", **told, damages=case.damages, share=case.damages_share,
                       proof=case.loss_proof),
        )  # fmt: skip
    case.state, case.executed_at = CaseState.EXECUTED, utc(ctx.now)
    await case.save()
    return Text("confidentiality.done.case_executed", case=case.case_no, until=appeal_ends(ctx, case))


def appeal_ends(ctx: Context, case: ConfidentialityCase) -> datetime:
    """When an appeal comes too late; until then a bonus is held, not taken (money-06)."""
    assert case.executed_at
    day = ctx.local(case.executed_at).date()
    return ctx.moment(ctx.calendar.add_workdays(day, ctx.rule("money-06", day).appeal_days), 24 * 60)


async def refer_legal(ctx: Context, case: ConfidentialityCase, data: ReferLegal) -> Text:
    """Where the law may have been broken, whoever answers for that is told; whatever the tier (confidentiality-34)."""
    Refusal.because(await refer_blocked(ctx, case), field="case", value=case.case_no, rule="confidentiality-34")
    case.legal_referred_at = utc(ctx.now)
    await case.save()
    return Text("confidentiality.done.case_referred", case=case.case_no, reference=data.reference)


async def close(ctx: Context, case: ConfidentialityCase, data: CloseCase) -> Text:
    """The time for an appeal is over, and where the law may have been broken it was referred."""
    expect(case, CaseState.EXECUTED)
    until = appeal_ends(ctx, case)
    ctx.rule("money-06").forbid(
        utc(ctx.now) < until, "confidentiality.refusal.appeal_open", field="case", value=case.case_no, until=until
    )
    ctx.rule("confidentiality-34").forbid(
        case.legal and case.legal_referred_at is None, "confidentiality.refusal.not_referred", field="case",
        value=case.case_no,
    )  # fmt: skip
    case.state, case.closed_at = CaseState.CLOSED, utc(ctx.now)
    case.reasons = f"{case.reasons} · {data.note}"[:500] if data.note else case.reasons
    await case.save()
    return Text("confidentiality.done.case_closed", case=case.case_no)


async def drop(ctx: Context, case: ConfidentialityCase, data: Drop) -> Text:
    """Nothing is confirmed, or there was no fault."""
    expect(case, *OPEN)
    case.state, case.reasons, case.closed_at = CaseState.DROPPED, data.reason, utc(ctx.now)
    await case.save()
    return Text("confidentiality.done.case_dropped", case=case.case_no)


def expect(case: ConfidentialityCase, *states: CaseState) -> None:
    Refusal.because(unless(case, *states), field="case", value=case.case_no)


def unless(case: ConfidentialityCase, *states: CaseState) -> Text | None:
    """That a case's state keeps it from being done."""
    return (
        None
        if case.state in states
        else Text("confidentiality.blocked.case", state=choice("confidentiality", case.state))
    )


async def opened_only(ctx: Context, case: ConfidentialityCase) -> Text | None:
    return unless(case, CaseState.OPENED)


async def heard_only(ctx: Context, case: ConfidentialityCase) -> Text | None:
    if case.state is CaseState.OPENED:
        return Text("confidentiality.blocked.not_heard")
    return unless(case, CaseState.HEARD, CaseState.PROPOSED)


async def decided_only(ctx: Context, case: ConfidentialityCase) -> Text | None:
    return unless(case, CaseState.DECIDED)


async def executed_only(ctx: Context, case: ConfidentialityCase) -> Text | None:
    return unless(case, CaseState.EXECUTED)


async def undecided_only(ctx: Context, case: ConfidentialityCase) -> Text | None:
    return unless(case, *OPEN)


async def refer_blocked(ctx: Context, case: ConfidentialityCase) -> Text | None:
    if case.state is CaseState.DROPPED or not case.legal:
        return Text("confidentiality.blocked.not_legal")
    return Text("confidentiality.blocked.referred") if case.legal_referred_at else None
