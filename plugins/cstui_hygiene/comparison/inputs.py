"""Which period is compared."""

from __future__ import annotations

from cstui.api import Day, Input


class Compare(Input):
    """`day`: any day of the period; empty: the last one that is over."""

    day: Day | None = None
