"""The encoding of a text file: UTF-8, UTF-16 with and without its mark, else GB18030."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from cstui.contract.errors import BadInput

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_USUAL = frozenset(',;\t\r\n"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz []{}:-./')
_HEAD = 20_000
_CHUNK = 256 * 1024


def encoding_of(source: BinaryIO) -> str:
    """The encoding in which the whole file is proper text. Raises BadInput."""
    head = source.read(_HEAD)
    source.seek(0)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    if not marked and b"\0" in head:
        marked = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _usual(head, encoding))
        if not {"\r", "\n"} & set(head.decode(marked, "replace")):  # other bytes, not the text of a table
            raise BadInput("sheet.encoding")
    if marked:
        if not _is(source, marked):
            raise BadInput("sheet.encoding")
        return marked
    if _is(source, "utf-8"):
        return "utf-8"
    if _mostly_utf8(source) or not _is(source, "gb18030"):
        raise BadInput("sheet.encoding")
    return "gb18030"


def opened(source: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The file as text, its line ends as they are."""
    source.seek(0)
    return io.TextIOWrapper(source, encoding=encoding, newline="")


def head_of(source: BinaryIO, encoding: str) -> str:
    """The first part of the text."""
    source.seek(0)
    return codecs.getincrementaldecoder(encoding)().decode(source.read(_HEAD))


def _is(source: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    try:
        while chunk := source.read(_CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _usual(head: bytes, encoding: str) -> int:
    return sum(char in _USUAL for char in head.decode(encoding, "replace"))


def _mostly_utf8(source: BinaryIO) -> bool:
    """Damaged UTF-8: read as GB18030 it would be nonsense, though without a fault."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    wide = broken = 0
    source.seek(0)
    while chunk := source.read(_CHUNK):
        text = decoder.decode(chunk)
        broken += text.count("\ufffd")
        wide += len(text) - len(text.encode("ascii", "ignore"))
    return wide - broken > 4 * broken
