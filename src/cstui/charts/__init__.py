"""Charts: which there are, of which days, and what an area's function gave, checked before anything is painted."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cstui.charts.table import Answer, Table, as_json, dated, day_of, plain, table
from cstui.contract.chart import ANSWERS, Chart, Figures, Period
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.host import Host

__all__ = [
    "LONGEST", "Answer", "Table", "as_json", "chart_of", "charts_of", "dated", "day_of", "drawn", "moved", "needs",
    "period_of", "plain", "table",
]  # fmt: skip

LONGEST = 3_660
"""Days that a chart is asked for at most."""
WEEK = timedelta(days=7)


def charts_of(host: Host, ctx: Context) -> list[Chart]:
    """The charts that this actor may see."""
    return [chart for chart in host.charts.values() if ctx.may(needs(chart))]


def needs(chart: Chart) -> str:
    """The permission to see a chart."""
    return chart.needs or f"{chart.area}.look"


def chart_of(host: Host, ctx: Context, chart_id: str) -> Chart:
    """The chart by id. Raises BadInput with those there are, NotPermitted if this actor may not see it."""
    chart = host.charts.get(chart_id)
    if chart is None:
        raise BadInput("charts.unknown", field="chart", value=chart_id, charts=", ".join(host.charts))
    if not ctx.may(needs(chart)):
        raise NotPermitted("engine.not_permitted", value=needs(chart))
    return chart


def period_of(chart: Chart, day: date) -> Period:
    """The period of a chart in which a day lies: its week (from Monday), its month, or only that day."""
    if chart.span == "week":
        first = day - timedelta(days=day.weekday())
        return Period(first, first + WEEK - timedelta(days=1))
    if chart.span == "month":
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Period(day, day)


def moved(chart: Chart, period: Period, step: int) -> Period:
    """The period before (-1) or after (1); the same one where the calendar ends."""
    try:
        day = period.first - timedelta(days=1) if step < 0 else period.last + timedelta(days=1)
        return period if chart.span == "now" else period_of(chart, day)
    except OverflowError:
        return period


async def drawn(host: Host, ctx: Context, chart: Chart, period: Period) -> Answer:
    """What the chart shows of these days. Raises BadInput for too many or none, TypeError and ValueError for an
    answer that can't be painted, and whatever the area's function raises."""
    if not timedelta(0) <= period.last - period.first < timedelta(days=LONGEST):
        raise BadInput("charts.days", field="to", value=period.last, most=LONGEST)
    answer = await chart.fn(ctx, period)
    if not isinstance(answer, ANSWERS[chart.kind]):
        wanted = ANSWERS[chart.kind].__name__
        raise TypeError(
            Text("charts.gave", value=type(answer).__name__, chart=chart.id, kind=chart.kind, wanted=wanted)
        )
    if isinstance(answer, Figures) and any(len(one.data) != len(answer.labels) for one in answer.series):
        raise ValueError(Text("charts.uneven", value=chart.id))
    register = getattr(answer, "register", "")
    if register and register not in host.registers:
        raise ValueError(Text("charts.no_register", value=register, chart=chart.id))
    return answer
