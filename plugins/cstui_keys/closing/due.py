"""The evening's check that nobody made (keys-32)."""

from __future__ import annotations

from datetime import date, datetime

from cstui.api import Context, DueItem, Text, utc
from cstui_keys.models import ClosingCheck
from cstui_keys.workdays import Workdays


async def closing_due(ctx: Context, days: Workdays) -> list[DueItem]:
    """Today's check once the last shift is over, and that of the last day of work where it wasn't made."""
    owed = [("closing", ctx.today), ("closing_missed", days.last)]
    over = {day: ends for _, day in owed if day and days.began and (ends := days.closing_time(day))}
    made = {*await ClosingCheck.filter(day__in=[*over]).values_list("day", flat=True)} if over else set()
    return [
        _item(word, day, over[day], day == days.to_close)
        for word, day in owed
        if day in over and day not in made and ctx.rule("keys-32", day).on and utc(ctx.now) >= over[day]
    ]


def _item(word: str, day: date, ends: datetime, still: bool) -> DueItem:
    """`still`: a check made now is that day's."""
    return DueItem(
        id=f"keys.{word}.{day}",
        severity="warning",
        title=Text(f"keys.due.{word}", day=day),
        rule="keys-32",
        due=ends,
        state=Text("keys.state.not_closed"),
        register="keys.closings",
        actions=("keys.close_day",) if still else (),
        proof=(Text("keys.proof.last_shift", ends=ends, day=day), *(() if still else (Text("keys.proof.day_gone"),))),
    )
