"""By when a defect is put right, and how that came about (hygiene-05, hygiene-06, hygiene-47)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cstui.api import Context, Text, utc
from cstui_hygiene.kinds import DefectState, Item
from cstui_hygiene.models import HygieneDefect
from cstui_hygiene.sheets import LOOKS


def due_of(ctx: Context, item: Item, since: datetime) -> datetime:
    """Litter and what fell down within minutes; anything else until the end of so many days of work (hygiene-47)."""
    day = ctx.local(since).date()
    if at_once := LOOKS[item].due:
        within: timedelta = getattr(ctx.rule(LOOKS[item].rules[0], day), at_once)
        return utc(since) + within
    return ctx.moment(ctx.calendar.add_workdays(day, ctx.rule("hygiene-47", day).defect_due), 24 * 60)


def proof_of(ctx: Context, defect: HygieneDefect) -> Text:
    """How its due time came about."""
    day = ctx.local(defect.counted_from).date()
    if at_once := LOOKS[defect.item].due:
        within = getattr(ctx.rule(LOOKS[defect.item].rules[0], day), at_once)
        return Text("hygiene.proof.at_once", since=defect.counted_from, within=within, due=defect.due_at)
    days = ctx.rule("hygiene-47", day).defect_due
    return Text("hygiene.proof.workdays", since=defect.counted_from, days=days, due=defect.due_at)


def is_overdue(ctx: Context, defect: HygieneDefect) -> bool:
    """Whether the clock says that it wasn't put right in time."""
    rule = ctx.rule("hygiene-47")
    return rule.on and defect.state is DefectState.OPEN and utc(ctx.now) > defect.due_at
