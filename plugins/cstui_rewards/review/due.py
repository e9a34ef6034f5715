"""What waits for the chief, and who among the nominated no longer qualifies."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui_rewards.kinds import NominationState, RoundState
from cstui_rewards.models import AwardRound, Nomination
from cstui_rewards.nominations.criteria import month_end
from cstui_rewards.review.acts import RUNNING, lost

FORM = ("rewards.pass_nomination", "rewards.return_nomination", "rewards.decline_nomination")


async def reviews_due(ctx: Context) -> list[DueItem]:
    """Nominations handed in; late once so many working days after the closing day have passed (rewards-27)."""
    rule = ctx.rule("rewards-27")
    rows = Nomination.filter(state=NominationState.SUBMITTED).select_related("nominee", "award", "round")
    found = []
    for one in await rows.order_by("id"):
        closing = ctx.local(one.round.nominate_by).date()
        last = ctx.calendar.add_workdays(closing, rule.review_due)
        due = ctx.moment(last, 24 * 60)
        found.append(
            DueItem(
                id=f"rewards.review.{one.pk}",
                severity="critical" if rule.on and utc(ctx.now) >= due else "warning",
                title=Text("rewards.due.review", person=one.nominee.name, award=one.award.name),
                rule=rule.id,
                person=one.nominee.name,
                person_id=one.nominee_id,
                due=due,
                state=Text("rewards.state.to_review"),
                register="rewards.nominations",
                records=(one.pk,),
                actions=FORM,
                proof=(Text("rewards.proof.review_by", closing=closing, days=rule.review_due, last=last),),
                mine="rewards.review" in ctx.actor.permissions,
            )
        )
    return found


async def lost_due(ctx: Context) -> list[DueItem]:
    """Whoever is nominated and no longer qualifies."""
    rows = Nomination.filter(state__in=RUNNING).select_related("nominee", "award")
    found = []
    for one in await rows.order_by("id"):
        if reasons := await lost(ctx, one):
            found.append(
                DueItem(
                    id=f"rewards.lost.{one.pk}",
                    severity="warning",
                    title=Text("rewards.due.lost", person=one.nominee.name, award=one.award.name),
                    rule="rewards-12",
                    person=one.nominee.name,
                    person_id=one.nominee_id,
                    state=Text("rewards.state.lost"),
                    register="rewards.nominations",
                    records=(one.pk,),
                    actions=("rewards.disqualify", "rewards.measure_again"),
                    proof=tuple(reasons),
                )
            )
    return found


async def months_due(ctx: Context) -> list[DueItem]:
    """Rounds of a month that is over, and whose figures weren't asked for the last time."""
    rows = AwardRound.filter(state__in=(RoundState.NOMINATING, RoundState.OPINIONS))
    return [
        DueItem(
            id=f"rewards.month.{one.round_no}",
            severity="warning",
            title=Text("rewards.due.month", round=one.round_no),
            rule="rewards-12",
            due=ctx.moment(month_end(one.month), 24 * 60),
            state=Text("rewards.state.month_over"),
            register="rewards.rounds",
            records=(one.pk,),
            actions=("rewards.close_month",),
        )
        for one in await rows.order_by("month")
        if ctx.today > month_end(one.month)
    ]
