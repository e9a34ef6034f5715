"""What a cell's text or number means."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from math import isfinite
from typing import Any

from cstui.contract.text import Text
from cstui.sheet.child.formats import Padded, Style
from cstui.sheet.child.page import place
from cstui.sheet.model import Unreadable, unquoted
from cstui.sheet.serials import moment_of

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_SHORTENED = re.compile(r"-?\d(\.\d+)?E\+\d\d+")
_BLANK = "\ufeff\u200b\u2060"
"""Blanks of no width, beside those that `str.strip` knows (full-width and no-break ones among them)."""

_EXACT = 10**15
"""From here on Excel doesn't keep all digits of a whole number."""
_DAY = 24 * 60 * 60


def text_value(text: str, sheet: str, line: int, at: int) -> str | Unreadable | None:
    """A text cell without blanks around it; what Excel writes in place of a value that it can't show is unreadable."""
    if text[:1] == "'":
        text = unquoted(text)
    text = trimmed(text)
    if not text:
        return None
    if text[0] == "#" and (text in ERRORS or (not text.strip("#") and len(text) > 2)):
        return Unreadable(Text("sheet.error_cell", **place(sheet, line, at, text)))
    if "E+" in text and _SHORTENED.fullmatch(text):
        return Unreadable(Text("sheet.lost_digits", **place(sheet, line, at, text)))
    return text


def trimmed(text: str) -> str:
    """The text without blanks around it, and with plain ones in it."""
    return text.strip().strip(_BLANK).strip().replace("\xa0", " ")


def number_value(raw: str, style: Style, epoch: datetime, sheet: str, line: int, at: int) -> Any:
    """What a number cell shows: a number, a number with its leading zeros, or a date, time or span by its format.

    Raises ValueError if it is no number.
    """
    value = float(raw)
    if not isfinite(value):
        raise ValueError(raw)
    if style is None or isinstance(style, Padded):
        if not value.is_integer():
            return float(f"{value:.15g}")  # as many digits as Excel shows; what follows is noise of computing
        if abs(value) >= _EXACT:
            return Unreadable(Text("sheet.lost_digits", **place(sheet, line, at, raw)))
        return style.shown(int(value)) if style and value >= 0 else int(value)
    if style == "span":
        return timedelta(seconds=round(value * _DAY))
    if 0 <= value < 1 and style in ("clock", "either"):
        return _clock(value)
    try:
        moment = moment_of(value, epoch)
    except ValueError:
        return Unreadable(Text("sheet.no_day", **place(sheet, line, at, raw)))
    only_day = style != "moment" and moment.time() == time()
    return moment.date() if only_day else moment


def _clock(part: float) -> time:
    return (datetime.min + timedelta(seconds=round(part * _DAY) % _DAY)).time()
