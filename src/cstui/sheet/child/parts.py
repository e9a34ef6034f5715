"""The parts of an XLSX file: unpacked piece by piece, counted while it happens, and parsed without any entities."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat

from cstui.contract.errors import BadInput
from cstui.sheet.limits import MAX_CELLS, MAX_INFLATED, MB

Attributes = Mapping[str, str]
_CHUNK = 32 * 1024
_MAX_TOKEN = 256 * 1024
"""Bytes of one tag or comment: expat begins anew with such a one for each chunk."""
_MAX_TAGS = 8 * MAX_CELLS
"""Of each cell: itself, its formula, its value or text and a piece of that, with their ends."""


class Parts:
    """The parts by their names. Raises BadInput for a file that is no archive, or locked."""

    def __init__(self, source: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError) as error:
            raise BadInput("sheet.broken_book", reason="zip") from error
        self._parts = {info.filename.replace("\\", "/").lstrip("/").casefold(): info for info in self._archive.filelist}
        self._left = MAX_INFLATED
        self._weighed: set[str] = set()

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._parts

    def weigh(self, part: str) -> None:
        """Unpack a part once, to know how much it is before any of it is parsed. Raises BadInput for too much."""
        tags = 0
        for chunk in self.read(part):
            self._left -= len(chunk)
            tags += chunk.count(b"<")
            if self._left < 0:
                raise BadInput("sheet.too_much", limit=MAX_INFLATED // MB)
            if tags > _MAX_TAGS:
                raise BadInput("sheet.too_many_cells", cells=MAX_CELLS)
        self._weighed.add(part)

    def read(self, part: str) -> Iterator[bytes]:
        """A part's bytes. Raises BadInput if it isn't there, or locked."""
        if part not in self:
            raise BadInput("sheet.broken_book", reason=posixpath.basename(part))
        info = self._parts[part.casefold()]
        if info.flag_bits & 1:
            raise BadInput("sheet.encrypted")
        with self._archive.open(info) as packed:
            while chunk := packed.read(_CHUNK):
                yield chunk

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Parse a part, with a pause after each piece. Names are "NAMESPACE NAME". Raises BadInput."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data
        parser.StartDoctypeDeclHandler = _no_doctype
        fed = 0
        try:
            if part not in self._weighed:
                self.weigh(part)
            for chunk in self.read(part):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _MAX_TOKEN:
                    raise BadInput("sheet.broken_book", reason="xml")
                yield
            parser.Parse(b"", True)
            yield
        except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise BadInput("sheet.broken_book", reason=posixpath.basename(part)) from error

    def each(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        """Call `start` with the name, without namespace, and the attributes of each element."""
        for _ in self.parse(part, lambda name, attributes: start(local(name), attributes)):
            pass

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" for the whole file): id → (kind, part)."""
        folder, name = posixpath.split(part)
        made: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                made[attributes["Id"]] = attributes["Type"].rpartition("/")[2], target

        about = posixpath.join(folder, "_rels", f"{name}.rels")
        if about in self:
            self.each(about, start)
        return made


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def _no_doctype(*about: object) -> None:
    raise BadInput("sheet.doctype")
