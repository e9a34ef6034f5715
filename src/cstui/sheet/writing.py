"""Write rows as CSV, XLSX or JSON, one by one as they come: however many, they are never held together.

Values are texts, numbers, decimals, dates, moments without a zone, times of day, lengths of time, yes and no, or None.
`read` gives back what was written. None and an empty text are both an empty cell, and nothing when imported again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath
from struct import unpack
from typing import IO, Any

from cstui.cells import harmful, harmless
from cstui.contract.errors import BadInput
from cstui.sheet.model import quoted

FORMATS = ("csv", "xlsx", "json")
Put = Callable[[Sequence[Any]], None]
"""Writes one row."""


def format_of(name: str) -> str:
    """The format by a file's ending. Raises BadInput."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise BadInput("sheet.unknown_format", value=name, formats=" ".join("." + known for known in FORMATS))
    return ending


@contextmanager
def writer(out: IO[bytes], names: Sequence[str], headers: Sequence[str], kind: str, title: str = "") -> Iterator[Put]:
    """A table written to `out` row by row; within it the answer writes one.

    `names` are the keys of JSON, `headers` the first line of a table, `title` the name of an XLSX sheet. Texts that
    a spreadsheet would take for a formula are neutralised, which `read` undoes. Raises BadInput for what the
    format can't hold.
    """
    if kind == "xlsx":
        from cstui.sheet.xlsx_writing import xlsx_writer

        with xlsx_writer(out, headers, title) as put:
            yield put
    elif kind == "json":
        with _writing_json(out, names) as put:
            yield put
    else:
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")

        def put(row: Sequence[Any]) -> None:
            table.writerow([plain(value) for value in row])
            out.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()

        out.write(b"\xef\xbb\xbf")  # without it Excel takes the file for the computer's old encoding
        put(headers)
        yield put


@contextmanager
def _writing_json(out: IO[bytes], names: Sequence[str]) -> Iterator[Put]:
    before = b"["

    def put(row: Sequence[Any]) -> None:
        nonlocal before
        out.write(before + b"\n" + to_json(dict(zip(names, row, strict=True))).encode())
        before = b","

    yield put
    out.write((b"[" if before == b"[" else b"\n") + b"]\n")


def write(
    names: Sequence[str], headers: Sequence[str], rows: Iterable[Sequence[Any]], kind: str, title: str = ""
) -> bytes:
    """The bytes of a small file; see `writer`."""
    out = io.BytesIO()
    with writer(out, names, headers, kind, title) as put:
        for row in rows:
            put(row)
    return out.getvalue()


def plain(value: Any) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, int | float | date):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return quoted(span(value) if isinstance(value, timedelta) else str(value))


def span(value: timedelta) -> str:
    """A length of time as the inputs read it, exactly: "26 h", "90 min", "75 s"."""
    if not value % timedelta(hours=1):
        return f"{value // timedelta(hours=1)} h"
    if not value % timedelta(minutes=1):
        return f"{value // timedelta(minutes=1)} min"
    seconds = Decimal(value // timedelta(microseconds=1)).scaleb(-6)
    return f"{seconds.normalize():f} s"


def to_json(value: Any) -> str:
    """JSON that holds the exact texts, with every character that acts on terminals or hides written as an escape."""
    made = json.dumps(value, ensure_ascii=False, indent=1, default=_jsonable)
    return "\n".join(line if harmless(line) else "".join(map(_escaped, line)) for line in made.split("\n"))


def _escaped(char: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in _units(char)) if harmful(char) else char


def _units(char: str) -> tuple[int, ...]:
    """A character in UTF-16, as JSON escapes it; a lone surrogate stays what it is."""
    return unpack(f">{1 + (char > chr(0xFFFF))}H", char.encode("utf-16-be", "surrogatepass"))


def _jsonable(value: Any) -> Any:
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return getattr(value, "value", None) or str(value)
