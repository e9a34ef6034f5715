"""The monthly round: opened with the awards, the criteria and the headcounts of its month, or skipped with a reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, Refusal, Text, choice, utc
from cstui.people import Staff, Team
from cstui_rewards.inputs import OVER
from cstui_rewards.kinds import AwardState, Comparison, RoundState
from cstui_rewards.models import AwardRound, AwardType, Criterion, Headcount, RoundAward
from cstui_rewards.rounds.inputs import Because, Decided, IncludeAward
from cstui_rewards.rounds.places import places


def month_of(day: date) -> date:
    return day.replace(day=1)


def number_of(month: date) -> str:
    return f"{month:%Y-%m}"


async def opening(ctx: Context) -> Refusal | None:
    """Why this month's round can't be opened now."""
    number = number_of(ctx.today)
    if await AwardRound.filter(round_no=number).exists():
        return Refusal("rewards.refusal.round_there", value=number, rule="rewards-08")
    before = await AwardRound.exclude(state__in=OVER).order_by("month").first()
    if before and ctx.rule("rewards-08").on:
        return Refusal("rewards.refusal.round_before", value=before.round_no, rule="rewards-08")
    if not await AwardType.filter(state=AwardState.ADOPTED, monthly=True).exists():
        return Refusal("rewards.refusal.no_awards", value=number, rule="rewards-02")
    return None


async def open_round(ctx: Context, data: None) -> Text:
    """Its awards keep the criteria that they have now (rewards-04); places go by who was there on the first."""
    if fault := await opening(ctx):
        raise fault
    month = month_of(ctx.today)
    begun = await _create(ctx, month, RoundState.NOMINATING)
    awards = (
        await AwardType.filter(state=AwardState.ADOPTED, monthly=True).order_by("code").prefetch_related("criteria")
    )
    await RoundAward.insert(
        RoundAward(round=begun, award=award, criteria=json.dumps(frozen(ctx, award), ensure_ascii=False))
        for award in awards
    )
    there = await headcounts(month)
    await Headcount.insert(Headcount(round=begun, team_id=team, count=count) for team, count in there.items())
    return Text("rewards.done.round_opened", round=begun.round_no, awards=len(awards), by=begun.nominate_by)


async def _create(ctx: Context, month: date, state: RoundState, reason: str = "") -> AwardRound:
    closing = ctx.rule("rewards-24")
    last = month.replace(day=closing.nominate_before_day)
    return await AwardRound.create(
        round_no=number_of(month), month=month, state=state, opened_at=utc(ctx.now), opened_by=ctx.actor.login,
        nominate_by=ctx.moment(last, 24 * 60 if closing.nominate_inclusive else 0),
        min_ballots_shown=ctx.rule("rewards-38").min_ballots_shown, reason=reason,
    )  # fmt: skip


def frozen(ctx: Context, award: AwardType) -> list[dict[str, Any]]:
    """An award's criteria with the figures in force now, as JSON keeps them: values as texts."""
    rows = sorted(award.criteria, key=lambda one: one.criterion_no)
    return [
        {
            "id": one.pk, "no": one.criterion_no, "kind": one.kind.value, "name": one.name, "words": one.words,
            "metric": one.metric, "op": one.op.value, "value": value_of(ctx, one), "rule": one.rule,
        }
        for one in rows
        if asked_for(ctx, one)
    ]  # fmt: skip


def asked_for(ctx: Context, criterion: Criterion) -> bool:
    """Ideas are asked for only where the site requires them (rewards-14); a rule that is off asks for nothing."""
    if not criterion.rule:
        return True
    rule = ctx.rule(criterion.rule)
    return bool(rule.on and (criterion.rule != "rewards-14" or rule.base_ideas_required))


def value_of(ctx: Context, criterion: Criterion) -> str | None:
    if criterion.op in (Comparison.NONE, Comparison.TOP):
        return None
    if criterion.figure:
        return str(getattr(ctx.rule(criterion.rule), criterion.figure))
    return str(criterion.value)


async def headcounts(month: date) -> dict[int, int]:
    """Who was on the staff of each team when the month began."""
    there = Staff.filter(Q(hired_on=None) | Q(hired_on__lte=month), Q(left_on=None) | Q(left_on__gte=month))
    found = dict.fromkeys(await Team.all().order_by("code").values_list("id", flat=True), 0)
    for team in await there.exclude(team_id=None).values_list("team_id", flat=True):
        found[team] += 1
    return {int(str(team)): count for team, count in found.items()}


def places_of(ctx: Context, headcount: Headcount) -> int | None:
    """Places of a team for each award; None: no limit, the rule is off (rewards-23)."""
    rule = ctx.rule("rewards-23")
    if not rule.on:
        return None
    return places(headcount.count, rule.quota_per, rule.quota_min, rule.quota_rounding == "ceil")


async def skip(ctx: Context, data: Because) -> Text:
    """No choice this month, by the head's word and for a reason (rewards-08)."""
    number = number_of(ctx.today)
    if await AwardRound.filter(round_no=number).exists():
        raise Refusal("rewards.refusal.round_there", value=number, rule="rewards-08")
    await _create(ctx, month_of(ctx.today), RoundState.CANCELLED, data.reason)
    return Text("rewards.done.round_skipped", round=number)


async def running_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if round_.state not in OVER:
        return None
    return Text("rewards.refusal.round_over", round=round_.round_no, state=choice("rewards", round_.state))


async def cancel(ctx: Context, round_: AwardRound, data: Because) -> Text:
    """The round ends without winners."""
    Refusal.because(await running_blocked(ctx, round_), field="round", value=round_.round_no)
    round_.state, round_.reason = RoundState.CANCELLED, data.reason
    await round_.save()
    return Text("rewards.done.round_cancelled", round=round_.round_no)


async def cancel_effect(ctx: Context, rounds: Sequence[AwardRound], data: Because) -> Text:
    return Text("rewards.effect.cancel_round", round=rounds[0].round_no)


async def include_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if round_.state is RoundState.NOMINATING and utc(ctx.now) < round_.nominate_by:
        return None
    return Text("rewards.refusal.not_nominating", round=round_.round_no, state=state_of(ctx, round_))


async def include(ctx: Context, round_: AwardRound, data: IncludeAward) -> Text:
    """An award that isn't given each month (a lecturer's, after a course) is given in this one."""
    Refusal.because(await include_blocked(ctx, round_), field="round", value=round_.round_no)
    if await RoundAward.filter(round=round_, award=data.award).exists():
        raise Refusal("rewards.refusal.included", field="award", value=data.award.name, round=round_.round_no)
    award = await AwardType.get(id=data.award.pk).prefetch_related("criteria")
    criteria = json.dumps(frozen(ctx, award), ensure_ascii=False)
    await RoundAward.create(round=round_, award=award, criteria=criteria)
    return Text("rewards.done.included", award=award.name, round=round_.round_no)


async def decide(ctx: Context, round_: AwardRound, data: Decided) -> Text:
    """What the department decided together about what isn't regulated (rewards-59)."""
    before = f"{round_.decided}；" if round_.decided else ""
    round_.decided = f"{before}{ctx.today} {data.decided}"[:500]
    await round_.save()
    return Text("rewards.done.decided", round=round_.round_no)


def state_of(ctx: Context, round_: AwardRound) -> Text:
    """How far it is. That nominations are over the clock tells."""
    if round_.state is RoundState.NOMINATING and utc(ctx.now) >= round_.nominate_by:
        return choice("rewards", RoundState.REVIEWING)
    return choice("rewards", round_.state)
