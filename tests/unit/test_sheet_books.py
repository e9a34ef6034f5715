"""XLSX as it really is: other programs' files, number formats, both epochs, merged cells, formulas, hidden things."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.sheets.makers import (
    HEADER,
    MAIN,
    book,
    fault,
    line,
    notes,
    number,
    one,
    rows,
    text,
)

from cstui.contract.errors import BadInput
from cstui.sheet import read

MADE = Path(__file__).parent / "sheets" / "made"
DAY, MOMENT, CLOCK = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"
STAFF = [
    (3, ("前台", "王芳", "00123", date(2024, 2, 29), datetime(2026, 11, 24, 18, 5), time(8, 30), timedelta(hours=26))),
    (4, ("前台", "李强", "007", "2023-05-06", None, None, 7.5)),
]


@pytest.mark.parametrize(
    ("name", "epoch"),
    [("libreoffice.xlsx", datetime(1899, 12, 30)), ("libreoffice_1904.xlsx", datetime(1904, 1, 1))],
)
def test_libreoffice_writes_the_same_in_both_epochs(name: str, epoch: datetime) -> None:
    sheet = read(MADE / name)
    assert (sheet.header_line, rows(sheet), sheet.epoch) == (2, STAFF, epoch)
    assert {note: args.get("lines", args.get("sheets")) for note, args in notes(sheet).items()} == {
        "sheet.hidden_sheets": "说明",
        "sheet.total_left_out": "5",
        "sheet.hidden_lines": "4",
        "sheet.filled": "4",
    }


def test_pandas_writes_texts_numbers_and_days() -> None:
    moments = [datetime(2026, 11, 24, 18, 5), datetime(2026, 11, 25, 8, 0)]
    assert rows(read(MADE / "pandas.xlsx")) == [
        (2, ("007", "王芳", date(2024, 2, 29), moments[0], 3, 12.5, "true")),
        (3, ("K2", "李强", None, moments[1], None, 0.3, "false")),
    ]


def xlsx(cells: list[list[Any]], **options: Any) -> bytes:
    """What XlsxWriter makes of these cells; a pair is a value with its number format."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"default_date_format": DAY, **options})
    page = made.add_worksheet("Data")
    for line_at, row in enumerate(cells):
        for at, cell in enumerate(row):
            if isinstance(cell, tuple):
                page.write(line_at, at, cell[0], made.add_format({"num_format": cell[1]}))
            elif cell is not None:
                page.write(line_at, at, cell)
    made.close()
    return out.getvalue()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\u00a0\ufffe\uffff")),
        min_size=5,
        max_size=20,
    )
)
def test_any_text_that_xlsxwriter_writes_is_what_is_read(texts: list[str]) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet()
        page.write_string(0, 0, "header")
        for at, words in enumerate(texts, 1):
            page.write_string(at, 0, f"[{words}]")
    assert [cells[0] for _, cells in read(out.getvalue()).rows] == [f"[{words}]" for words in texts]


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}])
def test_xlsxwriter_in_both_epochs_and_with_texts_inside_the_cells(options: dict[str, Any]) -> None:
    day, moment = datetime(2024, 2, 29), datetime(2026, 11, 24, 18, 5)
    sheet = read(xlsx([["a", "b", "c", "d"], ["王芳", day, (moment, MOMENT), (time(8, 30), CLOCK)]], **options))
    assert rows(sheet) == [(2, ("王芳", date(2024, 2, 29), moment, time(8, 30)))]
    assert sheet.epoch == (datetime(1904, 1, 1) if "date_1904" in options else datetime(1899, 12, 30))


