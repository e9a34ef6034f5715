"""Pinyin without tones, by a table of its own: the dictionaries that it is made from take 57 MiB.

They are those of pypinyin (MIT licence, Copyright (c) 2016 mozillazg, 闲耘).
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import NamedTuple

TABLE = Path(__file__).with_name("pinyin.txt")
"""Made by tools/pinyin.py: `syllable characters…`, then `word syllables…` where a word isn't read as its characters."""


class Readings(NamedTuple):
    """How characters are read, as lines of the table (a dictionary of them would take 4 MiB), and words in which they
    are read otherwise; `longest` is the length of such a word."""

    characters: str
    words: dict[str, list[str]]
    longest: int


@cache
def readings() -> Readings:
    """What the table says."""
    lines = TABLE.read_text("utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if not line[0].isascii())
    words = {word: [*map(intern, read)] for word, *read in (line.split(" ") for line in lines[first:])}
    return Readings("\n".join(lines[:first]), words, max(map(len, words), default=1))


@lru_cache(maxsize=2048)
def _syllable(character: str) -> str:
    """How a character is read by itself; itself where it isn't Chinese."""
    table = readings().characters
    if character.isascii() or (found := table.find(character)) < 0:
        return character
    start = table.rfind("\n", 0, found) + 1
    return table[start : table.index(" ", start)]


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """A syllable for each Chinese character, as it is read in the longest known word; other characters as they are."""
    _, words, longest = readings()
    made: list[str] = []
    while (at := len(made)) < len(text):
        known = (words[word] for end in range(at + longest, at + 1, -1) if (word := text[at:end]) in words)
        made += next(known, []) or [_syllable(text[at])]
    return tuple(made)
