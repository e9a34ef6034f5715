"""When a line was written: with its offset or in the system's zone, with its year or without."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cstui_confidentiality.logs.events import Unreadable

MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
WEEKDAYS = {name: number for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
FULL = 16
"""Letters of the shortest stamp with a time of day (2026-11-24 09:02); a day alone is no moment."""
YEARS_BACK = 12
"""A 29 February is at most eight years away, a day of the week at most eleven."""
DAY = timedelta(days=1)
_LOOSE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?(?:[.,](\d{1,6}))?)?"
    r" ?(Z|[+-]\d{2}:?\d{2})?"
)


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The UTC moment of a full stamp: ISO, 2026/11/24 9:02, 2026年11月24日 9:02:11. Raises Unreadable."""
    try:
        if len(text) < FULL:
            raise ValueError
        at = datetime.fromisoformat(text)
    except ValueError:
        at = _loose(text)
    return in_utc(at, zone)


def in_utc(at: datetime, zone: ZoneInfo) -> datetime:
    try:
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise Unreadable("no_time") from None


def _loose(text: str) -> datetime:
    found = _LOOSE.fullmatch(text)
    if not found:
        raise Unreadable("no_time")
    year, month, day, hour, minute, second, part, offset = found.groups()
    try:
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        at = at.replace(microsecond=int((part or "0").ljust(6, "0")))
        return at if offset is None else datetime.fromisoformat(at.isoformat() + offset)
    except ValueError:
        raise Unreadable("no_time") from None


def without_year(month: str, day: str, clock: str, reference: datetime, zone: ZoneInfo, weekday: str = "") -> datetime:
    """The UTC moment of a stamp without its year, in the latest year in which it isn't later than a day after
    the reference, and in which the day of the week is right where it is told. Raises Unreadable.
    """
    limit = (reference + DAY).astimezone(zone).replace(tzinfo=None)
    hour, minute, *second = clock.split(":")
    for year in range(limit.year, limit.year - YEARS_BACK, -1):
        with contextlib.suppress(ValueError, KeyError):  # 29 February; a month or a time that there isn't
            at = datetime(year, MONTHS[month], int(day), int(hour), int(minute), int(second[0]) if second else 0)
            if at <= limit and WEEKDAYS.get(weekday, at.weekday()) == at.weekday():
                return at.replace(tzinfo=zone).astimezone(UTC)
    raise Unreadable("no_time")
