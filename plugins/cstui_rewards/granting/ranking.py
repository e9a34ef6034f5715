"""Who comes first of equals, and what points a month gives. Pure; points in hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a nomination on the shortlist; None: unknown."""

    pk: int
    metric: Decimal | None = None
    cross_department: int | None = None
    internal: int | None = None
    hired_on: date | None = None

    def place(self, key: str) -> tuple[bool, Decimal]:
        """Smaller is better; unknown comes last."""
        if key == "seniority":
            return self.hired_on is None, Decimal(self.hired_on.toordinal() if self.hired_on else 0)
        value = getattr(self, key)
        return value is None, -Decimal(value or 0)


def first(candidates: Sequence[Candidate], keys: Sequence[str]) -> list[Candidate]:
    """Whoever comes first by the keys in their order (rewards-25); several where nothing tells them apart."""
    placed = [(tuple(one.place(key) for key in keys), one) for one in candidates]
    best = min((place for place, _ in placed), default=())
    return [one for place, one in placed if place == best]


def shortlist_points(listed: int, won: int, figure: int, stack: bool, once: bool) -> int:
    """For being on the shortlist `listed` times in a month, of which `won` (rewards-35)."""
    if won and not stack:
        return 0
    return figure * (min(listed, 1) if once else listed)
