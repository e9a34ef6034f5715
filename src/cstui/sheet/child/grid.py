"""The cells of an XLSX sheet, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.child.merges import Area, Merges
from cstui.sheet.child.page import Line, letters, place
from cstui.sheet.child.parts import Attributes, Parts, local
from cstui.sheet.child.values import number_value, text_value
from cstui.sheet.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from cstui.sheet.model import Unreadable, unescaped

if TYPE_CHECKING:
    from cstui.sheet.child.book import Book

_MAX_LINES = 1_048_576
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_TRUE = ("1", "true")


class Grid:
    """A sheet's part. It is gone through twice: what it is and how much, and then for its cells."""

    def __init__(self, parts: Parts, part: str, name: str, book: Book, alive: Callable[[], None]) -> None:
        self._parts, self._part, self._name, self._book = parts, part, name, book
        self._space = ""
        self._merges = Merges(self._survey(alive))
        self._columns: dict[str, int] = {}
        self._uncomputed: list[Area] = []
        self._done: list[Line] = []

    def _survey(self, alive: Callable[[], None]) -> list[Area]:
        """Count lines and cells before any of them is read; answers the merged areas. Raises BadInput."""
        lines = cells = others = 0
        merged: list[Area] = []
        line_name = cell_name = merge_name = ""

        def start(name: str, attributes: Attributes) -> None:
            nonlocal lines, cells, others, line_name, cell_name, merge_name
            if name == cell_name:
                cells += 1
            elif name == line_name:
                lines += 1
            elif name == merge_name:
                merged.append(_area(attributes["ref"]))
            elif cell_name:
                others += 1
            else:
                if local(name) != "worksheet":
                    raise BadInput("sheet.broken_book", reason=local(name))
                self._space = name.removesuffix("worksheet")
                line_name, cell_name, merge_name = (self._space + one for one in ("row", "c", "mergeCell"))

        before = 0
        for _ in self._parts.parse(self._part, start):
            if cells > MAX_CELLS or others > 4 * MAX_CELLS:  # of each cell: formula, value, text and its piece
                raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
            if lines > _MAX_LINES or len(merged) > MAX_ROWS:
                raise BadInput("sheet.too_many_rows", rows=MAX_ROWS)
            if lines + cells > before:
                before = lines + cells
                alive()
        return merged

    def lines(self) -> Iterator[Line]:
        """Each line that is there, in order. Raises BadInput for what can't be understood."""
        reader = _Reader(self)
        for _ in self._parts.parse(self._part, reader.start, reader.end, reader.data):
            yield from self._done
            self._done.clear()

    def finish(self, number: int, cells: dict[int, Any], hidden: bool) -> None:
        """A line with all its cells by column."""
        for area in self._uncomputed:
            if area[0] < number <= area[2]:
                for at in range(area[1], area[3] + 1):
                    cells.setdefault(at, self.unreadable("sheet.not_computed", number, at, ""))
        made = [None] * (max(cells) + 1) if cells else []
        for at, value in cells.items():
            made[at] = value
        filled, across = self._merges.apply(number, made)
        self._done.append(Line(number, made, hidden, filled, across))

    def value(self, number: int, at: int, kind: str, style: int, raw: str | None, formula: Attributes | None) -> Any:
        """What a cell holds: `raw` is the text of its value, None if there is none."""
        if formula is not None and self._not_computed(kind, raw):
            if formula.get("t") in ("array", "dataTable") and "ref" in formula:
                self._uncomputed.append(_area(formula["ref"]))
            return self.unreadable("sheet.not_computed", number, at, "")
        if raw is None or (not raw and kind not in ("s", "str", "inlineStr")):
            return None
        match kind:
            case "s":
                if self._book.texts is None:
                    raise BadInput("sheet.broken_book", reason="sharedStrings")
                return text_value(self._book.texts[int(raw)], self._name, number, at)
            case "n":
                styles = self._book.styles
                shown = styles[style] if style < len(styles) else None
                return number_value(raw, shown, self._book.epoch, self._name, number, at)
            case "str" | "inlineStr":
                return text_value(unescaped(raw), self._name, number, at)
            case "b":
                return "true" if raw.strip() in _TRUE else "false"
            case "d":
                return _iso(raw.strip())
            case "e":
                return self.unreadable("sheet.error_cell", number, at, raw)
        raise BadInput("sheet.broken_book", reason=f"t={kind}")

    def _not_computed(self, kind: str, raw: str | None) -> bool:
        if raw is None or (not raw and kind not in ("s", "str", "inlineStr")):
            return True
        return self._book.distrusted and kind == "n" and not float(raw)

    def unreadable(self, text_id: str, number: int, at: int, value: str) -> Unreadable:
        return Unreadable(Text(text_id, **place(self._name, number, at, value)))

    def column(self, name: str) -> int:
        """A column's place by its letters."""
        if name not in self._columns:
            self._columns[name] = _column(name)
        return self._columns[name]


