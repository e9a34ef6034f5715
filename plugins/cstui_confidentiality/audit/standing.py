"""How an account stands at a moment: who may be at it, whether they are on duty, and until when that stays so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import isqrt
from typing import Final

from cstui_confidentiality.audit.facts import Facts, Figures, Shift

TICK: Final = timedelta(microseconds=1)
"""Ends are included: what holds until a moment is over a tick later."""
REACH: Final = timedelta(days=2)
"""No shift that matters at a moment begins further from it."""
FOREVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """How many so far, and the most that aren't too many (None: nobody can tell)."""

    most: int | None = None
    count: int = 0


@dataclass(slots=True)
class Standing:
    """What holds of an account from a moment until `until`, which isn't included."""

    until: datetime
    day: date
    """Of the holder's shift that is on, which may have begun the day before; else of the calendar."""
    figures: Figures
    account: int | None
    holder: int | None
    users: tuple[int, ...]
    """Holder, and whoever has leave to use it."""
    inside: bool
    """Whether one of them may sign in: on duty, or with leave."""
    away: bool
    """Whether the holder is on leave, and nobody else may use it."""
    given_up: bool
    """Whether nobody holds it any more."""
    window: tuple[datetime, datetime] | None
    """Of the holder's nearest shift of the day: from when to when one may sign in."""
    seats: frozenset[str]
    """Where it may be used; empty: anywhere."""
    volume: Tally
    """Queries of the holder on this day."""
    loose: Tally
    """Queries without a ticket in this shift."""


class Standings:
    """Makes standings. Tallies are kept as long as their day or shift is looked at."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.tallies: dict[tuple[object, ...], Tally] = {}
        self.shifts = {staff: sorted(rows, key=lambda row: row.start) for staff, rows in facts.shifts.items()}

    def at(self, system: int, login: str, at: datetime) -> Standing:
        facts = self.facts
        day = at.astimezone(facts.zone).date()
        figures = facts.figures(day)
        ends = [midnight(facts, day + timedelta(days=1))]
        account = facts.accounts.get((system, login))
        holder = holder_at(facts, account, at, ends) if account is not None else None
        grants = facts.use_grants.get(account, ()) if account is not None and figures.grants_count else ()
        grantees = tuple(one.grantee for one in grants if holds(one.start, one.end, at, ends))
        users = tuple(dict.fromkeys((*(() if holder is None else (holder,)), *grantees)))
        found = {user: self._duty(user, at, day, ends) for user in users}
        excused = {
            user
            for user in users
            for one in facts.off_duty.get(user, ())
            if holds(one.start, one.end, at, ends) and one.system in (None, system)
        }
        on_leave = holder is not None and found[holder].on_leave
        shift = found[holder].shift if holder is not None else None
        worked = shift.day if shift else day
        return Standing(
            until=min(ends),
            day=worked,
            figures=figures,
            account=account,
            holder=holder,
            users=users,
            inside=any(found[user].on for user in users) or bool(excused),
            away=on_leave and not grantees and holder not in excused,
            given_up=holder is None and account is not None and given_up(facts, account, at),
            window=found[holder].window if holder is not None else None,
            seats=facts.seats.get(holder, frozenset()) if holder is not None and not grantees else frozenset(),
            volume=self._volume(holder, worked, figures),
            loose=self._tally("loose", holder or login, shift or day),
        )

    def _duty(self, staff: int, at: datetime, day: date, ends: list[datetime]) -> Duty:
        """The shift on which somebody is at a moment, within grace; a shift on a day of leave isn't one."""
        leaves = self.facts.leaves.get(staff, ())
        on: Shift | None = None
        windows: list[tuple[datetime, datetime]] = []
        cancelled = False
        for shift in self._near(staff, at):
            first, last = window_of(shift, self.facts.figures(shift.day))
            away = any(one.first <= shift.day <= one.last for one in leaves)
            if holds(first, last, at, ends):
                on, cancelled = (on, True) if away else (shift, cancelled)
            if not away and day in (shift.day, last.astimezone(self.facts.zone).date()):
                windows.append((first, last))
        on_leave = on is None and (cancelled or any(one.first <= day <= one.last for one in leaves))
        return Duty(
            on is not None, on_leave, on, min(windows, key=lambda two: max(two[0] - at, at - two[1]), default=None)
        )

    def _near(self, staff: int, at: datetime) -> Iterator[Shift]:
        rows = self.shifts.get(staff, [])
        first = bisect_left(rows, at - REACH, key=lambda row: row.start)
        yield from rows[first : bisect_right(rows, at + REACH, key=lambda row: row.start)]

    def _volume(self, holder: int | None, day: date, figures: Figures) -> Tally:
        if holder is None:
            return Tally()
        tally = self._tally("volume", holder, day)
        if not tally.count:
            tally.most = most_queries(self.facts.queries.get(holder, {}), day, figures)
        return tally

    def _tally(self, *key: object) -> Tally:
        return self.tallies.setdefault(key, Tally())


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether somebody is on duty, or on leave; the shift that is on; from when to when one may sign in that day."""

    on: bool
    on_leave: bool
    shift: Shift | None
    window: tuple[datetime, datetime] | None


def holder_at(facts: Facts, account: int, at: datetime, ends: list[datetime]) -> int | None:
    """Who holds an account at a moment."""
    for one in facts.holdings.get(account, ()):
        if holds(one.since, one.until or FOREVER - TICK, at, ends):
            return one.staff
    return None


def given_up(facts: Facts, account: int, at: datetime) -> bool:
    """Whether somebody held an account before; of one that wasn't given to anybody yet nobody knows whose it was."""
    return any(one.until is not None and one.until < at for one in facts.holdings.get(account, ()))


