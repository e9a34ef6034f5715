"""CSV and JSON as people send them: encodings, delimiters, line ends, quotation, and other kinds of file by their names."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from unit.sheets.makers import complete, fault, notes, parts, rows, zipped

from cstui.contract.errors import BadInput
from cstui.sheet import model, read, write

MADE = Path(__file__).parent / "sheets" / "made"
TEXT = "姓名,工号,备注\r\n王芳,K001,早班\r\n李强,K002,\r\n"
ROWS = [(2, ("王芳", "K001", "早班")), (3, ("李强", "K002", None))]


def refused(source: bytes | Path) -> str:
    """The id of the sentence with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read(source, "file")
    complete(caught.value.text)
    return caught.value.text.id


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_every_usual_encoding_gives_the_same_rows(encoding: str, mark: bytes, told: str) -> None:
    sheet = read(mark + TEXT.encode(encoding), "staff.csv")
    assert (sheet.headers, rows(sheet), sheet.encoding) == (("姓名", "工号", "备注"), ROWS, told)


def test_libreoffice_and_pandas_write_csv() -> None:
    sheet = read(MADE / "libreoffice_utf16.csv")
    assert (sheet.encoding, sheet.headers[:3], sheet.header_line) == ("utf-16", ("部门", "姓名", "工号"), 2)
    assert notes(sheet) == {"sheet.total_left_out": {"lines": "5"}}
    assert rows(read(MADE / "pandas.csv"))[0] == (
        2,
        ("007", "王芳", "2024-02-29", "2026-11-24 18:05:00", "3.0", "12.5", "True"),
    )


def test_rare_characters_survive_gb18030() -> None:
    assert rows(read("姓名\n㐂𠮷\n".encode("gb18030"))) == [(2, ("㐂𠮷",))]


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    source = "姓名,备注\n王芳,早班的员工很多很多\n".encode()
    assert refused(source[:-2] + b"\n") == "sheet.encoding"
    assert "\ufffd" not in (source[:-2] + b"\n").decode("gb18030", "replace")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    sheet = read(TEXT.replace(",", delimiter).encode())
    assert (sheet.headers, rows(sheet)) == (("姓名", "工号", "备注"), ROWS)


def test_commas_inside_a_tab_separated_text_do_not_split_it() -> None:
    sheet = read(b"name\treason\na\tone, two, three\nb\tfour, five, six\n")
    assert rows(sheet) == [(2, ("a", "one, two, three")), (3, ("b", "four, five, six"))]


def test_a_first_line_that_tells_excel_the_delimiter() -> None:
    sheet = read(b"sep=|\na|b\n1,5|2\n")
    assert (sheet.header_line, sheet.headers, rows(sheet)) == (2, ("a", "b"), [(3, ("1,5", "2"))])


@pytest.mark.parametrize("ends", ["\n\n\n", "\r\r\r", "\r\n\r\n\r\n", "\r\n\n\r", "\r\n\r\n"])
def test_every_kind_of_line_end(ends: str) -> None:
    first, second, *third = ends.replace("\r\n", "N").replace("\r", "R").replace("\n", "L")
    real = {"N": "\r\n", "R": "\r", "L": "\n"}
    source = f"a,b{real[first]}1,2{real[second]}3,4{''.join(real[end] for end in third)}"
    assert rows(read(source.encode())) == [(2, ("1", "2")), (3, ("3", "4"))]


def test_lines_are_those_of_the_file_after_a_quoted_newline_and_blank_lines() -> None:
    sheet = read(b'a,b\n1,"x\ny ""z"""\n\n,\n2,z\n')
    assert rows(sheet) == [(2, ("1", 'x\ny "z"')), (6, ("2", "z"))]


def test_a_title_above_the_header_is_passed_over() -> None:
    sheet = read("客服部钥匙登记表\n\n钥匙编号,楼栋\n1-1,1\n".encode(), known=["钥匙编号", "楼栋"])
    assert (sheet.header_line, sheet.headers, rows(sheet)) == (3, ("钥匙编号", "楼栋"), [(4, ("1-1", "1"))])


def test_a_missing_quotation_mark_is_told_with_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        read(b'a,b\n1,2\n3,"4\n5,6\n', "keys.csv")
    assert (caught.value.text.id, caught.value.text.args["line"]) == ("sheet.broken_line", 3)


