"""From the text of an area.toml to its tables: every mistake with line, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cstui import toml
from cstui.contract.text import Text
from cstui.declared.file import FIGURES, LETTER, NAME, NUMBER, AreaTable, known_at
from cstui.toml import ConfigFault

_EXPECTED = {
    "string_type": "text", "string_too_short": "text", "string_too_long": "text",
    "bool_type": "bool", "list_type": "texts", "dict_type": "table", "model_type": "table",
}  # fmt: skip
"""Pydantic's kinds of errors → what the configuration's own faults call that."""
_OURS = {
    "control_character": "control", "date_type": "day", "too_short": "some", "int_type": "points",
    "greater_than_equal": "points", "less_than_equal": "points",
}  # fmt: skip
_FORMS = {NAME: "name", NUMBER: "number", LETTER: "one_letter"}
"""Of others, and of patterns → the faults of this room."""


class Source:
    """A file as it was read, and the mistakes found in it."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigFault: unreadable, not UTF-8, no TOML."""
        self.path = path
        self.text, _ = toml.read(path)
        self.data = toml.parse(path, self.text)
        self.faults: list[ConfigFault] = []
        self.notes: list[Text] = []

    def fault(self, name: str, key: str, value: Any = "", **args: Any) -> None:
        """One more mistake (text id `declared.fault.NAME`)."""
        text_id = f"declared.fault.{name}"
        self.faults.append(ConfigFault(text_id, field=key, value=value, where=self._where(key), **args))

    def note(self, name: str, key: str, **args: Any) -> None:
        """A remark for whoever wrote it (text id `declared.note.NAME`)."""
        self.notes.append(Text(f"declared.note.{name}", where=self._where(key), field=key, **args))

    def _where(self, key: str) -> Text:
        return toml.where(self.path, self.text, key)

    def tables(self) -> AreaTable:
        """The tables of the file. Raises ConfigFault with all mistakes of its form."""
        try:
            return AreaTable.model_validate(self.data)
        except ValidationError as error:
            told: set[str] = set()
            for one in error.errors(include_url=False):
                self._formal(one, told)
        raise self.all()

    def all(self) -> ConfigFault:
        """All mistakes as one fault."""
        *before, last = self.faults
        if not before:
            return last
        told = last.text
        for fault in reversed(before):
            told = Text("plugins.several", one=fault.text, others=told)
        return ConfigFault(told.id, self.faults, **told.args)

    def _formal(self, error: Any, told: set[str]) -> None:
        """A mistake of form, in our words; of a key that may be several kinds of things there are several errors."""
        kind, loc = error["type"], tuple(str(part) for part in error["loc"])
        known = _depth(self.data, loc)
        if kind == "missing":
            known += 1
        key = ".".join(loc[:known])
        if key in told:
            return
        told.add(key)
        value = error["input"]
        if kind == "extra_forbidden":
            above = loc[:-1]
            near = [".".join((*above, name)) for name in known_at(above)]
            self.faults.append(toml.unknown(self.path, self.text, key, near))
        elif kind == "missing":
            self.fault("missing", key)
        elif kind == "literal_error":
            self.fault("choice", key, value, expected=str(error["ctx"]["expected"]).replace("'", ""))
        elif loc[-1] in FIGURES and kind in ("string_type", "string_pattern_mismatch"):
            self.fault("figure_named", key, value)
        elif kind == "string_pattern_mismatch":
            self.fault(_FORMS[error["ctx"]["pattern"]], key, value)
        elif known < len(loc) and loc[-1] != "[key]":  # one of several kinds
            self.fault("value", key, repr(value))
        elif kind in _EXPECTED and loc[-1] != "[key]":
            self.faults.append(toml.expected(self.path, self.text, key, _EXPECTED[kind], value))
        else:
            self.fault(_OURS.get(kind, "value"), key, repr(value))


def _depth(data: Any, loc: tuple[str, ...]) -> int:
    """How many parts of a place lead to something in the file."""
    for depth, part in enumerate(loc):
        if not isinstance(data, Mapping) or part not in data:
            return depth
        data = data[part]
    return len(loc)
