"""Praise that waits for the next morning meeting (rewards-43)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text
from cstui_rewards.models import Praise


async def praises_due(ctx: Context) -> list[DueItem]:
    """Read out on the working day after; a warning once that day is over."""
    if not ctx.rule("rewards-43").on:
        return []
    rows = await Praise.filter(read_out_at=None).order_by("day", "id").select_related("staff")
    if not rows:
        return []
    meeting = ctx.calendar.add_workdays(rows[0].day, 1)
    return [
        DueItem(
            id=f"rewards.praise.{rows[0].pk}",
            severity="warning" if ctx.today > meeting else "info",
            title=Text("rewards.due.praise", people=[one.staff.name for one in rows]),
            rule="rewards-43",
            due=ctx.moment(meeting, 24 * 60),
            state=Text("rewards.state.to_read_out"),
            register="rewards.praises",
            records=tuple(one.pk for one in rows),
            actions=("rewards.read_out",),
            proof=tuple(Text("rewards.proof.praise", person=one.staff.name, words=one.words) for one in rows),
            mine=ctx.may("rewards.nominate"),
        )
    ]
