"""Styles by meaning, and the filter that keeps people's text from acting on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text as RichText
from textual.color import Color
from textual.filter import LineFilter

from cstui.cells import UNSAFE, clean, pad, wrap

Run = tuple[str, str]
"""A piece of a line: its text and the name of its style."""

STYLES = {
    "": Style(),
    "dim": Style(color="#7f8790"),
    "strong": Style(bold=True),
    "accent": Style(color="#5fb3a1", bold=True),
    "critical": Style(color="#e5707a", bold=True),
    "warning": Style(color="#d9a441"),
    "info": Style(color="#7f8790"),
    "good": Style(color="#7fb069"),
    "head": Style(color="#7f8790", bold=True),
}
SELECTED = Style(bgcolor="#24323b")
SIGNS = {"critical": "!", "warning": "*", "info": "-"}
"""Severity never shows by colour alone."""


class Harmless(LineFilter):
    """The last resort at paint: what the cleaner missed is dropped here."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(UNSAFE.sub("", text), style) if not control and UNSAFE.search(text) else segment
            for segment in segments
            for text, style, control in [segment]
        ]


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
