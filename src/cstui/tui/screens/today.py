"""Today: one queue of everything that the regulations put before the supervisor now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from cstui import review
from cstui.contract.declare import Action
from cstui.contract.text import Text
from cstui.review import Matter, Review
from cstui.tui.detail import detail
from cstui.tui.page import Page
from cstui.tui.paint import SIGNS, Run, columns, lines
from cstui.tui.widgets.rows import Rows

WIDE = 100
"""Terminal cells from which the detail stands beside the queue."""
LOW = 20
"""Terminal lines below which there is no room for a detail under the queue."""
GROUPS = ("before", "today", "info")


class Today(Page):
    CORE = ("read", "menu", "defer", "note", "sign_off", "go", "palette", "help")

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.lines: list[Matter | str] = []
        self.drawn = 0

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="body"):
            yield Rows(self._paint, self._is_heading, id="queue")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="matter", markup=False)

    # what is shown

    async def load(self) -> None:
        assert self.app.actor
        kept, at = self.matter, self.query_one(Rows).cursor
        self.review = await review.collect(self.host, self.app.actor)
        self.lines = self._grouped(self.review)
        where = next((n for n, line in enumerate(self.lines) if self._same(line, kept)), at)
        self.query_one(Rows).set_count(len(self.lines), where)
        await self.select()

    @staticmethod
    def _same(line: Matter | str, kept: Matter | None) -> bool:
        return kept is not None and isinstance(line, Matter) and line.item.id == kept.item.id

    def _grouped(self, today: Review) -> list[Matter | str]:
        """Headings and matters: what should have been settled before, what is due, what is told."""
        groups: dict[str, list[Matter]] = {name: [] for name in GROUPS}
        for matter in today.matters:
            severity = matter.item.severity
            groups["before" if severity == "critical" else "today" if severity == "warning" else "info"].append(matter)
        made: list[Matter | str] = []
        for name, matters in groups.items():
            if matters:
                made += [f"tui.today.{name}", *matters]
        for area, _ in today.unknown:
            made.append(f"unknown:{area}")
        return made or ["tui.today.empty"]

    @property
    def matter(self) -> Matter | None:
        rows = self.query_one(Rows)
        line = self.lines[rows.cursor] if rows.cursor < len(self.lines) else None
        return line if isinstance(line, Matter) else None

    def subject(self) -> tuple[str, tuple[int, ...]]:
        matter = self.matter
        return (matter.item.register, matter.item.records) if matter else ("", ())

    async def subject_name(self) -> str:
        return self.app.say(self.matter.item.title) if self.matter else ""

    async def on_rows_moved(self) -> None:
        await self.select()

    async def select(self) -> None:
        """Offer the current matter's actions and tell its detail."""
        matter = self.matter
        actions: list[Action] = []
        if matter:
            actions = [self.host.actions[name] for name in matter.item.actions if name in self.host.actions]
            actions = [action for action in actions if action.id != "review.sign_off"]
        await self.offer(actions)
        await self._tell(matter)

    async def _tell(self, matter: Matter | None) -> None:
        pane = self.query_one("#detail", VerticalScroll)
        wide, low = self.size.width >= WIDE, self.size.height < LOW
        self.query_one("#body", Horizontal).styles.layout = "horizontal" if wide else "vertical"
        pane.set_class(not wide, "below")
        pane.display = matter is not None and not (low and not wide)
        told = await detail(self.app, matter) if matter else []
        self.query_one("#matter", Static).update(lines(told))
        pane.scroll_home(animate=False)

    async def on_resize(self) -> None:
        if self.review is not None:
            await self._tell(self.matter)

    # painting

    def _is_heading(self, index: int) -> bool:
        return index < len(self.lines) and isinstance(self.lines[index], str)

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        line = self.lines[index]
        if isinstance(line, str):
            return self._heading(line)
        item = line.item
        done = line.read or line.decided
        style = item.severity if not done else "dim"
        mark = ">" if index == self.query_one(Rows).cursor else " "
        state = self.app.say(item.state) if item.state else (self.app.value(item.due) if item.due else "")
        if line.deferred:
            state = self.app.say("tui.today.deferred", until=line.deferred.until)
        elif line.delegated:
            state = self.app.say("review.choice.delegated")
        area = 10 if width >= 60 else 0
        person = 14 if width >= 74 else 10 if width >= 50 else 0
        tail = 16 if width >= 50 else 12
        title = max(8, width - 3 - (area + 1 if area else 0) - (person + 1 if person else 0) - tail - 1)
        return columns(
            (
                (mark + ("v" if done else SIGNS[item.severity]), 2, style, "left"),
                (self.app.say(f"{item.area}.title"), area, "dim", "left"),
                (self.app.say(item.title), title, "dim" if done else "strong" if mark == ">" else "", "left"),
                (item.person, person, "dim", "left"),
                (state, tail, style, "left"),
            )
        )

    def _heading(self, line: str) -> Sequence[Run]:
        if line.startswith("unknown:"):
            return [(self.app.say("tui.today.unknown", area=line.removeprefix("unknown:")), "critical")]
        return [(" " + self.app.say(line), "good" if line == "tui.today.empty" else "head")]

    def header_right(self, now: datetime) -> Sequence[Run]:
        if self.review is None:
            return ()
        counts, whole = self.review.counts, len(self.review.matters)
        said = self.app.say
        runs: list[Run] = [
            (said("tui.today.critical", n=counts["critical"]), "critical" if counts["critical"] else "dim"),
            ("  " + said("tui.today.warning", n=counts["warning"]), "warning" if counts["warning"] else "dim"),
            ("  " + said("tui.today.read", n=counts["read"], whole=whole), "dim"),
        ]
        if self.review.signed:
            runs.append(("  " + said("tui.today.signed"), "good"))
        return runs

    # keys

    async def do_read(self) -> None:
        """Mark read, or unread again, and go on to the next."""
        if self.matter is None:
            return
        item = self.matter.item
        if item.area == "review":
            self.status(Text("tui.today.sign_that_day"), "warning")
            return
        was_read = self.matter.read
        await self.act("review.unread" if was_read else "review.read", {"items": [item.id]})
        self.status()
        if not was_read:
            self.query_one(Rows).move(1)

    async def do_defer(self) -> None:
        await self._about("review.defer")

    async def do_delegate(self) -> None:
        await self._about("review.delegate")

    async def do_note(self) -> None:
        await self._about("review.note")

    async def _about(self, action_id: str) -> None:
        if self.matter is not None and self.matter.item.area != "review":
            await self.perform(self.host.actions[action_id], {"item": self.matter.item.id})

    async def do_sign_off(self) -> None:
        from cstui.tui.screens.sign_off import SignOff

        if self.review is None:
            return
        if self.matter and self.matter.item.area == "review":
            day = self.matter.item.id.partition(":")[2]
            self.app.push_screen(SignOff(self.review, day), self._signed)
            return
        left = self.review.open
        if left:
            critical = sum(matter.item.severity == "critical" for matter in left)
            where = next(n for n, line in enumerate(self.lines) if self._same(line, left[0]))
            self.query_one(Rows).jump(where)
            self.status(Text("tui.today.still_open", left=len(left), critical=critical), "warning")
        else:
            self.app.push_screen(SignOff(self.review, ""), self._signed)

    async def _signed(self, answer: Any) -> None:
        await self.load()
        if answer:
            self.status(answer, "good")
