"""What went wrong in a plugin: in one line, and where."""

from __future__ import annotations

import traceback
from pathlib import Path

from cstui.contract.text import Text, Verbatim

SITE = "cstui_site"
"""The package under whose name the site's own plugins are imported."""

Place = tuple[str, int]
"""A file and a line; ("", 0) for nowhere."""


class Unsound(Exception):
    """A plugin that can't be used, with the reason, and the place where there is one."""

    def __init__(self, reason: str | Text, place: Place = ("", 0)) -> None:
        super().__init__(reason)
        self.reason = Verbatim(reason) if isinstance(reason, str) else reason
        self.place = place


def place_of(error: BaseException) -> Place:
    """Where it went wrong: the last place in the site's own files, else the last one at all."""
    if isinstance(error, Unsound):
        return error.place
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    frames = [
        (str(frame.f_globals.get("__name__")).split(".", 1)[0] == SITE, frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if not frame.f_code.co_filename.startswith("<")
    ]
    own = [frame for frame in frames if frame[0]] or frames
    return own[-1][1:] if own else ("", 0)


def short(place: Place) -> str:
    """A place in few words: the folder, the file and the line."""
    path, line = Path(place[0]), place[1]
    return f"{path.parent.name}/{path.name}:{line}" if place[0] else ""


def reason_of(error: BaseException) -> Text:
    """An error in one line, with the plugin's file and line."""
    if isinstance(error, Unsound):
        return error.reason
    said = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    at = short(place_of(error))
    return Verbatim(f"{type(error).__name__}{': ' * bool(said)}{said}{f' ({at})' * bool(at)}")
