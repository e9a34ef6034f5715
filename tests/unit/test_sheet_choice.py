"""Which sheet of a book is read: the first visible one, or the one that is named; the others are told."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from unit.sheets.makers import MAIN, OFFICE, line, notes, parts, text, zipped

from cstui.contract.errors import BadInput
from cstui.sheet import read


def test_an_empty_book_and_one_with_a_chart_alone_hold_no_table() -> None:
    chart = {key: str(value).replace("/worksheet", "/chartsheet") for key, value in parts().items()}
    out = io.BytesIO()
    xlsxwriter.Workbook(out).close()
    for source in (out.getvalue(), zipped(chart)):
        with pytest.raises(BadInput) as caught:
            read(source)
        assert caught.value.text.id == "sheet.empty"


def sheets(*states: tuple[str, str]) -> bytes:
    """A book with a sheet of these names and states each; its header tells which it is."""
    made = parts()
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" {state} r:id="s{at}"/>' for at, (name, state) in enumerate(states)
    )
    made["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    related = "".join(
        f'<Relationship Id="s{at}" Type="{OFFICE}/worksheet" Target="/xl/s{at}.xml"/>' for at in range(len(states))
    )
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>'
    )
    for at, (name, _) in enumerate(states):
        made[f"xl/s{at}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{line(1, text("A1", name))}</sheetData></worksheet>'
        )
    return zipped(made)


def test_the_first_visible_sheet_is_read_and_the_others_are_told() -> None:
    source = sheets(("旧", 'state="hidden"'), ("名单", ""), ("别的", ""), ("深藏", 'state="veryHidden"'))
    sheet = read(source)
    assert (sheet.headers, sheet.sheets) == (("名单",), ("旧", "名单", "别的", "深藏"))
    assert {note: args["sheets"] for note, args in notes(sheet).items()} == {
        "sheet.other_sheets": "别的",
        "sheet.hidden_sheets": "旧、深藏",
    }
    assert [read(source, sheet=name).headers for name in ("旧", "别的", "深藏")] == [("旧",), ("别的",), ("深藏",)]


def test_a_book_whose_sheets_are_all_hidden_says_which() -> None:
    with pytest.raises(BadInput) as caught:
        read(sheets(("一", 'state="hidden"'), ("二", 'state="veryHidden"')))
    assert (caught.value.text.id, caught.value.text.args["sheets"]) == ("sheet.all_hidden", "一、二")


def test_a_sheet_is_named_in_any_case_and_a_wrong_name_tells_those_that_are_there() -> None:
    source = sheets(("Keys", ""), ("旧", 'state="hidden"'))
    assert read(source, sheet="keys").headers == ("Keys",)
    with pytest.raises(BadInput) as caught:
        read(source, sheet="四")
    assert (caught.value.text.id, caught.value.text.args["sheets"]) == ("sheet.no_such_sheet", "Keys、旧")
    with pytest.raises(BadInput):
        read(b"a\n1\n", sheet="Keys")
