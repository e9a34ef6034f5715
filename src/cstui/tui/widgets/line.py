"""One line of pieces: header, footer; and what is said above the footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text as RichText
from textual import events
from textual.message import Message
from textual.widget import Widget

from cstui.cells import clean, clip, width, wrap
from cstui.tui.paint import Run
from cstui.tui.theme import STYLES


class Line(Widget):
    """Pieces from the left, and pieces against the right edge; the left ones give way."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: Sequence[Run] = ()
        self.right: Sequence[Run] = ()
        self.keys: Sequence[str] = ()

    class Pressed(Message):
        """A piece that stands for a key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def say(self, left: Sequence[Run], right: Sequence[Run] = (), keys: Sequence[str] = ()) -> None:
        """Show these pieces; `keys` are those for which the pieces from the left, then the right ones, stand."""
        self.keys = keys
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        for (start, end), key in zip(self._spans(), self.keys, strict=False):
            if start <= event.x < end:
                self.post_message(self.Pressed(key))
                return

    def _spans(self) -> Iterator[tuple[int, int]]:
        """From which cell to which each piece stands."""
        at, edge = 1, self.size.width - 1 - sum(width(clean(text)) for text, _ in self.right)
        for text, _ in self.left:
            yield min(at, edge), min(at + width(clean(text)), edge)
            at += width(clean(text))
        for text, _ in self.right:
            yield edge, edge + width(clean(text))
            edge += width(clean(text))

    def cell_of(self, piece: str) -> int:
        """The cell at which a piece begins, 0 where it isn't shown as a whole."""
        for (start, end), (text, _) in zip(self._spans(), (*self.left, *self.right), strict=True):
            shown = clean(text)
            if shown.strip() == piece and end - start == width(shown):
                return start + width(shown) - width(shown.lstrip())
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


class Saying(Line):
    """One sentence; where a line is too short for it, it has a few, and what stands above gives way."""

    MOST = 3

    def say(self, left: Sequence[Run], right: Sequence[Run] = (), keys: Sequence[str] = ()) -> None:
        super().say(left, right, keys)
        self.on_resize()

    def on_resize(self) -> None:
        self.styles.height = max(1, len(self._broken()))

    def _broken(self) -> list[str]:
        """The sentence as lines."""
        room = max(8, self.app.size.width - 2)
        told = wrap(clean("".join(text for text, _ in self.left)), room)
        return [*told[: self.MOST - 1], clip(" ".join(told[self.MOST - 1 :]), room)] if len(told) > self.MOST else told

    def render(self) -> RichText:
        style = STYLES[self.left[0][1]] if self.left else ""
        told = [RichText(f" {line}", style, no_wrap=True, end="") for line in self._broken()]
        return RichText("\n", end="").join(told)
