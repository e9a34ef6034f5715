"""Text for terminals: nothing acts or hides, and every width is counted in cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cstui.cells import clean, clip, pad, width, wrap

SPACES = {0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000}


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
        ("lone \udc9b", "lone <U+DC9B>"),
        ("blank \u3164\u115f", "blank <U+3164><U+115F>"),
        ("soft\xadhyphen", "soft<U+00AD>hyphen"),
        ("tag \U000e0041", "tag <U+E0041>"),
        ("unknown \u0378", "unknown <U+0378>"),
        ("flood e" + "\u0301" * 50, "flood e" + "\u0301" * 4 + "<U+0301 x46>"),
        ("\u1112\u1161\u11ab jamo \u1161", "\ud55c jamo <U+1161>"),
        ("thanks \u2764\ufe0f", "thanks \u2764"),
        ("a\ufe0f", "a<U+FE0F>"),
        ("name \U00031350 \u3000 wide", "name \U00031350 \u3000 wide"),
    ],
)
def test_what_acts_or_hides_is_shown(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_what_is_shown_is_as_wide_as_the_painting_library_takes_it_to_be() -> None:
    """Else whatever stands to the right of it would be shifted."""
    for code in (*range(0x3000), *range(0xD7A0, 0xE000), *range(0xF900, 0x20000), *range(0xE0000, 0xE01F0)):
        shown = clean(f"a{chr(code)}")
        assert width(shown) == cell_len(shown), hex(code)
        assert shown.isprintable() or code in SPACES or 0xF0000 > code >= 0xE000


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
