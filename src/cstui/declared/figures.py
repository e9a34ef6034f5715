"""A figure of an area.toml: from its value in the file to a rule's parameter, and to fen, points and moments."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from cstui.contract.inputs import parse_span
from cstui.contract.rules import Param
from cstui.declared.file import FigureTable

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def param_of(name: str, figure: FigureTable) -> Param | None:
    """The rule's parameter; its value's type is the figure's. None for a number that isn't finite."""
    value: Any = figure.value
    if isinstance(value, float):
        value = Decimal(str(value))
        if not value.is_finite():
            return None
    elif isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, str):
        try:
            value = parse_span(value)
        except PydanticCustomError:
            choices = WEEKDAYS if value in WEEKDAYS else ()
            return Param(name, value, figure.unit, figure.proposed, choices)
    return Param(name, value, figure.unit if not isinstance(value, timedelta) else "", figure.proposed)


def hundredths(value: Any) -> int:
    """CNY as fen, points as hundredths."""
    return int(Decimal(value) * 100)


def minutes(clock: str) -> int:
    """A time of day as minutes after midnight; 24:00 is the end of the day."""
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
