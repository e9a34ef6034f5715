"""Winners are published: grants become due, honours are written, and anybody may object for some days."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from cstui.api import Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_rewards.granting.choosing import LISTED, undecided
from cstui_rewards.granting.give import give, give_award, grant_by
from cstui_rewards.granting.ranking import shortlist_points
from cstui_rewards.honours.acts import enter
from cstui_rewards.kinds import (
    Decision,
    GrantKind,
    GrantState,
    HonourSource,
    NominationState,
    ObjectionState,
    RoundState,
    Step,
)
from cstui_rewards.models import AwardRound, Grant, Nomination, PublicObjection, ReviewStep
from cstui_rewards.nominations.criteria import month_end

OPEN = (GrantState.DUE, GrantState.HANDED)


async def publish_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if round_.state is not RoundState.MONTH_CLOSED:
        return Text("rewards.refusal.not_closed", round=round_.round_no, state=choice("rewards", round_.state))
    if left := await undecided(round_):
        names = [*dict.fromkeys(one.award.name for one in left)]
        return Text("rewards.refusal.all_undecided", round=round_.round_no, awards=names)
    return None


async def publish(ctx: Context, round_: AwardRound, data: None) -> Text:
    """What the head decided is final; each winner gets what the award gives, everybody listed their points."""
    Refusal.because(await publish_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-27")
    rows = Nomination.filter(round=round_, state__in=LISTED).order_by("id").select_related("award", "nominee")
    listed = await rows
    winners = [one for one in listed if one.state is NominationState.WON]
    for one in winners:
        await _award(ctx, round_, one)
    await _shortlist(ctx, round_, listed)
    left = [one for one in listed if one.state is NominationState.SHORTLISTED]
    for one in left:
        one.state = NominationState.NOT_CHOSEN
    await Nomination.change(left, ("state",))
    days = ctx.rule("rewards-33").publicity_days
    round_.state, round_.published_at = RoundState.PUBLISHED, utc(ctx.now)
    round_.objections_by = ctx.moment(ctx.today + timedelta(days=days), 24 * 60)
    await round_.save()
    return Text("rewards.done.published", round=round_.round_no, winners=[one.nominee.name for one in winners],
                by=round_.objections_by)  # fmt: skip


async def _award(ctx: Context, round_: AwardRound, won: Nomination) -> None:
    by = await ReviewStep.filter(nomination=won, step=Step.HEAD, decision=Decision.PASS).order_by("-id").first()
    head = (await Staff.get(id=by.actor_id)).login if by else ""
    await give_award(
        ctx, won.nominee, won.award, occasion=f"{round_.round_no}/{won.award.code}", period=round_.round_no,
        due=grant_by(ctx, round_.month), nomination=won, approved_by=head,
    )  # fmt: skip
    await enter(
        ctx, won.nominee, won.award.name, round_.round_no, month_end(round_.month), HonourSource.AWARD,
        code=won.award.code, round_=round_,
    )  # fmt: skip


async def _shortlist(ctx: Context, round_: AwardRound, listed: list[Nomination]) -> None:
    """Winners included, once a month for each person (rewards-35)."""
    rule = ctx.rule("rewards-35")
    if not rule.on:
        return
    of: dict[int, list[Nomination]] = defaultdict(list)
    for one in listed:
        of[one.nominee_id].append(one)
    for own in of.values():
        won = sum(one.state is NominationState.WON for one in own)
        points = shortlist_points(
            len(own), won, int(rule.shortlist_points * 100), rule.shortlist_points_stack, rule.shortlist_once_per_month
        )
        if points:
            await give(
                ctx, own[0].nominee, GrantKind.POINTS, rule=rule.id, occasion=f"{round_.round_no}/shortlist",
                title=own[0].award.name, period=round_.round_no, due=grant_by(ctx, round_.month), amount=points,
                nomination=own[0],
            )  # fmt: skip


async def settle(round_: AwardRound) -> None:
    """Granted, once nothing of it is left to give."""
    left = Grant.filter(nomination__round_id=round_.pk, state__in=OPEN)
    if round_.state is RoundState.PUBLISHED and not await left.exists():
        round_.state = RoundState.GRANTED
        await round_.save()


async def archive_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    """Why the papers can't be closed: something left to give, an objection unanswered or still possible."""
    if round_.state not in (RoundState.PUBLISHED, RoundState.GRANTED):
        return Text("rewards.refusal.not_published", round=round_.round_no)
    left = await Grant.filter(nomination__round_id=round_.pk, state__in=OPEN).count()
    if left:
        return Text("rewards.refusal.grants_left", round=round_.round_no, count=left)
    if round_.objections_by and utc(ctx.now) < round_.objections_by:
        return Text("rewards.refusal.publicity", round=round_.round_no, by=round_.objections_by)
    if await PublicObjection.exists(nomination__round_id=round_.pk, state=ObjectionState.RECEIVED):
        return Text("rewards.refusal.objection_open", round=round_.round_no)
    return None


async def archive(ctx: Context, round_: AwardRound, data: None) -> Text:
    """The papers of the round are filed (rewards-33)."""
    Refusal.because(await archive_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-33")
    round_.state = RoundState.ARCHIVED
    await round_.save()
    return Text("rewards.done.archived", round=round_.round_no)
