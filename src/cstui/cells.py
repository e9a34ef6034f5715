"""Values as plain text that can't act on a terminal, and widths in terminal cells. The one cleaner of the house."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CARET = re.compile("[\x00-\x1f\x7f]")
"""C0 controls and DEL, shown as ^[ and the like."""
HIDDEN = re.compile("[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""C1 controls, bidi and invisible characters, shown as U+202E."""
UNSAFE = re.compile(f"{CARET.pattern[:-1]}{HIDDEN.pattern[1:]}")
MARK = ".."


def clean(text: str, *, lines: bool = False) -> str:
    """The text with every character that acts or hides made visible; line breaks stay only with `lines`."""
    if lines:
        return "\n".join(clean(line) for line in text.replace("\r\n", "\n").split("\n"))
    if not UNSAFE.search(text):
        return text
    text = text.replace("\n", " ").replace("\t", " ")
    text = CARET.sub(lambda found: "^" + chr(ord(found[0]) ^ 0x40), text)
    return HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Cells of one character: 2 for wide ones, 0 for combining ones; ambiguous ones count 1."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Cells that a cleaned text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def _fitting(text: str, cells: int) -> int:
    """How many characters of the text fit."""
    used = 0
    for count, char in enumerate(text):
        used += char_width(char)
        if used > cells:
            return count
    return len(text)


def clip(text: str, cells: int) -> str:
    """The text in at most so many cells; a cut one ends in ".."."""
    if width(text) <= cells:
        return text
    if cells < len(MARK):
        return MARK[:cells]
    return text[: _fitting(text, cells - len(MARK))] + MARK


def pad(text: str, cells: int, align: str = "left") -> str:
    """The cleaned text in exactly so many cells."""
    shown = clip(clean(text), cells)
    gap = " " * (cells - width(shown))
    return gap + shown if align == "right" else shown + gap


_WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\uffdc"
PIECES = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")
NOT_FIRST = frozenset("，。、；：？！）》」』”’,.;:?!)")
"""Signs with which no line begins."""


def wrap(text: str, cells: int) -> list[str]:
    """A cleaned text in lines of at most so many cells, broken at blanks and between wide characters; never empty."""
    cells = max(cells, 2)
    made, line, before = [], "", ""
    for piece in PIECES.findall(text):
        if width(line) + width(piece) > cells:
            carried = before if piece in NOT_FIRST and before != line else ""
            line = line.removesuffix(carried)
            if line.strip():
                made.append(line.rstrip())
            line, piece = carried, piece.lstrip()
        line += piece
        before = piece
        while (head := _fitting(line, cells)) < len(line):
            made.append(line[:head])
            line = line[head:]
    return [*made, line.rstrip()] if line.strip() or not made else made
