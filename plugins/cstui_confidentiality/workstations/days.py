"""On which days a computer is used, and so scanned: read once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cstui.api import Context
from cstui.people import Absence, Duty
from cstui_confidentiality.models import Workstation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Who works on which days. A day without any shift is one of work if the calendar says so."""

    ctx: Context
    rostered: Mapping[date, frozenset[int]]
    away: Mapping[int, list[tuple[date, date]]]

    @classmethod
    async def read(cls, ctx: Context, first: date, last: date) -> Days:
        """First and last day included; two queries."""
        rostered: dict[date, set[int]] = defaultdict(set)
        for day, staff in await Duty.filter(day__gte=first, day__lte=last).values_list("day", "staff_id"):
            rostered[day].add(staff)
        away: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for absence in await Absence.filter(first_day__lte=last, last_day__gte=first):
            away[absence.staff_id].append((absence.first_day, absence.last_day))
        return cls(ctx, {day: frozenset(people) for day, people in rostered.items()}, away)

    def used(self, pc: Workstation, day: date) -> bool:
        """Whether whoever sits there works on a day; at nobody's desk: whether anybody does."""
        if day < pc.first_day or (pc.last_day and day > pc.last_day):
            return False
        working = self.rostered.get(day)
        user = pc.seat_user
        if user is None or (user.left_on and user.left_on < day):
            return working is not None or self.ctx.calendar.is_workday(day)
        if any(first <= day <= last for first, last in self.away.get(user.pk, ())):
            return False
        return user.pk in working if working is not None else self.ctx.calendar.is_workday(day)


def due_at(ctx: Context, day: date) -> datetime:
    """When a day's scan is due, by the figure of that day."""
    hour, minute = ctx.rule("confidentiality-19", day).scan_due.split(":")
    return ctx.moment(day, 60 * int(hour) + int(minute))
