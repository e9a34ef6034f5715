"""A queue with the detail of its current matter, beside it or below; the arrows can read on in it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from cstui.contract.text import Text
from cstui.review import Matter
from cstui.tui.detail import detail, history, settled
from cstui.tui.paint import Run, lines
from cstui.tui.screens.sifting import Sifting
from cstui.tui.widgets.rows import Rows

WIDE = 100
"""Terminal cells from which the detail stands beside the queue."""
LOW = 20
"""Terminal lines below which there is no room for a detail under the queue."""
REST = 0.05
"""Seconds after the detail until its history is read."""


class Telling(Sifting):
    """`#body` holds the queue and the pane `#detail` with the lines `#matter`."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Sequence[Run]] = []
        self.histories: dict[str, list[Sequence[Run]]] = {}
        self.former: dict[str, list[Sequence[Run]]] = {}
        """As they were before all was read again: they stand until the new ones are read."""
        self.telling = ""
        """The matter that is told."""
        self.reading = False
        """Whether the arrows move the detail instead of the queue."""

    async def on_mount(self) -> None:
        self.resting = self.set_timer(REST, lambda: None)

    async def moved(self) -> None:
        await self.select()

    async def select(self) -> None:
        """Offer the actions of the chosen matters and tell the current one's detail."""
        matter = self.matter
        await self.offer(self.actions())
        now = matter.item.id if matter else ""
        self.read_detail(self.reading and now == self.telling)
        self.telling = now
        await self._tell(matter if self.query_one("#detail").display else None)

    async def _tell(self, matter: Matter | None) -> None:
        """Tell the detail; its history follows when the cursor rests."""
        room = int(self.size.width * 0.44) - 2 if self.size.width >= WIDE else self.size.width - 2
        self.told = await detail(self.app, matter, room) if matter else []
        if gone := self.queue.settled(self.query_one(Rows).cursor):
            self.told = settled(self.app, gone, room)
        known = self.histories.get(matter.item.id) if matter else None
        shown = self.former.get(matter.item.id, []) if matter and known is None else known or []
        self.query_one("#matter", Static).update(lines([*self.told, *shown]))
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
        shown = self.matter or self.queue.settled(queue.cursor)
        pane.display = shown is not None and (wide or reading or not low)
        if not reading:
            pane.scroll_home(animate=False)

    async def do_detail(self) -> None:
        """The arrows move the detail; Left or Escape goes back to the queue."""
        if self.matter:
            self.read_detail(True)
            await self._tell(self.matter)
            self.status(Text("tui.today.reading"), "dim")

    async def do_record(self) -> None:
        """All of the record that the matter is about, or of one of them."""
        from cstui.tui.screens.record import Record

        item = self.matter.item if self.matter else None
        if item and len(item.records) == 1:
            self.app.push_screen(Record(item.register, item.records[0]))
        elif item:
            from cstui.tui.palette import named
            from cstui.tui.screens.pick import Pick

            choices = await self.app.call(named(self.app, item.register, item.records))
            self.app.push_screen(Pick(Text("tui.core.record"), lambda: choices), self._chosen)

    async def key(self, key: str) -> bool:
        if key == "right" and not self.reading:
            await self.do_detail()
        elif key == "enter" and self.reading:
            await self.do_core("record")
        elif self.reading and key in {"left", "escape"}:
            self.read_detail(False)
            self.status()
        elif key in {"tab", "shift+tab"} and self.review:
            self.queue.sieve.next_area(self.review, 1 if key == "tab" else -1)
            await self.show(self.matter)
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
            self.call_later(lambda: self.show(self.matter))
