"""A box of lines above the page: something to read, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from cstui.tui.leaving import in_peace
from cstui.tui.paint import Run, lines, rich

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

LOW = 18
"""Terminal lines below which nothing is left free around it."""
WIDTH = 68
"""Cells inside it, where the terminal has them (cstui.tcss)."""


class Box(ModalScreen[None]):
    """Arrows scroll; any other key goes back to what stands below, where nothing has changed."""

    BINDINGS = []
    DEFAULT_CSS = "Box .told { height: auto; scrollbar-size: 1 0; }"
    BACK = "tui.form.key.back"
    """The id of the text that says how to leave it."""

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self) -> None:
        super().__init__(classes="dialog")

    async def told(self) -> list[Sequence[Run]]:
        """The lines in the reader's language."""
        return []

    @property
    def room(self) -> int:
        """Cells inside it."""
        return min(WIDTH, self.size.width - self.query_one(".box").gutter.width)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="told", can_focus=False):
                yield Static(id="text", markup=False)
            yield Static(id="keys", markup=False)

    async def on_mount(self) -> None:
        await self._tell()

    def reword(self) -> None:
        self.call_later(self._tell)

    async def _tell(self) -> None:
        told = await self.told()
        with in_peace(self):
            self.query_one("#text", Static).update(lines(told))
            self.query_one("#keys", Static).update(rich([(self.app.say(self.BACK), "dim")]))

    def on_resize(self) -> None:
        box = self.query_one(".box")
        low = self.size.height < LOW
        box.styles.padding = (0, 1) if low else None
        self.query_one("#keys").styles.margin = 0 if low else (1, 0, 0, 0)
        self.query_one(".told").styles.max_height = max(1, self.size.height - box.gutter.height - (1 if low else 2))

    async def on_key(self, event: events.Key) -> None:
        told = self.query_one(VerticalScroll)
        steps = {"up": told.scroll_up, "down": told.scroll_down, "pageup": told.scroll_page_up}
        if event.key in {*steps, "pagedown"}:
            steps.get(event.key, told.scroll_page_down)(animate=False)
        elif self.app.screen is self:
            self.dismiss(None)
        event.stop()
        event.prevent_default()
