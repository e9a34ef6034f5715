"""Awards that should be asked whether they still serve (rewards-01). Proposals are matters of the approvals."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Context, DueItem, Text
from cstui_rewards.kinds import AwardState
from cstui_rewards.models import AwardType


async def awards_due(ctx: Context) -> list[DueItem]:
    """All awards not looked through for a year, as one matter."""
    rule = ctx.rule("rewards-01")
    if not rule.on:
        return []
    every = timedelta(days=rule.award_review)
    old = [
        award
        for award in await AwardType.filter(state=AwardState.ADOPTED).order_by("code")
        if (award.reviewed_on or award.first_day or ctx.today) + every < ctx.today
    ]
    if not old:
        return []
    first = min((award.reviewed_on or award.first_day or ctx.today) for award in old)
    return [
        DueItem(
            id=f"rewards.awards.{first}",
            severity="info",
            title=Text("rewards.due.awards", awards=[award.name for award in old]),
            rule=rule.id,
            due=ctx.moment(first + every, 24 * 60),
            state=Text("rewards.state.since", day=first),
            register="rewards.awards",
            records=tuple(award.pk for award in old),
            actions=("rewards.keep_award", "rewards.retire_award"),
            proof=(Text("rewards.proof.review", day=first, every=rule.award_review),),
        )
    ]
