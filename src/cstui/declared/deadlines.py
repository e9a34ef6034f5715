"""By when a record is due: so long after a day or moment in it, or again and again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from cstui.contract.context import Context
from cstui.declared.figures import WEEKDAYS, minutes
from cstui.declared.file import DueTable
from cstui.declared.kept import Kept

DAY = timedelta(days=1)
AHEAD = DAY
"""So long before it is due a record stands in Today."""
LONGEST = 12
"""Days over which the holidays of the country stretch at most, and a working day beside them."""


def due_of(kept: Kept, ctx: Context, row: Any) -> datetime | None:
    """The moment by which a record is due (UTC); None where nothing tells, or its rule is switched off."""
    due = kept.table.due
    base = getattr(row, due.field or due.day) if due else None
    if due is None or base is None:
        return None
    day = ctx.local(base).date() if isinstance(base, datetime) else base
    if not ctx.rule(kept.rule(due.rule), day).on:
        return None
    return _after(kept, ctx, due, base, day) if due.field else moment_of(kept, ctx, day)


def late(kept: Kept, due: datetime, at: datetime) -> bool:
    """A length of time is over when more than it has passed; what is due by nine is late at nine."""
    assert kept.table.due
    return at > due if kept.table.due.field else at >= due


def _after(kept: Kept, ctx: Context, due: DueTable, base: Any, day: date) -> datetime:
    """So much time after a moment, or after the end of a day; or on the n-th working day after it."""
    after = kept.figure(ctx, due.after, day)
    start: datetime = base if isinstance(base, datetime) else ctx.moment(base, 24 * 60)
    if isinstance(after, timedelta):
        return start + after
    last = ctx.calendar.add_workdays(day, after)
    if not isinstance(base, datetime):
        return ctx.moment(last, 24 * 60)
    there = ctx.local(base)
    rest = timedelta(seconds=there.second, microseconds=there.microsecond)
    return ctx.moment(last, there.hour * 60 + there.minute) + rest


def moment_of(kept: Kept, ctx: Context, day: date) -> datetime:
    """When what is due on a day is due: at its time, if need be on the next working day."""
    due = kept.table.due
    assert due
    at = minutes(kept.figure(ctx, due.at, day))
    if due.shift and kept.figure(ctx, due.shift, day) and not ctx.calendar.is_workday(day):
        day = ctx.calendar.add_workdays(day, 1)
    return ctx.moment(day, at)


def falls_on(kept: Kept, ctx: Context, day: date) -> bool:
    """Whether something is due for this day."""
    due = kept.table.due
    assert due and due.since
    return day >= due.since and _recurs(kept, ctx, due, day) and ctx.rule(kept.rule(due.rule), day).on


def _recurs(kept: Kept, ctx: Context, due: DueTable, day: date) -> bool:
    if due.every == "workday":
        return ctx.calendar.is_workday(day)
    on = kept.figure(ctx, due.on, day)
    if due.every == "week":
        return bool(WEEKDAYS[day.weekday()] == on)
    return bool(day.day == min(max(on, 1), monthrange(day.year, day.month)[1]))


def days(kept: Kept, ctx: Context, there: Container[Any]) -> Iterator[date]:
    """The days for which something was due until now, or is soon, but for those that are there."""
    due = kept.table.due
    assert due and due.since
    for number in range((ctx.today - due.since).days + LONGEST):
        day = due.since + number * DAY
        if day not in there and falls_on(kept, ctx, day) and _seen_from(ctx, due, day) <= ctx.now:
            yield day


def _seen_from(ctx: Context, due: DueTable, day: date) -> datetime:
    """What is due each working day stands in Today on that day, anything else on the working day before, too."""
    return ctx.moment(day if due.every == "workday" else ctx.calendar.add_workdays(day, -1))


def near(kept: Kept, ctx: Context, day: date) -> list[date]:
    """The days before and after, within two months, for which something is due."""
    found = (next((d for n in range(1, 63) if falls_on(kept, ctx, d := day + n * step)), None) for step in (-DAY, DAY))
    return [one for one in found if one]
