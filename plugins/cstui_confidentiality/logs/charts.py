"""When people sign in, beside when the roster has them on duty."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text
from cstui.people import Duty
from cstui_confidentiality.kinds import EventKind
from cstui_confidentiality.models import AccessEvent

HOURS = range(24)


async def by_hour(ctx: Context, period: Period) -> Figures:
    """Logins of each hour of the day, and how many shifts of the period cover that hour."""
    first, last = ctx.moment(period.first), ctx.moment(period.last + timedelta(days=1))
    logins: Counter[int] = Counter()
    for hour in range(int((last - first) / timedelta(hours=1)) + 1):
        begin = first + timedelta(hours=hour)
        if begin >= last:
            break
        count = await AccessEvent.filter(
            kind=EventKind.LOGIN, at__gte=begin, at__lt=min(begin + timedelta(hours=1), last)
        ).count()
        logins[ctx.local(begin).hour] += count
    shifts: Counter[int] = Counter()
    for duty in await Duty.filter(day__gte=period.first, day__lte=period.last):
        at = duty.start_at
        while at < duty.end_at:
            shifts[ctx.local(at).hour] += 1
            at += timedelta(hours=1)
    if not logins.total():
        return Figures((), ())
    return Figures(
        tuple(f"{hour:02}" for hour in HOURS),
        (
            Series(Text("confidentiality.field.logins"), tuple(Datum(logins[hour]) for hour in HOURS)),
            Series(Text("confidentiality.field.shifts"), tuple(Datum(shifts[hour]) for hour in HOURS)),
        ),
        register="confidentiality.events",
    )


CHARTS = (Chart("confidentiality.logins_by_hour", "bars", by_hour, span="week", needs="confidentiality.audit"),)
