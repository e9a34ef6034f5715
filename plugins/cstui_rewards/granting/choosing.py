"""The head chooses: with the opinions read, no letter unexamined, and as many winners as an award has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from tortoise.expressions import Q

from cstui.api import Context, Refusal, Text, choice
from cstui_rewards.granting.inputs import Because, Choose
from cstui_rewards.granting.ranking import Candidate, first
from cstui_rewards.kinds import Channel, Comparison, Decision, NominationState, RoundState, Step, WhistleState
from cstui_rewards.models import AwardRound, CriterionCheck, Nomination, OpinionSummary, Report, WhistleReport
from cstui_rewards.opinions.acts import unread
from cstui_rewards.review.acts import apart, write

LISTED = (NominationState.SHORTLISTED, NominationState.WON, NominationState.NOT_CHOSEN)
"""States of who was on the shortlist to the end."""


async def choose_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    """Why nobody decides on it now: not on the shortlist, month not closed, opinions not read."""
    if nomination.state is not NominationState.SHORTLISTED:
        return Text("rewards.refusal.not_listed", number=nomination.nomination_no,
                    state=choice("rewards", nomination.state))  # fmt: skip
    if nomination.round.state is not RoundState.MONTH_CLOSED:
        return Text("rewards.refusal.month_open", round=nomination.round.round_no)
    return unread(ctx, nomination.round)


async def _decide(ctx: Context, nomination: Nomination, decision: Decision, reason: str) -> None:
    """One person doesn't decide twice in the chain, nor on oneself; only the head decides (rewards-27)."""
    Refusal.because(await choose_blocked(ctx, nomination), field="nomination", value=nomination.nomination_no,
                    rule="rewards-25")  # fmt: skip
    await apart(ctx, nomination, Step.HEAD)
    _head(ctx, nomination)
    await write(ctx, nomination, Step.HEAD, decision, reason)


def _head(ctx: Context, nomination: Nomination) -> None:
    rule = ctx.rule("rewards-27")
    rule.forbid(
        not {*rule.head_role} & ctx.actor.roles, "rewards.refusal.not_head", field="nomination",
        value=nomination.nomination_no,
    )  # fmt: skip


async def choose(ctx: Context, nomination: Nomination, data: Choose) -> Text:
    """A winner. Who comes first of equals is told as a help, and decides only where opinions bind (rewards-25)."""
    award = nomination.award
    given = award.cash or award.certificate
    ctx.rule("rewards-09").forbid(not given, "rewards.refusal.gives_nothing", field="award", value=award.name)
    await _decide(ctx, nomination, Decision.PASS, data.reason)
    await _examined(ctx, nomination)
    same = await Nomination.filter(round_id=nomination.round_id, award_id=nomination.award_id, state__in=LISTED)
    rule = ctx.rule("rewards-23")
    winners = sum(one.state is NominationState.WON for one in same)
    rule.forbid(
        rule.winners_per_award == "one" and winners > 0, "rewards.refusal.has_winner", field="nomination",
        value=nomination.nomination_no, award=award.name,
    )  # fmt: skip
    await _ties(ctx, nomination, [one for one in same if one.state is NominationState.SHORTLISTED])
    nomination.state = NominationState.WON
    await nomination.save()
    return Text("rewards.done.chosen", person=nomination.nominee.name, award=award.name)


async def _examined(ctx: Context, nomination: Nomination) -> None:
    """A letter about the nominee, or about the whole choice, is examined first (rewards-34)."""
    number = nomination.nomination_no
    letters = WhistleReport.filter(round_no=nomination.round.round_no, nomination_no__in=("", number), taken_up="")
    reports = Report.filter(
        Q(nomination=nomination) | Q(nomination=None), round_id=nomination.round_id, state=WhistleState.EXAMINED
    )
    waiting = await letters.exists() or await reports.exists()
    ctx.rule("rewards-34").forbid(waiting, "rewards.refusal.report_open", field="nomination", value=number)


async def _ties(ctx: Context, nomination: Nomination, listed: Sequence[Nomination]) -> None:
    rule = ctx.rule("rewards-25")
    ahead = first(await candidates(listed), rule.tie_break)
    if not rule.on or nomination.pk in {one.pk for one in ahead}:
        return
    better = await Nomination.get(id=ahead[0].pk).select_related("nominee")
    rule.forbid(
        not rule.opinions_advisory, "rewards.refusal.ahead", field="nomination", value=nomination.nomination_no,
        person=better.nominee.name,
    )  # fmt: skip
    ctx.notes.append(Text("rewards.note.ahead", person=better.nominee.name))


async def candidates(nominations: Sequence[Nomination]) -> list[Candidate]:
    """What the ties of an award are broken by."""
    pks = [one.pk for one in nominations]
    tops = CriterionCheck.filter(nomination_id__in=pks, criterion__op=Comparison.TOP)
    metrics = {one.nomination_id: _figure(one.told) for one in await tops.order_by("-id")}
    said = OpinionSummary.filter(nomination_id__in=pks)
    means = {(one.nomination_id, one.channel): one.mean for one in await said}
    hired = dict(await Nomination.filter(id__in=pks).values_list("id", "nominee__hired_on"))
    return [
        Candidate(
            pk, metrics.get(pk), means.get((pk, Channel.CROSS_DEPARTMENT)), means.get((pk, Channel.INTERNAL)),
            hired[pk],
        )
        for pk in pks
    ]  # fmt: skip


def _figure(told: str) -> Decimal | None:
    try:
        return Decimal(told)
    except InvalidOperation:
        return None


async def reject(ctx: Context, nomination: Nomination, data: Because) -> Text:
    """Not chosen, for a reason: an award may go to nobody."""
    await _decide(ctx, nomination, Decision.DECLINE, data.reason)
    nomination.state, nomination.ended_because = NominationState.NOT_CHOSEN, data.reason
    await nomination.save()
    return Text("rewards.done.not_chosen", person=nomination.nominee.name, award=nomination.award.name)


async def reconsider_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    decided = nomination.state in (NominationState.WON, NominationState.NOT_CHOSEN)
    if decided and nomination.round.state is RoundState.MONTH_CLOSED:
        return None
    return Text("rewards.refusal.not_reconsidered", number=nomination.nomination_no)


async def reconsider(ctx: Context, nomination: Nomination, data: Because) -> Text:
    """Back on the shortlist, as long as nothing is published."""
    Refusal.because(await reconsider_blocked(ctx, nomination), field="nomination", value=nomination.nomination_no)
    await apart(ctx, nomination, Step.HEAD)
    _head(ctx, nomination)
    await write(ctx, nomination, Step.HEAD, Decision.RETURN, data.reason)
    nomination.state, nomination.ended_because = NominationState.SHORTLISTED, ""
    await nomination.save()
    return Text("rewards.done.reconsidered", person=nomination.nominee.name, award=nomination.award.name)


async def undecided(round_: AwardRound) -> list[Nomination]:
    """Those on the shortlist whose award has no winner yet."""
    rows = Nomination.filter(round=round_, state__in=LISTED).order_by("id").select_related("award", "nominee")
    listed = await rows
    won = {one.award_id for one in listed if one.state is NominationState.WON}
    return [one for one in listed if one.state is NominationState.SHORTLISTED and one.award_id not in won]
