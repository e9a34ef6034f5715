"""Rows of a register that are marked, for an act on all of them at once."""

from __future__ import annotations

from typing import Any

from cstui import registers
from cstui.contract.text import Text
from cstui.registers import Row
from cstui.tui.screens.narrowing import Narrowing
from cstui.tui.widgets.rows import Rows

MOST_MARKED = 1000
"""Rows on which one act is done at most."""


class Marking(Narrowing):
    """A subclass has the list in its body."""

    list: Rows

    def __init__(self) -> None:
        super().__init__()
        self.marked: dict[int, str] = {}
        self._last_marked = -1

    @property
    def declared(self) -> Any:
        return self.host.registers[self.register_id]

    @property
    def current(self) -> Row | None:
        return self.window.row(self.list.cursor)

    def subject(self) -> tuple[str, tuple[int, ...]]:
        if self.marked:
            return self.register_id, tuple(self.marked)
        return (self.register_id, (self.current.pk,)) if self.current else (self.register_id, ())

    async def subject_name(self) -> str:
        if self.marked:
            return self.app.say("value.join").join([*self.marked.values()][:20])
        return registers.name_of(self.declared, self.current.record) if self.current else ""

    async def _record(self, ctx: Any, register_id: str, pk: int) -> Any:
        """As it was read for the list, which follows what others do."""
        here = self.current
        return here.record if here and here.pk == pk else await super()._record(ctx, register_id, pk)

    async def select(self) -> None:
        """Offer what can be done with the marked rows, or the current one."""

    async def do_read(self) -> None:
        """Space marks here, too: rows of a register aren't read or unread."""
        await self.do_mark()

    async def do_mark(self) -> None:
        """Mark a row for an action on several, and go on."""
        if self.current:
            if self.current.pk in self.marked:
                del self.marked[self.current.pk]
            else:
                self.marked[self.current.pk] = registers.name_of(self.declared, self.current.record)
            self._last_marked = self.list.cursor
            self.list.refresh()
            self.list.move(1)
            self.paint_header()

    async def do_mark_range(self) -> None:
        """Mark all from the row that was marked last to this one."""
        rows = self.list
        first, last = sorted((self._last_marked if self._last_marked >= 0 else rows.cursor, rows.cursor))
        between = [row for index in range(first, last + 1) if (row := self.window.row(index))]
        self.marked |= {row.pk: registers.name_of(self.declared, row.record) for row in between}
        await self._marked()

    async def do_mark_all(self) -> None:
        """Mark all that search and filter leave, or nothing any more."""
        found: dict[int, str] = {}
        if not self.marked:
            found = await self.window.call(self._all())
        self.marked = found
        await self._marked()
        if len(found) == MOST_MARKED < self.window.count:
            self.status(Text("tui.register.most_marked", most=MOST_MARKED), "warning")

    async def _all(self) -> dict[int, str]:
        ctx = await self.window.context()
        page = await registers.page(self.host, ctx, self.register_id, **self.window.ordered, limit=MOST_MARKED)
        return {row.pk: registers.name_of(self.declared, row.record) for row in page.rows}

    async def _marked(self) -> None:
        self.list.refresh()
        await self.select()
