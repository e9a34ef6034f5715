"""What stands on the terminal already isn't sent again: over a slow line every byte is waited for.

Textual repaints whole widgets, a screen whose layout changed as a whole. `Shown` remembers the terminal's cells and
writes the difference: only words in which a cell changed, and of a style only what changes. `Sparing` makes no lines
that aren't painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

INVISIBLE = {"", "1", "2", "1;2"}
"""Attributes that don't show on a blank."""
WEIGHTS = {"": "22", "1": "1"}
"""Attributes between which one changes without losing the colours: plain and bold."""
GAP = 4
"""Unchanged cells up to which writing them again is shorter than passing over them."""


class Look(NamedTuple):
    """A style as the terminal takes it; None: whatever it is now."""

    attributes: str | None
    color: str | None
    background: str


Cell = tuple[str, Look]
"""A character (with what combines with it; "" in the second half of a wide one) and how it looks."""
BARE = Look("", "39", "49")


@lru_cache(maxsize=1024)
def look(style: Style | None, system: ColorSystem) -> tuple[Look, Look]:
    """How characters and how blanks of this style look."""
    if style is None:
        return BARE, Look(None, None, "49")
    attributes = Strip.render_ansi(style.without_color, system)
    color = ";".join(style.color.downgrade(system).get_ansi_codes()) if style.color else "39"
    background = ";".join(style.bgcolor.downgrade(system).get_ansi_codes(False)) if style.bgcolor else "49"
    made = Look(attributes, color, background)
    return made, Look(None, None, background) if attributes in INVISIBLE else made


def cells(strip: Strip, system: ColorSystem) -> list[Cell]:
    """A strip cell by cell. Text whose width isn't the sum of its characters' stands in its first cell as a whole."""
    made: list[Cell] = []
    for text, style, control in strip:
        if control or not text:
            continue
        shown, blank = look(style, system)
        if text.isascii():
            made += [(char, blank if char == " " else shown) for char in text]
            continue
        widths = [get_character_cell_size(char) for char in text]
        if 0 in widths or sum(widths) != cell_len(text):
            made += [(text, shown), *[("", shown)] * (cell_len(text) - 1)]
            continue
        for char, wide in zip(text, widths, strict=True):
            made += [(char, blank if char == " " else shown), *[("", shown)] * (wide - 1)]
    return made


@lru_cache(maxsize=4096)
def unsure(text: str) -> bool:
    """Whether terminals differ in how wide this is: combined characters, emoji, and those of ambiguous width."""
    return not text.isascii() and (len(text) > 1 or text > "\uffff" or east_asian_width(text) == "A")


class Shown:
    """The cells that stand on the terminal, line by line, as far as they are known."""

    def __init__(self) -> None:
        self.lines: dict[int, list[Cell | None]] = {}
        self.stale = False
        """Whether anything may stand there: half of a wide character at what was the edge, for one."""

    def forget(self) -> None:
        """Nothing is known any more: the terminal was resized, cleared, or written to by others."""
        self.lines.clear()
        self.stale = True

    def difference(self, update: CompositorUpdate) -> CompositorUpdate:
        """The same update, without what is shown already."""
        return Difference(self, update) if isinstance(update, LayoutUpdate | ChopsUpdate) else update

    def take(self, y: int, x: int, strip: Strip, system: ColorSystem) -> Iterator[tuple[int, int, list[Cell]]]:
        """Remember a strip; answers the runs of cells to write: line, column, cells."""
        new = cells(strip, system)
        line = self.lines.setdefault(y, [])
        if len(line) < x + len(new):
            line += [None] * (x + len(new) - len(line))
        old = line[x : x + len(new)]
        if new == old:
            return
        line[x : x + len(new)] = new
        if any(map(unsure, {cell[0] for cell in (*old, *new) if cell})):
            yield y, x, new  # what follows them may stand elsewhere
            return
        at, length = 0, len(new)
        while at < length:
            if new[at] == old[at]:
                at += 1
                continue
            first, end = at, at + 1
            while first and new[first - 1][0] != " " != new[first][0]:
                first -= 1
            while end < length and (new[end] != old[end] or new[end - 1][0] != " " != new[end][0]):
                end += 1
            yield y, x + first, new[first:end]
            at = end


class Difference(CompositorUpdate):
    """What an update changes on the terminal."""

    def __init__(self, shown: Shown, update: LayoutUpdate | ChopsUpdate) -> None:
        self.shown, self.update = shown, update

    def render_segments(self, console: Console) -> str:
        names = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}
        system = names.get(console.color_system or "", ColorSystem.TRUECOLOR)
        written: list[str] = []
        if self.shown.stale and isinstance(self.update, LayoutUpdate):
            self.shown.lines.clear()
            self.shown.stale = False
            written.append("\x1b[2J")
        now, at = BARE, (-1, -1)
        last: Look | None = None
        for y, x, strip in _strips(self.update):
            for line, column, run in self.shown.take(y, x, strip, system):
                gap = column - at[1]
                passed = self.shown.lines[line][at[1] : column] if line == at[0] and 0 < gap <= GAP else []
                if passed and all(cell and cell[0] and cell[1] in (now, (None, None, now[2])) for cell in passed):
                    written += [cell[0] for cell in passed if cell]
                elif line == at[0] and gap > 0:
                    written.append(f"\x1b[{gap}C")
                elif (line, column) != at:
                    written.append(f"\x1b[{line + 1};{column + 1}H")
                for text, wanted in run:
                    if wanted is not last:
                        codes, now = _change(now, wanted)
                        last = wanted
                        if codes:
                            written.append(f"\x1b[{codes}m")
                    written.append(text)
                at = line, column + len(run)
        return "".join([*written, "\x1b[0m"]) if written else ""


def _change(now: Look, wanted: Look) -> tuple[str, Look]:
    """What turns one look into another, and the look that is in force then."""
    attributes = wanted.attributes
    fits = now.attributes in INVISIBLE if attributes is None else now.attributes == attributes
    color, background = wanted.color or now.color, wanted.background
    if fits or (now.attributes in WEIGHTS and attributes in WEIGHTS):
        codes = [new for new, old in ((color, now.color), (background, now.background)) if new and new != old]
        if fits:
            return ";".join(codes), Look(now.attributes, color, background)
        return ";".join([WEIGHTS[attributes or ""], *codes]), Look(attributes, color, background)
    codes = ["0", *(code for code in (attributes, color, background) if code and code not in ("39", "49"))]
    return ";".join(codes), Look(attributes or "", color, background)


class Sparing(Compositor):
    """Makes of each widget only the lines among which something is painted; Textual's makes all of every widget."""

    def _get_renders(self, crop: Region | None = None) -> Iterator[tuple[Region, Region, list[Strip]]]:
        crop = crop or self.size.region
        band = Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if shown.overlaps(crop) and (lines := shown.intersection(band)):
                yield region, lines, widget.render_lines(lines.translate(-region.offset))


def _strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update with their places: line and column."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if part is not None and x <= last and end > first:
                yield y, x, part if end <= last else part.crop(0, min(end, last) - x)
