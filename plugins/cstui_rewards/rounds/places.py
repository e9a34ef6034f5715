"""How many of a team may be nominated for an award (rewards-23). Pure."""

from __future__ import annotations


def places(headcount: int, per: int, least: int, up: bool = False) -> int:
    """One for each `per` people, rounded down or up, at least `least`; a team without people has none."""
    if headcount <= 0:
        return 0
    whole = -(-headcount // per) if up else headcount // per
    return max(least, whole)
