"""How teams did in a period: the mean of their inspections, less what was missed; and who comes first (hygiene-41).

Pure apart from `reckon`, which reads the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cstui.api import Context, Period, RuleInForce, utc
from cstui.people import Staff, Team
from cstui_hygiene.duties.state import is_missed
from cstui_hygiene.kinds import AreaState, DefectState, DutyState, InspectionState, Outcome
from cstui_hygiene.models import CleaningArea, DutyAssignment, HygieneDefect, HygieneInspection
from cstui_hygiene.roster import DAY, SERVICE
from cstui_hygiene.sheets import PART

WEEK = 7 * DAY


@dataclass(slots=True)
class Standing:
    """What is known of a team in a period. Scores and points in hundredths."""

    team: Team
    scores: list[int] = field(default_factory=list)
    inspections: list[int] = field(default_factory=list)
    """The pks of those that gave the scores."""
    defects: int = 0
    missed: int = 0

    @property
    def mean(self) -> int | None:
        """Half up; None where nothing of theirs was inspected: that is unknown, not zero."""
        count = len(self.scores)
        return (2 * sum(self.scores) + count) // (2 * count) if count else None

    def score(self, rule: RuleInForce) -> int | None:
        return None if self.mean is None else self.mean - self.missed * rule.missed_deduction * PART


def ranks(scores: Mapping[int, int | None]) -> dict[int, int | None]:
    """Places by score, the same for the same one (1, 1, 3); none for those of whom nothing is known."""
    known = [score for score in scores.values() if score is not None]
    return {
        one: None if score is None else 1 + sum(other > score for other in known) for one, score in scores.items()
    }  # fmt: skip


def outcome(rule: RuleInForce, score: int | None, rank: int | None) -> Outcome:
    """Who doesn't pass is never commended, whatever the rank."""
    if score is None or rank is None:
        return Outcome.NONE
    if score < rule.appraisal_pass_score * PART:
        return Outcome.PENALISED
    return Outcome.COMMENDED if rank <= rule.appraisal_commend_rank else Outcome.NONE


def period_of(ctx: Context, day: date) -> Period:
    """The month or week of a day, as the rule says."""
    if ctx.rule("hygiene-41", day).appraisal_period == "week":
        first = day - timedelta(days=day.weekday())
        return Period(first, first + WEEK - DAY)
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def name_of(period: Period) -> str:
    """2026-11, or 2026-W48."""
    if period.last - period.first < WEEK:
        year, week, _ = period.first.isocalendar()
        return f"{year}-W{week:02}"
    return f"{period.first:%Y-%m}"


async def reckon(ctx: Context, period: Period) -> list[Standing]:
    """Every team of customer service, and every team that has an area, as far as the records tell."""
    standings = {team.pk: Standing(team) for team in await _teams()}
    for one in await signed(period):
        team = one.area.team_id if one.area else one.staff.team_id if one.staff else None
        if team in standings and one.score is not None:
            standings[team].scores.append(one.score)
            standings[team].inspections.append(one.id)
    duties = DutyAssignment.filter(
        day__gte=period.first, day__lte=period.last, state=DutyState.DUE, carried_from_id__isnull=True
    )
    for duty in await duties.select_related("area", "assignee", "rota"):
        team = duty.assignee.team_id if duty.assignee else duty.area.team_id
        if team in standings and is_missed(ctx, duty):
            standings[team].missed += 1
    found = HygieneDefect.filter(
        found_at__gte=utc(ctx.moment(period.first)), found_at__lt=utc(ctx.moment(period.last, 24 * 60))
    ).exclude(state__in=[DefectState.REPORTED, DefectState.REFUSED])
    for defect in await found.select_related("area", "responsible"):
        team = defect.area.team_id if defect.area else None
        team = team or (defect.responsible.team_id if defect.responsible else None)
        if team in standings:
            standings[team].defects += 1
    return list(standings.values())


async def signed(period: Period) -> Sequence[HygieneInspection]:
    """The inspections of a period that stand."""
    rows = HygieneInspection.filter(day__gte=period.first, day__lte=period.last, state=InspectionState.SIGNED)
    return await rows.select_related("area", "staff").order_by("id")


async def _teams() -> Iterable[Team]:
    ids = {*await Staff.filter(department=SERVICE, team_id__isnull=False).distinct().values_list("team_id", flat=True)}
    areas = CleaningArea.filter(state=AreaState.ACTIVE, team_id__isnull=False)
    ids |= {*await areas.distinct().values_list("team_id", flat=True)}
    return await Team.filter(id__in=[*ids]).order_by("code")
