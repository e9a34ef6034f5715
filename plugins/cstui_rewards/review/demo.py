"""Each month the chief reviews what was nominated, and the assistant closes the month."""

from __future__ import annotations

from cstui_rewards.kinds import NominationState
from cstui_rewards.models import Nomination
from cstui_rewards.rounds.acts import number_of
from cstui_rewards.stage import Act, Moments, Part, Plan


def moments(part: Part) -> Moments:
    found: Moments = []
    for plan in part.plans():
        found += [(plan.reviewed, "10:00", _review(part)), (plan.closed, "09:30", _close(part, plan))]
    return found


def _review(part: Part) -> Act:
    async def review() -> None:
        for one in await Nomination.filter(state=NominationState.SUBMITTED).order_by("id"):
            await part.stage.run("rewards.pass_nomination", {}, target=[one.nomination_no])

    return review


def _close(part: Part, plan: Plan) -> Act:
    async def close() -> None:
        await part.stage.run("rewards.close_month", {}, part.assistant, target=[number_of(plan.month)])

    return close
