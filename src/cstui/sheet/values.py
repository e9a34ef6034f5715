"""A cell of a spreadsheet as the field of an input reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cstui.contract.errors import BadInput
from cstui.registers import MASKED
from cstui.sheet.fields import InputField, plain_value
from cstui.sheet.model import Unreadable
from cstui.sheet.serials import moment_of

_DIGITS = re.compile(r"\d+(\.\d+)?")
_SEVERAL = re.compile("[,，、;；]")
_DAY = 24 * 60 * 60


def read_cell(field: InputField, cell: Any, epoch: datetime | None, choice_words: Mapping[str, str]) -> Any:
    """The cell's value for the field, None where it says nothing, a BadInput where it can't be one.

    Numbers are serials in a field for a day or a time (counted from `epoch`), else the digits that were typed.
    """
    if isinstance(cell, Unreadable):
        return _unreadable(field.name, cell)
    if cell is None or cell == MASKED:  # what an export hides says nothing
        return None
    if field.kind in {"day", "moment", "clock"}:
        return _time(field, cell, epoch)
    if field.kind == "span" and isinstance(cell, time):  # how a spreadsheet shows 8:30 hours
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if field.kind == "span" and isinstance(cell, timedelta):
        return cell
    text = _text(cell)
    if field.many:
        return [plain_value(field, part.strip(), choice_words) for part in _SEVERAL.split(text) if part.strip()]
    return plain_value(field, text, choice_words)


def _unreadable(name: str, cell: Unreadable) -> BadInput:
    args = {key: value for key, value in cell.text.args.items() if key not in {"field", "rule"}}
    return BadInput(cell.text.id, field=name, **args)


def _time(field: InputField, cell: Any, epoch: datetime | None) -> Any:
    """A day, moment or time of day out of whatever a spreadsheet holds for it."""
    if isinstance(cell, str) and _DIGITS.fullmatch(cell) and epoch is None:
        return BadInput("sheet.bare_number", field=field.name, value=cell)  # counted from 1900 or 1904: who knows
    if isinstance(cell, int | float):
        return _serial(field, cell, epoch)
    if field.kind == "clock":
        if isinstance(cell, datetime):
            return cell.time()
        if isinstance(cell, timedelta) and timedelta(0) <= cell < timedelta(days=1):
            return (datetime.min + cell).time()
    if field.kind == "moment" and isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return _text(cell) if isinstance(cell, timedelta) or (isinstance(cell, time) and field.kind != "clock") else cell


def _serial(field: InputField, number: float, epoch: datetime | None) -> Any:
    if epoch is None:
        return BadInput("sheet.bare_number", field=field.name, value=_text(number))
    if field.kind == "clock":
        return (datetime.min + timedelta(seconds=round(number % 1 * _DAY) % _DAY)).time()
    try:
        moment = moment_of(number, epoch)
    except ValueError:
        return BadInput("sheet.no_serial", field=field.name, value=_text(number))
    return moment.date() if field.kind == "day" else moment


def _text(cell: Any) -> str:
    """What a text field takes a cell for: numbers as plain digits, days and times as they are written here."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)