def holds(first: datetime, last: datetime, at: datetime, ends: list[datetime]) -> bool:
    """Whether something holds at a moment; when that changes next is added to `ends`."""
    if at < first:
        ends.append(first)
    elif at <= last:
        ends.append(last + TICK)
        return True
    return False


def window_of(shift: Shift, figures: Figures) -> tuple[datetime, datetime]:
    """From when to when one may sign in for a shift: some minutes before it, and after it until signing off, as long
    as the grace lasts (rule 08). Where nothing tells that somebody signed off later, the shift's end is the end.
    """
    late = min(shift.signed_off or shift.end, shift.end + figures.grace_after)
    return shift.start - figures.grace_before, max(shift.end, late)


def midnight(facts: Facts, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=facts.zone).astimezone(UTC)


def most_queries(counts: Mapping[date, int], day: date, figures: Figures) -> int | None:
    """The most queries of a day that aren't far above the person's own mean (rule 14), exactly reckoned.

    Mean and deviation are of the days with queries among the last `baseline_days`. None where these are too few, or
    all alike: then only the limit of rows holds.
    """
    before = [counts.get(day - timedelta(days=back), 0) for back in range(1, figures.baseline_days + 1)]
    known = [count for count in before if count]
    total = sum(known)
    spread = len(known) * sum(count * count for count in known) - total * total  # n² times the variance
    if len(known) < figures.baseline_days_min or not spread:
        return None
    above, below = figures.zscore_warn.as_integer_ratio()
    return (isqrt(above * above * spread) + below * total) // (below * len(known))


class SignOffs:
    """When people signed off: attendance isn't known here, but a logout may tell it.

    It is the last logout after the shift of a session that began on duty. Some logs tell a logout twice, and some
    sessions run side by side: a session begins with the first login since the last logout, or else with the last login.
    """

    def __init__(self, shifts: Mapping[int, Sequence[Shift]], grace: timedelta) -> None:
        self.ordered = {staff: sorted(rows, key=lambda row: row.start) for staff, rows in shifts.items()}
        self.grace = grace
        self.opened: dict[int, datetime] = {}
        self.latest: dict[int, datetime] = {}
        self.off: dict[tuple[int, Shift], datetime] = {}

    def see(self, at: datetime, kind: str, account: int, holder: int) -> None:
        """A login or a logout; they come in the order of time."""
        if kind == "login":
            self.opened.setdefault(account, at)
            self.latest[account] = at
            return
        began = self.opened.pop(account, None) or self.latest.get(account)
        rows = self.ordered.get(holder, [])
        place = bisect_right(rows, began + self.grace, key=lambda row: row.start) - 1 if began else -1
        if began and place >= 0 and began <= rows[place].end < at:
            self.off[holder, rows[place]] = at

    def shifts(self) -> dict[int, list[Shift]]:
        """The shifts, with what was seen."""
        return {
            staff: [row._replace(signed_off=self.off.get((staff, row))) for row in rows]
            for staff, rows in self.ordered.items()
        }
