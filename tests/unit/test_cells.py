"""Text for terminals: nothing acts or hides, and every width is counted in cells."""

from __future__ import annotations

import pytest

from cstui.cells import clean, clip, pad, width, wrap


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain 王芳", "plain 王芳"),
        ("[/nope] [red]", "[/nope] [red]"),
        ("a\x1b[2Jb", "a^[[2Jb"),
        ("a\x00b\x7f", "a^@b^?"),
        ("a\x9b2Jb", "a<U+009B>2Jb"),
        ("abc\u202egnp.exe", "abc<U+202E>gnp.exe"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("two\nlines\there", "two lines here"),
    ],
)
def test_what_acts_or_hides_is_shown(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_line_breaks_stay_where_lines_are_meant() -> None:
    assert clean("one\r\ntwo\x1b", lines=True) == "one\ntwo^["


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("王芳", 4), ("ｌ", 2), ("e\u0301", 1), ("①", 1), ("👩", 2), ("", 0)]
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    "text", ["", "a", "王主管今天巡查", "mixed 王芳 text", "x" * 10_000, "👨\u200d👩\u200d👧 family"]
)
@pytest.mark.parametrize("cells", [1, 2, 7, 20])
def test_padded_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == width(pad(text, cells, "right")) == cells


def test_a_cut_text_says_so_and_never_halves_a_wide_sign() -> None:
    assert clip("王主管今天", 6) == "王主.."
    assert clip("王主管今天", 7) == "王主.."
    assert clip("王主管", 6) == "王主管"


@pytest.mark.parametrize("cells", [2, 5, 9, 40])
@pytest.mark.parametrize(
    "text", ["", "王主管今天，巡查了三号楼。", "The quick brown fox", "x" * 100, "编号 3-2-1502-A 的钥匙"]
)
def test_wrapped_lines_fit_and_keep_every_sign(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_sign() -> None:
    assert wrap("王主管今，天", 8) == ["王主管", "今，天"]


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("今日应还，截至 18:00。", 20, ["今日应还，截至", "18:00。"]),
        ("钥匙未归还，", 11, ["钥匙未归", "还，"]),
        ("abcdefgh.", 8, ["abcdefgh", "."]),
    ],
)
def test_a_full_stop_takes_the_whole_word_before_it_to_the_next_line(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines
