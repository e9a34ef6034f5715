"""Inspections as pictures: scores of areas week by week, and teams beside each other (hygiene-41)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text, Verbatim
from cstui_hygiene.comparison.reckoning import reckon, signed
from cstui_hygiene.models import HygieneInspection
from cstui_hygiene.sheets import told


def _mean(some: list[HygieneInspection]) -> Datum:
    """Half up; without any nobody knows."""
    scores = [one.score for one in some if one.score is not None]
    mean = (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None
    return Datum(told(mean), tuple(one.id for one in some))


async def by_week(ctx: Context, period: Period) -> Figures:
    """The mean score of each area that was inspected, by the week's Monday."""
    found: dict[str, dict[date, list[HygieneInspection]]] = defaultdict(lambda: defaultdict(list))
    for one in await signed(period):
        if one.area:
            found[one.area.name][_monday(one.day)].append(one)
    weeks = tuple(dict.fromkeys(_monday(day) for day in period.days)) if found else ()
    rows = (
        Series(Verbatim(name), tuple(_mean(some.get(week, [])) for week in weeks))
        for name, some in sorted(found.items())
    )
    return Figures(weeks, tuple(rows), register="hygiene.inspections")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


async def teams(ctx: Context, period: Period) -> Figures:
    """Each team's mean less what it missed, so far; the comparison itself is made when the period is over."""
    standings, rule = await reckon(ctx, period), ctx.rule("hygiene-41", period.last)
    data = tuple(Datum(told(one.score(rule)), tuple(one.inspections)) for one in standings)
    names = tuple(one.team.name for one in standings)
    return Figures(names, (Series(Text("hygiene.field.score"), data),), register="hygiene.inspections")


CHARTS = (
    Chart("hygiene.scores_by_week", "heat", by_week, span="month"),
    Chart("hygiene.scores_of_teams", "bars", teams, span="month", needs="hygiene.decide"),
)
