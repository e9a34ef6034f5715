"""What has to be cleaned on which day, by when, and who may be asked: from areas, roster and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cstui.api import Context
from cstui.people import Staff
from cstui_hygiene.kinds import AreaKind, Basis, Crew, Frequency, Slot
from cstui_hygiene.models import CleaningArea
from cstui_hygiene.roster import Roster, Working, minute_of

DAY = timedelta(days=1)
WEEK = 7
BASES = {
    Crew.ROTA: Basis.TURN, Crew.LEADER: Basis.LEADER, Crew.DAY_SHIFT: Basis.DAY_SHIFT, Crew.NAMED: Basis.NAMED,
}  # fmt: skip
AFTER_USE = {AreaKind.RECEPTION: "hygiene-32", AreaKind.MEETING_ROOM: "hygiene-33", AreaKind.WAREHOUSE: "hygiene-35"}
"""The rules by which places are put in order after each use."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Job:
    """An area on a day. It falls to one of `among`; `moved_from` is the day for which it was meant."""

    area: CleaningArea
    day: date
    slot: Slot
    due_at: datetime
    among: frozenset[int]
    moved_from: date | None = None

    @property
    def key(self) -> tuple[int, date, Slot]:
        return self.area.id, self.day, self.slot

    @property
    def meant(self) -> date:
        return self.moved_from or self.day


def rule_of(area: CleaningArea, slot: Slot) -> str:
    """The rule by which an area is cleaned in a slot."""
    if area.kind is AreaKind.CHANGING_ROOM and area.crew is Crew.LEADER:
        return "hygiene-25"
    if slot is Slot.AFTER_USE:
        return AFTER_USE.get(area.kind, "hygiene-10")
    if area.kind is AreaKind.WAREHOUSE:
        return "hygiene-34"
    if area.kind is AreaKind.WINDOW:
        return "hygiene-21"
    return {Slot.OPEN: "hygiene-01", Slot.CLOSE: "hygiene-11"}.get(slot, "hygiene-10")


def jobs(
    ctx: Context, areas: Iterable[CleaningArea], roster: Roster, first: date, last: date, elsewhere: bool = False
) -> list[Job]:
    """The jobs of some days. The roster reaches to the end of the week of the last one (and, where jobs moved from
    before are asked for `elsewhere`, from the beginning of the week of the first)."""
    found = {job.key: job for area in areas for job in _of(ctx, area, roster, first, last, elsewhere)}
    return sorted(found.values(), key=lambda job: (job.day, list(Slot).index(job.slot), job.area.code))


def _of(ctx: Context, area: CleaningArea, roster: Roster, first: date, last: date, elsewhere: bool) -> Iterator[Job]:
    begin = first - timedelta(days=first.weekday()) if elsewhere else first
    day = max(begin, area.first_day)
    while day <= last:
        for slot in _slots(ctx, area, day):
            if not ctx.rule(rule_of(area, slot), day).on:
                continue
            job = _weekly(ctx, area, roster, day) if slot is Slot.WEEKLY else _daily(ctx, area, roster, day, slot)
            if job and (not elsewhere or first <= job.day <= last):
                yield job
        day += DAY


def _slots(ctx: Context, area: CleaningArea, day: date) -> tuple[Slot, ...]:
    """When an area is cleaned on a day, as its frequency says."""
    if area.frequency is Frequency.WEEKLY:
        return (Slot.WEEKLY,) if day.isoweekday() in _weekdays(ctx, area, day) else ()
    own = {Frequency.DAILY_OPEN: Slot.OPEN, Frequency.DAILY_CLOSE: Slot.CLOSE}.get(area.frequency)
    if own is None:
        return ()
    if area.kind is AreaKind.WAREHOUSE:
        often = ctx.rule("hygiene-34", day).warehouse_sweep_frequency
        return (Slot.OPEN, Slot.CLOSE) if often > 1 else (own,) * often
    return (own,)


