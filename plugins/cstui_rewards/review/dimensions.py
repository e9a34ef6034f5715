"""The six dimensions of an individual award (rewards-10), from what other areas report: a help, never the result."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text
from cstui_rewards.kinds import NominationState
from cstui_rewards.models import Nomination
from cstui_rewards.nominations.measure import figure

DIMENSIONS = {
    "knowledge": "training.test_score", "skill": "quality.skill_score", "work": "performance.score",
    "discipline": "discipline.score", "results": "performance.results_score", "teamwork": "performance.teamwork_score",
}  # fmt: skip
"""Each from 0 to 100, and the fact that tells it."""
LOOKED_AT = (NominationState.SUBMITTED, NominationState.SHORTLISTED, NominationState.WON, NominationState.NOT_CHOSEN)


def weighted(values: Sequence[Decimal | None], weights: Sequence[Decimal]) -> Decimal | None:
    """The mean of the known values by their weights, two decimals half up; None where nobody reported any."""
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    total = sum((weight for _, weight in known), Decimal(0))
    if not total:
        return None
    return (sum((value * weight for value, weight in known), Decimal(0)) / total).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )


async def scores(ctx: Context, period: Period) -> Figures:
    """Nominees of the month by dimension, with the weighted mean last."""
    rule = ctx.rule("rewards-10", period.last)
    month = period.first.replace(day=1)
    rows = Nomination.filter(round__month=month, state__in=LOOKED_AT).select_related("nominee").order_by("id")
    weights = [Decimal(weight) for weight in rule.dimension_weights]
    series = []
    for one in await rows if rule.on else ():
        values = [
            figure(await ctx.fact(fact, one.nominee_id, period.first, period.last)) for fact in DIMENSIONS.values()
        ]
        data = [*values, weighted(values, weights)]
        series.append(Series(Text("rewards.value.nominee", person=one.nominee.name, number=one.nomination_no),
                             tuple(Datum(value, (one.pk,)) for value in data)))  # fmt: skip
    labels = tuple(Text(f"rewards.value.{name}") for name in (*DIMENSIONS, "mean"))
    return Figures(labels if series else (), tuple(series), register="rewards.nominations")


CHARTS = (Chart("rewards.dimensions", "heat", scores, span="month", needs="rewards.review"),)
