"""The first-run tour: a few steps over Today, each pointing at what is there and ending when its key is pressed.

It takes no key but Escape: whoever knows the way just works. It comes once for each login (kept in the unjournalled
state), and again when asked for.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.widgets import Static

from cstui.cells import wrap
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.store.state import keep, recall
from cstui.tui.paint import Run, lines
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.keyed import Keyed

STEPS = ("move", "menu", "read", "palette", "help")
OF_A_ROW = ("move", "menu", "read")
ARROWS = ("up", "down", "pageup", "pagedown", "home", "end")
WIDE = 48
"""Most cells of a step."""
INSET = 4
"""Cells from the left edge for what is said of a row."""


async def first_time(page: Keyed) -> None:
    """Begin, if this login never saw it (and the store can be told that it did)."""
    app = page.app
    if not page.host.store.read_only and not await app.call(recall(app.login, "tour")):
        await begin(page)


async def begin(page: Keyed) -> None:
    """Begin with the first step on this page."""
    if page.tour:
        await page.tour.remove()
    rows = bool(await page.subject_name())
    steps = {name: ARROWS if name == "move" else page.allocation.keys.get(name, ()) for name in STEPS}
    page.tour = Tour(page, {name: keys for name, keys in steps.items() if keys and (rows or name not in OF_A_ROW)})
    await page.mount(page.tour)
    page.tour.place()


class Tour(Static):
    """One step; `steps` are those still to do with the keys that end them."""

    def __init__(self, page: Keyed, steps: dict[str, tuple[str, ...]]) -> None:
        super().__init__(id="tour", markup=False)
        self.page, self.steps, self.whole = page, steps, len(steps)
        self.shown: object = None

    @property
    def current(self) -> str:
        return next(iter(self.steps), "")

    async def pressed(self, key: str) -> None:
        """The page has done what the key stands for: go on, if it is the one that was shown."""
        if key in self.steps.get(self.current, ()):
            del self.steps[self.current]
        if self.steps:
            self.place()
        else:
            await self.leave(Text("tui.tour.over", key=self.page.key_of("sign_off")))

    async def leave(self, told: Text | None = None) -> None:
        """The end, or enough of it: it doesn't come again by itself."""
        page = self.page
        page.tour = None
        await self.remove()
        page.status(told or Text("tui.tour.left", key=page.key_of("palette")), "dim")
        with suppress(Fault):
            await page.app.call(keep(page.host.store, page.app.login, "tour", True))

    def place(self) -> None:
        """Say the step beside what it is about."""
        page, say = self.page, self.page.app.say
        cells = min(WIDE, page.size.width - INSET - 1)
        key = say("tui.tour.arrows") if self.current == "move" else page.key_of(self.current)
        where = f"{self.whole - len(self.steps) + 1}/{self.whole}"
        told: list[list[Run]] = [[(f"{where}  ", "dim"), (key, "accent")]]
        told += [[(line, "")] for line in wrap(say(f"tui.tour.{self.current}", key=key), cells - 2)]
        told += [[(say("tui.tour.keys"), "dim")]]
        height = len(told) + 1
        row = self._row()
        if row is None:
            x, y = self._of_footer(cells)
            top = page.size.height - 2 - height
            pointer = (height, "v")
        else:
            x, y = INSET, 0
            below = row + 1 + height <= page.size.height - 2
            top = row + 1 if below else max(0, row - height)
            pointer = (0, "^") if below else (height, "v")
        told.insert(pointer[0], [(" " * y + pointer[1], "accent")])
        if (told, x, top) == self.shown:
            return
        self.shown = (told, x, top)
        self.styles.width, self.styles.height = cells, height
        self.styles.offset = (x, max(0, top))
        self.update(lines(told))

    def _row(self) -> int | None:
        """The line of the screen on which the cursor stands, for what is said of a row."""
        rows = self.page.query_one(Rows) if self.current in OF_A_ROW else None
        return rows.region.y + rows.cursor - rows.scroll_offset.y if rows else None

    def _of_footer(self, cells: int) -> tuple[int, int]:
        """Where the step begins so that its pointer stands above its key in the footer, and the pointer in it."""
        footer, key = self.page.query_one("#footer", Line), self.page.key_of(self.current)
        at = footer.cell_of(key)
        x = max(1, min(at - 2, self.page.size.width - cells - 1))
        return x, max(0, min(at - x - 1, cells - 3))
