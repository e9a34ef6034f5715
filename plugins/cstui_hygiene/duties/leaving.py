"""What becomes of somebody's duties when they leave, go on leave, or come back earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import Context, Text
from cstui.people import Absence, Staff
from cstui_hygiene.duties.assigning import amend
from cstui_hygiene.kinds import Basis, DutyState
from cstui_hygiene.models import DutyAssignment

OPEN = (DutyState.DUE, DutyState.EXCUSED)
"""Those that are still somebody's, or may become so again."""


async def left(ctx: Context, people: Sequence[Staff], data: Any) -> Text | None:
    """Who leaves has no duties after the last day: they are nobody's, and asked for."""
    person, day = people[0], data.left_on
    duties = await DutyAssignment.filter(assignee_id=person.pk, state=DutyState.DUE, day__gt=day).order_by("day")
    for duty in duties:
        duty.assignee_id, duty.basis, duty.reckoned, duty.away = None, Basis.NOBODY, "", False
    await DutyAssignment.change(duties, ("assignee_id", "basis", "reckoned", "away"))
    await amend(ctx, duties)
    return Text("hygiene.note.left", person=person.name, count=len(duties)) if duties else None


async def goes_away(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """The duties of those days wait for another; that is asked, and nothing is given away by itself."""
    duties = await DutyAssignment.filter(
        assignee_id=data.staff.pk, state__in=OPEN, day__gte=data.first_day, day__lte=data.last_day
    )
    await _mark(duties, True)
    duties = [duty for duty in duties if duty.state is DutyState.DUE]
    return Text("hygiene.note.away", person=data.staff.name, count=len(duties)) if duties else None


async def comes_back(ctx: Context, rows: Sequence[Absence], data: Any) -> None:
    """Duties on days on which somebody is there after all are theirs again."""
    absence = rows[0]
    duties = await DutyAssignment.filter(
        assignee_id=absence.staff_id, state__in=OPEN, away=True, day__gt=absence.last_day
    )
    others = await Absence.filter(staff_id=absence.staff_id, last_day__gt=absence.last_day)
    await _mark(
        [one for one in duties if not any(other.first_day <= one.day <= other.last_day for other in others)], False
    )


async def _mark(duties: Sequence[DutyAssignment], away: bool) -> None:
    for duty in duties:
        duty.away = away
    await DutyAssignment.change(duties, ("away",))
