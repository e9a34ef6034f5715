"""A month without a round (rewards-08)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text
from cstui_rewards.kinds import AwardState
from cstui_rewards.models import AwardRound, AwardType
from cstui_rewards.rounds.acts import month_of, number_of, opening


async def rounds_due(ctx: Context) -> list[DueItem]:
    """From the day on which it opens; a warning once the day has passed by which it should."""
    rule = ctx.rule("rewards-08")
    month = month_of(ctx.today)
    if not rule.on or ctx.today.day < rule.round_open_day or await AwardRound.filter(month=month).exists():
        return []
    if not await AwardType.filter(state=AwardState.ADOPTED, monthly=True).exists():
        return []
    number, late = number_of(month), ctx.today.day > rule.round_open_warn
    fault = await opening(ctx)
    proof = [Text("rewards.proof.open_by", day=rule.round_open_day, warn=rule.round_open_warn)]
    if fault:
        proof.append(fault.text)
    return [
        DueItem(
            id=f"rewards.no_round.{number}",
            severity="warning" if late else "info",
            title=Text("rewards.due.no_round", round=number),
            rule=rule.id,
            due=ctx.moment(month.replace(day=rule.round_open_warn), 24 * 60),
            state=Text("rewards.state.no_round"),
            register="rewards.rounds",
            actions=("rewards.open_round", "rewards.skip_round"),
            proof=tuple(proof),
        )
    ]
