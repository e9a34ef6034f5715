"""A page of text to scroll: a record, a journal entry, help, a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from cstui.tui.page import Page
from cstui.tui.paint import Run, lines


class Reader(Page):
    CORE: Sequence[str] = ("menu", "palette", "help", "back")

    async def told(self) -> list[Sequence[Run]]:
        """The lines of the text."""
        return []

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="text", can_focus=False):
            yield Static(id="lines", markup=False)

    async def load(self) -> None:
        self.query_one("#lines", Static).update(lines(await self.told()))
        await self.offer(())

    def move(self, key: str) -> bool:
        pane = self.query_one("#text", VerticalScroll)
        page = max(1, pane.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        if key not in steps:
            return False
        pane.scroll_relative(y=steps[key], animate=False)
        return True
