# Frozen: written for version 1 of the contract. Never edit: it must run with every later program of that version.
"""The day by the hour: who is on duty when. No kind of chart has hours across, so this page draws its own."""

from collections import Counter

from cstui.api import Area, Piece, Text, View, ViewLine
from cstui.people import Duty

NAME = 14
"""Cells for a person's name."""
WORDS = {
    "en": {"title": "Hours", "view.hours": "Who is on duty when", "there": "on duty"},
    "zh_CN": {"title": "时段", "view.hours": "当日在岗时段", "there": "在岗人数"},
}


async def hours(ctx, width):
    room = max(1, (width - NAME) // 24)
    there = Counter()
    heads = (Piece("" if hour % 3 else f"{hour}", "head", room) for hour in range(24))
    lines = [ViewLine((Piece("", cells=NAME), *heads))]
    duties = Duty.filter(start_at__lt=_at(ctx, 24), end_at__gt=_at(ctx, 0)).select_related("staff")
    async for duty in duties.order_by("start_at", "staff__name"):
        on = [hour for hour in range(24) if duty.start_at < _at(ctx, hour + 1) and duty.end_at > _at(ctx, hour)]
        there.update(on)
        bar = (Piece("=" * room, "accent") if hour in on else Piece("." * room, "dim") for hour in range(24))
        lines.append(ViewLine((Piece(duty.staff.name, cells=NAME), *bar), "people.staff", duty.staff_id))
    sums = (Piece(there[hour] or "", "strong", room) for hour in range(24))
    return [*lines, ViewLine(), ViewLine((Piece(Text("hours.there"), "strong", NAME), *sums))]


def _at(ctx, hour):
    return ctx.moment(ctx.today, hour * 60)


AREA = Area("hours", strings=WORDS, views=(View("hours.hours", hours, needs="people.look"),))
