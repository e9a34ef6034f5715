"""What kind of file this is, by its content, and the page it holds. The kinds that aren't read are named."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable
from typing import BinaryIO

from cstui.contract.errors import BadInput
from cstui.sheet.child.encoding import encoding_of, head_of
from cstui.sheet.child.page import Page

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(r"<(!doctype|!--|html|head|body|table|meta|style|div|\?xml)\b|mime-version:", re.IGNORECASE)
_JSON = re.compile(r'\[\s*([{\[\]"\d]|$)|\{\s*"')


def page_of(source: BinaryIO, name: str, wanted: str, alive: Callable[[], None]) -> Page:
    """The page of a seekable file named `name`; `wanted` names the sheet where there are several. Raises BadInput."""
    begin = source.read(8)
    source.seek(0)
    if begin.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from cstui.sheet.child.book import book_page

        return book_page(source, wanted, alive)
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(_old_excel(source))
    if wanted:
        raise BadInput("sheet.no_such_sheet", value=wanted, sheets="—")
    encoding = encoding_of(source)
    head = head_of(source, encoding).lstrip("\ufeff \t\r\n")
    if _MARKUP.match(head):
        raise BadInput("sheet.markup")
    if _JSON.match(head):
        from cstui.sheet.child.json_lines import json_page

        return json_page(source, encoding, name, alive)
    from cstui.sheet.child.csv_lines import csv_page

    return csv_page(source, encoding, name)


def _old_excel(source: BinaryIO) -> str:
    with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as all_of_it:
        return "sheet.encrypted" if all_of_it.find(_ENCRYPTED) >= 0 else "sheet.old_excel"
