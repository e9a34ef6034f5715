"""What a spreadsheet file holds once read, and how much of it is accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from cstui.contract.errors import BadInput

Cells = tuple[Any, ...]

MAX_BYTES = 20 * 1024 * 1024
"""Size of the file itself."""
MAX_INFLATED = 200 * 1024 * 1024
"""Size of an XLSX file's parts when unpacked, as its directory states it."""
MAX_ROWS = 50_000
MAX_CELLS = 1_000_000
HEADER_WITHIN = 20
"""The header stands among the first so many lines that aren't blank."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of one sheet: its headers, and rows with the line each stands on in the file.

    A cell is a text without blanks around it, a date, datetime or time, or None. `kind` is "csv" or "xlsx",
    `encoding` that of a CSV file.
    """

    name: str
    headers: tuple[str, ...]
    rows: list[tuple[int, Cells]]
    kind: str = "csv"
    encoding: str = ""
    header_line: int = 1
    others: tuple[str, ...] = field(default=())
    """Names of the file's further sheets, which were not read."""


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
