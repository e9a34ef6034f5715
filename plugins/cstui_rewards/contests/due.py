"""Contest results to be confirmed or computed, and the quarter's settlement (rewards-49)."""

from __future__ import annotations

from datetime import date, timedelta

from cstui.api import Context, DueItem, Text, choice
from cstui_rewards.kinds import Contest, ContestState
from cstui_rewards.models import ContestResult


async def results_due(ctx: Context) -> list[DueItem]:
    """Entered and not confirmed, confirmed without grants."""
    found = []
    for one in await ContestResult.exclude(state=ContestState.GRANTED).order_by("id"):
        entered = one.state is ContestState.ENTERED
        found.append(
            DueItem(
                id=f"rewards.contest.{one.pk}",
                severity="warning",
                title=Text(
                    "rewards.due.contest", unit=one.unit_name, period=one.period,
                    contest=choice("rewards", one.contest),
                ),
                rule="rewards-49",
                state=Text("rewards.state.to_confirm" if entered else "rewards.state.to_compute"),
                register="rewards.contests",
                records=(one.pk,),
                actions=("rewards.confirm_result",) if entered else ("rewards.compute_shares", "rewards.share"),
            )
        )  # fmt: skip
    return found


async def settlement_due(ctx: Context) -> list[DueItem]:
    """From the first working day after a quarter until its result is entered, where contests are kept."""
    rule = ctx.rule("rewards-49")
    begin = _quarter(ctx.today)
    last = begin - timedelta(days=1)
    first = ctx.calendar.add_workdays(last, 1)
    quarterly = ContestResult.filter(contest=Contest.MUNICIPAL_QUARTERLY)
    if not rule.on or ctx.today < first or not await quarterly.exists():
        return []
    if await quarterly.filter(ended_on__gte=_quarter(last), ended_on__lte=last).exists():
        return []
    name = f"{last.year}Q{(last.month + 2) // 3}"
    return [
        DueItem(
            id=f"rewards.settlement.{name}",
            severity="warning",
            title=Text("rewards.due.settlement", period=name),
            rule=rule.id,
            due=ctx.moment(first, 24 * 60),
            state=Text("rewards.state.not_entered"),
            register="rewards.contests",
            actions=("rewards.enter_result",),
            proof=(Text("rewards.proof.settlement", last=last, first=first),),
        )
    ]


def _quarter(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
