"""What the audit knows of a department: who held which account, who was on duty, what was allowed. Moments are UTC.

All ends are included: a permit until 12:00:00 holds at 12:00:00.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Event(NamedTuple):
    """An access as the judge sees it. `kind` is the value of an EventKind."""

    id: int
    at: datetime
    kind: str
    system: int
    login: str
    subject: str = ""
    rows: int = 0
    ticket: str = ""
    seat: str = ""


class Holding(NamedTuple):
    """Who held an account; no `until`: still."""

    staff: int
    since: datetime
    until: datetime | None = None


class Shift(NamedTuple):
    """A shift on duty, and when the person signed off, where a logout tells it."""

    day: date
    start: datetime
    end: datetime
    signed_off: datetime | None = None


class Leave(NamedTuple):
    """Days of absence, both included."""

    first: date
    last: date


class UseGrant(NamedTuple):
    """Leave of somebody to use an account that another holds."""

    grantee: int
    start: datetime
    end: datetime


class OffDutyGrant(NamedTuple):
    """Leave to sign in outside the shift: to a system, or to all."""

    system: int | None
    start: datetime
    end: datetime


class Request(NamedTuple):
    """An approved request for an act in a system. `event`: the line of the log that a person matched it with."""

    id: int
    requester: int
    system: int
    kind: str
    subject: str
    ticket: str
    approved_at: datetime
    valid_to: datetime | None = None
    executed: bool = False
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures in force on a day, and which of the rules hold (their ids)."""

    rules: frozenset[str]
    grace_before: timedelta
    grace_after: timedelta
    grants_count: bool
    """Whether leave to use another's account counts (rule 07)."""
    login_needs_ticket: bool
    without_ticket_max: int
    rows_warn: int
    zscore_warn: Decimal
    baseline_days: int
    baseline_days_min: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A department over a span. Accounts are keyed by (system, login); the lists may be in any order."""

    zone: ZoneInfo
    figures: Callable[[date], Figures]
    accounts: Mapping[tuple[int, str], int]
    holdings: Mapping[int, Sequence[Holding]]
    """By account."""
    seats: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """By staff: the computers at which they work; who isn't named works anywhere."""
    shifts: Mapping[int, Sequence[Shift]] = field(default_factory=dict)
    leaves: Mapping[int, Sequence[Leave]] = field(default_factory=dict)
    use_grants: Mapping[int, Sequence[UseGrant]] = field(default_factory=dict)
    """By account."""
    off_duty: Mapping[int, Sequence[OffDutyGrant]] = field(default_factory=dict)
    requests: Sequence[Request] = ()
    queries: Mapping[int, Mapping[date, int]] = field(default_factory=dict)
    """By staff: how many queries each day had, as far back as the baseline reaches."""
