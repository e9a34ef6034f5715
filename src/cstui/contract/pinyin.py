"""Pinyin without tones, by a table of its own: the dictionaries that it is made from take 57 MiB.

They are those of pypinyin (MIT licence, Copyright (c) 2016 mozillazg, 闲耘).
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("pinyin.txt")
"""Made by tools/pinyin.py: `syllable characters…`, then `word syllables…` where a word isn't read as its characters."""


class Readings(NamedTuple):
    characters: dict[str, str]
    words: dict[str, list[str]]
    longest: int


@cache
def readings() -> Readings:
    """How characters are read, and words in which they are read otherwise; `longest` is the length of such a word."""
    characters: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        first, *rest = line.split(" ")
        if first.isascii():
            characters.update(dict.fromkeys(rest[0], first))
        else:
            words[first] = rest
    return Readings(characters, words, max(map(len, words), default=1))


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """A syllable for each Chinese character, as it is read in the longest known word; other characters as they are."""
    characters, words, longest = readings()
    made: list[str] = []
    while (at := len(made)) < len(text):
        known = (words[word] for end in range(at + longest, at + 1, -1) if (word := text[at:end]) in words)
        made += next(known, []) or [characters.get(text[at], text[at])]
    return tuple(made)
