"""Values as plain text that can't act on a terminal, and widths in terminal cells. The one cleaner of the house."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CARET = re.compile("[\x00-\x1f\x7f]")
"""C0 controls and DEL, shown as ^[ and the like."""
BLANK = (
    "\u034f\u115f-\u11ff\u17b4\u17b5\u180b-\u180f\u2800\u3164\ud7b0-\ud7ff\ufe00-\ufe0f\uffa0"
    "\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
"""Letters and marks that show nothing by themselves, or change the width of what stands before: fillers, selectors."""
MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e47-\u0e4e"
    "\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302d\u3099\u309a\ufe20-\ufe2f"
)
SUSPECT = re.compile(f"[{BLANK}]|[{MARKS}]{{5}}")
FLOOD = re.compile(f"([{MARKS}]{{4}})([{MARKS}]+)")
"""More marks on one letter than any language has: they would be painted over the lines above and below."""
SYLLABLE = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
PICTURE = re.compile("(?<=[\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]")
"""What says of a sign whether it is a picture: so common that it is left out without a word."""
HAN_PLANES = range(0x20000, 0x3FFFE)
"""Reserved for Chinese characters: those that this Python doesn't know are wide characters all the same."""
NEWLY_WIDE = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d356\U0001d360-\U0001d376]")
"""Wide since Unicode 16."""
MARK = ".."


@lru_cache(maxsize=8192)
def harmful(char: str) -> bool:
    """Whether a character acts, hides, or is unknown to this program, so that nobody knows its width."""
    kind = unicodedata.category(char)
    if kind == "Cn":
        return ord(char) not in HAN_PLANES or ord(char) & 0xFFFE == 0xFFFE
    return kind in {"Cc", "Cf", "Cs", "Zl", "Zp"} or SUSPECT.match(char) is not None


@lru_cache(maxsize=8192)
def _shown(char: str) -> str:
    if CARET.match(char):
        return "^" + chr(ord(char) ^ 0x40)
    return f"<U+{ord(char):04X}>" if harmful(char) else char


def harmless(text: str) -> bool:
    """Whether a text can be shown as it is."""
    return text.isprintable() and (text.isascii() or not SUSPECT.search(text))


def clean(text: str, *, lines: bool = False) -> str:
    """The text with every character that acts or hides made visible; line breaks stay only with `lines`."""
    if lines:
        return "\n".join(clean(line) for line in text.replace("\r\n", "\n").split("\n"))
    if harmless(text):
        return text
    text = text.replace("\n", " ").replace("\t", " ")
    text = PICTURE.sub("", SYLLABLE.sub(lambda found: unicodedata.normalize("NFC", found[0]), text))
    text = FLOOD.sub(lambda found: f"{found[1]}<U+{ord(found[2][0]):04X} x{len(found[2])}>", text)
    return "".join(map(_shown, text))


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Cells of one character: 2 for wide ones, 0 for combining ones; ambiguous ones count 1."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Mc", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or NEWLY_WIDE.match(char) else 1


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
PIECES = rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+"
"""Not compiled before something is broken into lines: that takes 5 ms."""
NOT_FIRST = frozenset("，。、；：？！）》」』”’,.;:?!)")
"""Signs with which no line begins."""


def wrap(text: str, cells: int) -> list[str]:
    """A cleaned text in lines of at most so many cells, broken at blanks and between wide characters; never empty."""
    cells = max(cells, 2)
    made, line, before = [], "", ""
    for piece in re.findall(PIECES, text):
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