@pytest.mark.parametrize(
    ("raw", "code", "value"),
    [
        ("1001.0", "General", 1001),
        ("12345678901", "General", 12345678901),
        ("1.2345678901E+10", "General", 12345678901),
        ("123456789012345", "0", 123456789012345),
        ("12.300000000000001", "0.00", 12.3),
        ("-3", "#,##0_);[Red](#,##0)", -3),
        ("0.15", "0%", 0.15),
        ("123", "00000", "00123"),
        ("7", "&quot;K&quot;000", "K007"),
        ("5", "0&quot;把&quot;", 5),
        ("7", "[$-804][Red]000_ ;-000", "007"),
        ("2.5", "00000", 2.5),
        ("45000", "General", 45000),
        ("45000", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", date(2023, 3, 15)),
        ("45000", "[$-804]yyyy\\-mm\\-dd;@", date(2023, 3, 15)),
        ("45000", "[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;", date(2023, 3, 15)),
        ("45000.5", "yyyy/m/d", datetime(2023, 3, 15, 12)),
        ("45000", "yyyy-mm-dd hh:mm", datetime(2023, 3, 15)),
        ("45000.999999999", "yyyy-mm-dd hh:mm", datetime(2023, 3, 16)),
        ("0.354166666666667", "h:mm AM/PM", time(8, 30)),
        ("1.5", "h:mm", datetime(1900, 1, 1, 12)),
        ("1.5", "[h]:mm", timedelta(hours=36)),
        ("0.25", "上午/下午h&quot;时&quot;mm&quot;分&quot;", time(6)),
        ("59", "yyyy-mm-dd", date(1900, 2, 28)),
        ("61", "yyyy-mm-dd", date(1900, 3, 1)),
        ("5", "#,##0.00 &quot;days&quot;", 5),
        ("5", "G/通用格式", 5),
        ("5", "[Red]0.0E+00", 5),
    ],
)
def test_a_number_is_what_its_format_shows(raw: str, code: str, value: Any) -> None:
    read_value = one(number("B2", raw, 1), formats=(code,))
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize(
    ("raw", "code", "told"),
    [
        ("1234567890123456", "0", "sheet.lost_digits"),
        ("1.10101199001011E+17", "General", "sheet.lost_digits"),
        ("60", DAY, "sheet.no_day"),
        ("-1", DAY, "sheet.no_day"),
        ("0", MOMENT, "sheet.no_day"),
        ("99999999", DAY, "sheet.no_day"),
    ],
)
def test_digits_that_are_lost_and_days_that_never_were_are_unreadable(raw: str, code: str, told: str) -> None:
    assert fault(one(number("B2", raw, 1), formats=(code,))) == (told, 2, "B")


@pytest.mark.parametrize(
    ("serial", "day"), [("0", date(1904, 1, 1)), ("60", date(1904, 3, 1)), ("43538", date(2023, 3, 15))]
)
def test_serials_of_a_1904_book(serial: str, day: date) -> None:
    assert one(number("B2", serial, 1), formats=(DAY,), workbook='<workbookPr date1904="1"/>') == day


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B2" t="b"><v>1</v></c>', "true"),
        ('<c r="B2" t="str"><f>A1&amp;"x"</f><v>007</v></c>', "007"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="B2"><f t="shared" si="0"/><v>3</v></c>', 3),
        ('<c r="B2"><f t="array" ref="B2:B3">A1:A2*2</f><v>4</v></c>', 4),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B2" t="d"><v>2026-11-24</v></c>', date(2026, 11, 24)),
        ('<c r="B2" t="d"><v>2026-11-24T18:05:00</v></c>', datetime(2026, 11, 24, 18, 5)),
        (
            '<c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>王</t></r><r><t xml:space="preserve"> 芳</t></r></is></c>',
            "王 芳",
        ),
        ('<c r="B2" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></is></c>', "東京"),
        ('<c r="B2" t="inlineStr"><is><t>　\u00a0王芳\u00a0 </t></is></c>', "王芳"),
        ('<c r="B2" t="inlineStr"><is><t>a_x000D_\nb_x005F_x0041_</t></is></c>', "a\r\nb_x0041_"),
        ('<c r="B2" s="99"><v>5</v></c>', 5),
        ('<c r="B2"/>', None),
    ],
)
def test_what_a_cell_may_hold(cell: str, value: Any) -> None:
    assert one(cell) == value


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="B2" t="e"><v>#N/A</v></c>', "sheet.error_cell"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "sheet.error_cell"),
        ('<c r="B2" t="str"><v>#N/A</v></c>', "sheet.error_cell"),
        ('<c r="B2"><v>abc</v></c>', "sheet.error_cell"),
        ('<c r="B2"><v>1e999</v></c>', "sheet.error_cell"),
        ('<c r="B2" t="d"><v>2026-02-30</v></c>', "sheet.error_cell"),
        ('<c r="B2"><f>1+1</f></c>', "sheet.not_computed"),
        ('<c r="B2"><f>1+1</f><v/></c>', "sheet.not_computed"),
        ('<c r="B2" t="str"><f>A1</f></c>', "sheet.not_computed"),
        ('<c r="B2"><f t="shared" si="0"/></c>', "sheet.not_computed"),
    ],
)
def test_what_has_no_value_is_unreadable_at_its_place_and_never_blank(cell: str, told: str) -> None:
    assert fault(one(cell)) == (told, 2, "B")


