"""The evening's check that nobody made (keys-32)."""

from __future__ import annotations

from datetime import date, datetime

from cstui.api import Context, DueItem, Text, utc
from cstui.people import duty_on
from cstui_keys.models import ClosingCheck, CustodyEvent
from cstui_keys.workdays import last_day_of_work, works_on


async def closing_due(ctx: Context) -> list[DueItem]:
    """Today's check once the last shift is over, and that of the last day of work where it wasn't made."""
    rule = ctx.rule("keys-32")
    if not rule.on or not await CustodyEvent.all().exists():
        return []
    found = []
    ends = await closing_time(ctx, ctx.today)
    if ends and utc(ctx.now) >= ends and not await ClosingCheck.filter(day=ctx.today).exists():
        found.append(_item("closing", ctx.today, ends))
    before = await last_day_of_work(ctx)
    if before and not await ClosingCheck.filter(day=before).exists():
        ends = await closing_time(ctx, before)
        if ends and utc(ctx.now) >= ends:
            found.append(_item("closing_missed", before, ends))
    return found


async def closing_time(ctx: Context, day: date) -> datetime | None:
    """When the last shift of a day ends, perhaps on the next; None for a day on which nobody works.

    Where no roster is kept, a working day ends at its midnight.
    """
    if not await works_on(ctx, day):
        return None
    return max((duty.end_at for duty in await duty_on(day)), default=ctx.moment(day, 24 * 60))


def _item(word: str, day: date, ends: datetime) -> DueItem:
    return DueItem(
        id=f"keys.{word}.{day}",
        severity="warning",
        title=Text(f"keys.due.{word}", day=day),
        rule="keys-32",
        due=ends,
        state=Text("keys.state.not_closed"),
        register="keys.closings",
        actions=("keys.close_day",),
        proof=(Text("keys.proof.last_shift", ends=ends, day=day),),
    )
