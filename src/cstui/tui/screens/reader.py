"""Pages of text: one to scroll (help, a statement), and one whose lines lead on (a record, a journal entry)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from cstui.cells import clean
from cstui.tui.page import Page
from cstui.tui.paint import Run, lines
from cstui.tui.widgets.rows import Rows

Leading = tuple[Sequence[Run], str]
"""A line, and where it leads as the command list names it ("record:keys.keys:17"); "" for nowhere."""


class Reader(Page):
    CORE: Sequence[str] = ("menu", "palette", "help", "back")

    def __init__(self) -> None:
        super().__init__()
        self.text: Sequence[Sequence[Run]] = ()

    async def told(self) -> list[Sequence[Run]]:
        """The lines of the text."""
        return []

    def copied(self) -> str:
        """The page as plain text."""
        return "\n".join(clean("".join(text for text, _ in runs)).rstrip() for runs in self.text) + "\n"

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="text", can_focus=False):
            yield Static(id="lines", markup=False)

    async def load(self) -> None:
        self.text = await self.told()
        self.query_one("#lines", Static).update(lines(self.text))
        await self.offer(())

    def move(self, key: str) -> bool:
        pane = self.query_one("#text", VerticalScroll)
        page = max(1, pane.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        if key not in steps:
            return False
        pane.scroll_relative(y=steps[key], animate=False)
        return True


class Leader(Reader):
    """A text some of whose lines lead somewhere: the cursor goes from one to the next, Enter follows it."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: Sequence[str] = ()

    async def led(self) -> list[Leading]:
        """The lines of the text, each with where it leads; the first leads somewhere."""
        return []

    async def told(self) -> list[Sequence[Run]]:
        led = await self.led()
        self.leads = [lead for _, lead in led]
        return [runs for runs, _ in led]

    def body(self) -> Iterable[Widget]:
        yield Rows(self._paint, lambda index: not self.leads[index], id="lines")

    async def load(self) -> None:
        rows = self.query_one(Rows)
        lead, at = self.lead, rows.cursor
        self.text = await self.told()
        same = [index for index, one in enumerate(self.leads) if lead and one == lead]
        rows.set_count(len(self.text), min(same, key=lambda index: abs(index - at), default=min(at, len(self.text))))
        await self.offer(())

    async def on_screen_resume(self) -> None:
        """Back from where a line led: it may look different now."""
        await self.follow()

    def on_resize(self) -> None:
        self.call_later(self.follow)

    @property
    def lead(self) -> str:
        """Where the current line leads."""
        at = self.query_one(Rows).cursor
        return self.leads[at] if at < len(self.leads) else ""

    async def key(self, key: str) -> bool:
        if key not in {"tab", "shift+tab"}:
            return await super().key(key)
        self._to_heading(1 if key == "tab" else -1)
        return True

    def _to_heading(self, step: int) -> None:
        """To the next part that leads on, or the one before, shown from its heading on."""
        rows = self.query_one(Rows)
        heads = [0, *(index for index, runs in enumerate(self.text) if index and runs and runs[0][1] == "accent")]
        parts = [
            (head, leading)
            for head, end in zip(heads, [*heads[1:], rows.count], strict=True)
            if (leading := next((index for index in range(head, end) if self.leads[index]), None)) is not None
        ]
        if parts:
            here = max((at for at, (head, _) in enumerate(parts) if head <= rows.cursor), default=0)
            head, leading = parts[(here + step) % len(parts)]
            rows.jump(leading)
            rows.scroll_to(y=head, animate=False)

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        rows = self.query_one(Rows)
        return [(">" if index == rows.cursor and self.leads[index] else " ", "accent"), *self.text[index]]

    def move(self, key: str) -> bool:
        """To the next line that leads somewhere, if it can be seen; else on by a line, so that all can be read."""
        rows = self.query_one(Rows)
        top, height = round(rows.scroll_offset.y), max(1, rows.size.height)
        steps = {"up": -1, "down": 1, "pageup": -rows.page(), "pagedown": rows.page()}
        if key in {"home", "end"}:
            rows.scroll_to(y=0 if key == "home" else rows.count, animate=False)
            rows.jump(0 if key == "home" else rows.count - 1, 1 if key == "home" else -1)
            return True
        if key not in steps:
            return False
        step = steps[key]
        onward = range(rows.cursor + 1, rows.count) if step > 0 else range(rows.cursor - 1, -1, -1)
        following = next((index for index in onward if self.leads[index]), None)
        if abs(step) == 1 and following is not None and top <= following < top + height:
            rows.jump(following, step)
            return True
        top = max(0, min(top + step, rows.count - height))
        rows.scroll_to(y=top, animate=False)
        seen = [index for index in range(top, min(top + height, rows.count)) if self.leads[index]]
        if seen and rows.cursor not in seen:
            rows.jump(seen[0] if step > 0 else seen[-1], step)
        elif abs(step) > 1 and seen:
            rows.jump(seen[-1] if step > 0 else seen[0], -step)
        return True
