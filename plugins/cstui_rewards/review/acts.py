"""The chain: the leader nominated, the chief reviews, the head approves; three different people (rewards-27).

At the month's end all figures are asked again: who no longer qualifies is told, and disqualified.
"""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, Refusal, Text, choice, utc
from cstui.people import Staff, holders_of, is_gone
from cstui_rewards.inputs import OVER
from cstui_rewards.kinds import Decision, Met, NominationState, RoundState, Step
from cstui_rewards.models import AwardRound, CriterionCheck, Nomination, ReviewStep
from cstui_rewards.nominations.criteria import lacking, measure, month_end
from cstui_rewards.review.inputs import Because, Pass


async def review_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    if nomination.state is NominationState.SUBMITTED:
        return None
    return Text("rewards.refusal.not_submitted", number=nomination.nomination_no,
                state=choice("rewards", nomination.state))  # fmt: skip


async def _review(ctx: Context, nomination: Nomination, decision: Decision, reason: str) -> None:
    Refusal.because(await review_blocked(ctx, nomination), field="nomination", value=nomination.nomination_no)
    await apart(ctx, nomination)
    await _chief(ctx, nomination)
    await write(ctx, nomination, Step.CHIEF, decision, reason)


async def apart(ctx: Context, nomination: Nomination, step: Step | None = None) -> None:
    """Nobody acts in two steps, nor on a nomination of oneself (rewards-27); the same `step` may be done again."""
    rule = ctx.rule("rewards-27")
    if nomination.nominee_id == ctx.actor.staff_id:
        raise Refusal("rewards.refusal.about_oneself", field="nomination", value=nomination.nomination_no,
                      rule=rule.id, number=nomination.nomination_no)  # fmt: skip
    passed = ReviewStep.filter(nomination=nomination, decision=Decision.PASS)
    if step is not None:
        passed = passed.exclude(step=step)
    acted = {nomination.nominated_by_id, *[int(str(one)) for one in await passed.values_list("actor_id", flat=True)]}
    rule.forbid(
        rule.distinct_persons and ctx.actor.staff_id in acted, "rewards.refusal.two_steps", field="nomination",
        value=nomination.nomination_no,
    )  # fmt: skip


async def _chief(ctx: Context, nomination: Nomination) -> None:
    """The chief; the deputy where there is none, or where the chief nominated (rewards-27)."""
    rule = ctx.rule("rewards-27")
    chiefs = {one.pk for role in rule.chief_role for one in await holders_of(role, ctx.today)}
    allowed = bool({*rule.chief_role} & ctx.actor.roles)
    if not chiefs - {nomination.nominated_by_id, nomination.nominee_id}:
        allowed = allowed or "deputy" in ctx.actor.roles
    rule.forbid(not allowed, "rewards.refusal.not_chief", field="nomination", value=nomination.nomination_no)


async def write(ctx: Context, nomination: Nomination, step: Step, decision: Decision, reason: str) -> None:
    """One more step of the chain."""
    actor = await Staff.filter(id=ctx.actor.staff_id or 0).first()
    if actor is None:
        raise Refusal("rewards.refusal.not_staff", field="nomination", value=ctx.actor.login)
    await ReviewStep.create(
        nomination=nomination, step=step, actor=actor, decision=decision, reason=reason, at=utc(ctx.now)
    )


async def pass_(ctx: Context, nomination: Nomination, data: Pass) -> Text:
    """On the shortlist, once each criterion is met: by a figure, by witnesses, or by somebody's word."""
    await _review(ctx, nomination, Decision.PASS, data.reason)
    checks = await measure(ctx, nomination)
    for state, word in ((Met.NOT_MET, "not_met_yet"), (Met.UNKNOWN, "not_decided")):
        if left := lacking(checks, state):
            check = await CriterionCheck.get(id=left[0].pk).select_related("criterion")
            raise Refusal(f"rewards.refusal.{word}", field="criterion", value=check.told, count=len(left),
                          rule=check.criterion.rule, criterion=check.criterion.told)  # fmt: skip
    nomination.state = NominationState.SHORTLISTED
    await nomination.save()
    return Text("rewards.done.shortlisted", number=nomination.nomination_no, person=nomination.nominee.name)


