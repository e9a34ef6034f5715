"""What leaders, witnesses and reviewers have to do about nominations."""

from __future__ import annotations

from datetime import datetime, timedelta

from cstui.api import Context, DueItem, Text, utc
from cstui.people import Staff, holders_of
from cstui_rewards.kinds import Confirmation, NominationState, RoundState
from cstui_rewards.models import AwardRound, Headcount, Nomination, WitnessConfirmation
from cstui_rewards.rounds.acts import places_of


async def nominations_due(ctx: Context) -> list[DueItem]:
    """Teams with places of which nobody was handed in, so many days before the end (rewards-24)."""
    rule = ctx.rule("rewards-24")
    round_ = await AwardRound.filter(state=RoundState.NOMINATING, nominate_by__gt=utc(ctx.now)).first()
    if round_ is None or not rule.on:
        return []
    last = (ctx.local(round_.nominate_by) - timedelta(seconds=1)).date()
    left = (last - ctx.today).days
    if left > max(int(day) for day in rule.remind_days):
        return []
    handed = {one.team_id for one in await Nomination.filter(round=round_, submitted_at__not_isnull=True)}
    found = []
    for counted in await Headcount.filter(round=round_).select_related("team").order_by("team_id"):
        if counted.team_id in handed or places_of(ctx, counted) == 0:
            continue
        leader = await _leader(ctx, counted.team_id)
        found.append(
            DueItem(
                id=f"rewards.nominate.{round_.round_no}.{counted.team_id}",
                severity="warning" if left <= 0 else "info",
                title=Text("rewards.due.nominate", round=round_.round_no, team=counted.team.name),
                rule=rule.id,
                person=leader.name if leader else "",
                person_id=leader.pk if leader else None,
                due=round_.nominate_by,
                state=Text("rewards.state.nobody"),
                register="rewards.nominations",
                actions=("rewards.nominate",),
                proof=(Text("rewards.proof.nominate_by", by=round_.nominate_by),),
                mine=leader is not None and leader.pk == ctx.actor.staff_id,
            )
        )
    return found


async def _leader(ctx: Context, team_id: int) -> Staff | None:
    roles = ctx.rule("rewards-27").leader_role
    leading = [one for role in roles for one in await holders_of(role, ctx.today)]
    return next((one for one in leading if one.team_id == team_id), None)


async def answers_due(ctx: Context) -> list[DueItem]:
    """Witnesses who are asked; those who said nothing in time; nominations that came back."""
    rule = ctx.rule("rewards-24")
    waiting = WitnessConfirmation.filter(state=Confirmation.ASKED, asked_at__not_isnull=True)
    running = waiting.filter(nomination__state=NominationState.SUBMITTED)
    rows = await running.select_related("witness", "nomination__nominee", "nomination__award").order_by("id")
    found = [_asked(ctx, one, silent_from(ctx, one.asked_at, rule.witness_days)) for one in rows if one.asked_at]
    returned = Nomination.filter(state=NominationState.RETURNED).select_related("nominee", "award", "nominated_by")
    return found + [_returned(ctx, one) for one in await returned.order_by("id")]


def silent_from(ctx: Context, asked: datetime, days: int) -> datetime:
    """The moment from which a witness is silent: after so many working days."""
    return ctx.moment(ctx.calendar.add_workdays(ctx.local(asked).date(), days), 24 * 60)


def _asked(ctx: Context, one: WitnessConfirmation, by: datetime) -> DueItem:
    silent = utc(ctx.now) >= by
    return DueItem(
        id=f"rewards.witness.{one.pk}",
        severity="warning" if silent else "info",
        title=Text("rewards.due.witness", person=one.nomination.nominee.name, award=one.nomination.award.name),
        rule="rewards-24",
        person=one.witness.name,
        person_id=one.witness_id,
        due=by,
        state=Text("rewards.state.silent" if silent else "rewards.state.asked"),
        register="rewards.witnesses",
        records=(one.pk,),
        actions=("rewards.confirm", "rewards.deny", "rewards.ask_again"),
        proof=(Text("rewards.proof.asked", number=one.nomination.nomination_no, at=one.asked_at),),
        mine=one.witness_id == ctx.actor.staff_id,
    )


def _returned(ctx: Context, one: Nomination) -> DueItem:
    return DueItem(
        id=f"rewards.returned.{one.pk}",
        severity="warning",
        title=Text("rewards.due.returned", person=one.nominee.name, award=one.award.name),
        rule="rewards-27",
        person=one.nominated_by.name,
        person_id=one.nominated_by_id,
        state=Text("rewards.state.returned"),
        register="rewards.nominations",
        records=(one.pk,),
        actions=("rewards.submit_nomination", "rewards.add_witnesses", "rewards.add_case"),
        proof=(Text("rewards.proof.returned", reason=one.ended_because),),
        mine=one.nominated_by_id == ctx.actor.staff_id,
    )
