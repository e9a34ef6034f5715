"""Looking through a queue: what of it is shown, what is marked for one act on several, and what settles it."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from cstui.bindings import plain_key
from cstui.contract.declare import Action
from cstui.review import Matter, Review
from cstui.tui.page import Page
from cstui.tui.screens.queue import Queue
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows


class Sifting(Page):
    """A page with the queue (`Rows`), the line `#areas` above it and the field `#search` below."""

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.queue = Queue(self.app)

    async def select(self) -> None:
        """Offer what can be done with the chosen matters."""
        await self.offer(self.actions())

    @property
    def matter(self) -> Matter | None:
        return self.queue.matter(self.query_one(Rows).cursor)

    async def show(self, kept: Matter | None) -> None:
        """Show what passes the sieve; the cursor stays on the matter `kept`, or where it was."""
        assert self.review
        at = self.query_one(Rows).cursor
        self.queue.take(self.review, self.size.height)
        self.paint_areas()
        where = self.queue.find(kept)
        self.query_one(Rows).set_count(len(self.queue.lines), at if where is None else where)
        await self.select()

    @property
    def chosen(self) -> list[Matter]:
        """The marked matters, or the one under the cursor."""
        return [*self.queue.marked.values()] or ([self.matter] if self.matter else [])

    def subject(self) -> tuple[str, tuple[int, ...]]:
        """The records of the chosen matters, where all are of one register."""
        registers = {matter.item.register for matter in self.chosen}
        records = dict.fromkeys(pk for matter in self.chosen for pk in matter.item.records)
        return (registers.pop(), tuple(records)) if len(registers) == 1 else ("", ())

    async def subject_name(self) -> str:
        titles = [self.app.say(matter.item.title) for matter in self.chosen[:3]]
        return ", ".join(titles) + (f" +{len(self.chosen) - 3}" if len(self.chosen) > 3 else "")

    def actions(self) -> list[Action]:
        """What settles the matter; of several marked ones what settles them all at once."""
        chosen = self.chosen
        names = [name for name in chosen[0].item.actions if name in self.host.actions] if chosen else []
        actions = [self.host.actions[name] for name in names if not chosen[0].unsigned_day]
        if len(chosen) < 2:
            return actions
        shared = [action for action in actions if all(action.id in matter.item.actions for matter in chosen)]
        return [action for action in shared if action.target == "rows"]

    def paint_areas(self) -> None:
        """The areas with their open matters; at all where there is something to choose between."""
        assert self.review
        line = self.query_one("#areas", Line)
        line.say(*self.queue.areas(self.review))
        several = len({matter.item.area for matter in self.review.matters}) > 1
        line.display = several or self.queue.sieve.narrow or bool(self.queue.marked)

    async def do_sort(self) -> None:
        self.queue.sieve.next_grouping()
        await self.show(self.matter)

    async def do_severity(self) -> None:
        self.queue.sieve.next_severity()
        await self.show(self.matter)

    async def do_mark(self) -> None:
        """Mark the matter for an act on several, and go on."""
        if self.matter:
            self.queue.mark([self.matter])
            self.query_one(Rows).move(1)
            await self._marked()

    async def do_mark_all(self) -> None:
        """Mark all that is shown, or nothing any more."""
        self.queue.mark(self.queue.matters)
        await self._marked()

    async def _marked(self) -> None:
        self.query_one(Rows).refresh()
        self.paint_areas()
        await self.select()

    async def do_search(self) -> None:
        field = self.query_one("#search", Input)
        field.display, field.value = True, self.queue.sieve.words
        field.focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        typed = "".join(plain_key(char) for char in event.value)
        if typed != self.queue.sieve.words:
            self.queue.sieve.words = typed
            await self.show(self.matter)

    def on_input_submitted(self) -> None:
        self._leave_search()

    def _leave_search(self) -> None:
        self.set_focus(None)
        self.query_one("#search", Input).display = False

    async def on_key(self, event: events.Key) -> None:
        if self.focused is not None and event.key in {"escape", "down", "up"}:
            self._leave_search()
            event.stop()
            return
        await super().on_key(event)

    async def key_back(self) -> bool:
        """Escape unmarks, then shows all again."""
        if self.queue.marked:
            self.queue.marked = {}
            await self._marked()
        elif self.queue.sieve.narrow:
            self.queue.sieve.clear()
            await self.show(self.matter)
        else:
            return await super().key_back()
        return True
