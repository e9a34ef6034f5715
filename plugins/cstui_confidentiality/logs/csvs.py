"""A back office's CSV, read by the mapping that the site declares for the system."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import cast

from cstui.api import BadInput, half_width
from cstui_confidentiality.logs.events import KINDS, Found, How, Kind, Mapping, Unreadable
from cstui_confidentiality.logs.stamps import moment

FIELDS = ("at", "login", "kind", "subject_ref", "rows", "ticket", "ip", "seat")
DELIMITERS = ",\t;|"
LARGEST = 2**31 - 1


def mapping_of(text: str) -> Mapping:
    """The mapping as the system's record keeps it."""
    return Mapping(**json.loads(text))


def reader(how: How) -> Callable[[str], Sequence[Found]]:
    """What reads one line after the other; the first is the header. One line is one record.

    Raises Unreadable for a line, BadInput where the header lacks a column that the mapping names.
    """
    kinds = {folded(word): kind for word, kind in how.mapping.kinds.items()} or {kind: kind for kind in KINDS}
    pick: Callable[[Sequence[str]], tuple[str, ...]] | None = None
    delimiter = ""

    def header(line: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
        nonlocal delimiter
        delimiter = max(DELIMITERS, key=line.count)
        names = [folded(name) for name in cells(line, delimiter)]
        places = []
        for field in FIELDS:
            wanted = folded(how.mapping.columns.get(field, ""))
            if wanted and wanted not in names:
                raise BadInput("confidentiality.refusal.no_column", field="file", value=how.mapping.columns[field])
            places.append(names.index(wanted) if wanted else -1)
        return itemgetter(*places)

    def read(line: str) -> Sequence[Found]:
        nonlocal pick
        if pick is None:
            pick = header(line)
            return ()
        try:
            told = pick([*cells(line, delimiter), ""])  # a field that the mapping doesn't name is the last cell
        except IndexError:
            raise Unreadable("short_line") from None
        at, login, word, subject, rows, ticket, ip, seat = map(str.strip, told)
        kind = kinds.get(word)
        if kind is None:
            kind = kinds.get(folded(word))
        if kind is None:
            raise Unreadable("unknown_kind")
        if not kind:
            return ()
        if not login:
            raise Unreadable("no_login")
        return (Found(moment(at, how.zone), cast(Kind, kind), login, subject, number(rows), ticket, ip, seat),)

    return read


def folded(word: str) -> str:
    return str(half_width(word)).casefold()


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line. Raises Unreadable where a quote isn't closed."""
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise Unreadable("open_quote") from None


def number(text: str) -> int:
    """How many rows were looked at; none told is 0. Raises Unreadable."""
    if not text:
        return 0
    plain = text if text.isascii() and text.isdecimal() else str(half_width(text)).replace(",", "")
    if not plain.isdecimal() or len(plain) > 10 or int(plain) > LARGEST:
        raise Unreadable("no_number")
    return int(plain)
