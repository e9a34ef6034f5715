"""Input models of actions: pydantic, with the types a form, a command line and a spreadsheet know."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from cstui.contract.declare import Of

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that no field of a record may hold: they act on terminals or hide in text."""

LARGEST = 2**31 - 1
"""The largest whole number that a store's integer column holds."""

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(min|分钟|分|h|小时|时|d|天|日|s|秒)", re.IGNORECASE)
_UNITS = {
    "s": 1, "秒": 1, "min": 60, "分钟": 60, "分": 60, "h": 3600, "小时": 3600, "时": 3600,
    "d": 86400, "天": 86400, "日": 86400,
}  # fmt: skip


class Input(BaseModel):
    """Base of every action's input. Unknown fields are refused; texts are trimmed."""

    # built when first used: of all areas' inputs a session uses few, and each start would pay for all
    model_config = ConfigDict(
        extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=True, frozen=True, defer_build=True
    )


def clean_line(value: Any) -> Any:
    """One line of a person's text: no control or invisible direction characters."""
    if isinstance(value, str):
        _refuse_control(value, "\n" in value or "\t" in value or bool(CONTROL.search(value)))
    return value


def clean_text(value: Any) -> Any:
    """A person's text of several lines."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
        _refuse_control(value, bool(CONTROL.search(value)))
    return value


def _refuse_control(value: str, found: bool) -> None:
    if found:
        raise PydanticCustomError("control_character", "control character")


def half_width(value: Any) -> Any:
    """Full-width digits and letters as their plain twins: for codes, numbers and dates."""
    return normalize("NFKC", value).strip() if isinstance(value, str) else value


def parse_span(value: Any) -> Any:
    """A length of time: "24 h", "90 min", "1 d", "1 小时 30 分"."""
    if isinstance(value, str):
        text = half_width(value)
        found = _SPAN.findall(text)
        if not found or _SPAN.sub("", text).strip():
            raise PydanticCustomError("span", "a length of time such as 24 h")
        try:
            return timedelta(seconds=sum(float(number) * _UNITS[unit.lower()] for number, unit in found))
        except OverflowError:
            raise PydanticCustomError("span", "a length of time such as 24 h") from None
    return value


def parse_day(value: Any, info: ValidationInfo) -> Any:
    """A day: 2026-11-24, 2026/11/24, 2026年11月24日; 今天, 明天, 昨天, today, tomorrow, yesterday.

    03/04/2026 is refused with both days that it may mean.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):  # pydantic would read a number as seconds since 1970
        raise PydanticCustomError("day", "a day such as 2026-11-24")
    text = half_width(value).lower()
    today = (info.context or {}).get("today")
    relative = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "昨天": -1, "yesterday": -1, "后天": 2}
    if text in relative and today:
        return today + timedelta(days=relative[text])
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?", text)
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
    if readings := _day_and_month(text):
        raise PydanticCustomError("day_order", "the year first", {"expected": readings})
    raise PydanticCustomError("day", "a day such as 2026-11-24")


def _day_and_month(text: str) -> str:
    """The days that 03/04/2026 may mean, which nobody should guess; "" for anything else."""
    found = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?", text)
    if not found:
        return ""
    one, other, year = (int(part) for part in found.groups())
    readings = []
    for month, day in ((one, other), (other, one)):
        with contextlib.suppress(ValueError):
            readings.append(date(year, month, day).isoformat())
    return " / ".join(dict.fromkeys(readings))


def parse_moment(value: Any, info: ValidationInfo) -> Any:
    """A moment: "2026-11-24 18:00" or "18:00" in the site's zone, or ISO with its offset. Becomes UTC."""
    context = info.context or {}
    zone, today = context.get("zone", UTC), context.get("today")
    if isinstance(value, str):
        text = half_width(value)
        clock = re.fullmatch(r"(?:(\S+)[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
        if clock:
            day = parse_day(clock[1], info) if clock[1] else today
            hour, minute, second = int(clock[2]), int(clock[3]), int(clock[4] or 0)
            if day and hour < 24 and minute < 60 and second < 60:
                value = datetime(day.year, day.month, day.day, hour, minute, second)
        else:
            with contextlib.suppress(ValueError):
                value = datetime.fromisoformat(text)
    if not isinstance(value, datetime):
        raise PydanticCustomError("moment", "a time such as 2026-11-24 18:00")
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("moment", "a time such as 2026-11-24 18:00") from None


def parse_clock(value: Any) -> Any:
    """A time of day: 18:00, 24:00 as 0:00 of the next day isn't one."""
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{1,2})[:：](\d{2})(?::00)?", half_width(value))
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return time(int(found[1]), int(found[2]))
        raise PydanticCustomError("clock", "a time of day such as 18:00")
    return value


def parse_fen(value: Any) -> Any:
    """CNY with at most two decimals, kept as whole fen."""
    if isinstance(value, str):
        try:
            fen = Decimal(half_width(value).removeprefix("¥").removesuffix("元")) * 100
        except InvalidOperation:
            raise PydanticCustomError("money", "an amount such as 12.50") from None
        if not fen.is_finite() or fen != int(fen):
            raise PydanticCustomError("money", "an amount such as 12.50")
        return int(fen)
    return value


def upper(value: str) -> str:
    return value.upper()


Line = Annotated[str, BeforeValidator(clean_line), Field(max_length=200)]
"""One line of text."""
Words = Annotated[str, BeforeValidator(clean_text), Field(max_length=2000, json_schema_extra={"widget": "text"})]
"""Several lines of text."""
Code = Annotated[str, BeforeValidator(clean_line), BeforeValidator(half_width), Field(max_length=64)]
"""A code or number that identifies: half width."""
Whole = Annotated[int, BeforeValidator(half_width), Field(ge=-LARGEST, le=LARGEST)]
Day = Annotated[date, BeforeValidator(parse_day)]
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Clock = Annotated[time, BeforeValidator(parse_clock)]
Span = Annotated[timedelta, BeforeValidator(parse_span)]
Fen = Annotated[int, BeforeValidator(parse_fen), Field(ge=-LARGEST, le=LARGEST, json_schema_extra={"widget": "money"})]
Pin = Annotated[str, BeforeValidator(half_width), Field(json_schema_extra={"widget": "secret"})]
"""A signature PIN: masked in forms, never journalled."""
Sealed: Any = Field(json_schema_extra={"sealed": True})
"""Marks a field that is typed in the open but never journalled: `Annotated[Whole, Sealed]`."""


def schema_of(of: Of, source: Any, handler: Any) -> Any:
    """Pydantic's schema of an input field that takes its limits from a model's field."""
    model: Any = of.model
    column = model._meta.fields_map[of.name]
    schema = handler(source)
    if source is str:
        schema = core_schema.no_info_before_validator_function(
            clean_line, core_schema.str_schema(max_length=column.max_length, strip_whitespace=True)
        )
    return schema


__all__ = [
    "AfterValidator", "Clock", "Code", "Day", "Fen", "Input", "Line", "Moment", "Pin", "Sealed", "Span", "Whole",
    "Words",
]  # fmt: skip
