"""A register: a list of any length, narrowed, sorted, its columns as one likes them, now or as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Input

from cstui import registers
from cstui.contract.text import Text
from cstui.registers import Row
from cstui.tui.paint import Run, columns
from cstui.tui.screens.layout import Layout
from cstui.tui.screens.narrowing import Narrowing
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows
from cstui.tui.window import KEPT, Window

if TYPE_CHECKING:
    from tortoise.expressions import Q

MOST_MARKED = 1000
"""Rows on which one act is done at most."""


class Register(Narrowing):
    CORE = (
        "menu", "search", "filter", "sort", "mark", "columns", "export", "past", "write", "import", "undo", "go",
        "palette", "help", "back",
    )  # fmt: skip

    def __init__(self, register_id: str, within: Q | None = None, of: str = "", line: str = "") -> None:
        """`within` narrows it to what belongs to a record, which is called `of`; `line` is its first filter."""
        super().__init__()
        self.register_id, self.of, self.line = register_id, of, line
        self.area = register_id.split(".", 1)[0]
        self.window = Window(self.app, register_id, within)
        self.layout_ = Layout(self.app, register_id)
        self.list = Rows(self._paint, id="rows")
        self.marked: dict[int, str] = {}
        self._painted: dict[tuple[int, int], Sequence[Run]] = {}
        self._last_marked = -1

    def heading(self) -> str:
        name = self.app.say(f"{self.area}.register.{self.register_id.split('.', 1)[1]}")
        return f"{name}  {self.of}" if self.of else name

    def body(self) -> Iterable[Widget]:
        yield Line(id="columns")
        yield self.list
        yield Line(id="totals")
        yield Input(id="search", select_on_focus=False)
        yield Input(id="line", select_on_focus=False)

    async def on_mount(self) -> None:
        for name in ("#search", "#line", "#totals"):
            self.query_one(name).display = False
        await self.layout_.recall()
        if self.line:
            self.take_line(self.line)
        await super().on_mount()

    @property
    def declared(self) -> Any:
        return self.host.registers[self.register_id]

    # what is shown

    async def load(self) -> None:
        """Read the first rows, or the same ones again; they are counted once they stand."""
        current, window = self.current, self.window
        window.sections = self.layout_.sections
        await (window.start() if self.fresh else window.again())
        where = 0 if self.fresh else self.list.cursor
        if current:
            where = next((window.top + n for n, row in enumerate(window.rows) if row.pk == current.pk), where)
        self.fresh = False
        self.repaint_rows(where)
        await self.select()
        self.run_worker(self._measure(), exclusive=True, group="measure")

    async def _measure(self) -> None:
        await self.window.measure()
        if self.is_attached:
            self.list.set_count(max(self.window.count, 1))
            self._paint_totals()
            self.paint_header()

    def repaint_rows(self, cursor: int | None = None) -> None:
        """Paint all rows anew."""
        self._painted.clear()
        self.list.set_count(max(self.window.count, 1), cursor)  # an empty one says so in a row
        self._paint_columns()
        self._paint_totals()

    async def _reach(self, index: int) -> None:
        if self.window.count and self.window.row(index) is None:
            await self.window.reach(index)
            self.list.refresh()

    @property
    def current(self) -> Row | None:
        return self.window.row(self.list.cursor)

    def subject(self) -> tuple[str, tuple[int, ...]]:
        if self.marked:
            return self.register_id, tuple(self.marked)
        return (self.register_id, (self.current.pk,)) if self.current else (self.register_id, ())

    async def printed_rows(self) -> Sequence[int]:
        """The marked rows, or all that are left by search and filter."""
        from cstui.paper import MOST

        if self.marked:
            return tuple(self.marked)
        ctx = await self.window.context()
        page = await registers.page(self.host, ctx, self.register_id, **self.window.ordered, limit=MOST + 1)
        return [row.pk for row in page.rows]

    async def subject_name(self) -> str:
        if self.marked:
            return ", ".join([*self.marked.values()][:20])
        return registers.name_of(self.declared, self.current.record) if self.current else ""

    async def moved(self) -> None:
        rows = self.list
        await self._reach(rows.cursor)
        for edge in (rows.scroll_offset.y, rows.scroll_offset.y + rows.size.height - 1):
            await self._reach(max(0, min(edge, self.window.count - 1)))
        await self.select()

    async def select(self) -> None:
        """Offer what can be done with the rows; of the past there is nothing to be done."""
        here = [a for a in self.host.actions.values() if a.register == self.register_id and not a.hidden]
        await self.offer([] if self.window.then else here)

    # painting

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        row = self.window.row(index)
        if row is None:
            return [(f"  {self.app.say(self.nothing())}" if not self.window.count else "  ..", "dim")]
        if (row.pk, width) not in self._painted:
            if len(self._painted) > KEPT:
                self._painted.clear()
            cells = [
                (self.app.value(value, self.area) if value not in (None, "") else "", room, "", column.align)
                for column, room in self.layout_.fitting(width - 2)
                for value in [row.values.get(column.name)]
            ]
            self._painted[row.pk, width] = columns(cells)
        mark = "+" if row.pk in self.marked else ">" if index == self.list.cursor else " "
        return [(f"{mark} ", "accent"), *self._painted[row.pk, width]]

    def _paint_columns(self) -> None:
        made, window = [], self.window
        for column, cells in self.layout_.fitting(self.size.width - 2):
            arrow = (" v" if window.descending else " ^") if column.name == window.sort else ""
            made.append((self.app.label(self.area, column.name) + arrow, cells, "head", column.align))
        self.query_one("#columns", Line).say([(" ", ""), *columns(made)], self.layout_.beside())

    def _paint_totals(self) -> None:
        sums, line = self.window.sums, self.query_one("#totals", Line)
        fitting = self.layout_.fitting(self.size.width - 2)
        line.display = any(column.name in sums for column, _ in fitting)
        cells = [(str(sums.get(column.name, "")), room, "strong", column.align) for column, room in fitting]
        if cells and not cells[0][0]:
            cells[0] = (self.app.say("tui.register.total"), *cells[0][1:])
        line.say([(" ", ""), *columns(cells)])

    def header_right(self, now: datetime) -> Sequence[Run]:
        runs: list[Run] = [*self.told_narrow()]
        if self.marked:
            runs.append((self.app.say("tui.register.marked", n=len(self.marked)) + "  ", "accent"))
        known = self.window.total
        return [*runs, (self.app.say("tui.register.count", n=known) if known is not None else "..", "dim")]

    def on_resize(self) -> None:
        super().on_resize()
        if self.stands:
            self.repaint_rows()

    # keys

    async def key(self, key: str) -> bool:
        if key in {"left", "right"}:
            if self.layout_.shift(1 if key == "right" else -1, self.size.width - 4):
                self.repaint_rows()
            return True
        if key == "end" and self.window.total is None:
            await self._measure()
        return await super().key(key)

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

    async def do_menu(self) -> None:
        """Enter opens the record; its actions are there, too."""
        from cstui.tui.screens.record import Record

        if self.current:
            at = self.window.then.moment if self.window.then else None
            self.app.push_screen(Record(self.register_id, self.current.pk, at), self._back)

    async def _back(self, _: Any) -> None:
        await self.load()

    def core_reason(self, name: str) -> Text | None:
        if self.window.then and name in {"import", "write", "undo"}:
            return Text("tui.register.then")
        if name == "import":
            from cstui.tui.importing import reason

            return reason(self, self.register_id)
        return super().core_reason(name)

    async def do_import(self) -> None:
        """Take a spreadsheet in."""
        from cstui.tui.importing import choose

        await choose(self, self.register_id)

    async def do_export(self) -> None:
        """Write what is shown to a file."""
        from cstui.tui.exporting import choose

        await choose(self)

    async def do_columns(self) -> None:
        """Choose the columns, their order, and the one by which is sorted."""
        from cstui.tui.screens.columns import Columns

        self.app.push_screen(Columns(self.layout_, self.window.sort, self.window.descending), self._arranged)

    async def _arranged(self, sort: tuple[str, bool] | None) -> None:
        if sort is not None:
            self.window.sort, self.window.descending = sort
            await self.layout_.keep()
            await self.narrowed()

    async def do_sort(self) -> None:
        """The next column that can be sorted by, up, then down."""
        names = ["", *(column.name for column in self.declared.columns if column.sort)]
        window = self.window
        if window.sort and not window.descending:
            window.descending = True
        else:
            window.sort = names[(names.index(window.sort) + 1) % len(names)]
            window.descending = False
        await self.narrowed()

    async def key_back(self) -> bool:
        if self.marked:
            self.marked.clear()
            await self._marked()
            return True
        return await self.widen() or await super().key_back()
