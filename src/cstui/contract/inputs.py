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

from cstui.contract.days import day_named
from cstui.contract.declare import Of

CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that no field of a record may hold: they act on terminals or hide in text."""

LARGEST = 2**31 - 1
"""The largest whole number that a store's integer column holds."""

_SPAN = re.compile(
    r"(\d+(?:\.\d+)?|半)个?(半)? ?"
    r"(min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?|s|分钟|分|小时|钟头|时|天|日|星期|周|秒)"
    r"(?![a-z])(半)?[, ]*",
    re.IGNORECASE,
)
_UNITS = {
    "s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "小": 3600, "时": 3600, "钟": 3600,
    "d": 86400, "天": 86400, "日": 86400, "w": 604800, "周": 604800, "星": 604800,
}  # fmt: skip
"""Seconds of a unit, by the letter with which its names begin."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?|(\d{1,2})(\d{2})|(\d{1,2})[点时](?:(半)|(\d{1,2})分?)?")
_YUAN = re.compile(r"(-)?(?:(\d+)[元块])?(?:(\d)[角毛])?(?:(\d)分)?")


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
    """A length of time: "24 h", "90 min", "1h30m", "1 d", "1 小时 30 分", "半小时", "1个半小时"."""
    if isinstance(value, str):
        text = half_width(value)
        parts = list(_SPAN.finditer(text))
        if not parts or "".join(part[0] for part in parts) != text:
            raise PydanticCustomError("span", "a length of time such as 24 h")
        try:
            return timedelta(seconds=sum(_seconds(part) for part in parts))
        except OverflowError:
            raise PydanticCustomError("span", "a length of time such as 24 h") from None
    return value


def _seconds(part: re.Match[str]) -> float:
    number = 0.5 if part[1] == "半" else float(part[1])
    return (number + (0.5 if part[2] or part[4] else 0)) * _UNITS[part[3][0].lower()]


def parse_day(value: Any, info: ValidationInfo) -> Any:
    """A day: 2026-11-24, 2026/11/24, 2026年11月24日, or in words of either language (`contract.days`).

    03/04/2026 is refused with both days that it may mean.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):  # pydantic would read a number as seconds since 1970
        raise PydanticCustomError("day", "a day such as 2026-11-24")
    if day := day_named(value, (info.context or {}).get("today")):
        return day
    if readings := _day_and_month(half_width(value)):
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
    """A moment in the site's zone, as UTC: "2026-11-24 18:00", "18:00", "明天 1800", "fri 9:00", or with its offset.

    "now" and "现在" are the present moment, "+2 h" and "-30分" are from now.
    """
    context = info.context or {}
    zone, today = context.get("zone", UTC), context.get("today")
    if isinstance(value, str):
        text = half_width(value)
        day, _, clock = text.rpartition(" ") if " " in text else text.partition("T")
        if found := _from_now(text, context.get("now")):
            value = found
        elif (at := clock_named(clock or day)) and (on := parse_day(day, info) if clock else today):
            value = datetime.combine(on, at)
        else:
            with contextlib.suppress(ValueError):
                value = datetime.fromisoformat(text)
            if today and day_named(text, today):
                raise PydanticCustomError("moment_day", "a time of day, too")
    if not isinstance(value, datetime):
        raise PydanticCustomError("moment", "a time such as 2026-11-24 18:00")
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("moment", "a time such as 2026-11-24 18:00") from None


def _from_now(text: str, now: datetime | None) -> datetime | None:
    """The present minute, or a length of time from there."""
    if now is None:
        return None
    minute = now.replace(second=0, microsecond=0)
    if text.lower() in {"now", "现在"}:
        return minute
    if text[:1] in {"+", "-"}:
        with contextlib.suppress(PydanticCustomError, OverflowError):
            away: timedelta = parse_span(text[1:].strip())
            return minute + away if text[0] == "+" else minute - away
    return None


def clock_named(typed: str) -> time | None:
    """The time of day that somebody means (18:00, 1800, 18点, 18点半), or None."""
    found = _CLOCK.fullmatch(half_width(typed))
    if not found:
        return None
    hour = int(found[1] or found[4] or found[6])
    minute = 30 if found[7] else int(found[2] or found[5] or found[8] or 0)
    second = int(found[3] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def parse_clock(value: Any) -> Any:
    """A time of day to the minute: 18:00, 1800, 18点半; 24:00 as 0:00 of the next day isn't one."""
    if isinstance(value, str):
        at = clock_named(value)
        if at is None or at.second:
            raise PydanticCustomError("clock", "a time of day such as 18:00")
        return at
    return value


def parse_fen(value: Any) -> Any:
    """CNY with at most two decimals, kept as whole fen: 12.50, ¥1,234.50, 12元5角."""
    if isinstance(value, str):
        text = half_width(value).upper().removeprefix("CNY").removeprefix("¥").strip()
        if (found := _YUAN.fullmatch(text)) and text.strip("-"):
            fen = Decimal(int(found[2] or 0) * 100 + int(found[3] or 0) * 10 + int(found[4] or 0))
            fen = -fen if found[1] else fen
        else:
            text = text.removesuffix("元").strip()
            try:
                fen = (
                    Decimal(text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else text) * 100
                )
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
Reason = Annotated[Line, Field(min_length=1)]
"""Why something is done."""
Reference = Annotated[Line, Field(max_length=100)]
"""Where the paper is: a page, a file, a recording."""
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
PaperCode = Annotated[
    str, BeforeValidator(half_width), Field(max_length=64, json_schema_extra={"widget": "secret", "seen": True})
]
"""A code on a slip of paper: like a PIN, but seen while it is typed."""
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
    "AfterValidator", "Clock", "Code", "Day", "Fen", "Input", "Line", "Moment", "PaperCode", "Pin", "Reason",
    "Reference", "Sealed", "Span", "Whole", "Words",
]  # fmt: skip
