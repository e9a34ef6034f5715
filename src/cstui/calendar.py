"""Working days: the country's calendar with its make-up workdays, and the site's own exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Why = Literal["workday", "makeup", "weekend", "holiday", "site_work", "site_off"]
DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """One day on the way to a deadline: whether it counted, and why."""

    day: date
    counts: bool
    why: Why


class Calendar:
    """Working days of China, changed by `exceptions` (day → is it a working day).

    A year whose holidays haven't been announced counts Monday to Friday; `published` says so.
    """

    def __init__(self, exceptions: Mapping[date, bool] | None = None) -> None:
        self.exceptions = dict(exceptions or {})

    def published(self, day: date) -> bool:
        """Whether the holidays of this day's year are known."""
        from chinese_calendar.constants import holidays

        return date(day.year, 10, 1) in holidays  # the National Day: a year's holidays are announced all at once

    def why(self, day: date) -> Why:
        """Why a day is, or isn't, a working day."""
        if day in self.exceptions:
            return "site_work" if self.exceptions[day] else "site_off"
        from chinese_calendar.constants import holidays, workdays

        if day in workdays:
            return "makeup"
        if day in holidays:
            return "holiday"
        return "weekend" if day.weekday() >= SATURDAY else "workday"

    def is_workday(self, day: date) -> bool:
        return self.why(day) in {"workday", "makeup", "site_work"}

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after (before, if negative) a day; 0 gives the day itself."""
        step = DAY if count >= 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`."""
        return sum(self.is_workday(first + DAY * n) for n in range(1, (last - first).days + 1))

    def proof(self, first: date, count: int) -> list[Counted]:
        """Day by day how a deadline of `count` working days after (before, if negative) `first` came about."""
        step = DAY if count >= 0 else -DAY
        days = [first + step * n for n in range(1, abs((self.add_workdays(first, count) - first).days) + 1)]
        return [Counted(day, self.is_workday(day), self.why(day)) for day in days]
