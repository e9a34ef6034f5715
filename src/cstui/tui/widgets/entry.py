"""Fields of one line: one that is painted as fast as one types, and one that is left by a key."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Left:
    """Keys struck behind one by which a field is left may come in there all the same: they wait for the form.

    Over a slow line many keys come at once, before the form has moved on.
    """

    by: events.Key | None = None
    """The key by which it is being left."""
    ahead: list[events.Key]

    def waits(self, event: events.Key, leaving: bool) -> bool:
        """Whether a key came behind one by which the field is left; `leaving`: whether it is such a key itself."""
        if self.by is None:
            self.by, self.ahead = event if leaving else None, []
            return False
        self.ahead.append(event)
        event.stop()
        event.prevent_default()
        return True

    def left(self, by: events.Key) -> list[events.Key]:
        """The form has done what a key stands for: those that waited for it."""
        if by is not self.by:
            return []
        self.by = None
        return self.ahead


class Field(Input):
    """Its place doesn't follow what is typed: no letter has the screen laid out anew."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class Entry(Left, Field):
    """A form's field of one line."""

    def on_key(self, event: events.Key) -> None:
        self.waits(event, event.key in {"enter", "tab", "shift+tab", "up", "down"})
