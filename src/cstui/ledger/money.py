"""What a sum against a person may become: shares of it, points, a plan of instalments. Pure; sums in fen.

The rules are those of the regulations' page on money, which governs every area.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PERCENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Month:
    """A person's pay of one month: the wage, what is left of it before damages, the minimum in force. None: unknown."""

    wage: int
    net: int
    minimum: int | None


def share(sum_: int, percent: Decimal) -> int:
    """A part of a sum, to the fen, half up."""
    return int((sum_ * percent * PERCENT).quantize(Decimal(1), ROUND_HALF_UP))


def overtime(base: int, hours: Decimal, percent: Decimal, month_days: Decimal, day_hours: Decimal) -> int:
    """The least that so many hours of overtime cost by law: so much per cent of the hour's base pay (money-15)."""
    return int((base * hours * percent * PERCENT / (month_days * day_hours)).quantize(Decimal(1), ROUND_HALF_UP))


def instalment(left: int, month: Month, cap: Decimal) -> int:
    """What of damages may be taken in a month: at most `cap` per cent of its wage, and never below the minimum wage.

    Without a minimum nothing may be taken (money-07, money-08).
    """
    if month.minimum is None:
        return 0
    return max(0, min(left, share(month.wage, cap), month.net - month.minimum))


def points_of(sum_: int, per_ten: int) -> int:
    """Hundredths of points for a sum: so many for each full or begun 10 CNY (money-03)."""
    return -(-sum_ // 10_00) * per_ten * 100


def lowered(sum_: int, month: Month, within: int) -> int:
    """What of a sum may be taken in a month from the pay it may touch (`within`), never below the minimum wage.

    What exceeds either lapses (money-04, money-08); without a minimum nothing may be taken.
    """
    return 0 if month.minimum is None else max(0, min(sum_, within, month.net - month.minimum))


def instalments(damages: int, month: Callable[[int], Month], cap: Decimal, months: int = 120) -> list[int]:
    """The plan of damages, month by month from 0; shorter than the sum where `months` don't suffice (money-09)."""
    plan: list[int] = []
    left = damages
    for number in range(months):
        if left <= 0:
            break
        taken = instalment(left, month(number), cap)
        plan.append(taken)
        left -= taken
    return plan
