"""Which of the day's matters are shown, and in which groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cstui.contract.declare import SEVERITIES
from cstui.contract.search import matches
from cstui.contract.text import Text, Verbatim
from cstui.review import Matter, Review

GROUPINGS = ("severity", "new", "area", "person")
Say = Callable[[Text], str]


@dataclass
class Sieve:
    """A filter by area, severity and words (of title or person, by pinyin, too), and a grouping."""

    area: str = ""
    severity: str = ""
    words: str = ""
    grouping: str = GROUPINGS[0]

    @property
    def narrow(self) -> bool:
        """Whether something may be left out."""
        return bool(self.area or self.severity or self.words)

    def clear(self) -> None:
        self.area = self.severity = self.words = ""

    def next_area(self, today: Review, step: int) -> None:
        """The next area that has matters; after the last one all of them again."""
        areas = ["", *dict.fromkeys(matter.item.area for matter in today.matters)]
        at = areas.index(self.area) if self.area in areas else 0
        self.area = areas[(at + step) % len(areas)]

    def next_severity(self) -> None:
        order = ("", *SEVERITIES)
        self.severity = order[(order.index(self.severity) + 1) % len(order)]

    def next_grouping(self) -> None:
        self.grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]

    def shown(self, today: Review, say: Say) -> list[Matter]:
        """What passes, in the review's order (by severity, then time)."""
        return [matter for matter in today.matters if self._passes(matter, say)]

    def _passes(self, matter: Matter, say: Say) -> bool:
        item = matter.item
        if (self.area and item.area != self.area) or (self.severity and item.severity != self.severity):
            return False
        return any(matches(self.words, told) for told in (say(item.title), item.person))

    def groups(self, matters: Sequence[Matter]) -> list[tuple[Text, list[Matter]]]:
        """Headings with their matters: the most urgent or the newest first, else as the review brings them up."""
        made: dict[Text, list[Matter]] = {}
        for matter in matters:
            made.setdefault(self._heading(matter), []).append(matter)
        order = [Text(f"tui.group.{name}") for name in (*SEVERITIES, "new", "known")]
        return sorted(made.items(), key=lambda group: order.index(group[0]) if group[0] in order else 0)

    def _heading(self, matter: Matter) -> Text:
        item = matter.item
        if self.grouping == "new":
            return Text(f"tui.group.{'new' if matter.new else 'known'}")
        if self.grouping == "area":
            return Text(f"{item.area}.title")
        if self.grouping == "person":
            return Verbatim(item.person) if item.person else Text("tui.group.nobody")
        return Text(f"tui.group.{item.severity}")
