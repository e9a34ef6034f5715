"""The texts that the cells of an XLSX file share."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from cstui.contract.errors import BadInput
from cstui.sheet.child.parts import Attributes, Parts
from cstui.sheet.limits import MAX_CELL, MAX_CELLS
from cstui.sheet.model import unescaped


class Texts:
    """Texts by number, packed closely."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> None:
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def __getitem__(self, at: int) -> str:
        if at < 0:
            raise IndexError(at)
        return self._bytes[self._ends[at] : self._ends[at + 1]].decode()


def read_texts(parts: Parts, part: str, alive: Callable[[], None]) -> Texts:
    """Of rich texts all pieces, of those with a reading beside them (phonetic ones) not that. Raises BadInput."""
    texts = Texts()
    pieces: list[str] = []
    size = asides = 0
    gathering = False
    text_name = item_name = aside_name = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal gathering, asides, text_name, item_name, aside_name
        if name == text_name:
            gathering = not asides
        elif name == aside_name:
            asides += 1
        elif not text_name:
            space = name.removesuffix("sst")
            text_name, item_name, aside_name = space + "t", space + "si", space + "rPh"

    def end(name: str) -> None:
        nonlocal gathering, asides, size
        if name == text_name:
            gathering = False
        elif name == item_name:
            texts.add(unescaped("".join(pieces)))
            pieces.clear()
            size = 0
        elif name == aside_name:
            asides -= 1

    def data(text: str) -> None:
        nonlocal size
        if gathering:
            pieces.append(text)
            size += len(text)
            if size > MAX_CELL:
                raise BadInput("sheet.long_text", limit=MAX_CELL)

    before = 0
    for _ in parts.parse(part, start, end, data):
        if len(texts) > MAX_CELLS:
            raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
        if len(texts) > before:
            before = len(texts)
            alive()
    return texts
