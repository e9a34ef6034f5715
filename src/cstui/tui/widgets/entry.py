"""Fields of one line: one that is painted as fast as one types, and one that knows what stood in it at Enter."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """Its place doesn't follow what is typed: no letter has the screen laid out anew."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class Entry(Field):
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
