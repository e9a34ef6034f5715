"""Number formats of a workbook: which of them show a day, a time, a span, or leading zeros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Padded:
    """A format such as "00000" or "K"000: the number is a code."""

    before: str
    width: int
    after: str

    def shown(self, number: int) -> str:
        return f"{self.before}{number:0{self.width}}{self.after}"


Style = Literal["day", "moment", "clock", "span", "either"] | Padded | None
"""What a number in this format is. "either": in one country a day, in another a time of day. None: a number."""

BUILT_IN: dict[int, Style] = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "clock"),
    **dict.fromkeys((34, 35, 55, 56), "either"),
    22: "moment",
    46: "span",
}
"""The formats that a workbook names by number only; 27 and more are those of East Asia."""

_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|E[+-]|AM/PM|A/P|general', re.IGNORECASE)
_ASIDE = re.compile(r"\[[^\]]*\]|_.")
"""Colours, countries, and blanks as wide as a character: they aren't shown."""
_LITERAL = r'(?:"[^"]*"|\\.|[-/() ])*'
_PADDED = re.compile(rf"({_LITERAL})(0{{2,}})({_LITERAL})")


def style_of(code: str) -> Style:
    """What a format code makes of a number; its first section counts."""
    section = _first_section(code)
    if padded := _PADDED.fullmatch(_ASIDE.sub("", section)):
        return Padded(_plain(padded[1]), len(padded[2]), _plain(padded[3]))
    if _ELAPSED.search(section):
        return "span"
    letters = set(_NOISE.sub("", section).casefold())
    clock = bool(letters & {"h", "s"})
    if letters & {"y", "d", "e", "a"} or ("m" in letters and not clock):
        return "moment" if clock else "day"
    return "clock" if clock else None


def _first_section(code: str) -> str:
    return re.match(r'(?:"[^"]*"|\\.|[^;"])*', code)[0]  # type: ignore[index]


def _plain(literal: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] or found[2] or "", literal)
