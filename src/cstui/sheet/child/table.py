"""Which of a page's lines is the header, and which below it are rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import Any
from unicodedata import normalize

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.child.page import Line, Page, letters, place
from cstui.sheet.limits import MAX_LENGTH, MAX_ROWS
from cstui.sheet.model import Unreadable, header_key

_FIGURE = r"[¥￥$+-]*\d[\d,.]*%?[^\W\d]{0,2}"
_TOTAL = re.compile(rf"(?:本页)?(?:合计|总计|小计|共计|汇总|total|grandtotal|subtotal)[:：]?(?:{_FIGURE})?")
_IS_FIGURE = re.compile(_FIGURE)


class Table:
    """A page's table. Its header is the line with the most known headers; without any, the first with two cells."""

    def __init__(self, page: Page, known: Collection[str]) -> None:
        self._page = page
        filled = (line for line in page.lines if _own(line))
        first = list(islice(filled, page.header_within))
        if not first:
            raise BadInput("sheet.empty")
        at = _header(first, {header_key(header) for header in known})
        self.header_line = first[at].number
        self._header = first[at].cells
        self.headers = ["" if cell is None or isinstance(cell, Unreadable) else str(cell) for cell in self._header]
        self._lines = chain(first[at + 1 :], filled)
        self._unnamed = {at for at, header in enumerate(self.headers) if not header}
        self._unnamed_used: set[int] = set()
        self._lines_of = {note: Ranges() for note in ("total_left_out", "header_again", "hidden_lines", "filled")}

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Each row once, as wide as the header. Raises BadInput when there are too many."""
        width = len(self.headers)
        count = 0
        for line in self._lines:
            cells, number = line.cells, line.number
            if _is_total(cells, width):
                self._lines_of["total_left_out"].add(number)
                continue
            if cells == self._header:  # as for printing, at the head of each page
                self._lines_of["header_again"].add(number)
                continue
            count += 1
            if count > MAX_ROWS:
                raise BadInput("sheet.too_many_rows", rows=MAX_ROWS)
            if sum(len(cell) for cell in cells if isinstance(cell, str)) > MAX_LENGTH:
                raise BadInput("sheet.long_line", line=number, limit=MAX_LENGTH)
            if line.hidden:
                self._lines_of["hidden_lines"].add(number)
            if any(at < width for at in line.filled):
                self._lines_of["filled"].add(number)
            for at, last in line.across:
                fault = self._unreadable("sheet.merged_across", number, at, cells[at])
                cells[at : last + 1] = [fault] * (last + 1 - at)
            if len(cells) > width:
                cells = self._cut(cells, number, width)
            else:
                cells += [None] * (width - len(cells))
            if self._unnamed:
                self._unnamed_used.update(at for at in self._unnamed if cells[at] is not None)
            yield number, cells

    def notes(self) -> list[Text]:
        """What was left out or filled in; complete after the last row."""
        told = [Text(f"sheet.{what}", lines=str(lines)) for what, lines in self._lines_of.items() if lines]
        if self._unnamed_used:
            told.append(Text("sheet.unnamed", columns="、".join(letters(at) for at in sorted(self._unnamed_used))))
        return told

    def _cut(self, cells: list[Any], number: int, width: int) -> list[Any]:
        """Cells beyond the header have no name; where columns are only counted, the whole line can't be trusted."""
        beyond = [at for at in range(width, len(cells)) if cells[at] is not None]
        if beyond and self._page.counted:
            return [self._unreadable("sheet.beyond", number, beyond[0], cells[beyond[0]])] * width
        self._unnamed_used.update(beyond)
        return cells[:width]

    def _unreadable(self, text_id: str, number: int, at: int, value: Any) -> Unreadable:
        shown = value.text.args["value"] if isinstance(value, Unreadable) else value
        return Unreadable(Text(text_id, **place(self._page.where, number, at, shown)))


class Ranges:
    """Line numbers, shown as "3–7、12"; no more of them are kept than are shown."""

    SHOWN = 12

    def __init__(self) -> None:
        self._ranges: list[list[int]] = []
        self._more = False

    def add(self, number: int) -> None:
        if self._ranges and number == self._ranges[-1][1] + 1 and not self._more:
            self._ranges[-1][1] = number
        elif len(self._ranges) < self.SHOWN:
            self._ranges.append([number, number])
        else:
            self._more = True

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def __str__(self) -> str:
        shown = (str(first) if first == last else f"{first}–{last}" for first, last in self._ranges)
        return "、".join(shown) + (" …" if self._more else "")


def _own(line: Line) -> bool:
    """Whether anything stands on the line itself, and not only in cells merged from above."""
    return any(cell is not None and at not in line.filled for at, cell in enumerate(line.cells))


def _header(first: list[Line], asked: set[str]) -> int:
    scores = [sum(header_key(cell) in asked for cell in line.cells if isinstance(cell, str)) for line in first]
    best = max(range(len(first)), key=lambda at: (scores[at], -at))
    if scores[best]:
        return best
    wide = (at for at, line in enumerate(first) if sum(cell is not None for cell in line.cells) > 1)
    return next(wide, 0)


def _is_total(cells: list[Any], width: int) -> bool:
    """A line such as 合计 | | 15: the word first, and beside it nothing but figures."""
    filled = [cell for cell in cells if cell is not None]
    if not isinstance(filled[0], str) or len(filled[0]) > 40:
        return False
    word = "".join(normalize("NFKC", filled[0]).casefold().split())
    return bool(_TOTAL.fullmatch(word)) and width > 1 and all(map(_is_figure, filled[1:]))


def _is_figure(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_IS_FIGURE.fullmatch(cell.replace(" ", "")))
    return isinstance(cell, int | float | Unreadable) or cell is None
