"""What a reader of one kind of file hands on: lines of cells, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cstui.contract.text import Text
from cstui.sheet.limits import HEADER_WITHIN

_SHOWN = 80
"""So many characters of a cell stand in a sentence."""


@dataclass(slots=True)
class Line:
    """A line of the file: its number there, counted from 1, and its cells; trailing blank ones may be missing."""

    number: int
    cells: list[Any]
    hidden: bool = False
    filled: tuple[int, ...] = ()
    """Places that have their value from a merged cell that begins above."""
    across: tuple[tuple[int, int], ...] = ()
    """First and last place of each cell that is merged across columns and holds something."""


@dataclass(slots=True)
class Page:
    """The lines of a file's one sheet."""

    kind: str
    lines: Iterator[Line]
    where: str
    """What a fault names beside line and column: the sheet, or the file where there are none."""
    name: str = ""
    encoding: str = ""
    epoch: datetime | None = None
    sheets: tuple[str, ...] = ()
    notes: list[Text] = field(default_factory=list)
    counted: bool = False
    """A cell's column is known by counting delimiters only: one too many and all that follows is displaced."""
    header_within: int = HEADER_WITHIN


def letters(at: int) -> str:
    """The name of a column, counted from 0: A, B … Z, AA …"""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(sheet: str, line: int, at: int, value: Any) -> dict[str, Any]:
    """Where a cell stands and what it shows, as the arguments of a text."""
    shown = str(value)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return {"sheet": sheet, "line": line, "column": letters(at), "value": shown}