class _Reader:
    """Handlers of the XML parser: they gather a cell, and a line of cells."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        space = grid._space
        self._line, self._cell, self._value, self._text, self._formula, self._aside, self._all = (
            space + name for name in ("row", "c", "v", "t", "f", "rPh", "sheetData")
        )
        self._within = False
        self._number = 0
        self._cells: dict[int, Any] = {}
        self._hidden = False
        self._at = -1
        self._about: Attributes = {}
        self._formula_of: Attributes | None = None
        self._pieces: list[str] | None = None
        self._size = 0
        self._gathering = False
        self._asides = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if not self._within:
            self._within = name == self._all
        elif name == self._cell:
            self._about = attributes
            self._formula_of = self._pieces = None
            self._size = 0
            if place := attributes.get("r"):
                column = place.rstrip("0123456789")
                if place[len(column) :] != str(self._number):
                    raise BadInput("sheet.disorder", line=self._number, value=place)
                self._at = self._grid.column(column)
            else:
                self._at += 1
        elif name == self._value or (name == self._text and not self._asides):
            self._gathering = True
            if self._pieces is None:
                self._pieces = []
        elif name == self._formula:
            self._formula_of = attributes
        elif name == self._aside:
            self._asides += 1
        elif name == self._line:
            number = int(attributes.get("r", self._number + 1))
            if not self._number < number <= _MAX_LINES:
                raise BadInput("sheet.disorder", line=number, value=number)
            self._number, self._cells, self._at = number, {}, -1
            self._hidden = attributes.get("hidden") in _TRUE

    def data(self, text: str) -> None:
        if self._gathering and self._pieces is not None:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > MAX_CELL:
                raise BadInput("sheet.long_cell", line=self._number, limit=MAX_CELL)

    def end(self, name: str) -> None:
        if not self._within:
            return
        if name == self._value or name == self._text:
            self._gathering = False
        elif name == self._cell:
            self._finish()
        elif name == self._aside:
            self._asides -= 1
        elif name == self._line:
            self._grid.finish(self._number, self._cells, self._hidden)
        elif name == self._all:
            self._within = False

    def _finish(self) -> None:
        pieces, formula, at = self._pieces, self._formula_of, self._at
        if pieces is None and formula is None:
            return
        raw = None if pieces is None else "".join(pieces)
        about = self._about
        value = self._grid.value(self._number, at, about.get("t", "n"), int(about.get("s", 0)), raw, formula)
        if value is None:
            return
        if at >= MAX_COLUMNS:
            raise BadInput("sheet.too_wide", cell=f"{letters(at)}{self._number}", limit=MAX_COLUMNS)
        if at in self._cells:
            raise BadInput("sheet.disorder", line=self._number, value=f"{letters(at)}{self._number}")
        self._cells[at] = value


def _column(name: str) -> int:
    at = 0
    for letter in name:
        at = at * 26 + ord(letter) - 64
    if not name.isascii() or not name.isupper() or not 1 <= at <= 16_384:
        raise BadInput("sheet.broken_book", reason=name[:10])
    return at - 1


def _area(ref: str) -> Area:
    found = _AREA.fullmatch(ref)
    if not found:
        raise BadInput("sheet.broken_book", reason=ref[:20])
    first, line, last, last_line = found.groups()
    return int(line), _column(first), int(last_line or line), _column(last or first)


def _iso(raw: str) -> date | time:
    """A day, moment or time as strict workbooks write it; a bare day stays one."""
    if len(raw) == 10:
        return date.fromisoformat(raw)
    if raw[2:3] == ":":
        return time.fromisoformat(raw).replace(tzinfo=None)
    return datetime.fromisoformat(raw).replace(tzinfo=None)
