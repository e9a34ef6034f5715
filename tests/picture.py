"""A screen as a small SVG: each line of the terminal one line of the file, without fonts, so that changes can be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from html import escape, unescape

from rich.cells import cell_len
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip

CELL, LINE, BASE = 8, 20, 15
"""Pixels of a cell, and down to the line on which letters stand."""
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")
"""What differs each time: the hashes of checkpoints."""
PIECE = re.compile(r'<text x="(\d+)" textLength="(\d+)"[^>]*>([^<]*)</text>')
VGA = TerminalTheme(
    (0, 0, 0),
    (170, 170, 170),
    [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
    [
        (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85),
        (85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255),
    ],
)  # fmt: skip
"""The 16 colours as a console has them."""


def svg(strips: Sequence[Strip]) -> str:
    """A picture of these lines; what most of it is painted in is said once."""
    width, height = max(strip.cell_length for strip in strips) * CELL, len(strips) * LINE
    pairs = [_colours(segment.style) for strip in strips for segment in strip]
    ink, ground = (Counter(pair[n] for pair in pairs).most_common(1)[0][0] for n in (0, 1))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" xml:space="preserve" fill="{ink}" '
        f'font-family="Noto Sans Mono CJK SC,monospace" font-size="{CELL * 2}">',
        f'<rect width="{width}" height="{height}" fill="{ground}"/>',
        *(f'<g transform="translate(0,{y * LINE})">{_line(strip, ink, ground)}</g>' for y, strip in enumerate(strips)),
        "</svg>\n",
    ]
    return "\n".join(lines)


def _line(strip: Strip, ink: str, ground: str) -> str:
    backs: list[tuple[int, int, str]] = []
    texts, x = "", 0
    for segment in strip.simplify():
        style, cells = segment.style or Style(), segment.cell_length
        colour, back = _colours(style)
        if backs and backs[-1][2] == back:
            backs[-1] = backs[-1][0], backs[-1][1] + cells, back
        else:
            backs.append((x, cells, back))
        text = DIGEST.sub(lambda found: "0" * len(found[0]), segment.text)
        if shown := text.strip():
            at = (x + cell_len(text) - cell_len(text.lstrip())) * CELL
            look = f' fill="{colour}"' * (colour != ink)
            look += ' font-weight="bold"' * bool(style.bold) + ' text-decoration="underline"' * bool(style.underline)
            texts += (
                f'<text x="{at}" textLength="{cell_len(shown) * CELL}" y="{BASE}"{look}>{escape(shown, False)}</text>'
            )
        x += cells
    shades = [
        f'<rect x="{at * CELL}" width="{cells * CELL}" height="{LINE}" fill="{back}"/>'
        for at, cells, back in backs
        if back != ground
    ]
    return "".join([*shades, texts])


def _colours(style: Style | None) -> tuple[str, str]:
    style = style or Style()
    made = [
        colour.get_truecolor(VGA, foreground=front).hex if colour else ("#aaaaaa" if front else "#000000")
        for colour, front in ((style.color, True), (style.bgcolor, False))
    ]
    return (made[1], made[0]) if style.reverse else (made[0], made[1])


def words(picture: str) -> list[str]:
    """The lines of a picture as text, without their styles."""
    return [_words(line) for line in picture.splitlines()]


def _words(line: str) -> str:
    told, at = "", 0
    for x, length, text in PIECE.findall(line):
        told += " " * (int(x) // CELL - at) + unescape(text)
        at = (int(x) + int(length)) // CELL
    return told


def changes(before: str, after: str) -> str:
    """What differs, as text where the words do, else as the lines whose look does."""
    was, now = words(before), words(after)
    if was != now:
        return "\n".join(unified_diff(was, now, "as accepted", "as painted", lineterm="", n=0))
    return "the words are the same, the look isn't:\n" + "\n".join(_looks(before, after))


def _looks(before: str, after: str) -> Iterable[str]:
    for number, (was, now) in enumerate(zip(before.splitlines(), after.splitlines(), strict=True), -1):
        if was != now:
            yield f"line {number}: {_words(now)!r}\n  was {was}\n  is  {now}"
