"""The cells of an XLSX sheet, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.child.formats import Style
from cstui.sheet.child.merges import Area, Merges
from cstui.sheet.child.page import Line, letters, place
from cstui.sheet.child.parts import Attributes, Parts, local
from cstui.sheet.child.values import number_value, text_value
from cstui.sheet.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_ROWS
from cstui.sheet.model import Unreadable, unescaped

if TYPE_CHECKING:
    from cstui.sheet.child.book import Book

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_TRUE = ("1", "true")


class Grid:
    """A sheet's part. It is gone through twice: what it is and how much, and then for its cells."""

    def __init__(self, parts: Parts, part: str, name: str, book: Book, alive: Callable[[], None]) -> None:
        self._parts, self._part, self._name, self._book = parts, part, name, book
        self.space = ""
        self._alive = alive
        self._merges = Merges(self._survey())
        self._columns: dict[str, int] = {}
        self._texts = book.texts
        self._styles: dict[str, Style] = {str(at): style for at, style in enumerate(book.styles)}
        self._uncomputed: list[Area] = []
        self._spreads = 0
        self._done: list[Line] = []

    def _survey(self) -> list[Area]:
        """Count lines and cells before any of them is read; answers the merged areas. Raises BadInput."""
        lines = cells = 0
        merged: list[Area] = []
        line_name = cell_name = merge_name = ""

        def start(name: str, attributes: Attributes) -> None:
            nonlocal lines, cells, line_name, cell_name, merge_name
            if name == cell_name:
                cells += 1
            elif name == line_name:
                lines += 1
            elif name == merge_name:
                merged.append(_area(attributes["ref"]))
            elif not cell_name:
                if local(name) != "worksheet":
                    raise BadInput("sheet.broken_book", reason=local(name))
                self.space = name.removesuffix("worksheet")
                line_name, cell_name, merge_name = (self.space + one for one in ("row", "c", "mergeCell"))

        before = 0
        for _ in self._parts.parse(self._part, start):
            if cells > MAX_CELLS:
                raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
            if lines > MAX_LINES or len(merged) > MAX_ROWS:
                raise BadInput("sheet.too_many_rows", rows=MAX_ROWS)
            if lines + cells > before:
                before = lines + cells
                self._alive()
        return merged

    def lines(self) -> Iterator[Line]:
        """Each line that is there, in order. Raises BadInput for what can't be understood."""
        reader = _Reader(self)
        for _ in self._parts.parse(self._part, reader.start, reader.end, reader.data):
            if self._done:
                yield from self._done
                self._done.clear()
                self._alive()

    def finish(self, number: int, cells: dict[int, Any], hidden: bool) -> None:
        """A line with all its cells by column."""
        if self._uncomputed:
            self._spread(number, cells)
        made = [None] * (max(cells) + 1) if cells else []
        for at, value in cells.items():
            made[at] = value
        filled, across = self._merges.apply(number, made)
        self._done.append(Line(number, made, hidden, filled, across))

    def _spread(self, number: int, cells: dict[int, Any]) -> None:
        """Formulas for many cells stand in the first of them only; without results the others aren't blank either."""
        self._uncomputed = [area for area in self._uncomputed if area[2] >= number]
        for _, first, _, last in self._uncomputed:
            self._spreads += last + 1 - first
            if self._spreads > MAX_CELLS:
                raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
            for at in range(first, min(last + 1, MAX_COLUMNS)):
                cells.setdefault(at, self.unreadable("sheet.not_computed", number, at, ""))

    def value(self, number: int, at: int, kind: str, style: str, raw: str | None, computed: Attributes | None) -> Any:
        """What a cell holds: `raw` is the text of its value, None if there is none."""
        if computed is not None and self._not_computed(kind, raw):
            if computed.get("t") in ("array", "dataTable") and "ref" in computed:
                self._uncomputed.append(_area(computed["ref"]))
            return self.unreadable("sheet.not_computed", number, at, "")
        if not raw:
            return None
        if kind == "s":
            return text_value(self._texts[int(raw)], self._name, number, at)
        try:
            if kind == "n":
                return number_value(raw, self._styles.get(style), self._book.epoch, self._name, number, at)
            if kind == "d":
                return _iso(raw.strip())
        except ValueError:  # neither a number nor a day
            return self.unreadable("sheet.error_cell", number, at, raw)
        if kind in ("str", "inlineStr"):
            return text_value(unescaped(raw), self._name, number, at)
        if kind == "b":
            return "true" if raw.strip() in _TRUE else "false"
        if kind == "e":
            return self.unreadable("sheet.error_cell", number, at, raw)
        raise BadInput("sheet.broken_book", reason=f"t={kind}")

    def _not_computed(self, kind: str, raw: str | None) -> bool:
        if raw is None or (not raw and kind not in ("s", "str", "inlineStr")):
            return True
        return self._book.distrusted and kind == "n" and raw == "0"

    def unreadable(self, text_id: str, number: int, at: int, value: str) -> Unreadable:
        return Unreadable(Text(text_id, **place(self._name, number, at, value)))

    def column(self, name: str) -> int:
        """A column's place by its letters."""
        if (at := self._columns.get(name)) is None:
            at = self._columns[name] = _column(name)
        return at


