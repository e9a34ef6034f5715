"""Merged cells of a sheet, as its lines meet them from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cstui.contract.errors import BadInput
from cstui.sheet.limits import MAX_CELLS, MAX_COLUMNS

Area = tuple[int, int, int, int]
"""First line, first column, last line, last column; columns are counted from 0."""


@dataclass(slots=True)
class _Merged:
    column: int
    last_column: int
    last_line: int
    value: Any


class Merges:
    """Give each line, in order, what the merged cells that begin above it hold there."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._coming = sorted((area for area in areas if area[1] < MAX_COLUMNS), reverse=True)
        self._open: list[_Merged] = []
        self._filled = 0

    def apply(self, number: int, cells: list[Any]) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        """Fill in the line's cells; answers the places filled from above, and those merged across."""
        if not self._open and (not self._coming or self._coming[-1][0] > number):
            return (), ()
        self._open = [merged for merged in self._open if merged.last_line >= number]
        filled = []
        for merged in self._open:
            if merged.column >= len(cells):
                cells += [None] * (merged.column + 1 - len(cells))
            if cells[merged.column] is None:
                cells[merged.column] = merged.value
                filled.append(merged.column)
        self._filled += len(filled)
        if self._filled > MAX_CELLS:
            raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
        while self._coming and self._coming[-1][0] <= number:
            line, column, last_line, last_column = self._coming.pop()
            value = cells[column] if line == number and column < len(cells) else None
            if value is not None:
                self._open.append(_Merged(column, min(last_column, MAX_COLUMNS - 1), last_line, value))
        if len(self._open) > MAX_COLUMNS:
            raise BadInput("sheet.broken_book", reason="mergeCells")
        wide = (merged for merged in self._open if merged.last_column > merged.column)
        return tuple(filled), tuple((merged.column, merged.last_column) for merged in wide)
