"""Whether a figure meets a criterion. Pure: values compared as they are, never rounded; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cstui_rewards.kinds import Comparison, Met


def met(op: Comparison, value: Decimal | None, limit: Decimal | None, others: Iterable[Decimal] = ()) -> Met:
    """`others` are the known figures of the department, for what only the first meets; of equals all are first."""
    if value is None or (op is not Comparison.TOP and limit is None):
        return Met.UNKNOWN
    if op is Comparison.TOP:
        holds = all(value >= other for other in others)
    else:
        assert limit is not None
        holds = {
            Comparison.LESS: value < limit,
            Comparison.AT_MOST: value <= limit,
            Comparison.AT_LEAST: value >= limit,
            Comparison.EQUAL: value == limit,
        }.get(op, False)
    return Met.MET if holds else Met.NOT_MET


def figure(told: Any) -> Decimal | None:
    """A fact as a figure; None where nobody reported it."""
    if isinstance(told, bool) or not isinstance(told, int | float | Decimal):
        return None
    return Decimal(str(told)) if isinstance(told, float) else Decimal(told)


def months_between(first: date, last: date) -> Decimal:
    """Whole months from one day to another, and the begun one as a part by days: over six is six and a day."""
    whole = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    month = first.month - 1 + whole
    year, month = first.year + month // 12, month % 12 + 1
    begun = date(year, month, min(first.day, _days(year, month)))
    return Decimal(whole) + Decimal((last - begun).days) / 31


def _days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
