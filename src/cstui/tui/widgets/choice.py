"""A field with a few values: left and right, or a first letter, go through them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as RichText
from textual import events
from textual.widget import Widget

from cstui.bindings import plain_key
from cstui.cells import clean


class Choice(Widget, can_focus=True):
    """`options` are (value, label); "" may stand for none."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = list(options)
        self.index = next((n for n, (one, _) in enumerate(self.options) if one == value), 0)

    @property
    def value(self) -> str:
        return self.options[self.index][0] if self.options else ""

    @value.setter
    def value(self, value: str) -> None:
        self.index = next((n for n, (one, _) in enumerate(self.options) if one == value), self.index)
        self.refresh()

    def render(self) -> RichText:
        label = clean(self.options[self.index][1]) if self.options else ""
        return RichText(f"< {label or '-'} >", no_wrap=True)

    def on_key(self, event: events.Key) -> None:
        step = {"left": -1, "right": 1, "space": 1}.get(event.key, 0)
        if not step and event.character and event.is_printable:
            asked = plain_key(event.character).casefold()
            order = [*range(self.index + 1, len(self.options)), *range(self.index + 1)]
            found = next((n for n in order if self.options[n][1].casefold().startswith(asked)), None)
            step = 0 if found is None else found - self.index
        if step and self.options:
            self.index = (self.index + step) % len(self.options)
            self.refresh()
            event.stop()
