"""Nominations: by the leader, before the closing day, within the places of the team, with cases and witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff, holders_of, is_gone
from cstui_rewards.inputs import OVER
from cstui_rewards.kinds import Confirmation, Met, NominationState, RoundState
from cstui_rewards.models import (
    AwardRound,
    AwardType,
    CriterionCheck,
    Headcount,
    Nomination,
    NominationCase,
    RoundAward,
    Tip,
    WitnessConfirmation,
)
from cstui_rewards.nominations.criteria import checks_of, lacking, measure
from cstui_rewards.nominations.inputs import (
    AddCase,
    AddWitnesses,
    AdmitLate,
    ChangeReason,
    GiveTip,
    Nominate,
)
from cstui_rewards.rounds.acts import places_of

OPEN = (NominationState.DRAFT, NominationState.RETURNED)
"""States in which the leader still works on it."""
COUNTED = (
    NominationState.SUBMITTED, NominationState.RETURNED, NominationState.SHORTLISTED, NominationState.WON,
    NominationState.NOT_CHOSEN, NominationState.DECLINED, NominationState.DISQUALIFIED,
)  # fmt: skip
"""Whatever became of it, a nomination that was handed in took a place."""


async def running(ctx: Context) -> AwardRound:
    """The round for which one nominates now. Raises Refusal where there is none."""
    round_ = await AwardRound.exclude(state__in=OVER).order_by("-month").first()
    if round_ is None or round_.state is not RoundState.NOMINATING:
        raise Refusal("rewards.refusal.no_round", field="award", value="", rule="rewards-08")
    return round_


async def tip(ctx: Context, data: GiveTip) -> Text:
    """A member's word to the leader; the leader decides whether it becomes a nomination."""
    round_ = await running(ctx)
    await _asked(round_, data.award)
    made = await Tip.create(
        tip_no=await Tip.next_number("tip_no", "T", ctx.today), round=round_, award=data.award, nominee=data.nominee,
        by_id=ctx.actor.staff_id, case=data.case, at=utc(ctx.now),
    )  # fmt: skip
    return Text("rewards.done.tip", number=made.tip_no, person=data.nominee.name, award=data.award.name)


async def _asked(round_: AwardRound, award: AwardType) -> None:
    if not await RoundAward.filter(round=round_, award=award).exists():
        raise BadInput("rewards.refusal.not_in_round", field="award", value=award.name, round=round_.round_no)


async def nominate(ctx: Context, data: Nominate) -> Text:
    round_ = await running(ctx)
    await _asked(round_, data.award)
    await _may_nominate(ctx, data.nominee)
    if data.nominee.team_id is None:
        raise BadInput("rewards.refusal.no_team", field="nominee", value=data.nominee.name)
    there = Nomination.filter(round=round_, award=data.award, nominee=data.nominee)
    if await there.exclude(state=NominationState.DECLINED).exists():
        raise Refusal("rewards.refusal.nominated", field="nominee", value=data.nominee.name, award=data.award.name)
    made = await Nomination.create(
        nomination_no=await Nomination.next_number("nomination_no", "N", ctx.today), round=round_, award=data.award,
        nominee=data.nominee, team_id=data.nominee.team_id, nominated_by_id=ctx.actor.staff_id, reason=data.reason,
        created_at=utc(ctx.now),
    )  # fmt: skip
    await _case(ctx, made, data.title, data.day, data.description, data.attachment)
    await _witnesses(ctx, made, data.witnesses)
    await checks_of(made)
    told = {"number": made.nomination_no, "person": data.nominee.name, "award": data.award.name}
    if data.draft:
        return Text("rewards.done.drafted", **told)
    await _hand_in(ctx, made, round_)
    return Text("rewards.done.submitted", **told)


async def _may_nominate(ctx: Context, nominee: Staff) -> None:
    """The leader of the nominee's team does, of a leader the chief; nobody oneself (rewards-27)."""
    rule = ctx.rule("rewards-27")
    if nominee.pk == ctx.actor.staff_id:
        raise Refusal("rewards.refusal.oneself", field="nominee", value=nominee.name, rule=rule.id)
    if is_gone(nominee, ctx.today):
        raise Refusal("rewards.refusal.gone", field="nominee", value=nominee.name)
    if not rule.on:
        return
    leads = {one.pk for role in rule.leader_role for one in await holders_of(role, ctx.today)}
    if nominee.pk in leads:
        allowed = bool({*rule.chief_role} & ctx.actor.roles)
        word = "chief_nominates"
    else:
        actor = await Staff.filter(id=ctx.actor.staff_id or 0).first()
        own = actor is not None and actor.team_id == nominee.team_id and actor.pk in leads
        allowed, word = own, "leader_nominates"
    rule.forbid(not allowed, f"rewards.refusal.{word}", field="nominee", value=nominee.name)


async def _case(ctx: Context, nomination: Nomination, title: str, day: date, story: str, attachment: str) -> None:
    if day > ctx.today:
        raise BadInput("rewards.refusal.case_ahead", field="day", value=day)
    await NominationCase.create(nomination=nomination, title=title, day=day, description=story, attachment=attachment)


async def _witnesses(ctx: Context, nomination: Nomination, people: Sequence[Staff]) -> None:
    known = {*await WitnessConfirmation.filter(nomination=nomination).values_list("witness_id", flat=True)}
    for person in people:
        if person.pk == nomination.nominee_id:
            raise Refusal("rewards.refusal.own_witness", field="witnesses", value=person.name, rule="rewards-05")
        if person.pk not in known:
            known.add(person.pk)
            await WitnessConfirmation.create(nomination=nomination, witness=person)


