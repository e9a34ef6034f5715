"""Counting opinions: from ballots to what may be shown of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one nomination in one channel: how many ballots, their mean score in hundredths, how many supported."""

    ballots: int
    mean: int
    supports: int


def summary(ballots: Sequence[tuple[int, bool]], least: int) -> Summary | None:
    """Of (score, support); None where there are fewer than may be shown (rewards-38)."""
    if len(ballots) < max(least, 1):
        return None
    return Summary(len(ballots), mean(score for score, _ in ballots), sum(support for _, support in ballots))


def mean(scores: Iterable[int]) -> int:
    """Hundredths, half up: 5, 4, 4 → 433."""
    all_ = list(scores)
    return (sum(all_) * 200 + len(all_)) // (2 * len(all_))
