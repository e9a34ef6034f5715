"""Which column of a spreadsheet is which field of an action's input, and the rows as the engine takes them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cstui.contract.declare import Action
from cstui.contract.errors import BadInput
from cstui.contract.text import Text, Verbatim
from cstui.sheet.fields import InputField, fields_of, folded, plain_value
from cstui.sheet.model import Sheet, header_key
from cstui.words import LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Raw:
    """A spreadsheet as input: `rows` of (line, field → value), `columns` field → header, `notes` to be shown."""

    rows: list[tuple[int, dict[str, Any]]]
    columns: Mapping[str, str]
    notes: list[Text] = field(default_factory=list)


class Headers:
    """The headers an importable action knows: a field's id, its label in each language, and Bulk.aliases."""

    def __init__(self, action: Action, words: Words) -> None:
        self.action = action
        self.fields: dict[str, InputField] = {made.name: made for made in fields_of(action.input)}
        self.labels: dict[str, tuple[str, ...]] = {
            name: tuple(words.label(action.area, name, lang) for lang in LANGUAGES) for name in self.fields
        }
        aliases: Mapping[str, tuple[str, ...]] = action.bulk.aliases if action.bulk else {}
        self._of: dict[str, str] = {}
        for name in self.fields:
            for header in (*aliases.get(name, ()), *self.labels[name], name):
                self._of[header_key(header)] = name
        self.known: tuple[str, ...] = tuple(
            header for name in self.fields for header in (name, *self.labels[name], *aliases.get(name, ()))
        )
        self._choices = {
            made.name: {
                folded(word): value
                for value in made.choices
                for word in (*(words.choice(action.area, value, lang) for lang in LANGUAGES), value)
            }
            for made in self.fields.values()
        }

    def rows(self, sheet: Sheet, given: Mapping[str, Any] | None = None) -> Raw:
        """The sheet's rows by field; `given` values hold for every row. Raises BadInput."""
        places: dict[str, int] = {}
        notes: list[Text] = []
        for at, header in enumerate(sheet.headers):
            name = self._of.get(header_key(header))
            if not header:
                continue
            if name is None:
                notes.append(self._ignored(header))
            elif name in places:
                both = f"{sheet.headers[places[name]]}、{header}"
                raise BadInput("sheet.twice", field=name, label=self._label(name), headers=both)
            else:
                places[name] = at
        missing = [
            name
            for name, made in self.fields.items()
            if made.required and name not in places and name not in (given or {})
        ]
        if missing:
            label = "、".join(self._label(name) for name in missing)
            headers = "、".join(header for header in sheet.headers if header)
            raise BadInput("sheet.unmapped", field=missing[0], label=label, line=sheet.header_line, headers=headers)
        if sheet.others:
            notes.append(Text("sheet.other_sheets", value=sheet.name, sheets="、".join(sheet.others)))
        rows = [(line, {**(given or {}), **self._row(cells, places)}) for line, cells in sheet.rows]
        return Raw(rows, {name: sheet.headers[at] for name, at in places.items()}, notes)

    def _row(self, cells: Sequence[Any], places: Mapping[str, int]) -> dict[str, Any]:
        row = {}
        for name, at in places.items():
            value = cells[at] if at < len(cells) else None
            if value is not None:
                row[name] = self.value(name, value)
        return row

    def value(self, name: str, value: Any) -> Any:
        """A cell's value as the field's type reads it."""
        made = self.fields[name]
        if isinstance(value, datetime) and made.kind == "clock":
            return value.time()
        if isinstance(value, date) and made.kind not in ("day", "moment"):
            return f"{value:%Y-%m-%d}"
        if made.many and isinstance(value, str):
            parts = [part.strip() for part in value.replace("、", ",").replace("，", ",").replace(";", ",").split(",")]
            return [plain_value(made, part, self._choices[name]) for part in parts if part]
        return plain_value(made, value, self._choices[name])

    def _label(self, name: str) -> str:
        return " / ".join(dict.fromkeys(self.labels[name]))

    def _ignored(self, header: str) -> Text:
        near = difflib.get_close_matches(header, self.known, 1, 0.6)
        if near:
            return Text("sheet.ignored_near", value=Verbatim(header), near=Verbatim(near[0]))
        return Text("sheet.ignored", value=Verbatim(header))


def importable(actions: Mapping[str, Action], register_id: str) -> Action:
    """The action by which a register is imported. Raises BadInput naming those that can be."""
    able = [action for action in actions.values() if action.bulk and action.input]
    for action in able:
        if action.register == register_id:
            return action
    registers = ", ".join(sorted({action.register for action in able})) or "—"
    raise BadInput("sheet.not_importable", value=register_id, registers=registers)
