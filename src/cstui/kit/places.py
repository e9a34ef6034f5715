"""Where in a plugin's files a fault is to be mended, as far as the fault names something that stands there."""

from __future__ import annotations

import re
from pathlib import Path

_NAMED = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)+|(?<=record )[A-Z]\w*|(?<=column )\w+")
"""What a fault names: ids of actions, registers, rules and texts, a record's class, a column."""
_TEXT = re.compile(r"(?:(\w+): no )?text ([\w.]*\w)(?:: not in (\w+))?")


def placed(fault: str, folder: Path) -> str:
    """The fault with file and line before it, or with the folder where it stands in no one line."""
    if text := _TEXT.match(fault):
        return f"{_of_text(text[1] or text[3] or 'zh_CN', text[2], folder)}: {fault}"
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    for name in _NAMED.findall(fault):
        wanted = re.compile(rf"class {name}\b" if name[:1].isupper() else rf"[\"']{re.escape(name)}[\"']")
        for path in files:
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if "tests" not in path.parts and wanted.search(line):
                    return f"{path}:{number}: {fault}"
    return f"{folder}: {fault}"


def _of_text(lang: str, text_id: str, folder: Path) -> str:
    """The line of the table to which a missing text belongs."""
    path = folder / "strings" / f"{lang}.toml"
    table = text_id.split(".")[-2] if "." in text_id else ""
    if not path.is_file():
        return str(path)
    lines = path.read_text("utf-8", "replace").splitlines()
    return f"{path}:{lines.index(f'[{table}]') + 1}" if f"[{table}]" in lines else str(path)
