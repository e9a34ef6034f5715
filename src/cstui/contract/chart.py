"""What an area shows as a picture: data with their names, which the host paints, or tells as a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.contract.declare import DueItem, Severity

ChartKind = Literal["bars", "line", "heat", "board", "calendar", "plan"]
Span = Literal["now", "week", "month"]
Amount = int | float | Decimal | timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the site, both included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Datum:
    """One figure, None where nobody knows it; `records` (pks of the figure's register) are what it counts."""

    value: Amount | None
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, one for each label of the whole."""

    name: Text
    data: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What bars, a line and a heat map are painted from: series over the same labels.

    Labels are texts, names, hours or days; those of a line are days in order. In a heat map each series is a row.
    """

    labels: tuple[Any, ...]
    series: tuple[Series, ...]
    register: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on a board: what it is, and a short remark below; `records` are of the board's register."""

    title: Text
    remark: Text | None = None
    severity: Severity = "info"
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of a board, its cards in order."""

    name: Text
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Cards in columns."""

    lanes: tuple[Lane, ...]
    register: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Items on the days on which they are due, for a calendar; those without a due time aren't shown."""

    items: Sequence[DueItem]


@dataclass(frozen=True, slots=True)
class PlanMark:
    """What stands in a plan for one row and day: a sign of at most two cells, and in words what it means.

    The first line of `told` says what it is, further ones how it came about. `records` are of the plan's register.
    """

    sign: Text
    told: tuple[Text, ...]
    severity: Severity | None = None
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A person or a place, and what there is on which days; on `free` days nothing is expected."""

    name: Text
    marks: Mapping[date, PlanMark]
    free: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows by the days of the period; `legend` says what the signs mean."""

    rows: tuple[PlanRow, ...]
    legend: Text
    register: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an area. Its words: `AREA.chart.NAME`, `…NAME.help` (what it counts), `…NAME.unit` (of figures).

    `fn(ctx, period)` gives Figures (bars, line, heat), a Board, Dated (calendar) or a Plan; nothing of it runs while
    painting.
    `span` is how long the period is at first, and by how much it is moved; "now": there is none, and fn gets today.
    `needs` is the permission to see it, `AREA.look` unless told.
    """

    id: str
    kind: ChartKind
    fn: Callable[[Context, Period], Awaitable[Figures | Board | Dated | Plan]]
    span: Span = "month"
    needs: str = ""

    @property
    def area(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def text(self) -> str:
        """The id of its title."""
        area, _, name = self.id.partition(".")
        return f"{area}.chart.{name}"


ANSWERS: dict[str, type] = {
    "bars": Figures, "line": Figures, "heat": Figures, "board": Board, "calendar": Dated, "plan": Plan,
}  # fmt: skip
"""What `fn` gives, by kind."""
