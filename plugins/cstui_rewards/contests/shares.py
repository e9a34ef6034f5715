"""Who shares in a contest's reward, and how much. Pure; sums in fen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

Rounding = Literal["half_up", "floor", "ceil"]
_HOW = {"half_up": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}


def places(others: int, share: int, least: int, rounding: Rounding = "half_up") -> int:
    """Of so many others, `share` per cent, at least `least` as far as there are any (rewards-51)."""
    if others <= 0:
        return 0
    exact = (Decimal(others) * share / 100).quantize(Decimal(1), _HOW[rounding])
    return min(others, max(least, int(exact)))


def chosen(ranks: Mapping[int, int], count: int) -> tuple[list[int], list[int]]:
    """Who has a place for sure, down the ranking, and those tied on the last one where not all of them fit."""
    order = sorted(ranks, key=lambda one: ranks[one])
    if count >= len(order):
        return order, []
    last = ranks[order[count - 1]] if count else 0
    tied = [one for one in order if ranks[one] == last]
    sure = [one for one in order if ranks[one] < last]
    return ([*sure, *tied], []) if len(sure) + len(tied) == count else (sure, tied)


def own(amount: int, elsewhere: int) -> int:
    """What is given here where another gives something for the same occasion: only the higher counts (rewards-58)."""
    return amount if amount > elsewhere else 0


def year_score(points: list[Decimal], performance: list[Decimal], weights: tuple[Decimal, Decimal]) -> Decimal | None:
    """The year's ranking: the means of the quarters' points and performance, weighted; two decimals half up.

    None where a quarter isn't known (rewards-57).
    """
    if not points or not performance:
        return None
    score = weights[0] * sum(points, Decimal(0)) / len(points)
    score += weights[1] * sum(performance, Decimal(0)) / len(performance)
    return score.quantize(Decimal("0.01"), ROUND_HALF_UP)
