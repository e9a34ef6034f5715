"""The log of what nobody foresaw: one JSON line each, readable by its owner only, never more than two files of `LIMIT`.

Several programs write it at once: each line is one write, and who finds the file full puts it aside as `cstui.log.1`.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import re
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstui.cli.call import Call


LIMIT = 1_000_000
"""Bytes after which a new file is begun: a plugin that can't be loaded is told at each start, for years."""
PASSWORD = re.compile(r"(://[^:/@\s]*:)\S*@")


def folders(call: Call) -> list[Path]:
    """Beside the store where that may be written, else the user's state folder."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "cstui"
    try:
        return [call.config_path.parent, state]
    except Exception:  # no config was found: then there is no site to write beside
        return [state]


class LogFile(logging.Handler):
    """Takes what the rooms log (a plugin set aside, a listener that failed) into the same file, never to the screen."""

    def __init__(self, call: Call) -> None:
        super().__init__(logging.WARNING)
        self.call = call

    def emit(self, record: logging.LogRecord) -> None:
        try:
            said = record.getMessage()
        except Exception:  # a plugin's message doesn't fit its arguments
            said = str(record.msg)
        write(self.call, said, record.exc_info[1] if record.exc_info else None)


def write(call: Call, said: str, error: BaseException | None) -> Path | None:
    """Add a line, without local variables, input or passwords; the file, or None if even that failed."""
    line: dict[str, object] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": call.command,
        "said": PASSWORD.sub(r"\1****@", said),
    }
    if error:
        frames = traceback.extract_tb(error.__traceback__)
        line["error"] = _told(f"{type(error).__name__}: {error}")
        line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    written = json.dumps(line, ensure_ascii=True).replace("\x7f", "\\u007f") + "\n"
    for folder in folders(call):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _append(folder / "cstui.log", written.encode())
            return folder / "cstui.log"
    return None


def _told(text: str) -> str:
    """One line: in further ones PostgreSQL and pydantic quote what was entered. A URL without its password."""
    return PASSWORD.sub(r"\1****@", text.partition("\n")[0])[:500]


def _append(path: Path, line: bytes) -> None:
    with _opened(path) as log:
        if os.fstat(log.fileno()).st_size < LIMIT:
            log.write(line)
            return
        with suppress(OSError):  # another program is about it
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(log.fileno()), path.stat()):
                os.replace(path, f"{path}.1")
    with _opened(path) as log:
        log.write(line)


def _opened(path: Path) -> FileIO:
    return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "a")
