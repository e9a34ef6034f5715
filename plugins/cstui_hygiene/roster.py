"""Who works when: the site's roster of a few days, read once for all rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cstui.api import Context
from cstui.people import Absence, Duty, RoleGrant, ShiftType, Staff, is_gone

DAY = timedelta(days=1)
SERVICE = "customer_service"
LEADER = "team_leader"
ORGANISE = frozenset({"supervisor", "deputy", LEADER})
"""Roles whose holders see to the cleaning and take no turns in it."""
NOON = 12 * 60
STALE = 31
"""Days after which a roster that nobody continued is no more kept; until then the days after its end aren't known."""
KEPT = 7
"""A roster is kept around a day if it has a duty within so many days; then a day without any is one of rest."""


@dataclass(frozen=True, slots=True)
class Working:
    """Somebody's time at work on a day; `shift` none where no roster is kept."""

    staff: Staff
    start: datetime
    end: datetime
    shift: ShiftType | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The people at work on each day of a period: those of the roster, or all of customer service where none is kept.

    `away` are the days on which somebody is absent, `roles` the roles of `ORGANISE` that somebody has. Of the days
    after `ends` nobody knows yet who works (none: where no roster is kept, all days of work are known).
    """

    ctx: Context
    rostered: Mapping[date, Sequence[Working]]
    away: Mapping[int, Sequence[tuple[date, date]]]
    roles: Mapping[int, Sequence[RoleGrant]]
    ends: date | None = None
    kept: frozenset[int] = frozenset()
    """Those who stand in a roster around the period."""

    @classmethod
    async def read(cls, ctx: Context, first: date, last: date) -> Roster:
        """Eight queries, however long the period. First and last day included."""
        people = {person.pk: person for person in await Staff.all().order_by("number")}
        shifts = {shift.pk: shift for shift in await ShiftType.all()}
        # rows without their people: of a month with sixty people this takes a fifth of the time
        duties = Duty.filter(day__gte=first, day__lte=last).order_by("start_at", "staff__number")
        found: dict[date, list[Working]] = defaultdict(list)
        for day, staff_id, shift_id, start, end in await duties.values_list(
            "day", "staff_id", "shift_id", "start_at", "end_at"
        ):
            if not is_gone(people[staff_id], day):
                found[day].append(Working(people[staff_id], start, end, shifts[shift_id]))
        around = Duty.filter(day__gte=first - KEPT * DAY, day__lte=last + KEPT * DAY)
        kept: Any = await around.distinct().values_list("day", flat=True)
        listed: Any = await around.distinct().values_list("staff_id", flat=True)
        near = {day + away * DAY for day in kept for away in range(-KEPT, KEPT + 1)}
        everybody = [person for person in people.values() if person.department == SERVICE]
        latest = await Duty.all().order_by("-day").first()
        ends = latest.day if latest and latest.day >= ctx.today - STALE * DAY else None
        day = first
        while day <= last and (ends is None or day <= ends):
            if day not in near and ctx.calendar.is_workday(day):
                found[day] = [*_office(ctx, day, everybody)]
            day += DAY
        away: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for absence in await Absence.filter(first_day__lte=last, last_day__gte=first):
            away[absence.staff_id].append((absence.first_day, absence.last_day))
        grants = await RoleGrant.filter(role__in=sorted(ORGANISE), first_day__lte=last)
        roles: dict[int, list[RoleGrant]] = defaultdict(list)
        for grant in grants:
            roles[grant.staff_id].append(grant)
        return cls(ctx, found, away, roles, ends, frozenset(listed))

    def absent(self, staff_id: int, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away.get(staff_id, ()))

    @staticmethod
    def employed(person: Staff, day: date) -> bool:
        """Whether somebody is of the staff on a day; without a day of hire they always were."""
        return not is_gone(person, day) and (person.hired_on is None or person.hired_on <= day)

    def holds(self, staff_id: int, roles: Collection[str], day: date) -> bool:
        """Whether somebody holds one of the roles on a day."""
        return any(
            grant.role in roles and grant.first_day <= day and (grant.last_day is None or day <= grant.last_day)
            for grant in self.roles.get(staff_id, ())
        )

    def working(self, day: date) -> tuple[Working, ...]:
        """Who is at work on a day, earliest first; nobody who is absent."""
        return tuple(one for one in self.rostered.get(day, ()) if not self.absent(one.staff.pk, day))

    def pool(self, day: date, team_id: int | None = None) -> tuple[Working, ...]:
        """Those of a team (none: of customer service) who take turns, absent or not; only leaders there: they."""
        everybody = [
            one
            for one in self.rostered.get(day, ())
            if (one.staff.department == SERVICE if team_id is None else one.staff.team_id == team_id)
        ]
        return tuple([one for one in everybody if not self.holds(one.staff.pk, ORGANISE, day)] or everybody)

    def members(self, day: date, team_id: int | None = None) -> tuple[Working, ...]:
        """Those of a team (none: of customer service) at work on a day who take turns; leaders organise."""
        return tuple(
            one
            for one in self.pool(day, team_id)
            if not self.absent(one.staff.pk, day) and not self.holds(one.staff.pk, ORGANISE, day)
        )

    def leaders(self, day: date, team_id: int | None = None) -> tuple[Working, ...]:
        """Team leaders at work on a day, earliest shift first."""
        return tuple(
            one
            for one in self.working(day)
            if self.holds(one.staff.pk, {LEADER}, day)
            and (one.staff.department == SERVICE if team_id is None else one.staff.team_id == team_id)
        )

    def day_shift(self, day: date) -> tuple[Working, ...]:
        """Those of customer service whose shift lasts over noon."""
        noon = self.ctx.moment(day, NOON)
        service = (one for one in self.working(day) if one.staff.department == SERVICE)
        return tuple(one for one in service if one.start <= noon < one.end)


def minute_of(clock: str) -> int:
    """Minutes after midnight of a figure such as 08:00; 24:00 is the end of the day."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _office(ctx: Context, day: date, people: list[Staff]) -> Iterator[Working]:
    """The office day of everybody, where no roster says otherwise (hygiene-01)."""
    figures = ctx.rule("hygiene-01", day)
    start, end = (ctx.moment(day, minute_of(clock)) for clock in (figures.office_day_start, figures.office_day_end))
    for person in people:
        if Roster.employed(person, day):
            yield Working(person, start, end, None)
