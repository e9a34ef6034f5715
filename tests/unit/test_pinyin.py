"""The table of pinyin says what the dictionaries say from which it was made."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from cstui.contract.pinyin import readings, syllables
from cstui.contract.search import initials, matches, spelled


def test_characters_and_words_are_read_as_the_dictionaries_read_them() -> None:
    characters = "".join(line.split(" ")[1] for line in readings().characters.splitlines())
    assert len(characters) > 26_000
    assert [syllables(one) for one in characters] == [(lazy_pinyin(one)[0],) for one in characters]
    words = [*PHRASES_DICT][::5]
    assert [[*syllables(word)] for word in words] == [lazy_pinyin(word) for word in words]


@pytest.mark.parametrize(
    ("words", "short", "whole"),
    [
        ("王芳", "wf", "wangfang"),
        ("重庆路会计室", "cqlkjs", "chongqinglukuaijishi"),  # 重, 会: read otherwise in these words
        ("欧阳 吕", "oyl", "ouyanglv"),
        ("A座1号", "Az1h", "Azuo1hao"),
        ("abc", "", ""),
    ],
)
def test_words_are_found_by_initials_and_by_pinyin(words: str, short: str, whole: str) -> None:
    assert (initials(words), spelled(words)) == (short, whole)
    assert not short or (matches(short, words) and matches(whole, words))
