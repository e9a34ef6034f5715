"""On which days somebody is there to count and to lock up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tortoise.functions import Max

from cstui.api import Context
from cstui.people import Duty
from cstui_keys.models import CustodyEvent

DAY = timedelta(days=1)
ROSTERED = 7
"""A roster is kept if it has a duty within so many days; then a day without duty is one on which nobody is there."""
LOOK_BACK = 14
"""So many days back the last day of work is looked for."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days around today. `began`: since when keys are kept, None before the first; `ends`: the last shifts' ends.

    `last` is the last day before today on which the site worked and keys were kept already.
    """

    ctx: Context
    began: date | None
    ends: Mapping[date, datetime]

    @classmethod
    async def read(cls, ctx: Context) -> Workdays:
        """Two queries, whatever is kept."""
        first = await CustodyEvent.all().order_by("id").first()
        around = Duty.filter(day__gte=ctx.today - (LOOK_BACK + ROSTERED) * DAY, day__lte=ctx.today + ROSTERED * DAY)
        rows = await around.annotate(ends=Max("end_at")).group_by("day").values_list("day", "ends")
        return cls(ctx, ctx.local(first.at).date() if first else None, {day: moment_of(ends) for day, ends in rows})

    def works_on(self, day: date) -> bool:
        """Whether the site works that day: by the roster, or by the calendar where no roster is kept."""
        if any(abs(one - day) <= ROSTERED * DAY for one in self.ends):
            return day in self.ends
        return self.ctx.calendar.is_workday(day)

    def closing_time(self, day: date) -> datetime | None:
        """When the last shift of a day ends, perhaps on the next; None for a day on which nobody works.

        Where no roster is kept, a working day ends at its midnight.
        """
        if not self.works_on(day):
            return None
        return self.ends.get(day) or self.ctx.moment(day, 24 * 60)

    @property
    def last(self) -> date | None:
        days = (self.ctx.today - back * DAY for back in range(1, LOOK_BACK + 1))
        return next((day for day in days if self.began and day >= self.began and self.works_on(day)), None)


def moment_of(value: datetime | str) -> datetime:
    """An aggregate's moment: SQLite hands it out as it is stored."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
