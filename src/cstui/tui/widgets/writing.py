"""A field for a longer text: it grows with what is written."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from cstui.tui.widgets.entry import Left

MOST = 6
"""Lines until it scrolls."""


class Writing(Left, TextArea):
    """In a text of `lines` Enter begins a new one; else Ctrl+J does, and Enter is the form's."""

    DEFAULT_CSS = """
    Writing, Writing:focus { width: 100%; border: none; padding: 0; scrollbar-size: 0 0; background: $background; }
    Writing:focus { background: $selected; }
    """

    def __init__(self, lines: bool, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self.lines = lines
        self.cursor_blink = False
        self.styles.height = self.least

    @property
    def least(self) -> int:
        return 2 if self.lines else 1

    @property
    def value(self) -> str:
        return self.text

    @value.setter
    def value(self, value: str) -> None:
        self.load_text(value)
        self.move_cursor(self.document.end)
        self.fit()

    def fit(self) -> None:
        """As many lines as are written."""
        self.styles.height = max(self.least, min(MOST, self.wrapped_document.height))

    def on_text_area_changed(self) -> None:
        self.fit()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fit)

    def within(self, key: str) -> bool:
        """Whether an arrow moves inside the text, or beyond its first or last line."""
        return not (self.cursor_at_first_line if key == "up" else self.cursor_at_last_line)

    def leaving(self, key: str) -> bool:
        """Whether a key is the form's, and one may be elsewhere after it."""
        if key in {"up", "down"}:
            return not self.within(key)
        return key in {"tab", "shift+tab", "ctrl+s"} or (key == "enter" and not self.lines)

    def on_key(self, event: events.Key) -> None:
        """Before the keys of the editor itself."""
        if self.waits(event, self.leaving(event.key)):
            return
        if event.key == "ctrl+j":
            self.insert("\n")
            event.stop()
            event.prevent_default()
        elif event.key == "enter" and not self.lines:
            event.prevent_default()
