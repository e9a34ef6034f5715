"""The part of a register's rows that is in memory: a window around the cursor, read by key, now or at a past moment."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from cstui import registers
from cstui.conditions import Condition
from cstui.registers import Cursor, Page, Row

if TYPE_CHECKING:
    from tortoise.expressions import Q

    from cstui.store.past import Then
    from cstui.tui.app import Dashboard

T = TypeVar("T")
CHUNK = 100
KEPT = 400
"""Rows kept in memory around the cursor."""
FRAME = 4
"""Lines of a register's page that aren't rows: header, titles of the columns, status and footer."""


class Window:
    """Rows `top` and following of what is asked for; `total` is None until they are counted."""

    def __init__(self, app: Dashboard, register_id: str, within: Q | None = None) -> None:
        self.app, self.register_id, self.within = app, register_id, within
        self.search = ""
        self.conditions: Sequence[Condition] = ()
        self.sort, self.descending = "", False
        self.sections = False
        """Whether the values of the sections are read, too."""
        self.then: Then | None = None
        """The past moment at which one looks."""
        self._question = object()
        """What is asked for now: an answer to an earlier one is let be."""
        self.total: int | None = None
        self.sums: dict[str, int] = {}
        self.top = 0
        self.rows: list[Row] = []
        self.before: Cursor | None = None
        self.beyond: Cursor | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for, as the functions of `registers` are told."""
        return {"search": self.search, "conditions": self.conditions, "within": self.within}

    @property
    def ordered(self) -> dict[str, Any]:
        """The same, in its order."""
        return {**self.asked, "sort": self.sort, "descending": self.descending}

    @property
    def count(self) -> int:
        """How many rows there are, as far as is known."""
        known = self.top + len(self.rows) + bool(self.beyond)
        return known if self.total is None else self.total

    def row(self, index: int) -> Row | None:
        at = index - self.top
        return self.rows[at] if 0 <= at < len(self.rows) else None

    async def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Ask the store, of now or of then."""
        return await (self.then.call(coroutine) if self.then else self.app.call(coroutine))

    async def context(self) -> Any:
        assert self.app.host and self.app.actor
        return await self.app.host.context(self.app.actor, self.then.moment if self.then else None)

    async def start(self, room: int) -> None:
        """Read the first rows, as many as there is room for; how many there are is counted later."""
        asked = self._question = object()
        page = await self.call(self._page(None, limit=room))
        if asked is self._question:
            self.total, self.sums = None, {}
            self._take(page, 0)

    async def again(self) -> None:
        """Read the same stretch again: something may have changed in it."""
        if not self.rows or not self.top:
            self._take(await self.call(self._page(None, limit=max(CHUNK, len(self.rows)))), 0)
            return
        edge, asked = self._edge(self.rows[0]), self._question
        first = Cursor(edge.value, edge.pk + (1 if self._order[1] else -1))
        page = await self.call(self._page(first, limit=len(self.rows)))
        if asked is not self._question:
            return
        if page.rows:
            self._take(page, self.top)
        else:
            await self.start(CHUNK)

    async def measure(self) -> None:
        """Count the rows, and sum what has a total."""
        asked = self._question
        total, sums = await self.call(self._measured())
        if asked is self._question:
            self.total, self.sums = total, sums

    async def _measured(self) -> tuple[int, dict[str, int]]:
        host: Any = self.app.host
        ctx = await self.context()
        total = await registers.count(host, ctx, self.register_id, **self.asked)
        return total, await registers.totals(host, ctx, self.register_id, **self.asked)

    async def _page(self, after: Cursor | None, limit: int = CHUNK, turned: bool = False) -> Page:
        host: Any = self.app.host
        asked = {**self.ordered, "descending": self.descending != turned, "sections": self.sections}
        return await registers.page(
            host, await self.context(), self.register_id, **asked, after=after, limit=min(limit, KEPT)
        )

    def _take(self, page: Page, top: int) -> None:
        self.rows, self.top = list(page.rows), top
        self.before, self.beyond = page.previous, page.next

    async def reach(self, index: int) -> None:
        """Have a row in the window: from its edge it is read on, or from the register's end."""
        if self.top <= index < self.top + len(self.rows):
            return
        asked = self._question
        if self.total and index == self.total - 1 and index >= self.top + len(self.rows) + CHUNK:
            page = await self.call(self._page(None, turned=True))
            if asked is not self._question:
                return
            back = Cursor(page.next.value, page.next.pk, back=True) if page.next else None
            self.rows = [*reversed(page.rows)]
            self.top, self.before, self.beyond = self.total - len(self.rows), back, None
        elif index == 0:
            page = await self.call(self._page(None))
            if asked is self._question:
                self._take(page, 0)
        while index >= self.top + len(self.rows) and self.beyond:
            page = await self.call(self._page(self.beyond))
            if asked is not self._question:
                return
            self.rows += page.rows
            self.beyond = page.next
            if cut := max(0, len(self.rows) - KEPT):
                self.rows, self.top = self.rows[cut:], self.top + cut
                self.before = self._edge(self.rows[0], back=True)
        while index < self.top and self.before:
            page = await self.call(self._page(self.before))
            if asked is not self._question:
                return
            self.rows = [*page.rows, *self.rows][:KEPT]
            self.top -= len(page.rows)
            self.before = page.previous
            self.beyond = self.beyond if len(self.rows) < KEPT else self._edge(self.rows[-1])

    def _edge(self, row: Row, back: bool = False) -> Cursor:
        return Cursor(registers.reach(row.record, self._order[0].replace("__", ".")), row.pk, back)

    @property
    def _order(self) -> tuple[str, bool]:
        assert self.app.host
        return registers.order(self.app.host.registers[self.register_id], self.sort, self.descending)
