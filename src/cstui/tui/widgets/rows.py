"""A list of any length that paints only what is seen; its owner supplies each row's pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cstui.tui.paint import Run
from cstui.tui.theme import HERE, STYLES

Painter = Callable[[int, int], Sequence[Run]]
"""(index, width) → pieces; the last cell of a line stays free."""
NONE = Style()
REST = 0.06
"""Seconds after which the cursor rests: longer than between two strokes of a key that is held down."""


class Rows(ScrollView, can_focus=False):
    """`painter` paints a row; `skips` says which rows (headings) the cursor passes over.

    The cursor moves at once. What belongs to its row is the owner's part, who hears of it when the cursor rests.
    """

    class Moved(Message):
        """The cursor rests on another row."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Moved)

    def __init__(
        self, painter: Painter, skips: Callable[[int], bool] = lambda index: False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.skips = skips
        self.count: int = 0
        self.cursor = 0
        self.moved = False
        """Whether the cursor moved since its owner last looked."""
        self.resting: asyncio.TimerHandle | None = None
        self.show_horizontal_scrollbar = False
        self._base = NONE

    def set_count(self, count: int, cursor: int | None = None) -> None:
        """There are so many rows now; the cursor stays, or goes where told."""
        self.count = count
        self.virtual_size = Size(self.size.width, count)
        self.cursor = self._landing(self.cursor if cursor is None else cursor, 1)
        self._reveal()
        self.refresh()

    def _landing(self, index: int, step: int) -> int:
        index = max(0, min(int(index), self.count - 1))
        onward = range(index, self.count) if step > 0 else range(index, -1, -1)
        back = range(index, -1, -1) if step > 0 else range(index, self.count)
        for candidate in chain(onward, back):
            if 0 <= candidate < self.count and not self.skips(candidate):
                return int(candidate)
        return 0

    def move(self, step: int) -> None:
        """Move by rows (a heading is passed over)."""
        self.jump(self.cursor + step, 1 if step > 0 else -1)

    def jump(self, index: int, step: int = 1) -> None:
        landed = self._landing(index, step)
        if landed != self.cursor:
            before, self.cursor, self.moved = self.cursor, landed, True
            self._reveal()
            (width, height), top = self.size, self.scroll_offset.y
            self.refresh(*(Region(0, y, width, 1) for y in (before - top, landed - top) if 0 <= y < height))
            if self.resting:
                self.resting.cancel()
            self.resting = asyncio.get_running_loop().call_later(REST, self.post_message, self.Moved())

    def page(self) -> int:
        """Rows seen at once."""
        return max(1, self.scrollable_content_region.height - 1)

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; a second one there is Enter."""
        index = event.y + round(self.scroll_offset.y)
        if 0 <= index < self.count and not self.skips(index):
            self.jump(index)
            if event.chain == 2:
                self.app.post_message(events.Key("enter", "\r"))

    def _reveal(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        if not height:
            return  # not laid out yet
        first = self.cursor - 1 if self.cursor and self.skips(self.cursor - 1) else self.cursor
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)  # there may be no scrollbar yet
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self.count)
        self._reveal()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # once: asked for each line it takes longer than all else of it
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width, base = self.size.width, self._base
        if not 0 <= index < self.count:
            return Strip.blank(width, base)
        over = STYLES[HERE] if index == self.cursor and not self.skips(index) else NONE
        strip = Strip([Segment(text, base + STYLES[style] + over) for text, style in self.painter(index, width - 1)])
        return strip.adjust_cell_length(width, base + over)
