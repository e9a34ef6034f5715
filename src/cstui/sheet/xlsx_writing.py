"""Write XLSX row by row, straight into the file: texts are text cells and never formulas.

The few parts of such a workbook are written here rather than by a library: those that write row by row keep a second
copy of the rows in the folder for temporary files, where an export that is killed leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from cstui.cells import width
from cstui.contract.errors import BadInput
from cstui.sheet.model import escaped, kept
from cstui.sheet.writing import Put, span

MAX_ROWS = 1_048_576
"""Rows of a sheet, its header among them; what stands below is lost when it is opened."""
MAX_TEXT = 32_767
"""UTF-16 units of a cell's text; what is beyond is cut when it is opened."""
DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets disagree about days: Excel has a 29th of February 1900."""
LOOK = 200
"""Rows by which the columns' widths are chosen."""

_EPOCH = datetime(1899, 12, 30)
_BOLD, _TEXT, _DAY, _MOMENT, _SECONDS, _CLOCK, _CLOCK_SECONDS, _AMOUNT = range(1, 9)
_FORMATS = [
    "@",
    "@",
    "yyyy\\-mm\\-dd",
    "yyyy\\-mm\\-dd\\ hh:mm",
    "yyyy\\-mm\\-dd\\ hh:mm:ss",
    "hh:mm",
    "hh:mm:ss",
    "0.00",
]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@contextmanager
def xlsx_writer(out: IO[bytes], headers: Sequence[str], title: str) -> Iterator[Put]:
    """A workbook of one sheet; within it the answer writes one row. Raises BadInput for what no sheet holds."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in _parts(title):
            archive.writestr(name, _HEAD + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as page:
            sheet = _Sheet(page, headers)
            yield sheet.put
            sheet.close()


class _Sheet:
    """The rows of the sheet; the first are held back until the columns' widths are known by them."""

    def __init__(self, page: IO[bytes], headers: Sequence[str]) -> None:
        self.page = page
        self.headers = headers
        self.names = [letters(at) for at in range(len(headers))]
        self.first: list[Sequence[Any]] | None = []
        self.line = 0

    def put(self, row: Sequence[Any]) -> None:
        if self.first is None:
            self._row(row)
        else:
            self.first.append(row)
            if len(self.first) == LOOK:
                self._begin()

    def close(self) -> None:
        self._begin()
        self.page.write(b"</sheetData></worksheet>")

    def _begin(self) -> None:
        if self.first is None:
            return
        first, self.first = self.first, None
        columns = []
        for at, header in enumerate(self.headers):
            values = [row[at] for row in first if row[at] is not None]
            wide = min(max(_width(value) for value in (header, *values)) + 2, 50)
            # also in new lines a code that somebody types keeps its leading zeros
            style = f' style="{_TEXT}"' if values and all(isinstance(value, str) for value in values) else ""
            columns.append(f'<col min="{at + 1}" max="{at + 1}" width="{wide}" customWidth="1"{style}/>')
        head = (
            f'{_HEAD}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
            ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{''.join(columns)}</cols><sheetData>"
        )
        self.page.write(head.encode())
        self._row(self.headers, _BOLD)
        for row in first:
            self._row(row)

    def _row(self, row: Sequence[Any], style: int = _TEXT) -> None:
        self.line += 1
        if self.line > MAX_ROWS:
            raise BadInput("sheet.sheet_full", value=MAX_ROWS)
        cells = []
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            place = f"{self.names[at]}{self.line}"
            number, shown = _number(value)
            if number is not None:
                cells.append(f'<c r="{place}" s="{shown}"{number}')
                continue
            text = kept(shown)
            if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
                raise BadInput("sheet.text_too_long", field=self.headers[at], value=f"{text[:20]}…", line=self.line)
            cells.append(
                f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
                f"{escape(escaped(text))}</t></is></c>"
            )
        self.page.write(f'<row r="{self.line}">{"".join(cells)}</row>'.encode())


def _number(value: Any) -> tuple[str | None, Any]:
    """(the rest of a number's cell, its style), or (None, the text) of what is no number to a spreadsheet."""
    if isinstance(value, str):
        return None, value
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>', 0
    if isinstance(value, timedelta):
        return None, span(value)
    if isinstance(value, datetime):
        if value.date() < FIRST_DAY:
            return None, value.isoformat(" ")
        gone = value - _EPOCH
        return f"><v>{gone / timedelta(days=1)!r}</v></c>", _SECONDS if value.second else _MOMENT
    if isinstance(value, date):
        if value < FIRST_DAY:
            return None, value.isoformat()
        return f"><v>{(value - _EPOCH.date()).days}</v></c>", _DAY
    if isinstance(value, time):
        gone = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return f"><v>{gone / timedelta(days=1)!r}</v></c>", _CLOCK_SECONDS if value.second else _CLOCK
    if isinstance(value, Decimal | int | float):
        written = f"{value:f}" if isinstance(value, Decimal) else repr(value)
        digits = sum(char.isdigit() for char in written.lower().partition("e")[0].lstrip("-0."))
        if written.strip("-0123456789.e+") or digits > DIGITS:
            return None, written
        cents = isinstance(value, Decimal) and value.as_tuple().exponent == -2
        return f"><v>{written}</v></c>", _AMOUNT if cents else 0
    return None, str(value)


def _width(value: Any) -> int:
    return max(map(width, str(value)[:200].split("\n")), default=0)


def letters(at: int) -> str:
    """The name of a column: 0 → A, 26 → AA."""
    made = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        made = chr(65 + rest) + made
    return made


def sheet_name(title: str) -> str:
    """A title as Excel allows it for a sheet."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", title).strip("'")[:31] or "Sheet1"


def _parts(title: str) -> Iterator[tuple[str, str]]:
    """Everything but the sheet itself: name and XML of each part."""
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    yield (
        "xl/workbook.xml",
        f'<workbook {_MAIN} xmlns:r="{_RELATION}"><bookViews><workbookView/></bookViews><sheets>'
        f'<sheet name="{escape(sheet_name(title), {chr(34): "&quot;"})}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    )
    yield "xl/_rels/workbook.xml.rels", _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    formats = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(_FORMATS))
    styles = "".join(
        f'<xf numFmtId="{164 + at}" fontId="{int(at + 1 == _BOLD)}" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1" applyFont="1"/>'
        for at in range(len(_FORMATS))
    )
    usual = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    fonts = "".join(f'<font>{bold}<sz val="11"/><name val="Calibri"/></font>' for bold in ("", "<b/>"))
    yield (
        "xl/styles.xml",
        f'<styleSheet {_MAIN}><numFmts count="{len(_FORMATS)}">{formats}</numFmts><fonts count="2">{fonts}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{usual}/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS) + 1}">{usual} xfId="0"/>{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    )


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
