"""Teams are compared, the comparison confirmed, and published (hygiene-41)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import BadInput, Context, Period, Refusal, Text
from cstui_hygiene.comparison.inputs import Compare
from cstui_hygiene.comparison.reckoning import name_of, outcome, period_of, ranks, reckon
from cstui_hygiene.kinds import AppraisalState, Outcome
from cstui_hygiene.models import HygieneAppraisal
from cstui_hygiene.roster import DAY

FIGURES = ("inspections", "mean_score", "defects", "missed", "score", "rank", "outcome")
OFFERED = {Outcome.COMMENDED: "commended", Outcome.PENALISED: "penalised"}


async def compare(ctx: Context, data: Compare) -> Text:
    """Reckon a period that is over; again as often as one likes until it is confirmed."""
    period = period_of(ctx, data.day or period_of(ctx, ctx.today).first - DAY)
    name, rule = name_of(period), ctx.rule("hygiene-41", period.last)
    if period.last >= ctx.today:
        raise BadInput("hygiene.refusal.period_going", field="day", value=name, until=period.last)
    if not rule.on:
        raise BadInput("hygiene.refusal.no_comparison", field="day", value=name)
    known = {one.team_id: one for one in await _of(period)}
    if settled := next((one for one in known.values() if one.state is not AppraisalState.COMPUTED), None):
        raise Refusal("hygiene.refusal.compared", field="day", value=name, rule=rule.id,
                      state=Text(f"hygiene.choice.{settled.state.value}"))  # fmt: skip
    standings = await reckon(ctx, period)
    if not standings:
        raise Refusal("hygiene.refusal.no_teams", field="day", value=name, rule=rule.id)
    scores = {one.team.pk: one.score(rule) for one in standings}
    places = ranks(scores)
    for one in standings:
        appraisal = known.get(one.team.pk) or HygieneAppraisal(
            appraisal_no=f"{name}/{one.team.code}", first_day=period.first, last_day=period.last, team=one.team
        )
        score, rank = scores[one.team.pk], places[one.team.pk]
        values = (len(one.scores), one.mean, one.defects, one.missed, score, rank, outcome(rule, score, rank))
        appraisal.update_from_dict(dict(zip(FIGURES, values, strict=True)))
        await appraisal.save()
    unknown = sum(score is None for score in scores.values())
    return Text("hygiene.done.compared", period=name, teams=len(standings), unknown=unknown)


async def _of(period: Period) -> list[HygieneAppraisal]:
    rows = HygieneAppraisal.filter(first_day=period.first, last_day=period.last)
    return await rows.select_related("team").order_by("rank", "id")


async def whole(rows: Sequence[HygieneAppraisal]) -> list[tuple[str, list[HygieneAppraisal]]]:
    """The whole periods to which some rows belong: a comparison stands or falls as one."""
    periods = {(row.first_day, row.last_day): Period(row.first_day, row.last_day) for row in rows}
    return [(name_of(period), await _of(period)) for period in periods.values()]


async def confirm(ctx: Context, rows: Sequence[HygieneAppraisal], data: None) -> Text:
    """It stands: the first are offered to those who reward, who doesn't pass to those who decide on discipline."""
    names = []
    for name, all_of_it in await whole(rows):
        _expect(all_of_it, AppraisalState.COMPUTED)
        for one in all_of_it:
            one.state = AppraisalState.CONFIRMED
            if word := OFFERED.get(one.outcome):
                await ctx.propose(
                    rule="hygiene-41", record_id=one.id,
                    title=Text(f"hygiene.finding.{word}", team=one.team.name, period=name, score=one.score),
                )  # fmt: skip
        await HygieneAppraisal.change(all_of_it, ("state",))
        names.append(name)
    return Text("hygiene.done.comparison_confirmed", periods="、".join(names))


async def publish(ctx: Context, rows: Sequence[HygieneAppraisal], data: None) -> Text:
    """Everybody may read it now."""
    names = []
    for name, all_of_it in await whole(rows):
        _expect(all_of_it, AppraisalState.CONFIRMED)
        for one in all_of_it:
            one.state = AppraisalState.PUBLISHED
        await HygieneAppraisal.change(all_of_it, ("state",))
        names.append(name)
    return Text("hygiene.done.comparison_published", periods="、".join(names))


def _expect(rows: Sequence[HygieneAppraisal], state: AppraisalState) -> None:
    for row in rows:
        if told := _unless(row, state):
            raise Refusal(told.id, field="appraisal", value=row.appraisal_no, rule="hygiene-41", **told.args)


def _unless(row: HygieneAppraisal, state: AppraisalState) -> Text | None:
    if row.state is state:
        return None
    return Text("hygiene.blocked.comparison", state=Text(f"hygiene.choice.{row.state.value}"))


async def computed_only(ctx: Context, row: HygieneAppraisal) -> Text | None:
    return _unless(row, AppraisalState.COMPUTED)


async def confirmed_only(ctx: Context, row: HygieneAppraisal) -> Text | None:
    return _unless(row, AppraisalState.CONFIRMED)
