"""Choosing a register's columns, their order, and the one by which its rows are sorted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cstui.bindings import plain_key
from cstui.contract.declare import Column
from cstui.tui.paint import Run, columns, lines
from cstui.tui.screens.layout import Layout
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

MOST = 16


class Columns(ModalScreen[tuple[str, bool] | None]):
    """Answers the column to sort by and whether downwards; the layout is changed in place. None: all stays."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, layout: Layout, sort: str, descending: bool) -> None:
        super().__init__(classes="dialog")
        self.layout_, self.sort, self.descending = layout, sort, descending
        self.area = layout.register_id.partition(".")[0]
        self.order: list[Column] = []
        self.shown: set[str] = set()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="question", markup=False)
            yield Rows(self._paint, id="choices")
            yield Static(id="remark", markup=False)

    def on_mount(self) -> None:
        chosen = self.layout_.chosen or [column.name for column in self.layout_.default]
        known = {column.name: column for column in self.layout_.all}
        self.order = [known.pop(name) for name in chosen if name in known]
        self.shown = {column.name for column in self.order}
        self.order += known.values()
        self.reword()

    def reword(self) -> None:
        self.query_one("#question", Static).update(lines([[(self.app.say("tui.columns.title"), "accent")], []]))
        told = [self.app.say("tui.columns.how"), self.app.say("tui.columns.order")]
        self.query_one("#remark", Static).update(lines([[], *([(line, "dim")] for line in told)]))
        rows = self.query_one(Rows)
        rows.styles.height = min(len(self.order), MOST, max(3, self.app.size.height - 10))
        rows.set_count(len(self.order))

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        column = self.order[index]
        sorted_by = column.name == self.sort
        arrow = self.app.say(f"tui.columns.{'down' if self.descending else 'up'}") if sorted_by else ""
        if not sorted_by and column.sort:
            arrow = self.app.say("tui.columns.sortable")
        mark = ">" if index == self.query_one(Rows).cursor else " "
        box, style = ("[x]", "") if column.name in self.shown else ("[ ]", "dim")
        label = self.app.label(self.area, column.name)
        return columns(
            [
                (mark, 1, "accent", "left"),
                (box, 3, style, "left"),
                (label, max(8, width - 24), style, "left"),
                (arrow, 16, "accent" if sorted_by else "dim", "left"),
            ]
        )

    def on_key(self, event: events.Key) -> None:
        key = plain_key(event.character or "") if event.character else event.key
        rows = self.query_one(Rows)
        steps = {"down": 1, "up": -1, "pagedown": rows.page(), "pageup": -rows.page()}
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self._arrange()
        elif event.key in steps:
            rows.move(steps[event.key])
        elif key == " " or event.key == "space":
            self._toggle(rows)
        elif key in {"+", "-"}:
            self._move(rows, 1 if key == "+" else -1)
        elif key in {"O", "o"}:
            self._sort(self.order[rows.cursor])
        elif key == "0":
            self.layout_.chosen = []
            self.sort, self.descending = "", False
            self.on_mount()
        else:
            return
        rows.refresh()
        event.stop()
        event.prevent_default()

    def _toggle(self, rows: Rows) -> None:
        name = self.order[rows.cursor].name
        self.shown ^= {name}
        if not self.shown:
            self.shown = {name}
        rows.move(1)

    def _move(self, rows: Rows, step: int) -> None:
        at, there = rows.cursor, rows.cursor + step
        if 0 <= there < len(self.order):
            self.order[at], self.order[there] = self.order[there], self.order[at]
            rows.move(step)

    def _sort(self, column: Column) -> None:
        """Up, down, then the register's own order; a column may declare no order."""
        if not column.sort or column not in self.layout_.default:
            return
        if self.sort != column.name:
            self.sort, self.descending = column.name, False
        elif not self.descending:
            self.descending = True
        else:
            self.sort, self.descending = "", False

    def _arrange(self) -> None:
        chosen = [column.name for column in self.order if column.name in self.shown]
        default = [column.name for column in self.layout_.default]
        self.layout_.chosen, self.layout_.shifted = [] if chosen == default else chosen, 0
        self.dismiss((self.sort, self.descending))
