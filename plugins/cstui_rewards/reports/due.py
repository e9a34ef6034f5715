"""Letters to be opened, reports to be decided, objections to be answered."""

from __future__ import annotations

from cstui.api import Context, DueItem, Severity, Text, Verbatim
from cstui_rewards.kinds import ObjectionState, RoundState, WhistleState
from cstui_rewards.models import AwardRound, PublicObjection, Report
from cstui_rewards.reports.letters import unread
from cstui_rewards.reports.seen import objections, reports


async def reports_due(ctx: Context) -> list[DueItem]:
    """Critical where a choice waits for it (rewards-34)."""
    if not ctx.may("rewards.review"):
        return []
    closed = AwardRound.filter(state=RoundState.MONTH_CLOSED)
    waiting = {str(one) for one in await closed.values_list("round_no", flat=True)}
    found = []
    if letters := await unread(ctx):
        blocks = any(one.round_no in waiting for one in letters)
        found.append(
            DueItem(
                id="rewards.letters", severity="critical" if blocks else "warning", rule="rewards-34",
                title=Text("rewards.due.letters", count=len(letters)), register="rewards.reports",
                state=Text("rewards.state.unread"), actions=("rewards.examine",),
            )
        )  # fmt: skip
    for report in await reports(ctx).filter(state=WhistleState.EXAMINED).order_by("id"):
        found.append(_report(report, "critical" if report.round.round_no in waiting else "warning"))
    for one in await objections(ctx).filter(state=ObjectionState.RECEIVED).order_by("id"):
        found.append(_objection(one))
    return found


def _report(report: Report, severity: Severity) -> DueItem:
    about = report.nomination.nominee.name if report.nomination else report.round.round_no
    return DueItem(
        id=f"rewards.report.{report.report_no}", severity=severity, rule="rewards-34",
        title=Text("rewards.due.report", report=report.report_no, about=about), register="rewards.reports",
        state=Text("rewards.state.undecided"), records=(report.pk,),
        actions=("rewards.uphold", "rewards.dismiss_report"), proof=(Verbatim(report.words),),
    )  # fmt: skip


def _objection(one: PublicObjection) -> DueItem:
    return DueItem(
        id=f"rewards.objection.{one.objection_no}", severity="warning", rule="rewards-33",
        title=Text("rewards.due.objection", person=one.nomination.nominee.name), register="rewards.objections",
        state=Text("rewards.state.unanswered"), records=(one.pk,), actions=("rewards.answer_objection",),
        due=one.nomination.round.objections_by, proof=(Verbatim(one.words),),
    )  # fmt: skip
