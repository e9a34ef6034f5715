"""Write the table of pinyin from pypinyin's dictionaries (MIT): the syllable of each character, and words that differ.

python tools/pinyin.py     (again when the pin of pypinyin moves)
"""

from __future__ import annotations

from collections import defaultdict

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from cstui.contract import pinyin

HAN = range(0x3400, 0xA000)


def main() -> None:
    characters = {chr(code): said for code in HAN if (said := lazy_pinyin(chr(code))[0]).isascii()}
    by_syllable = defaultdict(list)
    for character, said in characters.items():
        by_syllable[said].append(character)
    lines = [f"{said} {''.join(alike)}" for said, alike in sorted(by_syllable.items())]
    words: dict[str, list[str]] = {}
    made = pinyin.Readings("\n".join(lines), words, max(map(len, PHRASES_DICT)))
    pinyin.readings = lambda: made  # type: ignore[assignment]
    for word in sorted(PHRASES_DICT, key=lambda one: (len(one), one)):  # shorter ones settle most of the longer ones
        read: list[str] = lazy_pinyin(word)
        if all(ord(character) in HAN for character in word) and [*pinyin.syllables(word)] != read:
            words[word] = read
    lines += [f"{word} {' '.join(read)}" for word, read in words.items()]
    pinyin.TABLE.write_text("\n".join(lines) + "\n", "utf-8")


main()
