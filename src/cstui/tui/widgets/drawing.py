"""What charts have in common when they are painted: a cursor on each thing shown, bars that need no colour.

Bars are letters in the colour of their own background: a solid bar where there are colours, a row of letters elsewhere.
No character here is one of those that some terminals paint two cells wide (docs/decisions/charts.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from cstui.tui.paint import Run

Say = Callable[[Any], str]
"""A value, or a text, in the reader's language."""
FILLS = (("=", "bar_accent"), ("-", "bar_warning"), ("+", "bar_good"), ("#", "bar_dim"))
"""For each series its letter and its style, over again from the fifth on."""
Lead = tuple[str, tuple[int, ...]]
"""A register and the records (pks) of it; no records where there is nothing to open."""
NOWHERE: Lead = ("", ())


class Drawing:
    """A chart's data as lines. The cursor is a number below `spots`; there are none where there is nothing to show."""

    spots = 0
    start = 0
    """The spot at first."""
    head = 1
    """Lines that stay in sight above all others."""
    flows = False
    """Whether a step beyond the first or last spot leads to the period before or after."""

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        """All lines, of `room` cells; `height` of them are seen at once."""
        raise NotImplementedError

    def line_of(self, at: int) -> tuple[int, int]:
        """The first and last line of a spot, as painted last."""
        return 0, 0

    def spot(self, line: int, cell: int) -> int | None:
        """What stands there, as painted last; None beside all spots."""
        return None

    def step(self, key: str, at: int) -> int | None:
        """Where an arrow leads; None for another key."""
        raise NotImplementedError

    def told(self, at: int) -> str:
        """The spot in words."""
        raise NotImplementedError

    def lead(self, at: int) -> Lead:
        """What it counts."""
        return NOWHERE


def number(value: Any) -> float:
    """A figure as a number; a length of time in seconds, what nobody knows as 0."""
    if value is None:
        return 0.0
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def fill(series: int, value: float, most: float, cells: int) -> Run:
    """A bar in at most so many cells: at least one for whatever isn't nothing."""
    letter, style = FILLS[series % len(FILLS)]
    share = max(value, 0) / most if most > 0 else 0
    return letter * min(cells, max(round(share * cells), int(value > 0))), style


def grid_step(key: str, at: int, columns: int, spots: int) -> int | None:
    """A step among spots that stand row by row."""
    steps = {"left": -1, "right": 1, "up": -columns, "down": columns}
    if key not in steps:
        return None
    after = at + steps[key]
    crossed = key in {"left", "right"} and columns > 1 and after // columns != at // columns
    return at if crossed or not 0 <= after < spots else after
