"""OpenSSH's lines in the auth log, after RFC 3164 or with ISO stamps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cstui_confidentiality.logs.events import Found, How, Kind, Unreadable
from cstui_confidentiality.logs.stamps import moment, without_year

MOST_REPEATED = 1000
"""More often than that a syslog daemon tells no line to be repeated; a line that says so is a forgery."""
_LINE = re.compile(
    r"(?:<\d{1,3}>)?(?:([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\dT\S+)) \S+ "
    r"([^\s\[:]+)(?:\[\d+\])?: ?(.*)"
)
_REPEATED = re.compile(r"message repeated (\d+) times: \[ ?(.*?)\]?")
_ACCEPTED = re.compile(r"Accepted \S+ for (.*) from (\S+) port \d+(?: ssh\d?)?(?:: .*)?")
_DISCONNECTED = re.compile(r"Disconnected from user (.*) (\S+) port \d+")
_CLOSED = re.compile(r"pam_unix\(sshd:session\): session closed for user (.*)")


def reader(how: How) -> Callable[[str], Sequence[Found]]:
    """What reads one line after the other.

    A login is the line "Accepted …"; PAM's "session opened" tells the same again and counts as an aside. A logout is
    "Disconnected from user …" as well as PAM's "session closed": whoever has no PAM, and whose line broke, has one of
    them, and told twice they do no harm.
    """

    def read(line: str) -> Sequence[Found]:
        found = _LINE.fullmatch(line)
        if not found:
            raise Unreadable("no_syslog")
        month, day, clock, iso, program, said = found.groups()
        if program not in ("sshd", "sshd-session"):
            return ()
        times = 1
        if said.startswith("message repeated") and (repeated := _REPEATED.fullmatch(said)):
            if len(repeated[1]) > 6 or int(repeated[1]) > MOST_REPEATED:
                raise Unreadable("repeated_too_often")
            times, said = int(repeated[1]), repeated[2]
        kind, login, ip = told(said)
        if not kind:
            return ()
        at = moment(iso, how.zone) if iso else without_year(month, day, clock, how.reference, how.zone)
        return (Found(at, kind, login, ip=ip),) * times

    return read


def told(said: str) -> tuple[Kind | None, str, str]:
    """Kind, login and address of what sshd says, if that is about a login."""
    if said.startswith("Accepted ") and (found := _ACCEPTED.fullmatch(said)):
        return "login", found[1], found[2]
    if said.startswith("Disconnected from user ") and (found := _DISCONNECTED.fullmatch(said)):
        return "logout", found[1], found[2]
    if said.startswith("pam_unix(") and (found := _CLOSED.fullmatch(said)):
        return "logout", found[1], ""
    return None, "", ""
