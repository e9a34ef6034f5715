"""A register: a list of any length, narrowed, sorted, its columns as one likes them, now or as of a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from cstui import registers
from cstui.cells import clean, pad
from cstui.contract.declare import Column
from cstui.contract.text import Text
from cstui.tui.leaving import in_peace
from cstui.tui.paint import Run
from cstui.tui.screens.layout import GAP, WIDE, Layout
from cstui.tui.screens.marking import Marking
from cstui.tui.widgets.entry import Field
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows
from cstui.tui.window import CHUNK, FRAME, KEPT, Window

if TYPE_CHECKING:
    from tortoise.expressions import Q

    from cstui.registers import Row


class Register(Marking):
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
        self.fitting: list[tuple[Column, int]] = []
        """The columns in sight with their cells: those of a row without its mark and the last cell of a line."""
        self._texts: dict[int, dict[str, str]] = {}
        """What rows show, by column."""

    def heading(self) -> str:
        name = self.app.say(f"{self.area}.register.{self.register_id.split('.', 1)[1]}")
        return f"{name}  {self.of}" if self.of else name

    def body(self) -> Iterable[Widget]:
        yield Line(id="columns")
        yield self.list
        yield Line(id="totals")
        yield Field(id="search", select_on_focus=False)
        yield Field(id="line", select_on_focus=False)

    async def on_mount(self) -> None:
        for name in ("#search", "#line", "#totals"):
            self.query_one(name).display = False
        await self.layout_.recall()
        if self.line:
            self.take_line(self.line)

    # what is shown

    async def load(self) -> None:
        """Read the rows in sight, or the same ones again; once they stand, what follows is read and all are counted."""
        current, window = self.current, self.window
        window.sections = self.layout_.sections
        await (window.start(self.size.height - FRAME) if self.fresh else window.again())
        where = 0 if self.fresh else self.list.cursor
        if current:
            where = next((window.top + n for n, row in enumerate(window.rows) if row.pk == current.pk), where)
        self.fresh = False
        self.repaint_rows(where)
        await self.select()
        self.call_after_refresh(self._read_on)
        self.call_after_refresh(self.run_worker, self._measure, exclusive=True, group="measure")

    async def _read_on(self) -> None:
        """Have what follows the rows in sight before somebody goes there."""
        if self.window.beyond and len(self.window.rows) < CHUNK:
            await self.window.reach(CHUNK)
            self.list.set_count(self.window.count)

    async def _measure(self) -> None:
        await self.window.measure()
        with in_peace(self):
            if self.window.sums:
                self.repaint_rows()  # a sum may be wider than all above it
            self.list.set_count(max(self.window.count, 1))
            self.paint_header()

    def repaint_rows(self, cursor: int | None = None) -> None:
        """Paint all rows anew."""
        self._measure_columns()
        self.fitting = self.layout_.fitting(self.size.width - 3)
        self.list.set_count(max(self.window.count, 1), cursor)  # an empty one says so in a row
        self._paint_columns()
        self._paint_totals()

    async def _reach(self, index: int) -> None:
        if self.window.count and self.window.row(index) is None:
            await self.window.reach(index)
            self.list.refresh()

    async def printed_rows(self) -> Sequence[int]:
        """The marked rows, or all that are left by search and filter."""
        from cstui.paper import MOST

        if self.marked:
            return tuple(self.marked)
        ctx = await self.window.context()
        page = await registers.page(self.host, ctx, self.register_id, **self.window.ordered, limit=MOST + 1)
        return [row.pk for row in page.rows]

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
        if row.pk not in self._texts:
            if len(self._texts) > KEPT:
                self._texts.clear()
            self._texts[row.pk] = self._texts_of(row)
            if self.layout_.measure(self._texts[row.pk].items()):
                self.call_after_refresh(self.repaint_rows)  # further down something wider stands
        texts = self._texts[row.pk]
        mark = "+" if row.pk in self.marked else ">" if index == self.list.cursor else " "
        return [(f"{mark} ", "accent"), (_apart((texts[one.name], room, one) for one, room in self.fitting), "")]

    def _texts_of(self, row: Row) -> dict[str, str]:
        return {column.name: self._text(row, column) for column in self.layout_.shown(self.size.width)}

    def _text(self, row: Row, column: Column) -> str:
        value = row.values.get(column.name)
        return clean(self.app.value(value, self.area)) if value not in (None, "") else ""

    def _title(self, column: Column) -> str:
        arrow = (" v" if self.window.descending else " ^") if column.name == self.window.sort else ""
        return self.app.label(self.area, column.name) + arrow

    def _measure_columns(self) -> None:
        """Let the columns be as wide as what stands in sight."""
        here, high = self.list.cursor, self.size.height
        rows = [row for at in range(here - high, here + high) if (row := self.window.row(at))]
        self._texts = {row.pk: self._texts_of(row) for row in rows}
        if rows:
            self.layout_.measure((column.name, self._title(column)) for column in self.layout_.shown(self.size.width))
            self.layout_.measure(text for texts in self._texts.values() for text in texts.items())
            self.layout_.measure((name, str(total)) for name, total in self.window.sums.items())

    def _paint_columns(self) -> None:
        titles = _apart((self._title(column), room, column) for column, room in self.fitting)
        self.query_one("#columns", Line).say([(" ", ""), (titles, "head")])
        self.paint_header()

    def _paint_totals(self) -> None:
        sums, line = self.window.sums, self.query_one("#totals", Line)
        line.display = any(column.name in sums for column, _ in self.fitting)
        cells = [(str(sums.get(column.name, "")), room, column) for column, room in self.fitting]
        if not cells[0][0]:
            cells[0] = (self.app.say("tui.register.total"), *cells[0][1:])
        line.say([(" ", ""), (_apart(cells), "strong")])

    def renew(self) -> None:
        super().renew()
        self.layout_.renew()
        self.repaint_rows()

    def reword(self) -> None:
        self.layout_.wants.clear()
        super().reword()

    def header_right(self, now: datetime) -> Sequence[Run]:
        narrow = [*self.told_narrow()]
        runs = [*narrow, *(self.layout_.beside() if not narrow or self.size.width >= WIDE else ())]
        if self.marked:
            runs.append((self.app.say("tui.register.marked", n=len(self.marked)) + "  ", "accent"))
        n = self.window.total
        return [*runs, (self.app.say("tui.register.count", n=n) if n is not None else "..", "dim")]

    def on_resize(self) -> None:
        if self.stands:
            self.repaint_rows()

    # keys

    async def key(self, key: str) -> bool:
        if key in {"left", "right"}:
            if self.layout_.shift(1 if key == "right" else -1, self.size.width - 3):
                self.repaint_rows()
            return True
        if key == "end" and self.window.total is None:
            await self._measure()
        return await super().key(key)

    async def after(self, outcome: Any) -> None:
        self.marked.clear()
        await self.load()
        if outcome.rows and not (self.current and self.current.pk in outcome.rows):
            await self._show(outcome.rows)

    async def _show(self, made: Collection[int]) -> None:
        """Go to a row that came into being, if it stands among those that are read, or at the end."""
        await self.window.measure()
        if not await self._go_to(made):
            await self._reach(self.window.count - 1)
            if not await self._go_to(made):
                await self._reach(self.list.cursor)

    async def _go_to(self, pks: Collection[int]) -> bool:
        where = next((self.window.top + n for n, row in enumerate(self.window.rows) if row.pk in pks), None)
        if where is not None:
            self.repaint_rows(where)
            await self.select()
        return where is not None

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


def _apart(cells: Iterable[tuple[str, int, Column]]) -> str:
    """Texts in columns of so many cells, with gaps between them."""
    return (" " * GAP).join(pad(text, room, column.align) for text, room, column in cells)
