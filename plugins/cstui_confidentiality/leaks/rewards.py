"""Who found a leak in time is proposed for a reward (confidentiality-35, -36); the sum is typed by a person."""

from __future__ import annotations

from decimal import Decimal

from cstui.api import BadInput, Context, Refusal, Text
from cstui_confidentiality.kinds import CaseState, LeakState
from cstui_confidentiality.leaks.inputs import NoReward, Reward
from cstui_confidentiality.leaks.reach import barred, is_late, unless
from cstui_confidentiality.models import ConfidentialityCase, LeakReport


async def propose(ctx: Context, report: LeakReport, data: Reward) -> Text:
    """A bonus for the report; after a great recovery points and praise as well. Each kind is a proposal of its own,
    under the report's number and not under a name: who reported stays protected."""
    Refusal.because(await reward_blocked(ctx, report), field="leak", value=report.report_no, rule="confidentiality-35")
    great, rule = is_great(ctx, report), ctx.rule("confidentiality-35")
    rule.forbid(not great and not data.bonus, "confidentiality.refusal.award_missing", field="bonus", value="",
                suggested=rule.leak_report_award)  # fmt: skip
    if great and not (data.bonus or data.points or data.praise):
        raise BadInput("confidentiality.refusal.reward_kinds", field="bonus", value="")
    if not great and (data.points or data.praise):
        raise Refusal("confidentiality.refusal.not_great", field="points", value=data.points or 0,
                      rule="confidentiality-36", major=major_loss(ctx))  # fmt: skip
    told, by = [], "confidentiality-36" if great else "confidentiality-35"
    if data.bonus:
        told.append(Text("confidentiality.finding.reward_bonus", leak=report.report_no, bonus=data.bonus))
        await ctx.propose(rule=by, title=told[-1], record_id=report.pk, figure_fen=data.bonus)
    if data.points:
        told.append(Text("confidentiality.finding.reward_points", leak=report.report_no, points=data.points))
        await ctx.propose(rule=by, title=told[-1], record_id=report.pk)
    if data.praise:
        told.append(Text("confidentiality.finding.reward_praise", leak=report.report_no))
        await ctx.propose(rule=by, title=told[-1], record_id=report.pk)
    report.reward_decision = by
    await report.save()
    return Text("confidentiality.done.reward_proposed", leak=report.report_no, count=len(told))


async def decline(ctx: Context, report: LeakReport, data: NoReward) -> Text:
    """No reward, for a reason."""
    Refusal.because(await reward_blocked(ctx, report), field="leak", value=report.report_no, rule="confidentiality-35")
    report.reward_decision = data.reason
    await report.save()
    return Text("confidentiality.done.reward_declined", leak=report.report_no)


def major_loss(ctx: Context) -> int:
    """From which loss on it is a major one, in fen."""
    return int(ctx.rule("confidentiality-32").major_loss * 100)


def is_great(ctx: Context, report: LeakReport) -> bool:
    """Whether a major loss was recovered."""
    return ctx.rule("confidentiality-36").on and report.recovered >= major_loss(ctx)


async def earns(ctx: Context, report: LeakReport) -> bool:
    """Whether a reward waits for a decision: confirmed, by name, in time, and not for one's own doing."""
    rule = ctx.rule("confidentiality-36" if is_great(ctx, report) else "confidentiality-35")
    if report.state is not LeakState.CONFIRMED or report.reward_decision or not rule.on:
        return False
    if report.reporter_id is None or is_late(ctx, report):
        return False
    return report.reporter_id != report.suspect_id and not await _has_case(report)


async def _has_case(report: LeakReport) -> bool:
    cases = ConfidentialityCase.filter(report=report, subject_id=report.reporter_id)
    return await cases.exclude(state=CaseState.DROPPED).exists()


async def reward_blocked(ctx: Context, report: LeakReport) -> Text | None:
    if reason := await barred(ctx, report) or unless(report, LeakState.CONFIRMED):
        return reason
    if report.reward_decision:
        return Text("confidentiality.blocked.rewarded")
    return None if await earns(ctx, report) else Text("confidentiality.blocked.no_reward")


def suggestion(ctx: Context, report: LeakReport) -> Text:
    """What the site's figures suggest; a person types the sum."""
    if is_great(ctx, report):
        rule = ctx.rule("confidentiality-36")
        return Text("confidentiality.proof.suggest_great", award=_fen(rule.recovery_award), points=rule.recovery_points)
    return Text("confidentiality.proof.suggest", award=_fen(ctx.rule("confidentiality-35").leak_report_award))


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)
