"""The rota of a month as a plan: whose duty it is on which day, how it stands, and why it is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from cstui.api import Chart, Context, Period, Plan, PlanMark, PlanRow, Severity, Text, Verbatim, choice
from cstui.people import Staff
from cstui_hygiene.duties.state import is_missed, lateness
from cstui_hygiene.kinds import DutyState, RotaState, Slot
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.roster import Roster
from cstui_hygiene.rota.why import why

NOBODY = 0
RANK = ("missed", "nobody", "due", "made_up", "done")
"""What is shown of several duties of one day: the one that most needs to be looked at."""
LOOKS: dict[str, Severity] = {"missed": "critical", "nobody": "critical", "made_up": "warning"}


async def rota_plan(ctx: Context, period: Period) -> Plan:
    """Everybody who has a duty in the period, by staff number, with the days on which they are absent."""
    rows = DutyAssignment.filter(day__gte=period.first, day__lte=period.last).exclude(state=DutyState.EXCUSED)
    rows = rows.exclude(slot=Slot.AFTER_USE)
    duties = await rows.select_related("area", "assignee", "done_by", "rota", "swap_of__assignee").order_by("due_at")
    roster = await Roster.read(ctx, period.first, period.last)
    there = {day: {one.staff.pk for one in roster.working(day)} for day in period.days}
    by: dict[int, dict[date, list[DutyAssignment]]] = defaultdict(lambda: defaultdict(list))
    people: dict[int, Staff] = {}
    for duty in duties:
        person = duty.done_by or duty.assignee
        if person:
            people[person.pk] = person
        by[person.pk if person else NOBODY][duty.day].append(duty)
    made = []
    for pk in sorted(by, key=lambda pk: (pk != NOBODY, people[pk].number if pk in people else "")):
        marks = {
            day: PlanMark(Text("hygiene.sign.away"), (choice("hygiene", "away"),))
            for day in period.days
            if roster.absent(pk, day)
        }
        marks |= {day: _mark(ctx, some, roster.absent(pk, day)) for day, some in by[pk].items()}
        free = frozenset(day for day in period.days if pk not in there[day]) if pk else frozenset()
        made.append(PlanRow(_name(people.get(pk), sum(map(len, by[pk].values()))), marks, free))
    return Plan(tuple(made), Text("hygiene.sign.legend"), register="hygiene.duties")


def _name(person: Staff | None, count: int) -> Text:
    """A row's name with the number of its duties: whether all have as many is seen at a glance."""
    return Text(
        "hygiene.sign.name", person=Verbatim(person.name) if person else choice("hygiene", "nobody"), count=count
    )


def _word(ctx: Context, duty: DutyAssignment) -> str:
    if is_missed(ctx, duty):
        return "missed"
    if duty.state is DutyState.DUE:
        return "due" if duty.assignee_id else "nobody"
    return "made_up" if duty.state is DutyState.MADE_UP else "done"


def _mark(ctx: Context, duties: Sequence[DutyAssignment], absent: bool) -> PlanMark:
    """The duties of one person and day."""
    first = min(duties, key=lambda duty: RANK.index(_word(ctx, duty)))
    word = _word(ctx, first)
    sign = first.slot.value if word == "due" else word
    told = [Text("hygiene.sign.told", duties=[_told(ctx, duty) for duty in duties])]
    for duty in duties:
        told += why(duty)
        if duty.swap_of and duty.swap_of.assignee:
            told.append(Text("hygiene.sign.instead", person=Verbatim(duty.swap_of.assignee.name)))
        if duty.moved_from:
            told.append(Text("hygiene.proof.moved", meant=duty.moved_from, day=duty.day))
    severity: Severity | None = "warning" if absent and word == "due" else LOOKS.get(word)
    return PlanMark(
        Text("hygiene.sign.absent_due" if absent and word == "due" else f"hygiene.sign.{sign}"), tuple(told), severity,
        tuple(duty.pk for duty in duties),
    )  # fmt: skip


def _told(ctx: Context, duty: DutyAssignment) -> Text:
    word = _word(ctx, duty)
    state = choice("hygiene", duty.state.value if word in ("due", "done", "nobody") else word)
    if duty.rota and duty.rota.state is RotaState.DRAFT:
        state = choice("hygiene", "draft")
    late = lateness(ctx, duty)
    return Text(
        "hygiene.sign.duty_late" if late is not None else "hygiene.sign.duty",
        area=Verbatim(duty.area.name), slot=choice("hygiene", duty.slot.value), state=state, due=duty.due_at, late=late,
    )  # fmt: skip


CHARTS = (Chart("hygiene.rota_plan", "plan", rota_plan, span="month"),)
