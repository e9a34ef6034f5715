"""A field of one line that knows what stood in it when Enter was struck."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class Entry(Input):
    """An Enter reaches the form after letters struck behind it may have come in here."""

    entered: str | None = None

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self.entered = self.value

    def later(self) -> str:
        """Take out the letters struck after Enter."""
        before, self.entered = self.entered, None
        if before is None or not self.value.startswith(before):
            return ""
        letters = self.value.removeprefix(before)
        self.value = before
        return letters
