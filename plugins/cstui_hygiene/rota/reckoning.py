"""The rota of a period reckoned from the store: what everybody did in the last year, and whose turn is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tortoise.expressions import Q

from cstui.api import Context, utc
from cstui.people import Absence, Staff
from cstui_hygiene.kinds import Crew, DutyState
from cstui_hygiene.models import CleaningArea, DutyAssignment
from cstui_hygiene.roster import ORGANISE, Roster
from cstui_hygiene.rota.jobs import Job, may_do
from cstui_hygiene.rota.planning import Choice, Day, Turn, plan
from cstui_hygiene.rota.why import reckoned

DAY = timedelta(days=1)
MEMORY = timedelta(days=366)
"""Duties of so long ago still count."""
DID = (DutyState.DONE, DutyState.VERIFIED, DutyState.MADE_UP)
KEEPER = Crew.NAMED


@dataclass(frozen=True, slots=True)
class Past:
    """Who is concerned, and the days before a period with the duties that count."""

    people: Mapping[int, Staff]
    days: tuple[Day, ...]
    begun: frozenset[int]
    """Those who had a duty at all: others are new, and owe nothing for the time before."""

    @property
    def numbers(self) -> dict[int, str]:
        return {pk: person.number for pk, person in self.people.items()}

    @property
    def names(self) -> dict[int, str]:
        return {pk: person.name for pk, person in self.people.items()}


async def past(ctx: Context, first: date) -> Past:
    """The duties of the year before a day: for those who did them, or who have them still before them (3 queries)."""
    people = {person.pk: person for person in await Staff.all()}
    counted = Q(state__in=DID) | Q(state=DutyState.DUE, due_at__gt=utc(ctx.now))
    rows = (
        await DutyAssignment.filter(counted, day__gte=first - MEMORY, day__lt=first)
        .exclude(area__crew=KEEPER)
        .order_by("day", "id")
        .values_list("day", "slot", "done_by_id", "assignee_id")
    )
    turns: dict[date, list[Turn]] = defaultdict(list)
    begins: dict[int, date] = {}
    for day, slot, done_by, assignee in rows:
        person = done_by or assignee
        if person is not None:
            turns[day].append(Turn(None, slot, taken=person))
            begins.setdefault(person, day)
    away = await absences(first - MEMORY, first - DAY)
    days = []
    for day in sorted(turns):
        absent = {person for person, spans in away.items() if any(one <= day <= other for one, other in spans)}
        there = frozenset(person for person, begin in begins.items() if begin <= day and person not in absent)
        days.append(Day(day, tuple(turns[day]), there, frozenset(people) - there))
    return Past(people, tuple(days), frozenset(begins))


async def absences(first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """Of everybody the absences that touch a period."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for absence in await Absence.filter(first_day__lte=last, last_day__gte=first):
        found[absence.staff_id].append((absence.first_day, absence.last_day))
    return found


def day_of(roster: Roster, history: Past, day: date, turns: Iterable[Turn]) -> Day:
    """A day to be planned."""
    there = frozenset(one.staff.pk for one in roster.working(day) if not roster.holds(one.staff.pk, ORGANISE, day))
    away = frozenset(
        pk for pk, person in history.people.items() if roster.absent(pk, day) or not roster.employed(person, day)
    )
    return Day(day, tuple(turns), there, away)


def choices(
    roster: Roster, history: Past, wanted: Iterable[Job], taken: Mapping[date, Sequence[Turn]]
) -> dict[Hashable, Choice]:
    """Whose turn each job is; `taken` are the duties of those days that somebody has already."""
    turns: dict[date, list[Turn]] = defaultdict(list, {day: list(some) for day, some in taken.items()})
    for job in wanted:
        turns[job.day].append(Turn(job.key, job.slot, job.among, counts=job.area.crew is not KEEPER))
    return plan(history.numbers, [*history.days, *(day_of(roster, history, day, turns[day]) for day in sorted(turns))])


def evidence(roster: Roster, history: Past, job_day: date, team_id: int | None, choice: Choice) -> str:
    """What is kept of a choice: with it those of the pool who are absent."""
    absent = [one.staff.pk for one in roster.pool(job_day, team_id) if roster.absent(one.staff.pk, job_day)]
    return reckoned(choice, history.names, dict.fromkeys(absent))


def taken_by(duties: Iterable[DutyAssignment]) -> dict[date, list[Turn]]:
    """Duties that somebody has, by day; those that are excused are nobody's."""
    found: dict[date, list[Turn]] = defaultdict(list)
    for duty in duties:
        person = duty.done_by_id or duty.assignee_id
        if person is not None and duty.state is not DutyState.EXCUSED:
            counts = duty.area.crew is not KEEPER
            found[duty.day].append(Turn(("taken", duty.pk), duty.slot, taken=person, counts=counts))
    return found


@dataclass(frozen=True, slots=True)
class Next:
    """Who would be next for a duty, and how that was found; nobody: all who could are away or busy."""

    person: Staff | None
    reckoned: str


async def next_for(ctx: Context, duties: Sequence[DutyAssignment], roster: Roster | None = None) -> list[Next]:
    """For each of these duties (with their areas) who would be next in turn if its assignee didn't do it."""
    if not duties:
        return []
    first, last = min(duty.day for duty in duties), max(duty.day for duty in duties)
    roster = roster or await Roster.read(ctx, first, last)
    history = await past(ctx, first)
    asked = {pk for duty in duties for pk in (duty.pk, duty.swap_of_id)}
    others = await DutyAssignment.filter(day__gte=first, day__lte=last).select_related("area")
    wanted: dict[date, list[Turn]] = defaultdict(list, taken_by(one for one in others if one.pk not in asked))
    for number, duty in enumerate(duties):
        among = may_do(ctx, duty.area, duty.slot, roster, duty.day, _stand_in(duty.area)) - {duty.assignee_id}
        wanted[duty.day].append(Turn(number, duty.slot, among))
    found = plan(
        history.numbers, [*history.days, *(day_of(roster, history, day, wanted[day]) for day in sorted(wanted))]
    )
    chosen = [found[number] for number in range(len(duties))]
    return [
        Next(
            history.people[choice.person] if choice.person else None,
            evidence(roster, history, duty.day, duty.area.team_id, choice),
        )
        for duty, choice in zip(duties, chosen, strict=True)
    ]


def _stand_in(area: CleaningArea) -> Crew:
    """Where a named person can't, those who take turns stand in."""
    return Crew.ROTA if area.crew is KEEPER else area.crew
