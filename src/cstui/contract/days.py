"""Days as people name them, in both languages at once: 明天, 下周一, 月底, +3; tomorrow, next monday, month-end.

What is typed in a form, at the command line, in a filter or in a spreadsheet is read here and nowhere else.
"""

from __future__ import annotations

import contextlib
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from unicodedata import normalize

NEAR = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2,
    "大后天": 3,
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip
_WEEK = {"上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1}
_WEEKDAYS = {
    sign: day for day, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for sign in signs
}
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"天": 1, "日": 1, "d": 1, "day": 1, "days": 1, "周": 7, "星期": 7, "w": 7, "week": 7, "weeks": 7}
_NUMBERS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}

_HAN_WEEKDAY = re.compile(r"(上|本|这|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_WEEKDAY = re.compile(r"(?:(last|this|next) )?([a-z]{3,9})\.?")
_LATER = re.compile(r"([+-]) ?(\d{1,4}) ?(天|日|周|d|days?|w|weeks?)?")
_HAN_LATER = re.compile(r"(\d{1,4}|[一二两三四五六七八九十])个?(天|日|周|星期)(后|之后|以后|前|之前|以前)")
_IN = re.compile(r"in (\d{1,4}) (days?|weeks?)|(\d{1,4}) (days?|weeks?) ago")
_EDGE = re.compile(r"(上|本|这|下)?(?:个)?(月|年)(初|底|末)|(?:(last|this|next) )?(month|year)[- ](start|end)")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月|-)(\d{1,2})[日号]?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?")


def day_named(typed: str, today: date | None) -> date | None:
    """The day that somebody means, or None where that is nobody's guess.

    A day of the week is the coming one, today included; 下周一 and "next monday" are of the next week (it begins on
    Monday), +3 and -3 count days from today, 11-27 and 11月27日 are the nearest. Without `today` only 2026-11-24,
    2026/11/24 and 2026年11月24日 are days.
    """
    text = " ".join(normalize("NFKC", typed).casefold().split())
    with contextlib.suppress(ValueError, OverflowError):
        if found := _DATE.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if today:
            return next((day for read in _READINGS if (day := read(text, today))), None)
    return None


def _near(text: str, today: date) -> date | None:
    away = NEAR.get(text)
    return None if away is None else today + timedelta(days=away)


def _weekday(text: str, today: date) -> date | None:
    if found := _HAN_WEEKDAY.fullmatch(text):
        wanted: int | None = _WEEKDAYS[found[2]]
    elif found := _WEEKDAY.fullmatch(text):
        wanted = next((number for number, name in enumerate(_NAMES) if name.startswith(found[2])), None)
    else:
        return None
    if wanted is None:
        return None
    if found[1]:
        return today + timedelta(days=wanted - today.weekday() + 7 * _WEEK[found[1]])
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _later(text: str, today: date) -> date | None:
    if found := _LATER.fullmatch(text):
        sign, number, unit = (-1 if found[1] == "-" else 1), int(found[2]), found[3] or "d"
    elif found := _HAN_LATER.fullmatch(text):
        sign = -1 if "前" in found[3] else 1
        number, unit = _NUMBERS.get(found[1], 0) or int(found[1]), found[2]
    elif found := _IN.fullmatch(text):
        sign, number, unit = (1, int(found[1]), found[2]) if found[1] else (-1, int(found[3]), found[4])
    else:
        return None
    return today + timedelta(days=sign * number * _UNITS[unit])


def _edge(text: str, today: date) -> date | None:
    """First or last day of a month or year."""
    found = _EDGE.fullmatch(text)
    if not found:
        return None
    away = _WEEK[found[1] or found[4] or "this"]
    first = found[3] == "初" or found[6] == "start"
    if (found[2] or found[5]) in ("年", "year"):
        return date(today.year + away, 1, 1) if first else date(today.year + away, 12, 31)
    year, month = divmod(today.year * 12 + today.month - 1 + away, 12)
    return date(year, month + 1, 1 if first else monthrange(year, month + 1)[1])


def _nearest(text: str, today: date) -> date | None:
    """A day of some year: the nearest one."""
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        return None
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        with contextlib.suppress(ValueError):  # the 29th of February
            days.append(date(year, int(found[1]), int(found[2])))
    return min(days, key=lambda day: abs(day - today), default=None)


_READINGS: tuple[Callable[[str, date], date | None], ...] = (_near, _weekday, _later, _edge, _nearest)
