"""Visits, meetings and warehouse jobs of the sample department, and the places put in order after them."""

from __future__ import annotations

from datetime import date, timedelta

from cstui_hygiene.kinds import DutyState, Slot
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.stage import Act, Moments, Part


def moments(part: Part) -> Moments:
    """Two or three a week in history; this morning's visit is still to be seen to."""
    found: Moments = []
    for day in part.workdays()[1:-1]:
        if part.random.random() < 0.4:
            found += [(day, "15:00", _used(part, day, "15:00")), (day, "15:09", _done(part, day, "15:45"))]
            found.append((day, "17:10", _done(part, day, "18:00")))
    found.append((part.today, "08:40", _used(part, part.today, "08:40")))
    return found


def _used(part: Part, day: date, clock: str) -> Act:
    async def use() -> None:
        at = part.stage.moment(day, clock)
        raw: dict[str, str] = {"area": part.random.choice(("OF-RV", "OF-RV", "WH-CL", "OF-ME"))}
        if raw["area"] == "OF-ME":
            team = part.teams[day.toordinal() % len(part.teams)]
            begins, ends = at + timedelta(hours=1), at + timedelta(hours=2)
            raw |= {"begins_at": begins.isoformat(), "ended_at": ends.isoformat(), "team": team.code}
        there = await part.at_noon(day)
        if there:
            await part.stage.run("hygiene.used", raw | {"assignee": part.random.choice(there).login}, part.leader(day))

    return use


def _done(part: Part, day: date, until: str) -> Act:
    async def done() -> None:
        due = part.stage.moment(day, until)
        jobs = await DutyAssignment.filter(day=day, slot=Slot.AFTER_USE, state=DutyState.DUE, due_at__lte=due)
        if jobs:
            await part.stage.run("hygiene.enter_done", {}, part.leader(day), target=[job.pk for job in jobs])

    return done
