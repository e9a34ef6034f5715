"""Today: one queue of everything that the regulations put before the supervisor now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from cstui import review
from cstui.cells import width as cell_width
from cstui.contract.declare import Action
from cstui.contract.text import Text
from cstui.engine import Outcome
from cstui.review import Matter, Review
from cstui.tui.detail import detail, history
from cstui.tui.page import Page
from cstui.tui.paint import SIGNS, Run, columns, lines
from cstui.tui.widgets.rows import Rows

WIDE = 100
"""Terminal cells from which the detail stands beside the queue."""
NARROW = 60
"""Terminal cells below which the header says the counts by their signs alone."""
LOW = 20
"""Terminal lines below which there is no room for a detail under the queue."""
REST = 0.15
"""Seconds after which a cursor rests."""
GROUPS = ("before", "today", "info")


class Today(Page):
    CORE: Sequence[str] = ("read", "menu", "defer", "note", "delegate", "sign_off", "undo", "go", "palette", "help")
    MENU = ("read", "defer", "delegate", "note", "sign_off", "detail")

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.lines: list[Matter | str] = []
        self.measured: dict[int, tuple[int, int, int]] = {}
        self.reasons: dict[str, Text | str] = {}
        """Why it is unknown what an area has due, by area."""
        self.told: list[Sequence[Run]] = []
        self.histories: dict[str, list[Sequence[Run]]] = {}
        self.reading = False
        """Whether the arrows move the detail instead of the queue."""

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="body"):
            yield Rows(self._paint, self._is_heading, id="queue")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="matter", markup=False)

    # what is shown

    async def on_mount(self) -> None:
        self.resting = self.set_timer(REST, lambda: None)
        await super().on_mount()

    async def load(self) -> None:
        assert self.app.actor
        kept, at = self.matter, self.query_one(Rows).cursor
        self.review = await review.collect(self.host, self.app.actor)
        self.lines = self._grouped(self.review)
        self.measured, self.histories = {}, {}
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
            if matters and len(today.matters) + 2 * len(GROUPS) < self.size.height - 4:
                made.append("")
        if not made:
            made.append("tui.today.empty")
        self.reasons = dict(today.unknown)
        return [*made, *(f"unknown:{area}" for area in self.reasons)]

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
        self.read_detail(False)
        await self._tell(matter if self.query_one("#detail").display else None)

    async def _tell(self, matter: Matter | None) -> None:
        """Tell the detail; its history follows when the cursor rests."""
        room = int(self.size.width * 0.44) - 2 if self.size.width >= WIDE else self.size.width - 2
        self.told = await detail(self.app, matter, room) if matter else []
        known = self.histories.get(matter.item.id) if matter else None
        self.query_one("#matter", Static).update(lines([*self.told, *(known or [])]))
        self.resting.stop()
        if matter and known is None:
            self.resting = self.set_timer(REST, self._tell_history)

    async def _tell_history(self) -> None:
        matter = self.matter
        if matter:
            known = self.histories[matter.item.id] = await history(self.app, matter)
            self.query_one("#matter", Static).update(lines([*self.told, *known]))

    def read_detail(self, reading: bool) -> None:
        """Lay out queue and detail: side by side, one above the other, or (low and narrow) one at a time."""
        self.reading = reading
        pane, queue = self.query_one("#detail", VerticalScroll), self.query_one(Rows)
        wide, low = self.size.width >= WIDE, self.size.height < LOW
        self.query_one("#body", Horizontal).styles.layout = "horizontal" if wide else "vertical"
        pane.set_class(not wide, "below")
        pane.set_class(reading, "reading")
        queue.display = wide or not (reading and low)
        pane.set_class(not queue.display, "alone")
        pane.display = self.matter is not None and (wide or reading or not low)
        if not reading:
            pane.scroll_home(animate=False)

    async def do_detail(self) -> None:
        """The arrows move the detail; Left or Escape goes back to the queue."""
        if self.matter:
            self.read_detail(True)
            await self._tell(self.matter)
            self.status(Text("tui.today.reading"), "dim")

    async def key(self, key: str) -> bool:
        if key == "right" and not self.reading:
            await self.do_detail()
        elif self.reading and key in {"left", "escape"}:
            self.read_detail(False)
            self.status()
        else:
            return await super().key(key)
        return True

    def move(self, key: str) -> bool:
        if not self.reading:
            return super().move(key)
        pane = self.query_one("#detail", VerticalScroll)
        page = max(1, pane.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        if key in steps:
            pane.scroll_relative(y=steps[key], animate=False)
        return key in steps

    def on_resize(self) -> None:
        if self.review is not None:
            self.call_later(self.select)

    async def after(self, outcome: Outcome) -> None:
        """After a decision the next open matter is selected by itself."""
        kept = self.matter
        await self.load()
        now = self.matter
        if kept and now and now.item.id == kept.item.id and not now.open and kept.open:
            await self.go_on()

    async def go_on(self) -> None:
        rows = self.query_one(Rows)
        later = [n for n in range(rows.cursor + 1, len(self.lines)) if self._is_open(n)]
        rows.jump(later[0] if later else rows.cursor + 1)

    def _is_open(self, index: int) -> bool:
        line = self.lines[index]
        return isinstance(line, Matter) and line.open

    # painting

    def _is_heading(self, index: int) -> bool:
        return index < len(self.lines) and isinstance(self.lines[index], str)

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        line = self.lines[index]
        if isinstance(line, str):
            return self._heading(line)
        item = line.item
        done = not line.open  # a critical matter that was only read still waits for a decision
        style = item.severity if not done else "dim"
        mark = ">" if index == self.query_one(Rows).cursor else " "
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

    def header_right(self, now: datetime) -> Sequence[Run]:
        if self.review is None:
            return ()
        counts, whole = self.review.counts, len(self.review.matters)
        said = self.app.say
        if self.size.width < NARROW:
            told = f"{SIGNS['critical']}{counts['critical']} {SIGNS['warning']}{counts['warning']}"
            return [(told, "critical" if counts["critical"] else "dim"), (f"  {counts['read']}/{whole}", "dim")]
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
        was_read = self.matter.read
        await self.act("review.unread" if was_read else "review.read", {"items": [item.id]})
        if not was_read and self.matter and self.matter.item.id == item.id and self.matter.open:
            self.query_one(Rows).move(1)  # a critical matter stays open: go on all the same

    def core_reason(self, name: str) -> Text | None:
        if name in {"read", "defer", "delegate", "note"}:
            if self.matter is None:
                return Text("tui.no_row")
            if self.matter.item.area == "review":
                return Text("tui.today.sign_that_day")
            needs = self.host.actions[f"review.{name}"].needs
            if self.app.actor and not self.app.actor.may(needs):
                return Text("tui.no_permission", value=needs)
        return super().core_reason(name)

    async def do_defer(self) -> None:
        await self._about("review.defer")

    async def do_delegate(self) -> None:
        await self._about("review.delegate")

    async def do_note(self) -> None:
        await self._about("review.note")

    async def _about(self, action_id: str) -> None:
        if self.matter is not None:
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
