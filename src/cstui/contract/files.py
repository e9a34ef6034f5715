"""A file that an action asks for: opened by whoever may read it, and read line by line."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pydantic_core import core_schema

from cstui.contract.errors import BadInput

PART = 1024 * 1024
LINE = 64 * 1024


class File:
    """A field's file: its `name`, its `size` in bytes, its `sha256`, and its `lines`.

    Command line and dashboard open it, each by its own rules of what may be read; a path that is typed elsewhere opens
    nothing. The journal keeps name, size and digest. What is added to the file after it was opened isn't read.
    """

    def __init__(self, handle: BinaryIO, name: str) -> None:
        self._handle = handle
        self.name = name
        self.size = os.fstat(handle.fileno()).st_size
        digest = hashlib.sha256()
        for part in self._parts():
            digest.update(part)
        self.sha256 = digest.hexdigest()

    @classmethod
    def open(cls, path: Path, field: str = "") -> File:
        """The file at a path. Raises BadInput where there is none, or it can't be read."""
        try:
            if not path.is_file():
                raise BadInput("input.no_file", field=field, value=str(path))
            return cls(path.open("rb"), path.name)
        except OSError as error:
            raise BadInput(
                "input.file_unreadable", field=field, value=str(path), reason=error.strerror or ""
            ) from error

    @classmethod
    def spooled(cls, stream: BinaryIO, name: str, field: str = "") -> File:
        """What a stream gives, in a nameless file of our own. Raises BadInput where there is no room for it."""
        kept: Any = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the File
        try:
            while part := stream.read(PART):
                kept.write(part)
            kept.flush()
        except OSError as error:
            kept.close()
            raise BadInput("input.file_unreadable", field=field, value=name, reason=error.strerror or "") from error
        return cls(kept, name)

    def lines(self, limit: int = LINE) -> Iterator[tuple[int, bytes, bool]]:
        """Each line: its number from 1, its bytes without the line's end, and whether it was longer and is cut."""
        number, rest, skipping = 0, b"", False
        for part in self._parts():
            *whole, rest = (rest + part).split(b"\n")
            for line in whole:
                if not skipping:
                    number += 1
                    yield number, line[:limit], len(line) > limit
                skipping = False
            if len(rest) > limit:
                if not skipping:
                    number += 1
                    yield number, rest[:limit], True
                rest, skipping = b"", True
        if rest and not skipping:
            yield number + 1, rest, False

    def _parts(self) -> Iterator[bytes]:
        at = 0
        while part := os.pread(self._handle.fileno(), min(PART, self.size - at), at):
            at += len(part)
            yield part

    def close(self) -> None:
        self._handle.close()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.is_instance_schema(cls), "file", custom_error_message="a file"
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """From outside it is a path."""
        return {"type": "string", "format": "path"}
