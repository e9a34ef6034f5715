"""Spreadsheets as people send them: encodings, delimiters, titles above the header, blank lines, Excel's types."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet import Sheet, Unreadable, model, read


def rows(sheet: Sheet) -> list[tuple[int, tuple[Any, ...]]]:
    return list(sheet.rows)


TEXT = "姓名,工号,备注\r\n王芳,K001,早班\r\n李强,K002,\r\n"
ROWS = [(2, ("王芳", "K001", "早班")), (3, ("李强", "K002", None))]


def book(rows: list[list[Any]], title: str = "Sheet") -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_every_usual_encoding_gives_the_same_rows(encoding: str, told: str) -> None:
    sheet = read(TEXT.encode(encoding), "staff.csv")
    assert (sheet.headers, rows(sheet), sheet.encoding) == (("姓名", "工号", "备注"), ROWS, told)


def test_rare_characters_survive_gb18030() -> None:
    assert rows(read("姓名\n㐂𠮷\n".encode("gb18030"))) == [(2, ("㐂𠮷",))]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    sheet = read(TEXT.replace(",", delimiter).encode())
    assert sheet.headers == ("姓名", "工号", "备注")
    assert rows(sheet) == ROWS


def test_commas_inside_a_tab_separated_text_do_not_split_it() -> None:
    sheet = read(b"name\treason\na\tone, two, three\nb\tfour, five, six\n")
    assert rows(sheet) == [(2, ("a", "one, two, three")), (3, ("b", "four, five, six"))]


def test_lines_are_those_of_the_file_after_a_quoted_newline_and_blank_lines() -> None:
    sheet = read(b'a,b\n1,"x\ny"\n\n,\n2,z\n')
    assert rows(sheet) == [(2, ("1", "x\ny")), (6, ("2", "z"))]


def test_a_title_above_the_header_is_passed_over() -> None:
    sheet = read("客服部钥匙登记表\n\n钥匙编号,楼栋\n1-1,1\n".encode(), known=["钥匙编号", "楼栋"])
    assert (sheet.header_line, sheet.headers, rows(sheet)) == (3, ("钥匙编号", "楼栋"), [(4, ("1-1", "1"))])


def test_a_missing_quotation_mark_is_told_with_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        read(b'a,b\n1,2\n3,"4\n5,6\n', "keys.csv")
    assert caught.value.text.id == "sheet.broken_line"
    assert caught.value.text.args["line"] == 3


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"", "sheet.empty"),
        (b"\n,,\n", "sheet.empty"),
        (b"\xd0\xcf\x11\xe0rest", "sheet.old_excel"),
        (b"a,b\x00c\n", "sheet.encoding"),
        (b"\xff\xff\xff\xff\xff", "sheet.encoding"),
        (b"PK\x03\x04broken", "sheet.broken_book"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_reason(source: bytes, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(source, "file")
    assert caught.value.text.id == told


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput) as caught:
            read(path)
        assert caught.value.text.id == "sheet.no_file"


def test_excel_types_stay_what_they_are() -> None:
    day, moment = date(2026, 11, 24), datetime(2026, 11, 24, 18, 5)
    source = book([["n", "f", "d", "m", "c", "b", "t"], [1502, 2.5, day, moment, time(8, 30), True, " 王芳 "]], "台账")
    sheet = read(source)
    assert sheet.name == "台账"
    assert rows(sheet) == [(2, (1502, 2.5, day, moment, time(8, 30), "true", "王芳"))]


def test_rows_beyond_a_wrong_dimension_are_read() -> None:
    source = book([["a"], *[[str(n)] for n in range(6)]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'<dimension ref="A1:A7"', b'<dimension ref="A1:A1"'))
    assert b'ref="A1:A1"' in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
    assert len(read(out.getvalue()).rows) == 6


def test_the_sheet_is_chosen_by_name_and_the_others_are_told() -> None:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "一"
    first.append(["a"])
    second = made.create_sheet("二")
    second.append(["b"])
    hidden = made.create_sheet("三")
    hidden.sheet_state = "hidden"
    hidden.append(["c"])
    out = io.BytesIO()
    made.save(out)
    sheet = read(out.getvalue())
    assert (sheet.headers, sheet.sheets) == (("a",), ("一", "二", "三"))
    assert [(note.id, note.args["sheets"]) for note in sheet.notes] == [
        ("sheet.other_sheets", "二"),
        ("sheet.hidden_sheets", "三"),
    ]
    assert read(out.getvalue(), sheet="二").headers == ("b",)
    assert read(out.getvalue(), sheet="三").headers == ("c",)
    with pytest.raises(BadInput) as caught:
        read(out.getvalue(), sheet="四")
    assert caught.value.text.args["sheets"] == "一、二、三"


def test_an_error_cell_is_unreadable_at_its_place() -> None:
    [(_, (x, error))] = read(book([["a", "b"], ["x", "#REF!"]], "台账")).rows
    assert x == "x"
    assert error == Unreadable(Text("sheet.error_cell", sheet="台账", line=2, column="B", value="#REF!"))


def test_headers_are_compared_without_remarks_width_and_blanks() -> None:
    assert model.header_key(" 钥匙 编号（必填） ") == model.header_key("钥匙编号")
    assert model.header_key("Ｔag_No*") == model.header_key("tag no")
    assert model.header_key("楼栋") != model.header_key("单元")
