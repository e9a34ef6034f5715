"""Reading a log: whatever stands in it, each line is told, as what it says or as one that can't be read.

Pure, and in constant memory: a log has millions of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from cstui.api import BadInput, clean
from cstui_confidentiality.logs import csvs, last, sshd
from cstui_confidentiality.logs.events import Aside, Event, Format, Found, How, Jump, Unread, Unreadable
from cstui_confidentiality.logs.stamps import DAY

Read = Event | Unread | Jump | Aside
READERS: Final[Mapping[Format, Callable[[How], Callable[[str], Sequence[Found]]]]] = {
    "csv": csvs.reader, "sshd": sshd.reader, "last": last.reader,
}  # fmt: skip
SHOWN: Final = 200
"""Letters that are kept of a line nobody can read."""
WIDTHS: Final = {"login": 64, "subject_ref": 64, "ticket": 64, "ip": 48, "seat": 32}
"""Letters that are kept of each text of an event; of a longer one the end is cut, and the cut shown."""
MIXED: Final = timedelta(minutes=1)
"""Lines of several programs get mixed up by seconds; a clock that goes back by more was set."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A computer whose clock has no battery begins in 1970."""
REMEMBERED: Final = 50_000
"""Lines among which equal ones are counted: as many again are forgotten later, so that memory doesn't grow."""
CUT: Final = ".."


def read(lines: Iterable[tuple[int, bytes, bool]], how: How) -> Iterator[Read]:
    """What the lines tell, in their order: (number, content, whether it was too long and is cut).

    Raises BadInput where the file as a whole isn't what it should be.
    """
    parse, decode, numbered = READERS[how.format](how), Decoder(how.encoding), Numbers(how.system)
    latest = how.reference.astimezone(UTC) + DAY
    rising = True if how.format == "sshd" else None  # a table's first step tells which way it is sorted
    before: datetime | None = None
    for line, content, cut in lines:
        raw = content.rstrip(b"\r\n")
        try:
            text = decode(raw)
            if cut:
                raise Unreadable("too_long")
            if not text or text.isspace():
                continue
            found = parse(text)
            for one in found:
                if not EARLIEST <= one.at <= latest:
                    raise Unreadable("impossible_time")
        except Unreadable as fault:
            yield Unread(line, kept(decode.anyhow(raw), SHOWN), str(fault), numbered(raw))
            continue
        if not found:
            yield Aside(line)
        harmless = clean(text) is text  # what is so as a whole is so in part
        for one in found:
            if before and how.format != "last" and not -MIXED <= one.at - before <= MIXED:
                rising = one.at > before if rising is None else rising
                if rising != (one.at > before):
                    yield Jump(line, before, one.at)
            before = one.at
            digest = f"{int(one.at.timestamp()):08x}{numbered(one.key.encode() or raw)}"
            yield Event(*(one if harmless and fits(one) else kept_of(one))[:-1], digest, line)


def fits(found: Found) -> bool:
    """Whether no text of it needs to be cut."""
    _, _, login, subject, _, ticket, ip, seat, _ = found
    return (
        len(login) <= WIDTHS["login"]
        and len(subject) <= WIDTHS["subject_ref"]
        and len(ticket) <= WIDTHS["ticket"]
        and len(ip) <= WIDTHS["ip"]
        and len(seat) <= WIDTHS["seat"]
    )


def kept_of(found: Found) -> Found:
    """The event as it is kept: nothing in it acts on a terminal."""
    at, kind, *_, key = found
    texts = {name: kept(getattr(found, name), width) for name, width in WIDTHS.items()}
    return Found(at, kind, rows=found.rows, key=key, **texts)


def kept(text: str, width: int) -> str:
    """A text of a log, cleaned and cut."""
    shown = clean(text[:SHOWN])
    return shown if len(shown) <= width else shown[: width - len(CUT)] + CUT


class Decoder:
    """Text of bytes. "auto": the first line beyond ASCII tells whether a file is UTF-8 or GB18030.

    Of a Chinese word alone nobody can always tell (联通 in GB18030 is valid UTF-8), but the lines of a file agree.
    """

    def __init__(self, encoding: str) -> None:
        self.encodings = ["utf-8", "gb18030"] if encoding == "auto" else [encoding]
        self.settled = encoding != "auto"

    def __call__(self, raw: bytes) -> str:
        if raw.isascii():
            return raw.decode("ascii")
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and not self.settled:
            raise BadInput("confidentiality.refusal.utf16", field="file", value="UTF-16")
        for encoding in self.encodings:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not self.settled:
                self.settled = True
                self.encodings.sort(key=lambda one: one != encoding)
            return text.removeprefix("\ufeff")
        raise Unreadable("encoding")

    def anyhow(self, raw: bytes) -> str:
        """What a person may recognise of a line."""
        return raw[: SHOWN * 4].decode(self.encodings[0], "replace")


class Numbers:
    """Digests of lines: of the system, the line, and which of equal lines it is in this file.

    What comes again in another file has the same digest; equal lines within a file have different ones. That of an
    event begins with its second, so that a store's index of a million of them grows at its end.
    """

    def __init__(self, system: str) -> None:
        self.system = system.encode()
        self.seen: dict[bytes, int] = {}
        self.older: dict[bytes, int] = {}

    def __call__(self, line: bytes) -> str:
        digest = blake2b(line, digest_size=12, key=self.system).digest()
        number = self.seen.get(digest) or self.older.get(digest, 0)
        self.seen[digest] = number + 1
        if len(self.seen) >= REMEMBERED:
            self.seen, self.older = {}, self.seen
        return (blake2b(digest + number.to_bytes(4, "big"), digest_size=12).digest() if number else digest).hex()