def test_an_array_formula_without_results_is_unreadable_in_every_cell_it_fills() -> None:
    header = line(1, text("A1", "a"), text("B1", "b"), text("C1", "c"))
    first = line(2, text("A2", "x"), '<c r="B2"><f t="array" ref="B2:C3">A1:A2*2</f></c>')
    [(_, two), (_, three), last] = read(book(header + first + line(3, text("A3", "y")) + line(4, text("A4", "z")))).rows
    assert [fault(cell) for cell in (*two[1:], *three[1:])] == [
        ("sheet.not_computed", at, column) for at in (2, 3) for column in "BC"
    ]
    assert last == (4, ("z", None, None))


def test_a_formula_that_xlsxwriter_left_at_zero_is_not_taken_for_nought() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet()
    page.write_row(0, 0, ["a", "b", "c"])
    page.write_row(1, 0, ["x"])
    page.write_formula(1, 1, "=1+1")
    page.write_formula(1, 2, "=1+1", None, 2)
    made.close()
    [(_, (_, left, computed))] = read(out.getvalue()).rows
    assert (fault(left)[0], computed) == ("sheet.not_computed", 2)


def test_shared_texts_with_pieces_and_readings() -> None:
    texts = "<si><t>name</t></si><si><r><t>王</t></r><r><t>芳</t></r></si><si><t>東京</t><rPh sb='0' eb='2'><t>とう</t></rPh><phoneticPr/></si>"
    cells = line(1, '<c r="A1" t="s"><v>0</v></c>', text("B1", "b"))
    data = cells + line(2, '<c r="A2" t="s"><v>1</v></c>', '<c r="B2" t="s"><v>2</v></c>')
    assert rows(read(book(data, texts=texts))) == [(2, ("王芳", "東京"))]


def test_cells_without_places_stand_one_after_the_other() -> None:
    data = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c/></row><row r="5"><c r="B5"><v>2</v></c></row>'
    assert rows(read(book(data))) == [(2, (1, None)), (5, (None, 2))]


def test_cells_out_of_order_are_put_in_order() -> None:
    assert rows(read(book(HEADER + line(2, number("B2", 2), number("A2", 1))))) == [(2, (1, 2))]


@pytest.mark.parametrize(
    "data",
    [
        line(3, number("A3", 1)) + line(2, number("A2", 1)),
        line(2, number("A2", 1), number("A2", 2)),
        line(2, number("A3", 1)),
        line(2, number("A32", 1)),
    ],
)
def test_lines_out_of_order_and_cells_twice_are_refused(data: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(book(HEADER + data))
    assert caught.value.text.id in {"sheet.disorder", "sheet.broken_book"}


def test_a_lying_dimension_hides_nothing() -> None:
    data = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>{HEADER}{line(9, number("B9", 1))}</sheetData></worksheet>'
    assert rows(read(book(data.encode()))) == [(9, (None, 1))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_sheet_in_another_encoding_and_with_prefixed_names(encoding: str) -> None:
    inside = '<x:row r="1"><x:c r="A1" t="str"><x:v>姓名</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="str"><x:v>王芳</x:v></x:c></x:row>'
    data = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{inside}</x:sheetData></x:worksheet>'
    sheet = read(book(data.encode(encoding)))
    assert (sheet.headers, rows(sheet)) == (("姓名",), [(2, ("王芳",))])


def test_a_strict_workbook_is_read_as_any_other() -> None:
    data = HEADER + line(2, text("A2", "x"), '<c r="B2" t="d" s="1"><v>2026-11-24T00:00:00</v></c>')
    sheet = read(book(data, strict=True, texts="", formats=(DAY,)))
    assert rows(sheet) == [(2, ("x", datetime(2026, 11, 24)))]