async def give_back(ctx: Context, nomination: Nomination, data: Because) -> Text:
    await _review(ctx, nomination, Decision.RETURN, data.reason)
    nomination.state, nomination.ended_because = NominationState.RETURNED, data.reason
    await nomination.save()
    return Text("rewards.done.given_back", number=nomination.nomination_no)


async def decline(ctx: Context, nomination: Nomination, data: Because) -> Text:
    await _review(ctx, nomination, Decision.DECLINE, data.reason)
    nomination.state, nomination.ended_because = NominationState.DECLINED, data.reason
    await nomination.save()
    return Text("rewards.done.nomination_declined", number=nomination.nomination_no)


RUNNING = (NominationState.SUBMITTED, NominationState.RETURNED, NominationState.SHORTLISTED)


async def lost(ctx: Context, nomination: Nomination) -> list[Text]:
    """Why somebody who is nominated no longer qualifies: gone, or a figure that says so."""
    if is_gone(nomination.nominee, ctx.today):
        return [Text("rewards.value.left", person=nomination.nominee.name)]
    checks = CriterionCheck.filter(nomination=nomination, met=Met.NOT_MET).select_related("criterion")
    return [
        Text("rewards.value.not_met", criterion=check.criterion.told, value=check.told or check.remark)
        for check in await checks.order_by("id")
        if ctx.rule(check.criterion.rule).on or not check.criterion.rule
    ]


async def disqualify_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    if nomination.state not in RUNNING:
        return Text("rewards.refusal.not_open_now", number=nomination.nomination_no,
                    state=choice("rewards", nomination.state))  # fmt: skip
    return None


async def disqualify(ctx: Context, nomination: Nomination, data: Because) -> Text:
    Refusal.because(await disqualify_blocked(ctx, nomination), field="nomination", value=nomination.nomination_no)
    await apart(ctx, nomination)
    await _disqualify(nomination, data.reason)
    return Text("rewards.done.disqualified", number=nomination.nomination_no, person=nomination.nominee.name)


async def _disqualify(nomination: Nomination, reason: str) -> None:
    nomination.state, nomination.ended_because = NominationState.DISQUALIFIED, reason[:300]
    await nomination.save()


async def measure_again(ctx: Context, nominations: Sequence[Nomination], data: None) -> Text:
    """Ask all figures once more; what changed stands in the checks."""
    for nomination in nominations:
        await measure(ctx, nomination)
    return Text("rewards.done.measured", count=len(nominations))


async def close_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    """Why the month can't be closed for a round: not over, opinions still open, over already."""
    if round_.state in (*OVER, RoundState.MONTH_CLOSED):
        return Text("rewards.refusal.round_over", round=round_.round_no, state=choice("rewards", round_.state))
    if ctx.today <= month_end(round_.month):
        return Text("rewards.refusal.month_runs", round=round_.round_no, last=month_end(round_.month))
    if round_.state is RoundState.OPINIONS and not round_.ballots_digest:
        return Text("rewards.refusal.opinions_open", round=round_.round_no)
    return None


async def close_month(ctx: Context, round_: AwardRound, data: None) -> Text:
    """The month's figures are final: who no longer meets one is out, with the reason."""
    Refusal.because(await close_blocked(ctx, round_), field="round", value=round_.round_no)
    out = 0
    nominations = Nomination.filter(round=round_, state__in=RUNNING).select_related("nominee")
    for nomination in await nominations.order_by("id"):
        failed = lacking(await measure(ctx, nomination), Met.NOT_MET)
        if failed or is_gone(nomination.nominee, ctx.today):
            reasons = await lost(ctx, nomination)
            ctx.notes.append(Text("rewards.note.out", person=nomination.nominee.name, reasons=reasons))
            await _disqualify(nomination, "；".join(_plain(reason) for reason in reasons))
            out += 1
    round_.state, round_.month_closed_at = RoundState.MONTH_CLOSED, utc(ctx.now)
    await round_.save()
    return Text("rewards.done.month_closed", round=round_.round_no, out=out)


def _plain(reason: Text) -> str:
    """The figure that said so; the check itself tells the criterion."""
    return str(reason.args.get("value") or reason.args.get("person") or "")
