"""The board of the quarter that has ended (rewards-45)."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Context, DueItem, Text
from cstui_rewards.honours.papers import quarter_of
from cstui_rewards.models import HonourEntry


async def quarters_due(ctx: Context) -> list[DueItem]:
    """On the first working day of a quarter: the best of the one before, if anybody was honoured in it."""
    rule = ctx.rule("rewards-45")
    first = ctx.today.replace(month=(ctx.today.month - 1) // 3 * 3 + 1, day=1)
    before = first - timedelta(days=1)
    if not (rule.on and rule.quarter_board) or ctx.today != ctx.calendar.add_workdays(before, 1):
        return []
    began = before.replace(month=before.month - 2, day=1)
    held = HonourEntry.filter(day__gte=began, day__lte=before, annulled_at=None).order_by("id")
    records = tuple(int(str(one)) for one in await held.values_list("id", flat=True))
    if not records:
        return []
    return [
        DueItem(
            id=f"rewards.quarter.{quarter_of(before)}",
            severity="info",
            title=Text("rewards.due.quarter_board", quarter=quarter_of(before)),
            rule=rule.id,
            due=ctx.moment(ctx.today, 24 * 60),
            state=Text("rewards.state.to_put_up"),
            register="rewards.honours",
            records=records,
        )
    ]
