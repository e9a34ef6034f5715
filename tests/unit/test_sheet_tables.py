"""Which lines of a sheet are rows: titles, totals, merged and hidden lines, ragged ones, columns without a header."""

from __future__ import annotations

import pytest
from unit.sheets.makers import HEADER, book, fault, line, notes, number, rows, text

from cstui.sheet import read
from cstui.sheet.child.page import letters
from cstui.sheet.child.table import Ranges


def merged(*areas: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={area!r}/>' for area in areas)}</mergeCells>"


def test_a_cell_merged_over_lines_holds_for_each_of_them() -> None:
    data = HEADER + line(2, text("A2", "前台"), number("B2", 1)) + line(3, number("B3", 2)) + line(4, number("B4", 3))
    sheet = read(book(data, around=merged("A2:A3")))
    assert rows(sheet) == [(2, ("前台", 1)), (3, ("前台", 2)), (4, (None, 3))]
    assert notes(sheet) == {"sheet.filled": {"lines": "3"}}


def test_lines_that_hold_nothing_but_a_merged_cell_from_above_are_blank() -> None:
    data = HEADER + line(2, text("A2", "a"), number("B2", 1)) + line(3, '<c r="B3"/>') + line(4, number("B4", 4))
    sheet = read(book(data, around=merged("A2:A3", "B2:B3")))
    assert rows(sheet) == [(2, ("a", 1)), (4, (None, 4))]
    assert not sheet.notes


def test_a_cell_merged_across_columns_is_unreadable_at_its_place() -> None:
    data = HEADER + line(2, text("A2", "both")) + line(3, text("A3", "x"), number("B3", 1))
    [(_, (first, second)), last] = read(book(data, around=merged("A2:B2"))).rows
    assert (fault(first), first, last) == (("sheet.merged_across", 2, "A"), second, (3, ("x", 1)))


def test_merged_cells_that_hold_nothing_and_those_of_title_and_total_do_not_matter() -> None:
    title = line(1, text("A1", "钥匙登记表"))
    header = line(2, text("A2", "name"), text("B2", "value"), text("C2", "count"))
    data = title + header + line(3, text("A3", "x"), number("C3", 1)) + line(4, text("A4", "合 计"), number("C4", 1))
    sheet = read(book(data, around=merged("A1:C1", "A4:B4", "B3:B9", "B3:C3")), known=["name", "count"])
    assert (sheet.header_line, rows(sheet)) == (2, [(3, ("x", None, 1))])
    assert notes(sheet) == {"sheet.total_left_out": {"lines": "4"}}


def test_a_header_of_two_lines_merged_where_it_has_one() -> None:
    first = line(1, text("A1", "钥匙编号"), text("B1", "位置"))
    second = line(2, text("B2", "楼栋"), text("C2", "单元"))
    data = first + second + line(3, text("A3", "1-1"), number("B3", 3), number("C3", 2))
    sheet = read(book(data, around=merged("A1:A2", "B1:C1")), known=["钥匙编号", "楼栋", "单元"])
    assert (sheet.header_line, sheet.headers, rows(sheet)) == (2, ("钥匙编号", "楼栋", "单元"), [(3, ("1-1", 3, 2))])


def test_hidden_lines_are_read_and_told() -> None:
    hidden = "".join(line(n, number(f"A{n}", n), told='hidden="1"') for n in (3, 4, 6))
    sheet = read(book(HEADER + line(2, number("A2", 2)) + hidden))
    assert [row[0] for row in sheet.rows] == [2, 3, 4, 6]
    assert notes(sheet) == {"sheet.hidden_lines": {"lines": "3–4、6"}}


@pytest.mark.parametrize(
    "total",
    [
        "合计,,15",
        "总计：,,15",
        "小计,,15 把",
        "Total,,",
        ",合 计,15",
        "共计,2,¥1,500.50".replace("1,5", "15"),
        "本页小计,,15",
        "Grand Total,,-3%",
        "汇总,,15",
    ],
)
def test_a_total_below_is_left_out_and_told(total: str) -> None:
    sheet = read(f"钥匙编号,楼栋,数量\n1-1,3,15\n\n{total}\n".encode())
    assert rows(sheet) == [(2, ("1-1", "3", "15"))]
    assert notes(sheet) == {"sheet.total_left_out": {"lines": "4"}}


@pytest.mark.parametrize(
    "row", [("1-2", "合计", "3"), ("合计", "王芳", "3"), ("总计室", None, "3"), ("1-3", "3", "合计")]
)
def test_a_row_that_merely_holds_the_word_is_a_row(row: tuple[str, str | None, str]) -> None:
    sheet = read(f"钥匙编号,姓名,数量\n{','.join(cell or '' for cell in row)}\n".encode())
    assert (rows(sheet), sheet.notes) == ([(2, row)], ())


def test_in_a_single_column_the_word_is_a_row() -> None:
    assert rows(read("类别\n合计\n".encode())) == [(2, ("合计",))]


def test_blank_lines_between_and_below_are_passed_over() -> None:
    assert rows(read(b"a,b\n\n1,2\n,\n  ,\xe3\x80\x80\n3,4\n\n,,\n")) == [(3, ("1", "2")), (6, ("3", "4"))]


def test_a_header_that_is_printed_again_is_left_out_and_told() -> None:
    sheet = read("姓名,工号\n王芳,1\n姓名,工号\n李强,2\n".encode())
    assert rows(sheet) == [(2, ("王芳", "1")), (4, ("李强", "2"))]
    assert notes(sheet) == {"sheet.header_again": {"lines": "3"}}


def test_shorter_lines_end_blank_and_longer_ones_are_not_trusted() -> None:
    sheet = read(b"a,b,c\n1\n1,2,3,,\n1,2,3,,5\n")
    [short, padded, (at, cells)] = sheet.rows
    assert (short, padded) == ((2, ("1", None, None)), (3, ("1", "2", "3")))
    assert (at, len(set(cells)), fault(cells[0])) == (4, 1, ("sheet.beyond", 4, "E"))


def test_columns_without_a_header_are_told_and_the_others_keep_their_places() -> None:
    sheet = read(b"a,,c,\n1,x,3,y\n4,,6,\n")
    assert (sheet.headers, rows(sheet)[1]) == (("a", "", "c", ""), (3, ("4", None, "6", None)))
    assert notes(sheet) == {"sheet.unnamed": {"columns": "B、D"}}
    data = HEADER + line(2, text("A2", "x"), number("B2", 1), text("D2", "beside"))
    sheet = read(book(data))
    assert (rows(sheet), notes(sheet)) == ([(2, ("x", 1))], {"sheet.unnamed": {"columns": "D"}})


def test_headers_that_stand_twice_keep_their_places() -> None:
    sheet = read("备注,工号,备注\n一,2,三\n".encode())
    assert (sheet.headers, rows(sheet)) == (("备注", "工号", "备注"), [(2, ("一", "2", "三"))])


def test_line_numbers_are_told_as_ranges_and_not_without_end() -> None:
    told = Ranges()
    for at in (2, 3, 4, 9, *range(11, 60, 2)):
        told.add(at)
    assert str(told).startswith("2–4、9、11、13")
    assert str(told).endswith("29 …")


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_columns_have_excels_names(at: int, name: str) -> None:
    assert letters(at) == name