class _Reader:
    """Handlers of the XML parser: they gather a cell, and a line of cells. Every word here runs for each cell."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        space = grid.space
        self._line, self._cell, self._value, self._text, self._formula, self._aside, self._all = (
            space + name for name in ("row", "c", "v", "t", "f", "rPh", "sheetData")
        )
        self._within = self._hidden = self._gathering = False
        self._number, self._digits, self._at = 0, "0", -1
        self._cells: dict[int, Any] = {}
        self._about: Attributes = {}
        self._computed: Attributes | None = None
        """The formula's attributes."""
        self._pieces: list[str] = []
        self._filled = False
        """Whether the cell has a value, be it an empty one."""
        self._size = self._asides = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == self._cell and self._within:
            self._about = attributes
            if self._filled:
                self._pieces, self._size, self._filled = [], 0, False
            self._computed = None
        elif not self._within:
            self._within = name == self._all
        elif name == self._value or (name == self._text and not self._asides):
            self._gathering = self._filled = True
        elif name == self._formula:
            self._computed = attributes
        elif name == self._aside:
            self._asides += 1
        elif name == self._line:
            number = int(attributes.get("r", self._number + 1))
            if not self._number < number <= MAX_LINES:
                raise BadInput("sheet.disorder", line=number)
            self._number, self._digits, self._cells, self._at = number, str(number), {}, -1
            self._hidden = attributes.get("hidden") in _TRUE

    def data(self, text: str) -> None:
        if self._gathering:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > MAX_CELL:
                raise BadInput("sheet.long_cell", line=self._number, limit=MAX_CELL)

    def end(self, name: str) -> None:
        if name == self._value or name == self._text:
            self._gathering = False
        elif not self._within:
            return
        elif name == self._cell:
            about = self._about
            if at := about.get("r"):
                if not at.endswith(self._digits):
                    raise BadInput("sheet.disorder", line=self._number)
                self._at = self._grid.column(at[: -len(self._digits)])
            else:
                self._at += 1
            if self._filled or self._computed is not None:
                self._finish(about)
        elif name == self._aside:
            self._asides -= 1
        elif name == self._line:
            self._grid.finish(self._number, self._cells, self._hidden)
        elif name == self._all:
            self._within = False

    def _finish(self, about: Attributes) -> None:
        raw = "".join(self._pieces) if self._filled else None
        at = self._at
        value = self._grid.value(self._number, at, about.get("t", "n"), about.get("s", "0"), raw, self._computed)
        if value is None:
            return
        if at >= MAX_COLUMNS:
            raise BadInput("sheet.too_wide", cell=f"{letters(at)}{self._number}", limit=MAX_COLUMNS)
        if at in self._cells:
            raise BadInput("sheet.disorder", line=self._number)
        self._cells[at] = value


def _column(name: str) -> int:
    at = 0
    for letter in name:
        at = at * 26 + ord(letter) - 64
    if not (name.isascii() and name.isalpha() and name.isupper()) or not 1 <= at <= 16_384:
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