def _weekdays(ctx: Context, area: CleaningArea, day: date) -> set[int]:
    """The weekdays of a weekly area; of windows that are cleaned more often, spread over the week."""
    if rule_of(area, Slot.WEEKLY) == "hygiene-25":
        return {WEEKDAYS.index(ctx.rule("hygiene-25", day).changing_room_weekday) + 1}
    often = ctx.rule("hygiene-21", day).window_clean_frequency if area.kind is AreaKind.WINDOW else 1
    return {((area.weekday or 1) - 1 + turn * WEEK // often) % WEEK + 1 for turn in range(often)}


def _daily(ctx: Context, area: CleaningArea, roster: Roster, day: date, slot: Slot) -> Job | None:
    among = may_do(ctx, area, slot, roster, day)
    if not among and (area.crew is Crew.NAMED or not roster.pool(day, area.team_id)):
        return None  # the keeper's day off, or nobody works
    return Job(area, day, slot, due_at(ctx, area, slot, roster, day), among)


def _weekly(ctx: Context, area: CleaningArea, roster: Roster, meant: date) -> Job | None:
    """A weekly job on its day, or on the next of that week on which somebody can do it; without one it stays open."""
    week = [meant + n * DAY for n in range(WEEK - meant.weekday())]
    for day in week:
        if among := may_do(ctx, area, Slot.WEEKLY, roster, day):
            due = due_at(ctx, area, Slot.WEEKLY, roster, day)
            return Job(area, day, Slot.WEEKLY, due, among, None if day == meant else meant)
    working = next((day for day in week if roster.pool(day, area.team_id)), None)
    if working is None or area.crew is Crew.NAMED:
        return None
    due = due_at(ctx, area, Slot.WEEKLY, roster, working)
    return Job(area, working, Slot.WEEKLY, due, frozenset(), None if working == meant else meant)


def may_do(
    ctx: Context, area: CleaningArea, slot: Slot, roster: Roster, day: date, crew: Crew | None = None
) -> frozenset[int]:
    """Who may be asked: nobody who is absent or resting; for opening the first shift, for closing the last one."""
    crew = crew or area.crew
    if crew is Crew.NAMED:
        keeper = area.keeper
        return frozenset({keeper.pk} if keeper and at_work(ctx, roster, keeper, day) else ())
    if crew is Crew.LEADER:
        leaders = roster.leaders(day, area.team_id)
        ends = ctx.rule("hygiene-25", day).changing_room_shift == "last"
        wanted = _outer(leaders, ends)
    elif crew is Crew.DAY_SHIFT:
        members = {one.staff.pk for one in roster.members(day, area.team_id)}
        wanted = [one for one in roster.day_shift(day) if one.staff.pk in members]
    else:
        wanted = list(roster.members(day, area.team_id))
        if slot in (Slot.OPEN, Slot.CLOSE):
            shift = {one.staff.pk for one in _outer(roster.pool(day, area.team_id), slot is Slot.CLOSE)}
            wanted = [one for one in wanted if one.staff.pk in shift]
    return frozenset(one.staff.pk for one in wanted)


def at_work(ctx: Context, roster: Roster, person: Staff, day: date) -> bool:
    """Whether somebody works on a day; of those for whom no roster is kept the days of work count."""
    if any(one.staff.pk == person.pk for one in roster.working(day)):
        return True
    away = person.pk in roster.kept or roster.absent(person.pk, day) or not roster.employed(person, day)
    return not away and ctx.calendar.is_workday(day)


def _outer(people: Sequence[Working], last: bool) -> list[Working]:
    """Those of the shift that begins first, or of the one that ends last."""
    if not people:
        return []
    edge = max(one.end for one in people) if last else min(one.start for one in people)
    return [one for one in people if (one.end if last else one.start) == edge]


def due_at(ctx: Context, area: CleaningArea, slot: Slot, roster: Roster, day: date) -> datetime:
    """By when: opening strictly before the first shift begins, closing and weekly jobs before the last one ends.

    A leader's and a named person's job goes by their own shift.
    """
    office = ctx.rule("hygiene-01", day)
    people: Sequence[Working] = roster.pool(day, area.team_id)
    if area.crew is Crew.NAMED:
        people = [one for one in roster.working(day) if one.staff.pk == area.keeper_id] or people
    elif area.crew is Crew.LEADER:
        ends = ctx.rule("hygiene-25", day).changing_room_shift == "last"
        people = _outer(roster.leaders(day, area.team_id), ends) or people
    if slot is Slot.OPEN:
        if people and ctx.rule("hygiene-02", day).open_clean_due == "shift_start":
            return min(one.start for one in people)
        return ctx.moment(day, minute_of(office.office_day_start))
    if people and (slot is Slot.WEEKLY or ctx.rule("hygiene-11", day).close_clean_due == "last_shift_end"):
        return max(one.end for one in people)
    return ctx.moment(day, minute_of(office.office_day_end))
