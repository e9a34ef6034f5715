"""A field with a few values: side by side where they fit, else one below the other while one chooses."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as RichText
from textual import events
from textual.message import Message
from textual.widget import Widget

from cstui.bindings import plain_key
from cstui.cells import clean, clip, width
from cstui.contract.search import begins
from cstui.tui.widgets.entry import Left

GAP = 2
"""Cells between values side by side."""
MOST = 6
"""Lines of a list at once."""
MARK = 4
"""Cells of the mark before a value."""


class Choice(Left, Widget, can_focus=True):
    """`options` are (value, label); "" may stand for none.

    Left and Right go through them, so do Up and Down in a list; letters go to the next that begins so.
    """

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = list(options)
        self.index: int = next((n for n, (one, _) in enumerate(self.options) if one == value), 0)
        self.first = self.value
        """What stands here before one chooses."""
        self.styles.height = 1

    @property
    def value(self) -> str:
        return self.options[self.index][0] if self.options else ""

    @value.setter
    def value(self, value: str) -> None:
        self.index = next((n for n, (one, _) in enumerate(self.options) if one == value), self.index)
        self.refresh()

    @property
    def labels(self) -> list[str]:
        return [clean(label) or "-" for _, label in self.options]

    @property
    def beside(self) -> bool:
        """Whether all values fit side by side."""
        return sum(width(label) + MARK + GAP for label in self.labels) - GAP <= self.size.width

    @property
    def listed(self) -> bool:
        return self.has_focus and not self.beside

    def fit(self) -> None:
        """As many lines as are shown."""
        self.styles.height = min(MOST, len(self.options)) if self.listed else 1
        self.refresh()

    def on_resize(self) -> None:
        self.fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.fit()

    def _marked(self, number: int) -> tuple[str, str]:
        chosen = number == self.index
        return f"({'*' if chosen else ' '}) {self.labels[number]}", "bold" if chosen else ""

    def render(self) -> RichText:
        if self.beside:
            pieces = [self._marked(number) for number in range(len(self.options))]
            return RichText.assemble(*((f"{text}{' ' * GAP}", style) for text, style in pieces), no_wrap=True)
        if not self.listed:
            return RichText(clip(self._marked(self.index)[0], self.size.width), no_wrap=True)
        first = max(0, min(self.index - MOST // 2, len(self.options) - MOST))
        shown = [self._marked(number) for number in range(first, min(first + MOST, len(self.options)))]
        return RichText("\n").join(RichText(clip(text, self.size.width), style) for text, style in shown)

    def on_click(self, event: events.Click) -> None:
        if self.listed:
            first = max(0, min(self.index - MOST // 2, len(self.options) - MOST))
            self.index = min(first + event.y, len(self.options) - 1)
        elif self.beside:
            edge = 0
            for number, label in enumerate(self.labels):
                edge += width(label) + MARK + GAP
                if event.x < edge:
                    self.index = number
                    break
        self._chosen()

    def _chosen(self) -> None:
        self.refresh()
        self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        if self.waits(event, self.leaving(event.key)):
            return
        step: int = {"left": -1, "right": 1, "space": 1}.get(event.key, 0)
        if self.listed and event.key in ("up", "down"):
            step = 1 if event.key == "down" else -1
            if self.leaving(event.key):  # the form goes on
                return
        if not step and event.character and event.is_printable:
            step = self._named(plain_key(event.character).casefold())
        if step and self.options:
            self.index = (self.index + step) % len(self.options)
            self._chosen()
            event.stop()
            event.prevent_default()

    def leaving(self, key: str) -> bool:
        """Whether a key is the form's, and one may be elsewhere after it."""
        if key in {"up", "down"}:  # also beyond the list
            return not self.listed or not 0 <= self.index + (1 if key == "down" else -1) < len(self.options)
        return key in {"enter", "tab", "shift+tab"}

    def _named(self, asked: str) -> int:
        """Steps to the next value whose word or its pinyin begins so; where there is none, whose own name does."""
        count = len(self.options)
        turn = [(step, *self.options[(self.index + step) % count]) for step in range(1, count + 1)]
        worded = (step for step, _, label in turn if any(f.startswith(asked) for f in begins(label.casefold())))
        named = (step for step, value, _ in turn if value.startswith(asked))
        return next(worded, 0) or next(named, 0)
