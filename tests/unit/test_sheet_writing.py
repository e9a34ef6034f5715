"""What is exported is what is imported again, and no text becomes a formula."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cstui.contract.errors import BadInput
from cstui.contract.inputs import Clock, Day, Moment, Span
from cstui.contract.records import random_key
from cstui.sheet import FORMATS, format_of, read, write
from cstui.sheet.child.values import trimmed
from cstui.sheet.model import quoted, unquoted
from cstui.sheet.writing import writer

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


LEADS = st.sampled_from(["", "", "=", "+", "-", "@", "＝", "'", "''", " =", "_x0041_", "_x001B_", "\u200b", "😀"])
TEXTS = st.builds(
    str.__add__, LEADS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
).map(trimmed)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "day": st.dates(date(1, 1, 1)),
    "moment": st.datetimes(datetime(1900, 3, 1)).map(lambda moment: moment.replace(microsecond=0)),
    "clock": st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    "span": st.timedeltas(timedelta(0), timedelta(days=10_000)),
    "whole": st.integers(-(10**20), 10**20),
    "amount": st.decimals(Decimal(-(10**12)), Decimal(10**12), places=2),
    "number": st.floats(-1e9, 1e9),
}


def come_back(name: str, cell: Any) -> Any:
    """A cell as the inputs take it."""
    kinds: dict[str, Any] = {"day": Day, "moment": Moment, "clock": Clock, "span": Span}
    if name in kinds:
        made = TypeAdapter(kinds[name]).validate_python(cell, context={"zone": UTC})
        return made.replace(tzinfo=None) if name == "moment" else made
    if name in ("whole", "amount"):
        return Decimal(str(cell))
    return float(cell) if name == "number" else cell


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=10, deadline=None, phases=[Phase.generate])  # each starts a process; shrinking takes minutes
@given(rows=st.lists(st.tuples(*VALUES.values()), min_size=1, max_size=40))
def test_whatever_is_written_is_what_is_read(kind: str, rows: list[tuple[Any, ...]]) -> None:
    names = [*VALUES]
    with read(write(names, names, rows, kind), known=names) as sheet:
        for row, (_, cells) in zip(rows, sheet.rows, strict=True):
            for name, value, cell in zip(names, row, cells, strict=True):
                assert come_back(name, cell) == (None if value == "" else value), name


def test_rows_are_written_as_they_come() -> None:
    for kind in FORMATS:
        out = io.BytesIO()
        with writer(out, ["n", "t"], ["n", "t"], kind) as put:
            for number in range(20_000):
                put([number, random_key()])
            assert out.tell() > 400_000, kind


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000])
def test_what_a_cell_would_cut_is_refused_and_kept_elsewhere(text: str) -> None:
    with pytest.raises(BadInput) as fault:
        write(["n"], ["姓名"], [["a"], [text]], "xlsx")
    assert (fault.value.text.id, fault.value.field, fault.value.text.args["line"]) == ("sheet.text_too_long", "姓名", 3)
    assert json.loads(write(["n"], ["n"], [[text]], "json")) == [{"n": text}]


def test_what_a_number_would_lose_is_a_text() -> None:
    numbers = [123456789012345678, Decimal("0.1234567890123456789"), 0.1 + 0.2, float("inf")]
    page = openpyxl.load_workbook(io.BytesIO(write(["n"], ["n"], [[n] for n in numbers], "xlsx"))).active
    assert page is not None
    assert [cell.value for (cell,) in page["A2:A5"]] == [str(number) for number in numbers]


def test_a_workbook_looks_like_one() -> None:
    """Frozen header, columns as wide as what stands in them, codes and days that stay so in new lines."""
    rows = [["0012", date(2026, 11, 24), Decimal("12.50"), None]] * 300
    made = write(list("abcd"), ["钥匙编号", "b", "c", "d" * 200], rows, "xlsx", "a/b:c")
    page: Any = openpyxl.load_workbook(io.BytesIO(made)).active
    assert (page.freeze_panes, page.title, page["A1"].font.bold) == ("A2", "a_b_c", True)
    wide = [page.column_dimensions[name].width for name in "ABD"]
    assert wide[0] == 10
    assert wide[1] == 12
    assert wide[2] == 50
    assert page.column_dimensions["A"].number_format == "@"
    assert (page["A2"].number_format, page["B2"].is_date, page["C2"].number_format) == ("@", True, "0.00")


def test_a_moment_keeps_its_seconds() -> None:
    moment = datetime(2026, 11, 24, 9, 2, 7)
    for kind in ("csv", "xlsx"):
        [(_, (cell,))] = read(write(["m"], ["m"], [[moment]], kind)).rows
        assert come_back("moment", cell) == moment
