"""One line of pieces: header, footer, status."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as RichText
from textual.widget import Widget

from cstui.cells import clean, clip, width
from cstui.tui.paint import Run
from cstui.tui.theme import STYLES


class Line(Widget):
    """Pieces from the left, and pieces against the right edge; the left ones give way."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: Sequence[Run] = ()
        self.right: Sequence[Run] = ()

    def say(self, left: Sequence[Run], right: Sequence[Run] = ()) -> None:
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def cell_of(self, piece: str) -> int:
        """The cell at which a piece begins, 0 where it isn't shown."""
        at = 1
        right = [clean(text) for text, _ in self.right]
        edge = self.size.width - 1 - sum(map(width, right))
        for text in (clean(text) for text, _ in self.left):
            if text == piece and at + width(text) <= edge:
                return at
            at += width(text)
        for text in right:
            if text.strip() == piece:
                return edge + width(text) - width(text.lstrip())
            edge += width(text)
        return 0

    def render(self) -> RichText:
        room = self.size.width - 2
        right = [(clean(text), style) for text, style in self.right]
        used = sum(width(text) for text, _ in right)
        line = RichText(" ", no_wrap=True, overflow="crop", end="")
        for text, style in self.left:
            shown, left = clean(text), room - used - line.cell_len + 1
            if width(shown.rstrip()) > left:
                if line.cell_len == 1:
                    line.append(clip(shown, left), STYLES[style])
                break
            line.append(shown.rstrip() if width(shown) > left else shown, STYLES[style])
        line.append(" " * max(0, room + 1 - used - line.cell_len))
        for text, style in right:
            line.append(text, STYLES[style])
        return line
