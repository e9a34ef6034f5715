"""Looking through a queue: what of it is shown, what is marked for one act on several, and what settles it."""

from __future__ import annotations

from cstui.contract.action import Action
from cstui.review import Matter, Review
from cstui.tui.screens.queue import Queue
from cstui.tui.screens.searching import Searching
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows


class Sifting(Searching):
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
        return self.app.say("value.join").join(titles) + (f" +{len(self.chosen) - 3}" if len(self.chosen) > 3 else "")

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

    @property
    def sought(self) -> str:
        return self.queue.sieve.words

    async def seek(self, words: str) -> None:
        self.queue.sieve.words = words
        await self.show(self.matter)

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
