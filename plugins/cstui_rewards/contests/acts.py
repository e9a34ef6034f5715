"""Contests of units: entered with evidence, confirmed by another, then grants for managers and the best of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cstui.api import BadInput, Context, Refusal, RuleInForce, Text, choice
from cstui_rewards.contests.inputs import AddShare, Compute, EnterResult
from cstui_rewards.contests.shares import chosen, own, places
from cstui_rewards.granting.give import give
from cstui_rewards.kinds import Contest, ContestState, GrantKind, GrantState, Place
from cstui_rewards.models import ContestResult, ContestShare


@dataclass(frozen=True, slots=True)
class Reward:
    """What a contest gives: its rule, and the names of the rule's figures; no `share`: nothing for the staff."""

    rule: str
    name: str
    rank: bool = True
    share: bool = True


REWARDS = {
    Contest.MUNICIPAL_QUARTERLY: Reward("rewards-51", "contest_q"),
    Contest.HALL_MYSTERY: Reward("rewards-52", "mystery_hall"),
    Contest.CHANNEL_MYSTERY: Reward("rewards-53", "mystery_channel", share=False),
    Contest.ANNUAL_COLLECTIVE: Reward("rewards-55", "annual_collective", rank=False),
    Contest.ANNUAL_CONTEST: Reward("rewards-56", "annual_contest"),
}
HANDED_WITHIN = timedelta(days=30)


def _figure(rule: RuleInForce, reward: Reward, name: str) -> Any:
    return getattr(rule, f"{reward.name}_{name}")


async def enter(ctx: Context, data: EnterResult) -> Text:
    """A result that another confirms. Periods that ended before the scheme's first day give nothing (rewards-50)."""
    if data.ended_on > ctx.today:
        raise BadInput("rewards.refusal.not_ended", field="ended_on", value=data.ended_on)
    start = ctx.rule("rewards-50")
    begin = date.fromisoformat(start.results_start)
    start.forbid(
        data.ended_on < begin, "rewards.refusal.before_scheme", field="ended_on", value=data.ended_on, start=begin
    )
    same = ContestResult.filter(contest=data.contest, period=data.period, unit_name=data.unit_name)
    if await same.exists():
        raise Refusal("rewards.refusal.entered", field="period", value=data.period, unit=data.unit_name)
    made = await ContestResult.create(
        result_no=await ContestResult.next_number("result_no", "K", ctx.today), contest=data.contest,
        period=data.period, ended_on=data.ended_on, unit=data.unit, unit_name=data.unit_name, rank=data.rank,
        evidence=data.evidence, training_places=data.training_places, entered_by=ctx.actor.login,
    )  # fmt: skip
    return Text("rewards.done.result", number=made.result_no, contest=choice("rewards", data.contest), rank=data.rank)


async def share(ctx: Context, data: AddShare) -> Text:
    """Somebody of the unit, as a manager or with their place in the ranking; entered again it is changed."""
    if data.result.state is ContestState.GRANTED:
        raise Refusal("rewards.refusal.result_granted", field="result", value=data.result.result_no)
    if data.place is Place.STAFF and data.rank is None:
        raise BadInput("rewards.refusal.no_rank", field="rank", value=data.staff.name)
    known = await ContestShare.filter(result=data.result, staff=data.staff).first()
    row = known or ContestShare(result=data.result, staff=data.staff)
    row.place, row.elsewhere = data.place, data.elsewhere
    row.rank = data.rank if data.place is Place.STAFF else None
    await row.save()
    return Text("rewards.done.share", person=data.staff.name, number=data.result.result_no)


async def confirm_blocked(ctx: Context, result: ContestResult) -> Text | None:
    if result.state is ContestState.ENTERED:
        return None
    return Text("rewards.refusal.result_state", number=result.result_no, state=choice("rewards", result.state))


async def confirm(ctx: Context, result: ContestResult, data: None) -> Text:
    """The evidence was looked at by somebody else than who entered it."""
    Refusal.because(await confirm_blocked(ctx, result), field="result", value=result.result_no)
    if result.entered_by == ctx.actor.login:
        raise Refusal("rewards.refusal.own_result", field="result", value=result.result_no, rule="rewards-49")
    result.state, result.confirmed_by = ContestState.CONFIRMED, ctx.actor.login
    await result.save()
    return Text("rewards.done.result_confirmed", number=result.result_no)


