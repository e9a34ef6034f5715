"""Styles by meaning, and the filter that keeps people's text from acting on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.text import Text as RichText
from textual.color import Color
from textual.filter import LineFilter

from cstui.cells import FLOOD, clean, harmful, harmless, pad, wrap
from cstui.tui.theme import STYLES

Run = tuple[str, str]
"""A piece of a line: its text and the name of its style."""

SIGNS = {"critical": "!", "warning": "*", "info": "-"}
"""Severity never shows by colour alone."""


class Harmless(LineFilter):
    """The last resort at paint: what the cleaner missed is dropped here."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control or harmless(segment.text) else Segment(_tamed(segment.text), segment.style)
            for segment in segments
        ]


def _tamed(text: str) -> str:
    """As many cells without what acts or hides; of a flood of marks the first few."""
    kept = FLOOD.sub(r"\1", text)
    return "".join("?" * get_character_cell_size(char) if harmful(char) else char for char in kept)


def rich(runs: Iterable[Run]) -> RichText:
    """Pieces as one line of rich text; nothing of it is markup."""
    line = RichText(no_wrap=False, end="")
    for text, style in runs:
        line.append(clean(text, lines=True), STYLES[style])
    return line


def lines(all_runs: Iterable[Sequence[Run]]) -> RichText:
    """Several lines of pieces."""
    return RichText("\n").join(rich(runs) for runs in all_runs)


def columns(cells: Iterable[tuple[str, int, str, str]], gap: int = 1) -> list[Run]:
    """(text, width, style, align) as pieces of exact widths."""
    runs: list[Run] = []
    for text, width, style, align in cells:
        if width > 0:
            runs.append((pad(text, width, align) + " " * gap, style))
    return runs


def hanging(before: Sequence[Run], text: str, style: str, used: int, room: int) -> list[Sequence[Run]]:
    """Pieces that take `used` cells, and a text after them that is broken and stays indented, in `room` cells."""
    first, *more = [line for part in text.split("\n") for line in wrap(clean(part), max(room - used, 8))]
    return [[*before, (first, style)], *([(" " * used, ""), (line, style)] for line in more)]
