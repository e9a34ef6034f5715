"""The log of what nobody foresaw: one JSON line each, readable by its owner only."""

from __future__ import annotations

import json
import logging
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstui.cli.call import Call


def folder(call: Call) -> Path:
    """Beside the store where that may be written, else the user's state folder."""
    try:
        beside = call.config_path.parent
        if os.access(beside, os.W_OK):
            return beside
    except Exception:  # no config was found: then there is no site to write beside
        pass
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "cstui"


class LogFile(logging.Handler):
    """Takes what the rooms log (a plugin set aside, a listener that failed) into the same file, never to the screen."""

    def __init__(self, call: Call) -> None:
        super().__init__(logging.WARNING)
        self.call = call

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        write(self.call, record.getMessage(), error)


def write(call: Call, said: str, error: BaseException | None) -> Path | None:
    """Add a line, without local variables or input; the file, or None if even that failed."""
    line: dict[str, object] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": call.command,
        "said": said,
    }
    if error:
        frames = traceback.extract_tb(error.__traceback__)
        line["error"] = f"{type(error).__name__}: {error}"[:500]
        line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    try:
        path = folder(call) / "cstui.log"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "a", encoding="utf-8"
        ) as log:
            log.write(json.dumps(line, ensure_ascii=True) + "\n")
    except OSError:
        return None
    return path
