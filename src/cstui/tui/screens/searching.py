"""A page whose list is narrowed by what one types: the field `#search`, and the way in and out of it."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from cstui.bindings import plain_key
from cstui.tui.page import Page


class Searching(Page):
    """A subclass has the field in its body, and says by what its list is narrowed."""

    @property
    def sought(self) -> str:
        """The words that are looked for."""
        raise NotImplementedError

    async def seek(self, words: str) -> None:
        """Show what these words find; everything where there are none."""
        raise NotImplementedError

    async def do_search(self) -> None:
        field = self.query_one("#search", Input)
        field.display, field.value = True, self.sought
        self.set_focus(field)  # at once: what is typed next is meant for it

    async def on_input_changed(self, event: Input.Changed) -> None:
        typed = "".join(plain_key(char) for char in event.value)
        if event.input.id == "search" and typed != self.sought:
            await self.seek(typed)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "search":
            self._leave_search()
            await self.found()  # what is typed next is meant for what was found

    async def found(self) -> None:
        """Wait until what was looked for is shown."""

    def _leave_search(self) -> None:
        self.set_focus(None)
        self.query_one("#search", Input).display = False

    async def on_key(self, event: events.Key) -> None:
        if self.focused is not None and event.key in {"escape", "down", "up"}:
            self._leave_search()
            event.stop()
            if not self.sought:
                event.prevent_default()  # else the page would be left with the empty field
