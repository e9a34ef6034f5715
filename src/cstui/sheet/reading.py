"""Read a spreadsheet file into a `Sheet`: another process parses it, under limits; no file can harm this one."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cstui.contract.errors import BadInput
from cstui.contract.text import unpack
from cstui.sheet.limits import MAX_BYTES, MB, QUIET
from cstui.sheet.model import Sheet
from cstui.sheet.spool import Spool

_HOME = Path(__file__).parents[2]
"""Where Python finds this package."""
_PYTHONS = ("LD_LIBRARY_PATH", "PYTHONHOME")
"""By these a Python that was moved finds its own parts; no other setting of a user reaches the process."""


def read(
    source: Path | bytes,
    name: str = "",
    known: Collection[str] = (),
    sheet: str = "",
    progress: Callable[[int], object] | None = None,
) -> Sheet:
    """Read CSV, XLSX or JSON, told apart by content. `known` headers help to find the header line.

    `name` is shown in errors; `sheet` names the sheet of an XLSX file (else its first visible one). `progress`
    is called now and then with the number of rows read; what it raises ends the reading.
    Raises BadInput for what can't be read or is too big.
    """
    if isinstance(source, Path):
        name = name or source.name
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the sheet closes it
    try:
        with _opened(source, name) as file:
            head = _parsed(file, spool, {"name": name, "known": [*known], "sheet": sheet}, progress)
        if "fault" in head:
            args = {key: unpack(value) for key, value in head["args"].items()}
            raise BadInput(head["fault"], **{"value": name, **args})
        return Sheet(
            name=head["name"],
            headers=tuple(head["headers"]),
            rows=Spool(spool, head["count"]),
            kind=head["kind"],
            encoding=head["encoding"],
            header_line=head["header_line"],
            epoch=datetime.fromisoformat(head["epoch"]) if head["epoch"] else None,
            notes=tuple(unpack(note) for note in head["notes"]),
            sheets=tuple(head["sheets"]),
        )
    except BaseException:
        spool.close()
        raise


def _opened(source: Path | bytes, name: str) -> BinaryIO:
    """The file to read; bytes are put into a nameless one."""
    file: BinaryIO
    try:
        if isinstance(source, bytes):
            file, size = tempfile.TemporaryFile(), len(source)  # noqa: SIM115 - the caller closes it
        elif source.is_file():
            file = source.open("rb")
            size = os.fstat(file.fileno()).st_size
        else:
            raise BadInput("sheet.no_file", value=str(source))
        if size > MAX_BYTES:
            file.close()
            raise BadInput("sheet.too_big", value=name, limit=MAX_BYTES // MB)
        if isinstance(source, bytes):
            file.write(source)
            file.flush()
            file.seek(0)
        return file
    except OSError as error:
        raise BadInput("sheet.unreadable", value=name, reason=error.strerror or "") from error


def _parsed(
    file: BinaryIO, spool: BinaryIO, asked: dict[str, Any], progress: Callable[[int], object] | None
) -> dict[str, Any]:
    """What the reading process answers. It needs nothing but Python itself: no site, no user's environment."""
    child = subprocess.Popen(
        [sys.executable, "-S", "-P", "-m", "cstui.sheet.child", json.dumps({**asked, "spool": spool.fileno()})],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=[spool.fileno()],
        env={"PYTHONPATH": str(_HOME), **{name: os.environ[name] for name in _PYTHONS if name in os.environ}},
    )
    assert child.stdout is not None
    try:
        return _answer(child.stdout.fileno(), progress)
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def _answer(pipe: int, progress: Callable[[int], object] | None) -> dict[str, Any]:
    """A number of rows now and then, and at last the answer. Raises BadInput if the process falls silent or dies."""
    said = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while waiting.select(QUIET):
            if not (chunk := os.read(pipe, 65536)):
                return {"fault": "sheet.gave_up", "args": {}}
            *lines, said = (said + chunk).split(b"\n")
            for line in lines:
                told: Any = json.loads(line)
                if isinstance(told, dict):
                    return told
                if progress:
                    progress(told)
    return {"fault": "sheet.too_slow", "args": {"seconds": int(QUIET)}}
