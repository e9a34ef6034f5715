"""On which days somebody is there to count and to lock up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tortoise.functions import Max, Min

from cstui.api import Context, utc
from cstui.people import Duty
from cstui_keys.models import CustodyEvent

DAY = timedelta(days=1)
ROSTERED = 7
"""A roster is kept if it has a duty within so many days; then a day without duty is one on which nobody is there."""
LOOK_BACK = 14
"""So many days back the last day of work is looked for."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days around today. `began`: since when keys are kept, None before the first.

    `shifts`: when the first shift of a day begins and its last one ends. `last` is the last day before today on which
    the site worked and keys were kept already.
    """

    ctx: Context
    began: date | None
    shifts: Mapping[date, tuple[datetime, datetime]]

    @classmethod
    async def read(cls, ctx: Context) -> Workdays:
        """Two queries, whatever is kept."""
        first = await CustodyEvent.all().order_by("id").first()
        around = Duty.filter(day__gte=ctx.today - (LOOK_BACK + ROSTERED) * DAY, day__lte=ctx.today + ROSTERED * DAY)
        days = around.annotate(begins=Min("start_at"), ends=Max("end_at")).group_by("day")
        rows = await days.values_list("day", "begins", "ends")
        shifts = {day: (moment_of(begins), moment_of(ends)) for day, begins, ends in rows}
        return cls(ctx, ctx.local(first.at).date() if first else None, shifts)

    def works_on(self, day: date) -> bool:
        """Whether the site works that day: by the roster, or by the calendar where no roster is kept."""
        if any(abs(one - day) <= ROSTERED * DAY for one in self.shifts):
            return day in self.shifts
        return self.ctx.calendar.is_workday(day)

    def closing_time(self, day: date) -> datetime | None:
        """When the last shift of a day ends, perhaps on the next; None for a day on which nobody works.

        Where no roster is kept, a working day ends at its midnight.
        """
        if not self.works_on(day):
            return None
        return self.shifts[day][1] if day in self.shifts else self.ctx.moment(day, 24 * 60)

    @property
    def to_close(self) -> date:
        """The day whose shifts began last: after midnight it is still yesterday until somebody's shift begins."""
        today, yesterday = self.ctx.today, self.ctx.today - DAY
        begun = today in self.shifts and self.shifts[today][0] <= utc(self.ctx.now)
        return yesterday if yesterday in self.shifts and not begun else today

    @property
    def last(self) -> date | None:
        days = (self.ctx.today - back * DAY for back in range(1, LOOK_BACK + 1))
        return next((day for day in days if self.began and day >= self.began and self.works_on(day)), None)


def moment_of(value: datetime | str) -> datetime:
    """An aggregate's moment: SQLite hands it out as it is stored."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
