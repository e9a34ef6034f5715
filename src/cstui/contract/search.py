"""The stored search text of a record: its words in small letters, and their pinyin and initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cstui.contract.pinyin import syllables

HAN = "[\u3400-\u9fff]+"
"""Chinese characters. Not compiled before one is looked for: that takes 2 ms."""
LIMIT = 512


def fold(words: str) -> str:
    """Small letters, half width: what is typed and what is stored are compared in this form."""
    return unicodedata.normalize("NFKC", words.replace("\0", "")).casefold().strip()  # no database looks for a NUL


def initials(words: str) -> str:
    """Pinyin initials of the Chinese characters, other characters as they are: 王芳 → wf."""
    return _read(words, lambda said: "".join(syllable[0] for syllable in said))


def spelled(words: str) -> str:
    """Full pinyin of the Chinese characters: 王芳 → wangfang."""
    return _read(words, "".join)


def _read(words: str, join: Callable[[Sequence[str]], str]) -> str:
    """Words with each run of Chinese characters as its syllables are joined, without blanks; "" where there is none."""
    if words.isascii() or not re.search(HAN, words):
        return ""
    return re.sub(HAN, lambda found: join(syllables(found[0])), words).replace(" ", "")


def search_text(values: Iterable[Any], before: str = "", plain: Iterable[Any] = ()) -> str:
    """The search column for these values; `before` (the stored one) is kept where nothing changed.

    `plain` values are found as written, not by pinyin.
    """
    names, remarks = (" ".join(fold(str(one)) for one in group if one not in (None, "")) for group in (values, plain))
    raw = f"{names} {remarks}".strip()
    if before == raw or before.startswith(raw + "\n"):
        return before
    pinyin = f"{initials(names)} {spelled(names)}".strip()
    return (f"{raw}\n{pinyin}" if pinyin else raw)[:LIMIT]


def matches(typed: str, words: str) -> bool:
    """Whether typed text finds words: as part of them, of their pinyin, or of their initials."""
    asked, told = fold(typed), fold(words)
    return asked in told or (asked.isascii() and (asked in initials(told) or asked in spelled(told)))


def begins(words: str) -> list[str]:
    """What somebody may begin to type for these words: each word, its initials, its pinyin."""
    told = fold(words).replace(":", " ").split()
    return [form for word in told for form in (word, initials(word), spelled(word)) if form]
