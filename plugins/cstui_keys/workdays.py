"""On which days somebody is there to count and to lock up."""

from __future__ import annotations

from datetime import date, timedelta

from cstui.api import Context
from cstui.people import Duty
from cstui_keys.models import CustodyEvent

DAY = timedelta(days=1)
ROSTERED = timedelta(days=7)
"""A roster is kept if it has a duty within so many days; then a day without duty is one on which nobody is there."""
LOOK_BACK = 14
"""So many days back the last day of work is looked for."""


async def works_on(ctx: Context, day: date) -> bool:
    """Whether the site works that day: by the roster, or by the calendar where no roster is kept."""
    if await Duty.filter(day=day).exists():
        return True
    if await Duty.filter(day__gte=day - ROSTERED, day__lte=day + ROSTERED).exists():
        return False
    return ctx.calendar.is_workday(day)


async def last_day_of_work(ctx: Context) -> date | None:
    """The last day before today on which the site worked and keys were kept already."""
    first = await CustodyEvent.all().order_by("id").first()
    for back in range(1, LOOK_BACK + 1):
        day = ctx.today - back * DAY
        if first is None or day < ctx.local(first.at).date():
            return None
        if await works_on(ctx, day):
            return day
    return None
