"""Plants of the sample department: watered by the day shift, forgotten yesterday."""

from __future__ import annotations

from datetime import date

from cstui_hygiene.roster import DAY
from cstui_hygiene.stage import Act, Moments, Part

FRIDAY = 4


def moments(part: Part) -> Moments:
    """The plants' area is entered at 9:00 of the first day; the day before today nobody waters."""
    found: Moments = []
    for day in part.days():
        forgotten = day >= part.today - DAY or part.random.random() < 0.03
        if not forgotten:
            found.append((day, "10:20", _cared(part, "hygiene.water_plants", day)))
        if day.weekday() == FRIDAY and day < part.today:
            found.append((day, "14:40", _cared(part, "hygiene.clean_leaves", day)))
    return found


def _cared(part: Part, act: str, day: date) -> Act:
    async def care() -> None:
        if there := await part.at_noon(day):
            person = part.random.choice(there).login
            await part.stage.run(act, {"done_by": person, "day": f"{day}"}, person)

    return care
