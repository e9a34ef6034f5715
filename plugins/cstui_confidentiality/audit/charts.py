"""Findings week by week."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text
from cstui_confidentiality.models import AuditFinding

SEVERITIES = ("critical", "warning", "info")


async def by_week(ctx: Context, period: Period) -> Figures:
    """How many matters each week had, by the week's Monday and how grave they are."""
    found: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = AuditFinding.filter(day__gte=period.first, day__lte=period.last)
    for pk, day, severity in await rows.order_by("id").values_list("id", "day", "severity"):
        found[severity][_monday(day)].append(pk)
    weeks = tuple(dict.fromkeys(_monday(day) for day in period.days)) if found else ()
    series = (
        Series(Text(f"severity.{severity}"), tuple(Datum(len(by[week]), tuple(by[week])) for week in weeks))
        for severity in SEVERITIES
        if (by := found.get(severity))
    )
    return Figures(weeks, tuple(series), register="confidentiality.findings")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


CHARTS = (Chart("confidentiality.findings_by_week", "bars", by_week, span="month", needs="confidentiality.audit"),)
