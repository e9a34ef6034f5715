"""What becomes of letters and objections: examined, decided and answered by somebody whom they don't concern."""

from __future__ import annotations

from cstui.api import Context, Refusal, Text, choice, utc
from cstui_rewards.kinds import ObjectionState, WhistleState
from cstui_rewards.models import Nomination, PublicObjection, Report
from cstui_rewards.reports.inputs import Answer, Object
from cstui_rewards.reports.letters import objectionable


async def decide_blocked(ctx: Context, report: Report) -> Text | None:
    if report.state is WhistleState.EXAMINED:
        return None
    return Text("rewards.refusal.report_decided", report=report.report_no, state=choice("rewards", report.state))


async def uphold(ctx: Context, report: Report, data: Answer) -> Text:
    """The report is right; whether somebody is disqualified for it is decided at the nomination."""
    return await _decide(ctx, report, data, WhistleState.UPHELD)


async def dismiss(ctx: Context, report: Report, data: Answer) -> Text:
    return await _decide(ctx, report, data, WhistleState.UNFOUNDED)


async def _decide(ctx: Context, report: Report, data: Answer, state: WhistleState) -> Text:
    Refusal.because(await decide_blocked(ctx, report), field="report", value=report.report_no, rule="rewards-34")
    report.state, report.answer = state, data.answer
    report.decided_by, report.decided_at = ctx.actor.login, utc(ctx.now)
    await report.save()
    return Text("rewards.done.report_decided", report=report.report_no, state=choice("rewards", state))


async def object_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    """Objections are to winners, from their publication so many days (rewards-33)."""
    round_ = nomination.round
    if not objectionable(nomination, round_):
        return Text("rewards.refusal.nothing_published", number=nomination.nomination_no)
    if ctx.rule("rewards-33").on and round_.objections_by and utc(ctx.now) >= round_.objections_by:
        return Text("rewards.refusal.objections_over", number=nomination.nomination_no, by=round_.objections_by)
    return None


async def object_to(ctx: Context, nomination: Nomination, data: Object) -> Text:
    """By name. Without one: a letter."""
    Refusal.because(
        await object_blocked(ctx, nomination), field="candidate", value=nomination.nomination_no, rule="rewards-33"
    )
    number = await PublicObjection.next_number("objection_no", "O", ctx.today)
    await PublicObjection.create(
        objection_no=number, nomination=nomination, by_id=ctx.actor.staff_id, words=data.words, day=ctx.today
    )
    return Text("rewards.done.objected", objection=number)


async def answer_blocked(ctx: Context, objection: PublicObjection) -> Text | None:
    if objection.state is ObjectionState.RECEIVED:
        return None
    return Text("rewards.refusal.objection_answered", objection=objection.objection_no)


async def answer(ctx: Context, objection: PublicObjection, data: Answer) -> Text:
    number = objection.objection_no
    Refusal.because(await answer_blocked(ctx, objection), field="objection", value=number, rule="rewards-33")
    objection.state, objection.answer = ObjectionState.ANSWERED, data.answer
    objection.answered_by, objection.answered_at = ctx.actor.login, utc(ctx.now)
    await objection.save()
    return Text("rewards.done.objection_answered", objection=number)
