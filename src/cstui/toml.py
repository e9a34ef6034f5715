"""Reading a TOML file of the operator's, and saying where and how it is wrong."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cstui.contract.errors import StoreFault
from cstui.contract.text import Text, Verbatim

SYSTEM_FILE = Path("/etc/cstui.toml")


class ConfigFault(StoreFault):
    """What is wrong with a configuration file (exit 4). `faults` are all mistakes found in it."""

    def __init__(self, text_id: str, faults: Sequence[ConfigFault] = (), **args: Any) -> None:
        super().__init__(text_id, **args)
        self.faults = tuple(faults) or (self,)


def read(path: Path) -> tuple[str, int]:
    """Text and permissions of a file that nobody but its owner and group may change."""
    if path.is_dir():
        raise ConfigFault("config.directory", value=str(path), file=str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            raw = file.read()
    except FileNotFoundError:
        raise ConfigFault("config.missing", value=str(path), file=str(path)) from None
    except OSError as error:
        raise ConfigFault("config.unreadable", value=str(path), file=str(path), why=error.strerror or "") from None
    if mode & stat.S_IWOTH:
        raise ConfigFault("config.exposed", value=str(path), file=str(path))
    try:
        return raw.decode("utf-8-sig"), mode
    except UnicodeDecodeError:
        raise ConfigFault("config.not_utf8", value=str(path), file=str(path)) from None


def parse(path: Path, source: str) -> dict[str, Any]:
    """The tables of a file. Raises ConfigFault with the line."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        why, _, at = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", at)
        number = int(line[1]) if line else source.count("\n") + 1
        if wide := _wide("".join(source.splitlines()[number - 1 : number])):
            raise ConfigFault("config.syntax_wide", value=wide, where=_at(path, number)) from None
        raise ConfigFault("config.syntax", value=str(path), where=_at(path, number), why=why) from None


def _wide(line: str) -> str:
    """What in a line is no ASCII and stands outside of quotation marks: a Chinese quotation mark, comma or name."""
    bare, _, unclosed = re.sub(r""""(?:\\.|[^"\\])*\"|'[^']*'|#.*""", "", line).partition('"')
    return "".join(re.findall(r"[^\x00-\x7f]+", bare) + re.findall("[“”]", unclosed))[:20]


def _at(path: Path, line: int | str | None) -> Text:
    return Text("config.where", file=str(path), line=line) if line else Verbatim(str(path))


def where(path: Path, source: str, dotted: str) -> Text:
    """The place of a key, or of what stands below it; else of the table in which it stands, or is missing."""
    table = ""
    for number, words in enumerate(source.splitlines(), 1):
        if found := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", words):
            full = table = re.sub(r"[\"'\s]", "", found[1])
        elif found := re.match(r"\s*([\w.\"'-]+)\s*=", words):
            full = re.sub(r"[\"']", "", found[1])
            full = f"{table}.{full}" if table else full
        else:
            continue
        if full == dotted or full.startswith(f"{dotted}."):
            return _at(path, number)
    above = dotted.rpartition(".")[0]
    return where(path, source, above) if above else _at(path, None)


def unknown(
    path: Path, source: str, key: str, known: Sequence[str], text_id: str = "config.unknown_key", **args: Any
) -> ConfigFault:
    """There is no such key; the nearest that there is."""
    near = get_close_matches(key, known, 1)
    text_id = text_id or "config.unknown_key"
    if not near and text_id != "config.trusted_here":
        text_id += "_alone"
    return ConfigFault(text_id, field=key, where=where(path, source, key), near=near[0] if near else "", **args)


def expected(path: Path, source: str, key: str, kind: str, value: Any, **args: Any) -> ConfigFault:
    """A key's value isn't of its kind (text id `config.expects.KIND`)."""
    hidden = isinstance(value, dict) or key.startswith("database")  # its address may hold a password
    shown = "" if hidden else repr(value) if len(repr(value)) < 60 else f"{value!r:.57}…"
    text = Text(f"config.expects.{kind}", field=key, **args)
    text_id = "config.expected_hidden" if hidden else "config.expected"
    return ConfigFault(text_id, field=key, value=shown, where=where(path, source, key), expected=text)


def line_of(fault: ConfigFault) -> int:
    """The line of the first mistake; 0 where it has none."""
    place = fault.faults[0].text.args.get("where")
    return int(place.args.get("line", 0)) if isinstance(place, Text) else 0


def together(path: Path, faults: list[ConfigFault]) -> ConfigFault:
    """One fault that carries all."""
    if len(faults) == 1:
        return faults[0]
    first = faults[0]
    args = {"field": first.field, "value": first.value, "file": str(path), "count": len(faults), "first": first.text}
    return ConfigFault("config.several", faults, **args)
