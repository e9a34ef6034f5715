"""The lines of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from cstui.contract.errors import BadInput
from cstui.sheet.child.encoding import head_of, opened
from cstui.sheet.child.page import Line, Page, letters
from cstui.sheet.child.values import text_value
from cstui.sheet.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LENGTH, MAX_LINES, MAX_ROWS

_TOLD = {"utf-8-sig": "utf-8"}
_EXCELS_OWN = re.compile(r"sep=(.)\r?\n?")
"""A first line by which Excel is told the delimiter."""


def csv_page(source: BinaryIO, encoding: str, name: str) -> Page:
    """The lines, separated by what separates most of the first ones. `name` is the file's, for faults."""
    head = head_of(source, encoding)
    told = _EXCELS_OWN.match(head)
    lines = _lines(opened(source, encoding), told[1] if told else _delimiter(head), name, skip=bool(told))
    return Page("csv", lines, name, encoding=_TOLD.get(encoding, encoding), counted=True)


def _lines(text: TextIO, delimiter: str, name: str, skip: bool) -> Iterator[Line]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(_bounded(text), delimiter=delimiter, strict=True)
    begins, cells = 1, 0
    try:
        for record in reader:
            cells += len(record)
            if cells > MAX_CELLS:
                raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
            while len(record) > MAX_COLUMNS and not record[-1]:
                record.pop()
            if len(record) > MAX_COLUMNS:
                raise BadInput("sheet.too_wide", cell=f"{letters(len(record) - 1)}{begins}", limit=MAX_COLUMNS)
            if not (skip and begins == 1):
                yield Line(begins, [text_value(cell, name, begins, at) for at, cell in enumerate(record)])
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise BadInput("sheet.long_cell", line=begins, limit=MAX_CELL) from error
        raise BadInput("sheet.broken_line", line=begins, reason=str(error)) from error


def _bounded(text: TextIO) -> Iterator[str]:
    number = 0
    while piece := text.readline(MAX_LENGTH + 1):
        number += 1
        if len(piece) > MAX_LENGTH:
            raise BadInput("sheet.long_line", line=number, limit=MAX_LENGTH)
        if number > MAX_LINES:
            raise BadInput("sheet.too_many_rows", rows=MAX_ROWS)
        yield piece


def _delimiter(head: str) -> str:
    """Comma, tab or semicolon: the one by which most of the first lines have the same number of cells."""
    best, best_score = ",", (0, 0)
    for delimiter in ",\t;":
        widths: Counter[int] = Counter()
        try:
            for number, record in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)):
                widths[len(record)] += 1
                if number > 30:
                    break
        except csv.Error:
            continue
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        if (count, width) > best_score:
            best, best_score = delimiter, (count, width)
    return best
