"""What a log tells, line by line: events, lines that can't be read, clocks that jump, and lines about other matters."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

Kind = Literal["login", "logout", "query", "modify", "export", "copy", "delete", "customer_login", "peer_pc"]
KINDS: Final[tuple[Kind, ...]] = (
    "login", "logout", "query", "modify", "export", "copy", "delete", "customer_login", "peer_pc",
)  # fmt: skip
Format = Literal["csv", "sshd", "last"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "sshd", "last")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a back office writes its CSV: the header of each field, and of which kind each word in its kind column is.

    A word that maps to "" is about nothing that is audited.
    """

    columns: Dict[str, str] = field(default_factory=dict)
    kinds: Dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class How:
    """How a system's log is read.

    `zone` is that of stamps without an offset. `reference` is about when the file was taken: no line is later than a
    day after it, and a stamp without a year is of the latest year that allows. `encoding` "auto": UTF-8, else GB18030.
    """

    system: str
    format: Format
    zone: ZoneInfo
    reference: datetime
    mapping: Mapping = Mapping()
    encoding: str = "auto"


class Found(NamedTuple):
    """An event as a format reads it. `key` is what its digest is of, where that isn't the line as it stands."""

    at: datetime
    kind: Kind
    login: str
    subject_ref: str = ""
    rows: int = 0
    ticket: str = ""
    ip: str = ""
    seat: str = ""
    key: str = ""


class Event(NamedTuple):
    """Something done with an account, as a line tells it. `at` is UTC; texts hold nothing that acts on a terminal.

    Two lines have the same `digest` only where they are the same line, in this file or in another of the system.
    """

    at: datetime
    kind: Kind
    login: str
    subject_ref: str
    rows: int
    ticket: str
    ip: str
    seat: str
    digest: str
    line: int


class Unread(NamedTuple):
    """A line that nobody could read: its number, what stood there (cleaned, cut), and why (the name of the reason)."""

    line: int
    shown: str
    reason: str
    digest: str


class Jump(NamedTuple):
    """The clock went back from one line to this one, by more than lines get mixed up. Both are kept."""

    line: int
    before: datetime
    at: datetime


class Aside(NamedTuple):
    """A line that isn't about what is audited: another program's, a failed login, a header."""

    line: int


class Unreadable(Exception):
    """Raised by a format for a line it can't read, with the name of the reason (`confidentiality.unread.NAME`)."""
