"""Fields of one line: one that is painted as fast as one types, and one that is left by a key."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """Its place doesn't follow what is typed: no letter has the screen laid out anew."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class Entry(Field):
    """Keys struck behind one by which it is left may come in here all the same: they wait, and go where one is then.

    Over a slow line many keys come at once, before the form has moved on.
    """

    LEFT_BY = frozenset({"enter", "tab", "shift+tab"})
    ahead: list[events.Key] | None = None

    def on_key(self, event: events.Key) -> None:
        if self.ahead is not None:
            self.ahead.append(event)
            event.stop()
            event.prevent_default()
        elif event.key in self.LEFT_BY:
            self.ahead = []

    def left(self) -> list[events.Key]:
        """The form has done what that key stands for: the keys that waited."""
        keys, self.ahead = self.ahead or [], None
        return keys
