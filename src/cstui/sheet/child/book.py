"""An XLSX file: which of its sheets is read, and how its numbers are counted and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.child.formats import BUILT_IN, Style, style_of
from cstui.sheet.child.grid import Grid
from cstui.sheet.child.page import Page
from cstui.sheet.child.parts import Attributes, Parts, local
from cstui.sheet.child.texts import Texts, read_texts
from cstui.sheet.serials import EPOCH_1900, EPOCH_1904

_MAX_SHEETS = 1_000
_MAX_STYLES = 70_000
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


@dataclass(slots=True)
class Book:
    """What the sheets of a file have in common."""

    epoch: datetime = EPOCH_1900
    distrusted: bool = False
    """The program that wrote it asks to compute everything anew: a formula's 0 may be no result at all."""
    styles: list[Style] = field(default_factory=list)
    texts: Texts = field(default_factory=Texts)


def book_page(source: BinaryIO, wanted: str, alive: Callable[[], None]) -> Page:
    """The wanted sheet of a file, else its first visible one. Raises BadInput."""
    parts = Parts(source)
    main = next((part for kind, part in parts.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in parts:
        raise BadInput(_other_kind(parts))
    if main.endswith(".bin"):
        raise BadInput("sheet.binary_book")
    book = Book()
    relations = parts.relations(main)
    sheets = _sheets(parts, main, book)
    readable = [(name, state, relations[key][1]) for name, state, key in sheets if relations[key][0] == "worksheet"]
    name, part = _chosen(readable, wanted)
    for kind, other in relations.values():
        if kind == "styles":
            book.styles = _styles(parts, other)
        elif kind == "sharedStrings":
            book.texts = read_texts(parts, other, alive)
    lines = Grid(parts, part, name, book, alive).lines()
    visible = [other for other, state, _ in readable if state == "visible" and other != name]
    hidden = [other for other, state, _ in readable if state != "visible" and other != name]
    notes = [
        Text(f"sheet.{what}", value=name, sheets=_listed(others))
        for what, others in (("other_sheets", visible), ("hidden_sheets", hidden))
        if others
    ]
    return Page("xlsx", lines, name, name, epoch=book.epoch, sheets=tuple(sheet[0] for sheet in sheets), notes=notes)


def _other_kind(parts: Parts) -> str:
    if "mimetype" in parts and b"".join(parts.read("mimetype")).startswith(_OPEN_DOCUMENT):
        return "sheet.open_document"
    return "sheet.no_book"


def _sheets(parts: Parts, main: str, book: Book) -> list[tuple[str, str, str]]:
    """Name, state and relation of each sheet; what the workbook says of its days and formulas goes into `book`."""
    found: list[tuple[str, str, str]] = []

    kind = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal kind
        kind = kind or element
        if kind != "workbook":
            raise BadInput("sheet.no_book")
        if element == "sheet":
            key = next(value for name, value in attributes.items() if " " in name and local(name) == "id")
            found.append((attributes["name"], attributes.get("state", "visible"), key))
            if len(found) > _MAX_SHEETS:
                raise BadInput("sheet.broken_book", reason="sheets")
        elif element == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            book.epoch = EPOCH_1904
        elif element == "calcPr":
            book.distrusted = attributes.get("fullCalcOnLoad") in ("1", "true")

    parts.each(main, start)
    return found


def _chosen(readable: list[tuple[str, str, str]], wanted: str) -> tuple[str, str]:
    """Name and part of the sheet to be read."""
    visible = [(name, part) for name, state, part in readable if state == "visible"]
    asked = [(name, part) for name, _, part in readable if name.casefold() == wanted.casefold()] if wanted else visible
    if asked:
        return asked[0]
    if wanted:
        raise BadInput("sheet.no_such_sheet", value=wanted, sheets=_listed([name for name, *_ in readable]) or "—")
    if readable:
        raise BadInput("sheet.all_hidden", sheets=_listed([name for name, *_ in readable]))
    raise BadInput("sheet.empty")


def _listed(names: list[str]) -> str:
    return "、".join(names[:20]) + (" …" if len(names) > 20 else "")


def _styles(parts: Parts, part: str) -> list[Style]:
    """What a number is in each of the book's cell formats."""
    codes: dict[int, Style] = dict(BUILT_IN)
    formats: list[int] = []
    within = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal within
        if element == "numFmt" and "numFmtId" in attributes:
            codes[int(attributes["numFmtId"])] = style_of(attributes.get("formatCode", ""))
        elif element == "xf" and within:
            formats.append(int(attributes.get("numFmtId", 0)))
        elif element in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = element == "cellXfs"
        if len(formats) > _MAX_STYLES or len(codes) > _MAX_STYLES:
            raise BadInput("sheet.broken_book", reason="styles")

    parts.each(part, start)
    return [codes.get(number) for number in formats]
