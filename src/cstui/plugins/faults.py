"""What went wrong in a plugin: in one line, and where."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from cstui.contract.errors import Fault
from cstui.contract.text import Text, Verbatim
from cstui.words import Words, host_folders

SITE = "cstui_site"
"""The package under whose name the site's own plugins are imported."""

Place = tuple[str, int]
"""A file and a line; ("", 0) for nowhere."""


class Unsound(Exception):
    """A plugin that can't be used, with the reason, and the place where there is one."""

    def __init__(self, reason: Text, place: Place = ("", 0)) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        return Words.load(host_folders()).say(self.reason, "en")  # in a log, or where nothing catches it


def thing(kind: str, named: str) -> Text:
    """What is meant, by its kind (a text `plugins.kind.KIND`) and its id: "action keys.lend"."""
    return Text("plugins.thing", kind=Text(f"plugins.kind.{kind}"), id=named)


def at(kind: str, named: str, fault: Text) -> Text:
    """A fault after that which it is a fault of: "action keys.lend: …"."""
    return Text("plugins.at", thing=thing(kind, named), fault=fault)


def together(faults: Sequence[Text]) -> Text:
    """Several faults as one text, each told once."""
    *others, told = dict.fromkeys(faults)
    for fault in reversed(others):
        told = Text("plugins.several", one=fault, others=told)
    return told


def apart(told: Text) -> list[Text]:
    """The faults that `together` made one text of."""
    faults = []
    while told.id == "plugins.several":
        faults.append(told.args["one"])
        told = told.args["others"]
    return [*faults, told]


def cause(error: Exception) -> Text:
    """An error as part of a fault: in the words of the house where it has some."""
    return _own(error) or Verbatim(" ".join(f"{type(error).__name__}: {error}".split()))


def place_of(error: BaseException) -> Place:
    """Where it went wrong: the last place in the site's own files, else the last one at all."""
    if isinstance(error, Unsound):
        return error.place
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    frames = _frames(error)
    own = [frame for frame in frames if frame[0]] or frames
    return own[-1][1:] if own else ("", 0)


def at_site(error: BaseException) -> str:
    """The last place of an error in the site's own files, in short; "" where it went through none."""
    own = [frame[1:] for frame in _frames(error) if frame[0]]
    return short(own[-1]) if own else ""


def _frames(error: BaseException) -> list[tuple[bool, str, int]]:
    """The way of an error: whether a place stands in the site's own files, its file, its line."""
    return [
        (str(frame.f_globals.get("__name__")).split(".", 1)[0] == SITE, frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if not frame.f_code.co_filename.startswith("<")
    ]


def short(place: Place) -> str:
    """A place in few words: the folder, the file and the line."""
    path, line = Path(place[0]), place[1]
    return f"{path.parent.name}/{path.name}:{line}" if place[0] else ""


def reason_of(error: BaseException) -> Text:
    """An error in one line, with the plugin's file and line."""
    if isinstance(error, Unsound):
        return error.reason
    at = short(place_of(error))
    if own := _own(error):
        return Text("plugins.told_at", fault=own, at=at) if at else own
    said = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    return Verbatim(f"{type(error).__name__}{': ' * bool(said)}{said}{f' ({at})' * bool(at)}")


def _own(error: BaseException) -> Text | None:
    """What an error says in the words of the house: a fault, or any other with a text as its argument."""
    if isinstance(error, Fault):
        return error.text
    return error.args[0] if error.args and isinstance(error.args[0], Text) else None
