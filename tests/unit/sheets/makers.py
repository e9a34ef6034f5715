"""Makers of spreadsheet files that need no library: an XLSX file from its XML, as programs other than ours write it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from cstui.contract.text import Text
from cstui.sheet import Sheet, Unreadable
from cstui.words import LANGUAGES, Words, host_folders

_WORDS = Words.load(host_folders())

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts(
    data: str | bytes = "",
    *,
    around: str = "",
    formats: tuple[str, ...] = (),
    texts: str | None = None,
    workbook: str = "",
    strict: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a book with one sheet "Data": `data` are its rows, `around` what stands behind sheetData.

    `formats` are number formats: the style 1 is the first of them. `texts` are the shared strings' items.
    """
    main, office = (STRICT, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    codes = "".join(f'<numFmt numFmtId="{at + 164}" formatCode="{code}"/>' for at, code in enumerate(formats))
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{at + 164}"/>' for at in range(len(formats)))
    sheet = (
        data
        if isinstance(data, bytes)
        else f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{around}</worksheet>'
    )
    made: dict[str, str | bytes] = {
        "_rels/.rels": _relations({"rId1": (f"{office}/officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}'
        '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {
                "rId1": (f"{office}/worksheet", "worksheets/sheet1.xml"),
                "rId2": (f"{office}/styles", "styles.xml"),
                **({"rId3": (f"{office}/sharedStrings", "sharedStrings.xml")} if texts is not None else {}),
            }
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if texts is not None:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{texts}</sst>'
    return made


def book(data: str | bytes = "", **told: Any) -> bytes:
    """As `parts`, the whole file."""
    return zipped(parts(data, **told))


def line(number: int, *cells: str, told: str = "") -> str:
    """A row of ready cells; `told` are further attributes."""
    return f'<row r="{number}" {told}>{"".join(cells)}</row>'


def text(place: str, words: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(place: str, value: Any, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


HEADER = line(1, text("A1", "name"), text("B1", "value"))


def one(cell: str, **told: Any) -> Any:
    """What is read from a book with `cell` in B2, below a header."""
    from cstui.sheet import read

    [(_, (_, value))] = read(book(HEADER + line(2, text("A2", "x"), cell), **told)).rows
    return value


def rows(sheet: Sheet) -> list[tuple[int, tuple[Any, ...]]]:
    return list(sheet.rows)


def notes(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """The notes' arguments by their ids."""
    for note in sheet.notes:
        complete(note)
    return {note.id: note.args for note in sheet.notes}


def fault(cell: Any) -> tuple[str, Any, Any]:
    """Which fault an unreadable cell has, and its line and column."""
    assert isinstance(cell, Unreadable), cell
    complete(cell.text)
    return cell.text.id, cell.text.args["line"], cell.text.args["column"]


def complete(told: Text) -> None:
    """A text must be there in both languages, with all its places filled."""
    for lang in LANGUAGES:
        said = _WORDS.say(told, lang)
        assert said != told.id
        assert not re.search(r"\{\w+\}", said), said


def _relations(made: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in made.items())
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'