def test_blanks_of_every_width_are_no_part_of_a_cell() -> None:
    source = "a,b,c,d\n　王芳　,\u00a01 2\u00a0,\ufeffx\u200b,１２３\n　,\u00a0,,\n"
    assert rows(read(source.encode())) == [(2, ("王芳", "1 2", "x", "１２３"))]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1.23457E+10", "sheet.lost_digits"),
        ("1E+17", "sheet.lost_digits"),
        ("########", "sheet.error_cell"),
        ("#N/A", "sheet.error_cell"),
        ("#DIV/0!", "sheet.error_cell"),
    ],
)
def test_what_excel_shows_in_place_of_a_value_is_unreadable(cell: str, told: str) -> None:
    [(_, (_, value))] = read(f"a,b\n1,{cell}\n".encode()).rows
    assert fault(value) == (told, 2, "B")


def test_texts_that_only_look_like_numbers_stay_as_they_are() -> None:
    texts = ("0012", "1001.0", "12345678901234567890", "1e5", "#5", "-", "03/04/2026", "'=1")
    assert rows(read(f"{'a,' * 7}b\n{','.join(texts)}\n".encode())) == [(2, (*texts[:-1], "=1"))]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"", "sheet.empty"),
        (b"\n,,\n", "sheet.empty"),
        (b"a,b\x00c\n", "sheet.encoding"),
        (b"\xff\xff\xff\xff\xff", "sheet.encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "sheet.encoding"),
        (b"PK\x03\x04broken", "sheet.broken_book"),
        (zipped({"a.txt": "x"}), "sheet.no_book"),
        (zipped({"word/document.xml": "<document/>"}), "sheet.no_book"),
        (zipped({**parts(), "xl/workbook.xml": "<presentation/>"}), "sheet.no_book"),
        (zipped({name: text for name, text in parts().items() if "sheet1" not in name}), "sheet.broken_book"),
        (
            zipped({name.replace("book.xml", "book.bin"): str(text).replace("book.xml", "book.bin") for name, text in parts().items()}),
            "sheet.binary_book",
        ),
        (MADE / "encrypted.xlsx", "sheet.encrypted"),
        (MADE / "libreoffice.xls", "sheet.old_excel"),
        (MADE / "libreoffice.ods", "sheet.open_document"),
        (MADE / "libreoffice.html", "sheet.markup"),
        ("\ufeff\n<TABLE><tr><td>姓名</td></tr></table>".encode("utf-16"), "sheet.markup"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "sheet.markup"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "sheet.markup"),
        (b'{"a": 1}', "sheet.json_shape"),
        (b"[1, 2]", "sheet.json_shape"),
        (b'[{"a": {"b": 1}}]', "sheet.json_shape"),
        (b'[{"a": [1]}]', "sheet.json_shape"),
        (b'[{"a": 1}, {"a": 2, "a": 3}]', "sheet.json_shape"),
        (b'[{"a": NaN}]', "sheet.json_shape"),
        (b'[{"a": "\\ud800"}]', "sheet.json_shape"),
        (b'[{"a": 1},]', "sheet.json_shape"),
        (b'[{"a": 1}] x', "sheet.json_shape"),
        (b'[{"a": 1}', "sheet.json_shape"),
        (b"[]", "sheet.empty"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_a_reason(source: bytes | Path, told: str) -> None:
    assert refused(source) == told


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert {refused(path) for path in (tmp_path / "none.csv", tmp_path)} == {"sheet.no_file"}


def test_json_is_a_list_of_records() -> None:
    source = '\ufeff [ {"a": " 王芳 ", "b": 1, "c": null},\n{"d": ["x", "y"], "b": 12345678901234567890, "a": ""}, {"b": 0.5, "c": true} ]\n'
    sheet = read(source.encode())
    assert (sheet.kind, sheet.headers, sheet.header_line) == ("json", ("a", "b", "c", "d"), 0)
    assert rows(sheet) == [
        (1, ("王芳", 1, None, None)),
        (2, (None, 12345678901234567890, None, "x、y")),
        (3, (None, 0.5, "true", None)),
    ]


def test_json_that_is_longer_than_what_is_in_memory_at_a_time() -> None:
    source = json.dumps([{"n": at, "t": "王芳" * 50} for at in range(3000)], ensure_ascii=False, indent=1)
    assert rows(read(source.encode()))[-1] == (3000, (2999, "王芳" * 50))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_the_export_writes_is_read(kind: str) -> None:
    made = write(["name", "no"], ["姓名", "工号"], [["王芳", "007"], ["=1+1", None]], kind)
    sheet = read(made)
    assert sheet.headers == (("name", "no") if kind == "json" else ("姓名", "工号"))
    assert [cells for _, cells in sheet.rows] == [("王芳", "007"), ("=1+1", None)]


def test_headers_are_compared_without_remarks_width_and_blanks() -> None:
    assert model.header_key(" 钥匙 编号（必填） ") == model.header_key("钥匙编号")
    assert model.header_key("Ｔag_No*") == model.header_key("tag no")
    assert model.header_key("楼栋") != model.header_key("单元")
