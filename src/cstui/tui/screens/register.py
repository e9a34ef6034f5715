"""A register: a window over its query, read by key as the cursor moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Input

from cstui import registers
from cstui.contract.declare import Column
from cstui.contract.text import Text
from cstui.registers import Cursor, Page, Row
from cstui.tui.paint import Run, columns
from cstui.tui.screens.searching import Searching
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tortoise.expressions import Q

CHUNK = 100
KEPT = 400
"""Rows kept in memory around the cursor."""
NARROW = 100


class Register(Searching):
    CORE = ("menu", "search", "sort", "mark", "write", "import", "undo", "go", "palette", "help", "back")

    def __init__(self, register_id: str, within: Q | None = None, of: str = "") -> None:
        """`within` narrows it to what belongs to a record, which is called `of`."""
        super().__init__()
        self.register_id, self.within, self.of = register_id, within, of
        self.area = register_id.split(".", 1)[0]
        self.search = ""
        self.sort = ""
        self.descending = False
        self.total = 0
        self.top = 0
        self.rows: list[Row] = []
        self.before: Cursor | None = None
        self.after_: Cursor | None = None
        self.marked: dict[int, str] = {}

    def heading(self) -> str:
        name = self.app.say(f"{self.area}.register.{self.register_id.split('.', 1)[1]}")
        return f"{name}  {self.of}" if self.of else name

    def body(self) -> Iterable[Widget]:
        yield Line(id="columns")
        yield Rows(self._paint, id="rows")
        yield Input(id="search", select_on_focus=False)

    async def on_mount(self) -> None:
        self.query_one("#search", Input).display = False
        await super().on_mount()

    @property
    def declared(self) -> Any:
        return self.host.registers[self.register_id]

    # the window

    async def load(self) -> None:
        """Read the first window, or the one around the row the cursor stood on."""
        current = self.current
        self.total, page = await self.app.call(self._start())
        self._take(page, 0)
        where = 0
        if current:
            where = next((n for n, row in enumerate(self.rows) if row.pk == current.pk), 0)
        self.query_one(Rows).set_count(max(self.total, 1), self.top + where)  # an empty one says so in a row
        self._paint_columns()
        await self.select()

    async def _start(self) -> tuple[int, Page]:
        assert self.app.actor
        ctx = await self.host.context(self.app.actor)
        total = await registers.count(self.host, ctx, self.register_id, search=self.search, within=self.within)
        return total, await self._page(None, ctx)

    async def _page(self, after: Cursor | None, ctx: Any = None, descending: bool | None = None) -> Page:
        assert self.app.actor
        return await registers.page(
            self.host,
            ctx or await self.host.context(self.app.actor),
            self.register_id,
            search=self.search,
            sort=self.sort,
            descending=self.descending if descending is None else descending,
            after=after,
            limit=CHUNK,
            within=self.within,
        )

    def _take(self, page: Page, top: int) -> None:
        self.rows, self.top = list(page.rows), top
        self.before, self.after_ = page.previous, page.next

    async def _reach(self, index: int) -> None:
        """Make sure the row is in the window, reading on from its edge (or from the register's end)."""
        if not self.total or self.top <= index < self.top + len(self.rows):
            return
        if index == self.total - 1 and index >= self.top + len(self.rows) + CHUNK:
            page = await self.app.call(self._page(None, descending=not self.descending))
            rows = list(reversed(page.rows))
            back = Cursor(page.next.value, page.next.pk, back=True) if page.next else None
            self.rows, self.top, self.before, self.after_ = rows, self.total - len(rows), back, None
        elif index == 0:
            self._take(await self.app.call(self._page(None)), 0)
        while index >= self.top + len(self.rows) and self.after_:
            page = await self.app.call(self._page(self.after_))
            self.rows += page.rows
            self.after_ = page.next
            cut = max(0, len(self.rows) - KEPT)
            if cut:
                self.rows, self.top = self.rows[cut:], self.top + cut
                self.before = self._edge(self.rows[0])
        while index < self.top and self.before:
            page = await self.app.call(self._page(self.before))
            self.rows = [*page.rows, *self.rows][:KEPT]
            self.top -= len(page.rows)
            self.before = page.previous
            self.after_ = self.after_ if len(self.rows) < KEPT else self._edge(self.rows[-1], False)
        self.query_one(Rows).refresh()

    def _edge(self, row: Row, back: bool = True) -> Cursor:
        key = registers.sort_key(self.declared, self.sort)
        return Cursor(registers.reach(row.record, key.replace("__", ".")), row.pk, back)

    @property
    def current(self) -> Row | None:
        at = self.query_one(Rows).cursor - self.top
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def subject(self) -> tuple[str, tuple[int, ...]]:
        if self.marked:
            return self.register_id, tuple(self.marked)
        return (self.register_id, (self.current.pk,)) if self.current else (self.register_id, ())

    async def printed_rows(self) -> Sequence[int]:
        """The marked rows, or all that the search leaves."""
        from cstui.paper import MOST

        assert self.app.actor
        if self.marked:
            return tuple(self.marked)
        ctx = await self.host.context(self.app.actor)
        asked: dict[str, Any] = {
            "search": self.search, "sort": self.sort, "descending": self.descending, "within": self.within,
        }  # fmt: skip
        page = await registers.page(self.host, ctx, self.register_id, **asked, limit=MOST + 1)
        return [row.pk for row in page.rows]

    async def subject_name(self) -> str:
        if self.marked:
            return ", ".join(self.marked.values())
        return registers.name_of(self.declared, self.current.record) if self.current else ""

    async def moved(self) -> None:
        rows = self.query_one(Rows)
        await self._reach(rows.cursor)
        for edge in (rows.scroll_offset.y, rows.scroll_offset.y + rows.size.height - 1):
            await self._reach(max(0, min(edge, self.total - 1)))
        await self.select()

    async def select(self) -> None:
        await self.offer(a for a in self.host.actions.values() if a.register == self.register_id and not a.hidden)

    # painting

    def _columns(self, width: int) -> list[tuple[Column, int]]:
        shown = [c for c in self.declared.columns if width >= NARROW - 2 or c.narrow]
        room = width - 2
        kept: list[list[Any]] = []
        for column in shown:
            if room - column.width - 1 < 0 and kept:
                break
            kept.append([column, min(column.width, max(room - 1, 1))])
            room -= column.width + 1
        if kept and room > 0:
            widest = max(kept, key=lambda pair: pair[1])
            widest[1] += room
        return [(column, cells) for column, cells in kept]

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        at = index - self.top
        if not 0 <= at < len(self.rows):
            return [(f"  {self.app.say('tui.register.empty')}" if not self.total else "  ..", "dim")]
        row = self.rows[at]
        mark = "+" if row.pk in self.marked else ">" if index == self.query_one(Rows).cursor else " "
        cells = [
            (self.app.value(value, self.area) if value not in (None, "") else "", cells, "", column.align)
            for column, cells in self._columns(width - 2)
            for value in [row.values[column.name]]
        ]
        return columns([(mark, 1, "accent", "left"), *cells])

    def _paint_columns(self) -> None:
        made = []
        for column, cells in self._columns(self.size.width - 2):
            arrow = (" v" if self.descending else " ^") if column.name == self.sort else ""
            made.append((self.app.label(self.area, column.name) + arrow, cells, "head", column.align))
        self.query_one("#columns", Line).say([(" ", ""), *columns(made)])

    def header_right(self, now: datetime) -> Sequence[Run]:
        runs: list[Run] = [(self.app.say("tui.register.count", n=self.total), "dim")]
        if self.search:
            runs.insert(0, (f"/{self.search}  ", "accent"))
        if self.marked:
            runs.insert(0, (self.app.say("tui.register.marked", n=len(self.marked)) + "  ", "accent"))
        return runs

    def on_resize(self) -> None:
        super().on_resize()
        self._paint_columns()

    # keys

    async def after(self, outcome: Any) -> None:
        self.marked.clear()
        await self.load()

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
            self.query_one(Rows).refresh()
            self.query_one(Rows).move(1)
            self.paint_header()

    async def do_menu(self) -> None:
        """Enter opens the record; its actions are there, too."""
        from cstui.tui.screens.record import Record

        if self.current:
            self.app.push_screen(Record(self.register_id, self.current.pk), self._back)

    async def _back(self, _: Any) -> None:
        await self.load()

    def core_reason(self, name: str) -> Text | None:
        if name == "import":
            from cstui.tui.importing import reason

            return reason(self, self.register_id)
        return super().core_reason(name)

    async def do_import(self) -> None:
        """Take a spreadsheet in."""
        from cstui.tui.importing import choose

        await choose(self, self.register_id)

    async def do_sort(self) -> None:
        """The next column that can be sorted by, up, then down."""
        names = ["", *(column.name for column in self.declared.columns if column.sort)]
        if self.sort and not self.descending:
            self.descending = True
        else:
            self.sort = names[(names.index(self.sort) + 1) % len(names)]
            self.descending = False
        self.rows = []
        await self.load()

    @property
    def sought(self) -> str:
        return self.search

    async def seek(self, words: str) -> None:
        self.search, self.rows = words, []
        await self.load()

    async def key_back(self) -> bool:
        if await self.unsearch():
            return True
        if self.marked:
            self.marked.clear()
            self.query_one(Rows).refresh()
            return True
        return await super().key_back()
