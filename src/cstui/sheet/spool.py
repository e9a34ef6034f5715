"""Rows on their way from the process that reads to the one that asked: a line of JSON each, in a nameless file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from cstui.contract.text import pack, unpack
from cstui.sheet.model import Cells, Unreadable

_CHUNK = 256 * 1024


def packed(number: int, cells: Sequence[Any]) -> bytes:
    """A row as it is written."""
    return json.dumps([number, *cells], ensure_ascii=False, separators=(",", ":"), default=_tagged).encode() + b"\n"


class Spool:
    """The `count` rows in `file`, few of them in memory at a time. Closed by `close`, or when forgotten."""

    def __init__(self, file: BinaryIO, count: int) -> None:
        self._file = file
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        at, rest = 0, b""
        while chunk := os.pread(self._file.fileno(), _CHUNK, at):
            at += len(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                number, *cells = json.loads(line, object_hook=_untagged)
                yield number, tuple(cells)

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self.close()


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"clock": value.isoformat()}
    if isinstance(value, timedelta):
        return {"span": value.total_seconds()}
    if isinstance(value, Unreadable):
        return {"unreadable": json.dumps(pack(value.text))}
    raise TypeError(f"{type(value).__name__} is no cell")


def _untagged(tagged: dict[str, Any]) -> Any:
    [(tag, value)] = tagged.items()
    match tag:
        case "moment":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "clock":
            return time.fromisoformat(value)
        case "span":
            return timedelta(seconds=value)
    return Unreadable(unpack(json.loads(value)))
