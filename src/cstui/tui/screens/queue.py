"""The lines of Today: headings, matters, and the areas of which it is unknown what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cstui.cells import width as cell_width
from cstui.contract.text import Text
from cstui.review import Matter, Review
from cstui.tui.paint import SIGNS, Run, columns

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

GROUPS = ("before", "today", "info")


class Queue:
    """One review as lines, and how each is painted."""

    def __init__(self, app: Dashboard) -> None:
        self.app = app
        self.lines: list[Matter | str] = []
        self.reasons: dict[str, Text | str] = {}
        """Why it is unknown what an area has due, by area."""
        self.measured: dict[int, tuple[int, int, int]] = {}

    def take(self, today: Review, height: int) -> None:
        """Show this review; `height` are the terminal's lines: where there is room, groups stand apart."""
        self.lines = self._grouped(today, height)
        self.measured = {}

    def matter(self, index: int) -> Matter | None:
        line = self.lines[index] if 0 <= index < len(self.lines) else None
        return line if isinstance(line, Matter) else None

    def find(self, kept: Matter | None) -> int | None:
        """The line on which a matter stands now."""
        if kept is None:
            return None
        return next((n for n in range(len(self.lines)) if self._id(n) == kept.item.id), None)

    def _id(self, index: int) -> str:
        matter = self.matter(index)
        return matter.item.id if matter else ""

    def next_open(self, after: int) -> int | None:
        """The next line whose matter the sign-off still waits for."""
        later = (n for n in range(after + 1, len(self.lines)) if (m := self.matter(n)) and m.open)
        return next(later, None)

    def is_heading(self, index: int) -> bool:
        return index < len(self.lines) and isinstance(self.lines[index], str)

    def _grouped(self, today: Review, height: int) -> list[Matter | str]:
        """Headings and matters: what should have been settled before, what is due, what is told."""
        groups: dict[str, list[Matter]] = {name: [] for name in GROUPS}
        for matter in today.matters:
            severity = matter.item.severity
            groups["before" if severity == "critical" else "today" if severity == "warning" else "info"].append(matter)
        made: list[Matter | str] = []
        for name, matters in groups.items():
            if matters:
                made += [f"tui.today.{name}", *matters]
            if matters and len(today.matters) + 2 * len(GROUPS) < height - 4:
                made.append("")
        if not made:
            made.append("tui.today.empty")
        self.reasons = dict(today.unknown)
        return [*made, *(f"unknown:{area}" for area in self.reasons)]

    def paint(self, index: int, width: int, here: bool) -> Sequence[Run]:
        line = self.lines[index]
        if isinstance(line, str):
            return self._heading(line)
        item = line.item
        done = not line.open  # a critical matter that was only read still waits for a decision
        style = item.severity if not done else "dim"
        mark = ">" if here else " "
        title_style = "dim" if line.read or not line.open else "strong" if mark == ">" else ""
        state = self._state(line)
        area, person, tail = self._widths(width)
        title = max(8, width - 3 - sum(one + 1 for one in (area, person, tail) if one))
        return columns(
            (
                (mark + ("v" if done else SIGNS[item.severity]), 2, style, "left"),
                (self.app.say(f"{item.area}.title"), area, "dim", "left"),
                (self.app.say(item.title), title, title_style, "left"),
                (item.person, person, "dim", "left"),
                (state, tail, style, "left"),
            )
        )

    def _state(self, matter: Matter) -> str:
        """The last column: what became of the matter, else how it stands."""
        item = matter.item
        if matter.deferred:
            return self.app.say("tui.today.deferred", until=f"{matter.deferred.until:%m-%d}")
        if matter.delegated:
            return self.app.say("review.choice.delegated")
        return self.app.say(item.state) if item.state else self.app.value(item.due) if item.due else ""

    def _widths(self, width: int) -> tuple[int, int, int]:
        """Cells of area, person and state: as wide as what stands in them, within limits."""
        if width not in self.measured:
            matters = [line for line in self.lines if isinstance(line, Matter)]

            def widest(said: Iterable[str], most: int) -> int:
                return min(most, max((cell_width(one) for one in said), default=0))

            area = widest((self.app.say(f"{m.item.area}.title") for m in matters), 14) if width >= 60 else 0
            person = widest((m.item.person for m in matters), 14 if width >= 70 else 8) if width >= 50 else 0
            self.measured[width] = area, person, widest(map(self._state, matters), max(10, width // 4))
        return self.measured[width]

    def _heading(self, line: str) -> Sequence[Run]:
        if not line:
            return []
        if line.startswith("unknown:"):
            area = line.removeprefix("unknown:")
            told = self.app.words.find(f"{area}.title", self.app.lang) or area
            said = self.app.say("tui.today.unknown", area=told)
            return [(f" ! {said}", "critical"), (f"  {self.app.say(self.reasons[area])}", "dim")]
        return [(" " + self.app.say(line), "good" if line == "tui.today.empty" else "head")]
