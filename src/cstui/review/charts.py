"""The day as pictures: what is due when, and what was left over at each sign-off."""

from __future__ import annotations

import json

from cstui.api import Chart, Context, Dated, Datum, Figures, Period, Series, Text
from cstui.charts import day_of
from cstui.review.models import SignOff

DECIDED = "decided"
"""What a statement calls a matter that was settled."""


async def due(ctx: Context, period: Period) -> Dated:
    """What is due in the period, of all areas, as far as it is put before this actor."""
    matters = (await ctx.services.review(ctx)).matters
    items = [matter.item for matter in matters if matter.item.due]
    return Dated([item for item in items if period.first <= day_of(item, ctx.zone) <= period.last])


async def left(ctx: Context, period: Period) -> Figures:
    """Of each day signed off: matters left over, and settled. After the first of all, others are unknown."""
    began = await SignOff.all().order_by("day").first()
    signed = {one.day: one for one in await SignOff.filter(day__gte=period.first, day__lte=period.last)}
    days = tuple(
        day
        for day in period.days
        if day in signed or (began and began.day < day < ctx.today and ctx.calendar.is_workday(day))
    )
    hows = {day: [one.get("how") for one in json.loads(signed[day].statement)["matters"]] for day in signed}
    settled = {day: sum(how == DECIDED for how in found) for day, found in hows.items()}
    return Figures(
        days,
        (
            Series(
                Text("review.chart.unsettled"),
                tuple(Datum(len(hows[day]) - settled[day] if day in hows else None) for day in days),
            ),
            Series(Text("review.chart.settled"), tuple(Datum(settled.get(day)) for day in days)),
        ),
    )


CHARTS = (
    Chart("review.due", "calendar", due, span="month"),
    Chart("review.left", "line", left, span="month", needs="review.all"),
)
