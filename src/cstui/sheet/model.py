"""What a spreadsheet file holds once read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self
from unicodedata import normalize

from cstui.contract.text import Text
from cstui.sheet.limits import MAX_BYTES

__all__ = [
    "MAX_BYTES", "Cells", "Rows", "Sheet", "Unreadable", "escaped", "header_key", "kept", "quoted", "unescaped",
    "unquoted",
]  # fmt: skip

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
