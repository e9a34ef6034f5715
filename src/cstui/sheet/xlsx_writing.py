"""Write XLSX with openpyxl; imported only when such a file is asked for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cstui.sheet.model import kept


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """One sheet; texts are text cells and never formulas."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(_title(title))
    page.freeze_panes = "A2"
    made = [[_value(value) for value in row] for row in rows]
    for at, header in enumerate(headers):
        width = max([_width(header), *(_width(row[at]) for row in made[:200])])
        page.column_dimensions[get_column_letter(at + 1)].width = min(width + 2, 50)
    page.append([_written(page, header, bold=True) for header in headers])
    for row in made:
        page.append([_written(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(title: str) -> str:
    return "".join("_" if char in "[]:*?/\\" else char for char in title)[:31] or "Sheet1"


def _width(value: Any) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in str(value or ""))


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | date | time):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return kept(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _written(page: Any, value: Any, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
