"""The lines of Today: headings, matters, and the areas of which it is unknown what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstui.cells import width as cell_width
from cstui.contract.text import Text
from cstui.review import Matter, Review, Settled
from cstui.tui.paint import SIGNS, Run, columns
from cstui.tui.permitted import forbidden
from cstui.tui.screens.sieve import GROUPINGS, Sieve

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

NOTHING = {"tui.today.empty", "tui.today.to_sign"}


@dataclass(frozen=True, slots=True)
class Unknown:
    """An area of which it is unknown what is due, and why."""

    area: str
    why: Text


class Queue:
    """One review as lines, and how each is painted."""

    def __init__(self, app: Dashboard) -> None:
        self.app = app
        self.sieve = Sieve()
        self.lines: list[Matter | Settled | Text | Unknown] = []
        self.marked: dict[str, Matter] = {}
        """Matters chosen for one act on all of them, by their ids."""
        self.measured: dict[int, tuple[int, int, int]] = {}

    def take(self, today: Review, height: int) -> None:
        """Show this review; `height` are the terminal's lines: where there is room, groups stand apart."""
        shown = self.sieve.shown(today, self.app.say)
        groups = self.sieve.groups(shown)
        apart = len(shown) + 2 * len(groups) < height - 4
        self.lines = []
        for heading, matters in groups:
            self.lines += [heading, *matters, *([Text("tui.group.apart")] if apart else [])]
        if not shown:
            nothing = "to_sign" if not (today.signed or forbidden(self.app, "review.sign_off")) else "empty"
            self.lines.append(Text(f"tui.today.{'none_shown' if self.sieve.narrow else nothing}"))
        self.lines += [Unknown(area, why) for area, why in today.unknown]
        if today.settled and not self.sieve.narrow:
            self.lines += [Text("tui.group.settled"), *today.settled]
        here = {matter.item.id: matter for matter in shown}
        self.marked = {name: here[name] for name in self.marked if name in here}
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
        return index < len(self.lines) and not isinstance(self.lines[index], Matter | Settled)

    @property
    def matters(self) -> list[Matter]:
        """The matters shown, in their order."""
        return [line for line in self.lines if isinstance(line, Matter)]

    def mark(self, matters: Sequence[Matter]) -> None:
        """Mark matters; where all of them are marked already, none of them any more."""
        names = {matter.item.id: matter for matter in matters}
        if names.keys() <= self.marked.keys():
            self.marked = {name: one for name, one in self.marked.items() if name not in names}
        else:
            self.marked |= names

    def paint(self, index: int, width: int, here: bool) -> Sequence[Run]:
        line = self.lines[index]
        if isinstance(line, Settled):
            return self._settled(line, width, here)
        if not isinstance(line, Matter):
            return self._heading(line)
        item = line.item
        done = not line.open  # a critical matter that was only read still waits for a decision
        style = item.severity if not done else "dim"
        mark = "+" if item.id in self.marked else ">" if here else " "
        title_style = "dim" if line.read or done else "accent" if line.new else "strong" if here else ""
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

    def _settled(self, line: Settled, width: int, here: bool) -> Sequence[Run]:
        """What was due and isn't any more: what was done about it, by whom and when."""
        told = self.app.say(Text("review.became.done", what=line.by.told, name=line.by.name, at=line.by.at))
        tail = min(cell_width(told), width // 2)
        return columns(
            (
                (">v" if here else " v", 2, "dim", "left"),
                (self.app.say(line.item.title), max(8, width - 4 - tail), "dim", "left"),
                (told, tail, "dim", "left"),
            )
        )

    def settled(self, index: int) -> Settled | None:
        line = self.lines[index] if 0 <= index < len(self.lines) else None
        return line if isinstance(line, Settled) else None

    def _state(self, matter: Matter) -> str:
        """The last column: what became of the matter, else how it stands."""
        item = matter.item
        if matter.deferred:
            return self.app.say("tui.today.deferred", until=f"{matter.deferred.until:%m-%d}")
        if matter.delegated and matter.delegated.to:
            return self.app.say("tui.today.with", name=matter.delegated.to.name)
        if matter.settled_by:
            return self.app.say("tui.today.done_by", name=matter.settled_by.name, what=matter.settled_by.told)
        if asked := [one for one in matter.questions if not one.closed_at]:
            last = asked[-1]
            return self.app.say(f"tui.today.{'answered' if last.answered_at else 'asked'}", name=last.person.name)
        return self.app.say(item.state) if item.state else self.app.value(item.due) if item.due else ""

    def _widths(self, width: int) -> tuple[int, int, int]:
        """Cells of area, person and state: as wide as what stands in them, within limits."""
        if width not in self.measured:
            matters = self.matters

            def widest(said: Iterable[str], most: int) -> int:
                return min(most, max((cell_width(one) for one in said), default=0))

            area = widest((self.app.say(f"{m.item.area}.title") for m in matters), 14) if width >= 70 else 0
            person = widest((m.item.person for m in matters), 14 if width >= 70 else 8) if width >= 50 else 0
            self.measured[width] = area, person, widest(map(self._state, matters), max(15, width // 3))
        return self.measured[width]

    def _heading(self, line: Text | Unknown) -> Sequence[Run]:
        if isinstance(line, Unknown):
            said = self.app.say("tui.today.unknown", area=self.app.words.area(line.area, self.app.lang))
            return [(f" ! {said}", "critical"), (f"  {self.app.say(line.why)}", "dim")]
        if line.id == "tui.group.apart":
            return []
        return [(" " + self.app.say(line), "good" if line.id in NOTHING else "head")]

    def areas(self, today: Review) -> tuple[Sequence[Run], Sequence[Run]]:
        """The line of areas with their open matters, and what else narrows or arranges the queue."""
        open_ = Counter(matter.item.area for matter in today.matters if matter.open)
        names = dict.fromkeys(matter.item.area for matter in today.matters)
        left: list[Run] = []
        for area in ("", *names):
            label = self.app.say(f"{area}.title" if area else "tui.today.all")
            count = open_[area] if area else open_.total()
            left.append((f"{label} {count}  ", "accent" if area == self.sieve.area else "dim"))
        right: list[Run] = []
        if self.marked:
            right.append((self.app.say("tui.register.marked", n=len(self.marked)) + "  ", "accent"))
        if self.sieve.severity:
            right.append((self.app.say(f"tui.group.{self.sieve.severity}") + "  ", "accent"))
        if self.sieve.words:
            right.append((f"/{self.sieve.words}  ", "accent"))
        if self.sieve.grouping != GROUPINGS[0]:
            right.append((self.app.say(f"tui.today.by_{self.sieve.grouping}"), "dim"))
        return left, right
