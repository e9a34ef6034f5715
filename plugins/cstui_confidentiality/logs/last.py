"""What `last` prints, plain or with -F, -i, -w or --time-format iso: the newest session first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cstui_confidentiality.logs.events import Found, How, Unreadable
from cstui_confidentiality.logs.stamps import DAY, moment, without_year

_STAMP = r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)?(?: \d{4})?|\d{4}-\d\d-\d\dT\S+"
_LINE = re.compile(
    rf"(\S+) +(\S+) +(?:(\S+) +)?({_STAMP})(?: +-? *(?:({_STAMP})|(\d\d:\d\d(?::\d\d)?)|crash|down|still logged in"
    r"|gone - no logout)? *(?:\((?:(\d+)\+)?(\d+):(\d\d)(?::\d\d)?\))?.*)?"
)
_ABOUT_THE_HOST = re.compile(r"(?:reboot|shutdown|runlevel) +(?:system|\()|\S+ begins ")


def reader(how: How) -> Callable[[str], Sequence[Found]]:
    """What reads one line after the other: a session's login, and its logout if it is over.

    A session that is still open gets its logout from a later file; so an event is known by who signed in, where and
    when, not by the line.
    """

    def read(line: str) -> Sequence[Found]:
        if _ABOUT_THE_HOST.match(line):
            return ()
        found = _LINE.fullmatch(line)
        if not found:
            raise Unreadable("no_session")
        login, terminal, host, began, ended, clock, days, hours, minutes = found.groups()
        at = stamp(began, how)
        key = "|".join((login, terminal, host or "", " ".join(began.split())))
        made = [Found(at, "login", login, ip=host or "", key=f"login|{key}")]
        if ended:
            over: datetime | None = stamp(ended, how)
        elif hours:
            over = at + timedelta(days=int(days or 0), hours=int(hours), minutes=int(minutes))
        elif clock:
            over = at.astimezone(how.zone).replace(hour=int(clock[:2]), minute=int(clock[3:5])).astimezone(at.tzinfo)
            over += DAY if over < at else timedelta()
        else:
            over = None
        if over:
            made.append(Found(over, "logout", login, ip=host or "", key=f"logout|{key}"))
        return made

    return read


def stamp(text: str, how: How) -> datetime:
    """A moment as `last` writes it: Tue Nov 24 09:02, the same with seconds and year, or ISO."""
    if text[0].isdigit():
        return moment(text, how.zone)
    weekday, month, day, clock, *year = text.split()
    if not year:
        return without_year(month, day, clock, how.reference, how.zone, weekday)
    try:
        told = datetime.strptime(f"{month} {day} {clock} {year[0]}", "%b %d %H:%M:%S %Y")
    except ValueError:
        raise Unreadable("no_time") from None
    return told.replace(tzinfo=how.zone).astimezone(how.reference.tzinfo)
