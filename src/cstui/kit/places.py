"""Where in a plugin's files a fault is to be mended, as far as the fault names something that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cstui.contract.text import Text

_ID = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)+")
"""An id of an action, register or rule, as it stands in a file."""


def placed(fault: Text, folder: Path) -> Text:
    """The fault with file and line before it, or with the folder where it stands in no one line."""
    return Text("plugins.placed", place=_place(fault, folder), fault=fault)


def _place(fault: Text, folder: Path) -> str:
    if fault.id.startswith("plugins.") and "text" in fault.args:
        return _of_text(fault.args.get("lang") or "zh_CN", fault.args["text"], folder)
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    for wanted in _named(fault):
        for path in files:
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if "tests" not in path.parts and re.search(wanted, line):
                    return f"{path}:{number}"
    return str(folder)


def _named(fault: Text) -> Iterator[str]:
    """What a fault names, as it is looked for: a record's class, a column, ids of actions, registers and rules."""
    kind = fault.args.get("kind")
    for name, value in fault.args.items():
        if isinstance(value, Text):
            yield from _named(value)
        elif name == "id" and isinstance(kind, Text) and kind.id == "plugins.kind.record":
            yield rf"class {re.escape(value)}\b"
        elif name == "column":
            yield _quoted(value)
        elif isinstance(value, str):
            yield from map(_quoted, _ID.findall(value))


def _quoted(name: str) -> str:
    return rf"[\"']{re.escape(name)}[\"']"


def _of_text(lang: str, text_id: str, folder: Path) -> str:
    """The line of the table to which a missing text belongs."""
    path = folder / "strings" / f"{lang}.toml"
    table = text_id.split(".")[-2] if "." in text_id else ""
    if not path.is_file():
        return str(path)
    lines = path.read_text("utf-8", "replace").splitlines()
    return f"{path}:{lines.index(f'[{table}]') + 1}" if f"[{table}]" in lines else str(path)