async def compute_blocked(ctx: Context, result: ContestResult) -> Text | None:
    if result.state is ContestState.CONFIRMED:
        return None
    return Text("rewards.refusal.result_state", number=result.result_no, state=choice("rewards", result.state))


async def compute(ctx: Context, result: ContestResult, data: Compute) -> Text:
    """Grants for the managers and, down the ranking, a share of the others; training places besides (rewards-54)."""
    Refusal.because(await compute_blocked(ctx, result), field="result", value=result.result_no)
    reward = REWARDS[result.contest]
    rule = ctx.rule(reward.rule)
    rows = await ContestShare.filter(result=result).select_related("staff").order_by("rank", "id")
    made = 0
    if rule.on and not (reward.rank and result.rank > _figure(rule, reward, "rank_max")):
        made += await _grants(ctx, result, reward, rule, rows, {one.pk for one in data.chosen})
    made += await _training(ctx, result, rows)
    result.state = ContestState.GRANTED
    await result.save()
    return Text("rewards.done.computed", number=result.result_no, count=made)


async def _grants(
    ctx: Context, result: ContestResult, reward: Reward, rule: RuleInForce, rows: Sequence[ContestShare],
    preferred: set[int],
) -> int:  # fmt: skip
    made = 0
    for one in rows:
        if one.place is Place.MANAGER:
            made += await _give(ctx, result, reward, one, int(_figure(rule, reward, "manager") * 100))
    if not reward.share:
        return made
    others = [one for one in rows if one.place is Place.STAFF]
    shared = ctx.rule("rewards-51")
    count = places(len(others), _figure(rule, reward, "share"), shared.share_min, shared.share_rounding)
    for pk in _picked(others, count, preferred):
        one = next(row for row in others if row.pk == pk)
        made += await _give(ctx, result, reward, one, int(_figure(rule, reward, "staff") * 100))
    return made


def _picked(others: Sequence[ContestShare], count: int, preferred: set[int]) -> list[int]:
    """Who has a place. Raises Refusal where several are tied on the last one and nobody said who gets it."""
    sure, tied = chosen({one.pk: one.rank or 0 for one in others}, count)
    if not tied:
        return sure
    mine = [one.pk for one in others if one.pk in tied and one.staff_id in preferred]
    if len(sure) + len(mine) != count:
        names = [one.staff.name for one in others if one.pk in tied]
        raise Refusal("rewards.refusal.tied", field="chosen", value=names, count=count - len(sure), rule="rewards-51")
    return [*sure, *mine]


async def _give(ctx: Context, result: ContestResult, reward: Reward, one: ContestShare, amount: int) -> int:
    """One grant; where another gives as much or more for the same occasion it is only recorded (rewards-58)."""
    given = own(amount, one.elsewhere) if ctx.rule("rewards-58").on else amount
    made = await give(
        ctx, one.staff, GrantKind.CASH, rule=reward.rule, occasion=f"contest:{result.result_no}",
        title=f"{result.unit_name} {result.period}", period=result.period, due=ctx.moment(ctx.today + HANDED_WITHIN),
        amount=given, approved_by=ctx.actor.login, state=GrantState.DUE if given else GrantState.DROPPED,
    )  # fmt: skip
    made.elsewhere = one.elsewhere or None
    if not given:
        made.dropped_because = str(one.elsewhere // 100)
    await made.save()
    return int(bool(given))


async def _training(ctx: Context, result: ContestResult, rows: Sequence[ContestShare]) -> int:
    """So many training places as were entered, down the ranking (rewards-54)."""
    rule = ctx.rule("rewards-54")
    ranked = [one for one in rows if one.place is Place.STAFF][: result.training_places or 0] if rule.on else []
    for one in ranked:
        await give(
            ctx, one.staff, GrantKind.TRAINING_PLACE, rule=rule.id, occasion=f"training:{result.result_no}",
            title=f"{result.unit_name} {result.period}", period=result.period,
            due=ctx.moment(ctx.today + HANDED_WITHIN), approved_by=ctx.actor.login,
        )  # fmt: skip
    return len(ranked)
