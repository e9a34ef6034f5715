"""A rule's figure: from what was typed or configured to its value, and to the text it is stored as."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic_core import PydanticCustomError

from cstui.contract.errors import BadInput
from cstui.contract.inputs import half_width, parse_span
from cstui.contract.rules import Param

EXPECTED = {timedelta: "24 h", bool: "true | false", int: "0, 1, 2 …", Decimal: "12.5", tuple: "a, b"}
CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d|24:00")
"""A time of day; 24:00 is the end of the day. A figure that is one takes nothing else."""
TRUE = {"true", "yes", "on", "是", "开"}
FALSE = {"false", "no", "off", "否", "关"}


def parse_figure(param: Param, raw: Any) -> Any:
    """The value of a figure as typed or as TOML gives it. None is below 0, no span is 0, unless its default is.

    Raises BadInput naming the figure, and what was expected.
    """
    kind = type(param.default)
    clock = kind is str and CLOCK.fullmatch(param.default)
    text = half_width(raw) if isinstance(raw, str) else raw
    try:
        value = _as(kind, text)
        below = kind in (int, Decimal, timedelta) and value is not None and value < min(kind(0), param.default)
        value = None if below or (value == timedelta(0) != param.default) else value
        value = None if clock and not CLOCK.fullmatch(value or "") else value
    except (ValueError, TypeError, InvalidOperation, PydanticCustomError):
        value = None
    expected = " | ".join(param.choices) or ("18:00" if clock else EXPECTED.get(kind, kind.__name__))
    if value is None or (param.choices and not {*(value if kind is tuple else [value])} <= {*param.choices}):
        raise BadInput("site.refusal.figure", field=param.name, value=raw, expected=expected)
    return value


def _as(kind: type, raw: Any) -> Any:
    if kind is bool:
        if isinstance(raw, bool):
            return raw
        word = str(raw).lower()
        return True if word in TRUE else False if word in FALSE else None
    if kind is int:
        return None if isinstance(raw, bool | float) else int(raw)
    if kind is Decimal:
        value = Decimal(str(raw))
        return value if value.is_finite() else None
    if kind is timedelta:
        value = parse_span(raw)
        return value if isinstance(value, timedelta) else None
    if kind is tuple:
        if isinstance(raw, str):
            raw = [part.strip() for part in raw.replace("，", ",").split(",") if part.strip()]
        return tuple(str(part) for part in raw)
    return raw if isinstance(raw, str) else None


def dump_figure(value: Any) -> str:
    """A figure as the store keeps it: JSON text (spans in seconds, decimals as text)."""
    if isinstance(value, timedelta):
        return json.dumps(value.total_seconds())
    return json.dumps(str(value) if isinstance(value, Decimal) else value, ensure_ascii=False)


def load_figure(param: Param, text: str) -> Any:
    """The figure that `dump_figure` stored."""
    value = json.loads(text)
    if isinstance(param.default, timedelta):
        return timedelta(seconds=value)
    if isinstance(param.default, Decimal):
        return Decimal(value)
    return tuple(value) if isinstance(param.default, tuple) else value
