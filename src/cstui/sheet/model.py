"""What a spreadsheet file holds once read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self
from unicodedata import normalize

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.limits import HEADER_WITHIN, MAX_BYTES

__all__ = ["MAX_BYTES", "Cells", "Rows", "Sheet", "Unreadable", "header_key", "kept", "quoted", "table", "unquoted"]

Cells = tuple[Any, ...]

_FORMULA = re.compile(r"[\s']*[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r"'[\s']*[=+\-@\t\r\n＝＋－＠]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds something which can't be read; `text` says where it stands, why, and what to do.

    Only a line in which the cell is needed is at fault.
    """

    text: Text


class Rows(Protocol):
    """Rows with the line each stands on in the file; they can be gone through again and again."""

    def __iter__(self) -> Iterator[tuple[int, Cells]]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of one sheet. `close` it, or use it as a context manager, when its rows aren't needed any more.

    A cell is a text without blanks around it, an int, float, date, datetime, time, timedelta, `Unreadable`,
    or None. `kind` is "csv", "xlsx" or "json"; `encoding` that of a CSV file.
    """

    name: str
    headers: tuple[str, ...]
    rows: Rows
    kind: str = "csv"
    encoding: str = ""
    header_line: int = 1
    others: tuple[str, ...] = ()
    epoch: datetime | None = None
    """What a day given as a bare number counts from (`serials.moment_of`); None where nobody knows."""
    notes: tuple[Text, ...] = ()
    """What a reader of the file should know: lines left out, hidden lines that were read, other sheets …"""
    sheets: tuple[str, ...] = ()
    """Names of all the file's sheets."""

    def close(self) -> None:
        """Give back what holds the rows."""
        if close := getattr(self.rows, "close", None):
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def header_key(header: Any) -> str:
    """Headers are compared without case, blanks, width of letters, required marks and closing remarks."""
    text = normalize("NFKC", "" if header is None else str(header)).casefold()
    text = re.sub(r"[(\[].*?[)\]]\s*$", "", text)
    return re.sub(r"[\s_\-*:：]+", "", text)


def table(
    lines: Sequence[tuple[int, Cells]], known: Collection[str], name: str
) -> tuple[int, Cells, list[tuple[int, Cells]]]:
    """Split lines into (line of the header, header, rows): blank lines are skipped, a title above is passed over.

    The header is the line with the most known headers; without any, the first line with two cells.
    """
    filled = [(line, cells) for line, cells in lines if any(cell is not None for cell in cells)]
    if not filled:
        raise BadInput("sheet.empty", value=name)
    asked = {header_key(header) for header in known}
    scores = [sum(header_key(cell) in asked for cell in cells) for _, cells in filled[:HEADER_WITHIN]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    if not scores[best]:
        wide = [
            at for at, (_, cells) in enumerate(filled[:HEADER_WITHIN]) if sum(cell is not None for cell in cells) > 1
        ]
        best = wide[0] if wide else 0
    line, header = filled[best]
    return line, header, filled[best + 1 :]


def quoted(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return "'" + text if _FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """The inverse of `quoted`."""
    return text[1:] if _QUOTED.match(text) else text


def kept(text: str) -> str:
    """As `quoted`, for a format whose text cells need no apostrophe: only what `unquoted` would change."""
    return "'" + text if _QUOTED.match(text) else text


def escaped(text: str) -> str:
    """Text of an XLSX cell with the characters that XML can't hold written as Excel does: _x001B_."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The inverse of `escaped`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
