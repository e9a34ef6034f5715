"""The lines of a JSON file: a list of flat objects, as our own export writes it. An entry's number is its line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TextIO

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet.child.encoding import opened
from cstui.sheet.child.page import Line, Page
from cstui.sheet.child.values import trimmed
from cstui.sheet.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LENGTH

_CHUNK = 64 * 1024
_FILLED = re.compile(r"\S")
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_page(source: BinaryIO, encoding: str, name: str, alive: Callable[[], None]) -> Page:
    """The entries; their keys, all together, are the headers."""
    headers: dict[str, None] = {}
    for number, entry in _entries(source, encoding):
        headers.update(dict.fromkeys(entry))
        alive()
        if len(headers) > MAX_COLUMNS:
            raise BadInput("sheet.too_wide", cell=str(number), limit=MAX_COLUMNS)
    note = Text("sheet.json_entries")
    lines = _lines(source, encoding, [*headers])
    return Page("json", lines, name, encoding=encoding, notes=[note], header_within=1)


def _lines(source: BinaryIO, encoding: str, headers: list[str]) -> Iterator[Line]:
    yield Line(0, [trimmed(header) for header in headers])
    cells = 0
    for number, entry in _entries(source, encoding):
        cells += len(headers)
        if cells > MAX_CELLS:
            raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
        yield Line(number, [_value(entry.get(header), number) for header in headers])


def _value(value: Any, number: int) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "、".join(value)
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise BadInput("sheet.long_cell", line=number, limit=MAX_CELL)
        if _SURROGATE.search(value):
            raise BadInput("sheet.json_shape", line=number)
        return trimmed(value) or None
    if value is None or isinstance(value, int | float):
        return value
    raise BadInput("sheet.json_shape", line=number)


def _entries(source: BinaryIO, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The list's objects with their numbers, only one of them in memory. Raises BadInput."""
    text = opened(source, encoding)
    part = _Part(text)
    number = 0
    try:
        _expect(part.take() == "[", number)
        while part.next() != "]" or number:
            number += 1
            _expect(part.next() == "{", number)
            yield number, part.value()
            separator = part.take()
            if separator == "]":
                break
            _expect(separator == ",", number)
        else:
            part.take()
        _expect(not part.next(), number)
    except (ValueError, RecursionError) as error:
        raise BadInput("sheet.json_shape", line=number) from error
    finally:
        text.detach()


def _expect(holds: bool, number: int) -> None:
    if not holds:
        raise BadInput("sheet.json_shape", line=number)


class _Part:
    """The part of a text that is in memory."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._part, self._at = "", 0
        self._decoder = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_unique)

    def next(self) -> str:
        """The next character that is no blank; "" at the end."""
        while not (found := _FILLED.search(self._part, self._at)):
            self._at = len(self._part)
            if not self._more():
                return ""
        self._at = found.start()
        return found[0]

    def take(self) -> str:
        """As `next`, and go on behind it."""
        char = self.next()
        self._at += 1
        return char

    def value(self) -> Any:
        """The value that begins here. Raises ValueError for what is none, or too long a one."""
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._part, self._at)
                return value
            except json.JSONDecodeError:
                if len(self._part) - self._at > MAX_LENGTH or not self._more():
                    raise

    def _more(self) -> bool:
        chunk = self._text.read(_CHUNK)
        self._part, self._at = self._part[self._at :] + chunk, 0
        return bool(chunk)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)
