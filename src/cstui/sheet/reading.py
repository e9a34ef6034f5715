"""Read a spreadsheet file into a `Sheet`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from cstui.contract.errors import BadInput
from cstui.sheet.limits import MAX_BYTES, MAX_CELLS, MAX_ROWS
from cstui.sheet.model import Cells, Sheet, table, unquoted

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(source: Path | bytes, name: str = "", known: Collection[str] = (), sheet: str = "") -> Sheet:
    """Read CSV or XLSX, told apart by content. `known` headers help to find the header line.

    `name` is shown in errors; `sheet` names the sheet of an XLSX file (else its first visible one).
    Raises BadInput for what can't be read or is too big.
    """
    if isinstance(source, Path):
        name = name or source.name
        source = _bytes(source, name)
    if len(source) > MAX_BYTES:
        raise BadInput("sheet.too_big", value=name, limit=MAX_BYTES // 1024 // 1024)
    if source.startswith(b"PK\x03\x04"):
        from cstui.sheet.xlsx_reading import read_xlsx

        return read_xlsx(source, name, known, sheet)
    if source.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput("sheet.old_excel", value=name)
    if sheet:
        raise BadInput("sheet.no_such_sheet", value=sheet, sheets="—")
    return _read_csv(source, name, known)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise BadInput("sheet.no_file", value=str(path))
        if path.stat().st_size > MAX_BYTES:
            raise BadInput("sheet.too_big", value=name, limit=MAX_BYTES // 1024 // 1024)
        return path.read_bytes()
    except OSError as error:
        raise BadInput("sheet.unreadable", value=str(path), reason=error.strerror or "") from error


def _read_csv(source: bytes, name: str, known: Collection[str]) -> Sheet:
    text, encoding = _decode(source, name)
    lines: list[tuple[int, Cells]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for record in reader:
            lines.append((begins, tuple(unquoted(cell).strip() or None for cell in record)))
            begins = reader.line_num + 1
            cells += len(record)
            if len(lines) > MAX_ROWS or cells > MAX_CELLS:
                raise BadInput("sheet.too_many", value=name, rows=MAX_ROWS, cells=MAX_CELLS)
    except csv.Error as error:
        raise BadInput("sheet.broken_line", value=name, line=begins, reason=str(error)) from error
    line, header, rows = table(lines, known, name)
    headers = tuple("" if cell is None else str(cell) for cell in header)
    return Sheet("", headers, rows, "csv", encoding, line)


def _decode(source: bytes, name: str) -> tuple[str, str]:
    bom = next((encoding for mark, encoding in _BOMS if source.startswith(mark)), "")
    for encoding in (bom,) if bom else ("utf-8", "gb18030"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding.removesuffix("-sig")
    raise BadInput("sheet.encoding", value=name)


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: the one by which most of the first lines have the same number of cells."""
    sample = text[:20_000]
    best, best_score = ",", (0, 0)
    for delimiter in ",\t;":
        widths: Counter[int] = Counter()
        try:
            for number, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
                widths[len(record)] += 1
                if number > 30:
                    break
        except csv.Error:
            continue
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        if (count, width) > best_score:
            best, best_score = delimiter, (count, width)
    return best
