"""What is exported is what is imported again, and no text becomes a formula."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstui.contract.errors import BadInput
from cstui.sheet import format_of, read, write
from cstui.sheet.model import quoted, unquoted

FORMULAS = [
    "=1+1",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    "'quoted'",
    '=HYPERLINK("x")',
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_text_comes_back_as_it_was(kind: str) -> None:
    texts = [*FORMULAS, "王芳", "a,b", 'say "x"', "two\nlines", "0012", "2026-11-24", "1e5"]
    made = write(["t"], ["文字"], [[text] for text in texts], kind)
    assert [row[0] for _, row in read(made).rows] == texts


@pytest.mark.parametrize("text", [text for text in FORMULAS if text[0] != "'"])
def test_no_text_is_a_formula_to_a_spreadsheet(text: str) -> None:
    line = write(["t"], ["t"], [[text]], "csv").decode("utf-8-sig").splitlines()[1]
    assert line.strip('"').startswith("'")
    page = openpyxl.load_workbook(io.BytesIO(write(["t"], ["t"], [[text]], "xlsx"))).active
    assert page is not None
    assert (page["A2"].data_type, page["A2"].value) == ("s", text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool))
def test_quoting_is_undone_exactly(text: str) -> None:
    assert unquoted(quoted(text)) == text


def test_csv_opens_in_excel_with_its_characters() -> None:
    assert write(["n"], ["姓名"], [["王芳"]], "csv").startswith(b"\xef\xbb\xbf")


def test_types_stay_typed_in_xlsx_and_readable_in_csv() -> None:
    row = [date(2026, 11, 24), datetime(2026, 11, 24, 18, 0), 5, True, None, timedelta(hours=26)]
    names = list("abcdef")
    [(_, cells)] = read(write(names, names, [row], "csv")).rows
    assert cells == (
        "2026-11-24", "2026-11-24 18:00", "5", "true", None, "26 h",
    )  # fmt: skip
    [(_, (day, moment, number, *_))] = read(write(names, names, [row], "xlsx")).rows
    assert (day, moment, number) == (date(2026, 11, 24), datetime(2026, 11, 24, 18, 0), 5)


def test_json_is_exact_and_acts_on_no_terminal() -> None:
    nasty = "a\x1b[2J\u202eb\x9d"
    made = write(["n"], ["姓名"], [[nasty]], "json").decode()
    assert json.loads(made) == [{"n": nasty}]
    assert not {char for char in made if char in "\x1b\u202e\x9d"}


def test_control_characters_do_not_break_a_workbook() -> None:
    assert [cells for _, cells in read(write(["n"], ["n"], [["a\x1bb"]], "xlsx")).rows] == [("a\x1bb",)]


@pytest.mark.parametrize(("name", "kind"), [("a.csv", "csv"), ("b.XLSX", "xlsx"), ("c.json", "json")])
def test_the_ending_tells_the_format(name: str, kind: str) -> None:
    assert format_of(name) == kind


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(BadInput):
        format_of("keys.pdf")
