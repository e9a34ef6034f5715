"""Write rows as CSV, XLSX or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from cstui.contract.errors import BadInput
from cstui.contract.inputs import CONTROL
from cstui.sheet.model import quoted

FORMATS = ("csv", "xlsx", "json")


def format_of(name: str) -> str:
    """The format by a file's ending. Raises BadInput."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise BadInput("sheet.unknown_format", value=name, formats=" ".join("." + known for known in FORMATS))
    return ending


def write(
    names: Sequence[str], headers: Sequence[str], rows: Iterable[Sequence[Any]], kind: str, title: str = ""
) -> bytes:
    """The file's bytes. `names` are the keys of JSON, `headers` the first line of a table.

    Values are texts, numbers, dates, times of the site's zone, or None. Texts that a spreadsheet would take
    for a formula are neutralised; `read` undoes it, so that what was written is what is read.
    """
    if kind == "xlsx":
        from cstui.sheet.xlsx_writing import write_xlsx

        return write_xlsx(headers, rows, title)
    if kind == "json":
        return (to_json([dict(zip(names, row, strict=True)) for row in rows]) + "\n").encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([quoted(header) for header in headers])
    writer.writerows([_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return span(value)
    return quoted(value) if isinstance(value, str) else str(value)


def span(value: timedelta) -> str:
    """A length of time as the inputs read it: "26 h", "90 min"."""
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def to_json(value: Any) -> str:
    """JSON that holds the exact texts, with every character that acts on terminals written as an escape."""
    plain = json.dumps(value, ensure_ascii=False, indent=1, default=_jsonable)
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def _jsonable(value: Any) -> Any:
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return getattr(value, "value", None) or str(value)
