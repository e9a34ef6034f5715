"""A terminal that doesn't speak UTF-8: what it can't show is spelled in letters that take the same cells.

Two letters for a Chinese character, the first of its pronunciation (王芳 客服部: WaFa KeFuBu), so that columns stay.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from cstui.cells import char_width
from cstui.contract.search import spelled

ALIKE = {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "·": ".", "→": ">", "、": ", ", "。": ". "}
"""What stands for a sign; letters lose their accents, full-width ones become plain."""


def shows(char: str, known: str) -> bool:
    """Whether a character set has this character."""
    try:
        char.encode(known)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8192)
def letters(char: str, known: str) -> str:
    """A character in letters of this character set, in as many cells."""
    cells = char_width(char)
    if not cells or shows(char, known):
        return char if cells else ""
    alike = ALIKE.get(char) or unicodedata.normalize("NFKD", char) or char
    plain = "".join(one for one in alike if one.isascii())
    if not plain and cells == 2:
        plain = spelled(char).capitalize() if spelled(char) != char else ""
        plain = "".join(one for one in unicodedata.normalize("NFKD", plain) if one.isascii())
    return plain[:cells].ljust(cells) if plain else "?" * cells


class Spelled(LineFilter):
    """All that is painted, in the characters that the terminal knows."""

    def __init__(self, known: str) -> None:
        super().__init__()
        self.known = known

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment("".join(letters(char, self.known) for char in segment.text), segment.style)
            for segment in segments
        ]
