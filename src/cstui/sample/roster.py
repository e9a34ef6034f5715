"""The sample department's shifts: three months back, two weeks ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cstui.demo import Stage

SHIFTS = (
    ("day", "行政班", 8 * 60 + 30, 17 * 60 + 30),
    ("early", "早班", 8 * 60, 16 * 60),
    ("late", "中班", 14 * 60, 22 * 60),
    ("night", "夜班", 22 * 60, 32 * 60),
)
"""Code, name, and begin and end in minutes after midnight; the night shift ends on the next day."""
AHEAD = timedelta(days=14)
ROTATING = ("客服一班", "客服二班", "客服三班")


async def fill(stage: Stage) -> None:
    """Shift types, then everybody's duties in one act."""
    for code, name, start, end in SHIFTS:
        await stage.run(
            "people.shift_type", {"code": code, "shift_name": name, "start_minute": str(start), "end_minute": str(end)}
        )
    ctx = await stage.context()
    people, rows = await _people(), []
    day = stage.first
    while day <= stage.today + AHEAD:
        rows += [{"day": day, "staff": login, "shift": shift} for login, shift in _on(people, day, ctx.calendar)]
        day += timedelta(days=1)
    await stage.run_bulk("people.assign_duty", rows)


async def _people() -> list[tuple[str, str]]:
    from cstui.people import Staff

    rows = await Staff.all().order_by("number").select_related("team")
    return [(person.login, person.team.name if person.team else "") for person in rows]


def _on(people: list[tuple[str, str]], day: date, calendar: Any) -> Iterator[tuple[str, str]]:
    """Who works on a day, and which shift: offices on working days, teams in turn, six days on and two off."""
    week = day.toordinal() // 7
    for place, (login, team) in enumerate(people):
        if team in ROTATING:
            if (day.toordinal() + place) % 8 < 6:
                yield login, ("early", "late", "night")[(ROTATING.index(team) + week) % 3]
        elif team in ("前台班", "保洁班"):
            if (day.toordinal() + place) % 7 < 5:
                yield login, "early" if place % 2 else "late"
        elif team in ("运行班", "秩序班"):
            if turn := (day.toordinal() + place) % 4:
                yield login, ("early", "late", "night")[turn - 1]
        elif calendar.is_workday(day):
            yield login, "day"
