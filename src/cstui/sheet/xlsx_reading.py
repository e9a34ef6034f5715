"""Read XLSX with openpyxl; imported only when such a file is there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.xml import DEFUSEDXML

from cstui.contract.errors import BadInput
from cstui.sheet.limits import MAX_CELLS, MAX_INFLATED, MAX_ROWS
from cstui.sheet.model import Cells, Sheet, table, unescaped, unquoted
from cstui.sheet.serials import EPOCH_1900, EPOCH_1904


def read_xlsx(source: bytes, name: str, known: Collection[str], wanted: str) -> Sheet:
    """Read one sheet: the wanted one, else the first visible. Raises BadInput."""
    _within_budget(source, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, data_only=True, keep_links=False)
        try:
            names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if wanted and wanted not in names:
                raise BadInput("sheet.no_such_sheet", value=wanted, sheets="、".join(names) or "—")
            if not names:
                raise BadInput("sheet.empty", value=name)
            title = wanted or names[0]
            page = book[title]
            epoch = EPOCH_1904 if book.epoch.year == 1904 else EPOCH_1900
            sheets = tuple(book.sheetnames)
            page.reset_dimensions()  # a wrong dimension in the file would hide rows
            lines = _lines(page, name, title)
        finally:
            book.close()
    except BadInput:
        raise
    except Exception as error:  # a broken file raises anything: KeyError, zlib.error, ValueError …
        raise BadInput("sheet.broken_book", value=name, reason=type(error).__name__) from error
    line, header, rows = table(lines, known, name)
    headers = tuple("" if cell is None else str(cell) for cell in header)
    others = tuple(other for other in names if other != title)
    return Sheet(title, headers, rows, "xlsx", "", line, others, epoch, sheets=sheets)


def _within_budget(source: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            inflated = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BadInput("sheet.broken_book", value=name, reason="zip") from error
    if inflated > MAX_INFLATED:
        raise BadInput("sheet.too_big", value=name, limit=MAX_INFLATED // 1024 // 1024)
    if not DEFUSEDXML:
        raise BadInput("sheet.no_guard", value=name)


def _lines(page: Any, name: str, title: str) -> list[tuple[int, Cells]]:
    lines: list[tuple[int, Cells]] = []
    cells = 0
    for number, row in enumerate(page.iter_rows(), 1):
        cells += len(row)
        if number > MAX_ROWS or cells > MAX_CELLS:
            raise BadInput("sheet.too_many", value=name, rows=MAX_ROWS, cells=MAX_CELLS)
        lines.append((number, tuple(_cell(cell, title, number, at) for at, cell in enumerate(row, 1))))
    return lines


def _cell(cell: Any, sheet: str, line: int, column: int) -> Any:
    value = cell.value
    if value is None or isinstance(value, datetime | date | time | timedelta):
        return value
    if cell.data_type == "e":
        raise BadInput("sheet.error_cell", value=value, sheet=sheet, line=line, column=get_column_letter(column))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value)
    return unquoted(unescaped(str(value))).strip() or None
