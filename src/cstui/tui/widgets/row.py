"""One field of a form with its label, and what stands beneath it."""

from __future__ import annotations

from textual.containers import Horizontal


class Row(Horizontal):
    """It stays in sight while one is in it, whatever appears there."""

    def on_resize(self) -> None:
        if self.has_focus_within:
            self.call_after_refresh(self.scroll_visible, animate=False)