async def own_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    """Why its nominator can't work on it now."""
    if nomination.state in OPEN:
        return None
    return Text("rewards.refusal.not_open_now", number=nomination.nomination_no,
                state=choice("rewards", nomination.state))  # fmt: skip


async def _own(ctx: Context, nomination: Nomination) -> None:
    Refusal.because(await own_blocked(ctx, nomination), field="nomination", value=nomination.nomination_no)
    if nomination.nominated_by_id != ctx.actor.staff_id:
        raise Refusal("rewards.refusal.others", field="nomination", value=nomination.nomination_no, rule="rewards-27")


async def add_case(ctx: Context, nomination: Nomination, data: AddCase) -> Text:
    await _own(ctx, nomination)
    await _case(ctx, nomination, data.title, data.day, data.description, data.attachment)
    return Text("rewards.done.case_added", number=nomination.nomination_no, case=data.title)


async def add_witnesses(ctx: Context, nomination: Nomination, data: AddWitnesses) -> Text:
    """Others who can say so; who denied is asked no more by this."""
    await _own(ctx, nomination)
    await _witnesses(ctx, nomination, data.witnesses)
    return Text("rewards.done.witnesses_added", number=nomination.nomination_no,
                people=[one.name for one in data.witnesses])  # fmt: skip


async def change_reason(ctx: Context, nomination: Nomination, data: ChangeReason) -> Text:
    await _own(ctx, nomination)
    nomination.reason = data.reason
    await nomination.save()
    return Text("rewards.done.reason_changed", number=nomination.nomination_no)


async def change_reason_prefill(ctx: Context, rows: Sequence[Nomination]) -> dict[str, Any]:
    return {"reason": rows[0].reason}


async def submit(ctx: Context, nomination: Nomination, data: None) -> Text:
    """Hand in a draft, or again what was returned."""
    await _own(ctx, nomination)
    await _hand_in(ctx, nomination, await AwardRound.get(id=nomination.round_id))
    return Text("rewards.done.submitted", number=nomination.nomination_no, person=nomination.nominee.name,
                award=nomination.award.name)  # fmt: skip


async def _hand_in(ctx: Context, nomination: Nomination, round_: AwardRound) -> None:
    """Complete (rewards-05), in time (rewards-24), within the places (rewards-23), nothing known against it."""
    await _complete(ctx, nomination)
    again = nomination.state is NominationState.RETURNED
    ctx.rule("rewards-24").forbid(
        utc(ctx.now) >= round_.nominate_by and not again and not nomination.late_reason, "rewards.refusal.late",
        field="nomination", value=nomination.nomination_no, by=round_.nominate_by,
    )  # fmt: skip
    if not again:
        await _place(ctx, nomination)
    failed = lacking(await measure(ctx, nomination), Met.NOT_MET)
    if failed:
        check = await CriterionCheck.get(id=failed[0].pk).select_related("criterion")
        raise Refusal("rewards.refusal.not_met", field="nominee", value=check.told, rule=check.criterion.rule,
                      criterion=check.criterion.told)  # fmt: skip
    nomination.state, nomination.submitted_at = NominationState.SUBMITTED, utc(ctx.now)
    await nomination.save()
    waiting = await WitnessConfirmation.filter(nomination=nomination, state=Confirmation.ASKED)
    for one in waiting:
        one.asked_at = utc(ctx.now)
    await WitnessConfirmation.change(waiting, ("asked_at",))


async def _complete(ctx: Context, nomination: Nomination) -> None:
    rule = ctx.rule("rewards-05")
    cases = await NominationCase.filter(nomination=nomination).count()
    rule.forbid(cases < rule.cases_min, "rewards.refusal.few_cases", field="cases", value=cases, least=rule.cases_min)
    short = len(nomination.reason) < rule.reason_min
    rule.forbid(short, "rewards.refusal.short_reason", field="reason", value=nomination.reason, least=rule.reason_min)


async def _place(ctx: Context, nomination: Nomination) -> None:
    """So many of a team for an award as the team has places (rewards-23)."""
    counted = await Headcount.filter(round_id=nomination.round_id, team_id=nomination.team_id).first()
    most = places_of(ctx, counted) if counted else None
    if most is None:
        return
    same = Nomination.filter(round_id=nomination.round_id, award_id=nomination.award_id, team_id=nomination.team_id)
    taken = await same.filter(state__in=COUNTED).count()
    ctx.rule("rewards-23").forbid(
        taken >= most, "rewards.refusal.no_place", field="nominee", value=nomination.nominee_id, most=most,
        team=(await nomination.team).name,
    )  # fmt: skip


async def drop(ctx: Context, nomination: Nomination, data: None) -> Text:
    """A draft is thrown away."""
    await _own(ctx, nomination)
    if nomination.state is not NominationState.DRAFT:
        raise Refusal("rewards.refusal.handed_in", field="nomination", value=nomination.nomination_no)
    for model in (NominationCase, WitnessConfirmation, CriterionCheck):
        await model.filter(nomination_id=nomination.pk).delete()
    await nomination.delete()
    return Text("rewards.done.dropped", number=nomination.nomination_no)


async def admit_late(ctx: Context, nomination: Nomination, data: AdmitLate) -> Text:
    """The head lets a draft in that came late, for a reason (rewards-24)."""
    if nomination.state is not NominationState.DRAFT:
        raise Refusal("rewards.refusal.handed_in", field="nomination", value=nomination.nomination_no)
    nomination.late_reason = data.reason
    await nomination.save()
    return Text("rewards.done.admitted", number=nomination.nomination_no)
