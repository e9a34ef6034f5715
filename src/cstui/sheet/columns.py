"""Which column of a spreadsheet is which field of an action's input, and the rows as the engine takes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cstui.contract.action import Action
from cstui.contract.declare import Register
from cstui.contract.errors import BadInput
from cstui.contract.text import Text, Verbatim
from cstui.sheet.fields import InputField, fields_of, folded
from cstui.sheet.model import Sheet, header_key
from cstui.sheet.values import read_cell
from cstui.words import LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Match:
    """How the columns of a sheet fit an input: field → column, columns nobody knows, required fields that lack one."""

    places: Mapping[str, int]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]
    notes: tuple[Text, ...]


class RawRows:
    """The rows of a sheet by field, made as they are asked for, again and again."""

    def __init__(self, headers: Headers, sheet: Sheet, places: Mapping[str, int], given: Mapping[str, Any]) -> None:
        self._headers, self._sheet, self._places, self._given = headers, sheet, places, given

    def __len__(self) -> int:
        return len(self._sheet.rows)

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for line, cells in self._sheet.rows:
            row = dict(self._given)
            for name, at in self._places.items():
                value = self._headers.value(name, cells[at], self._sheet) if at < len(cells) else None
                if value is not None:
                    row[name] = value
            yield line, row


@dataclass(frozen=True, slots=True)
class Raw:
    """A spreadsheet as input: `rows` of (line, field → value), `columns` field → header, `notes` to be shown.

    `sheet` is its name where the file has several.
    """

    rows: RawRows
    columns: Mapping[str, str]
    notes: tuple[Text, ...] = ()
    sheet: str = ""


class Headers:
    """The headers an importable action knows: a field's id, its label in each language, and Bulk.aliases.

    `own` is the register itself: its other columns are known, and not imported. `remembered` and `mapped` say what
    further headers are: header → field, or "" where a column is left out; `mapped` is what somebody says right now.
    """

    def __init__(
        self,
        action: Action,
        words: Words,
        own: Register | None = None,
        remembered: Mapping[str, str] | None = None,
        mapped: Mapping[str, str] | None = None,
    ) -> None:
        self.action, self.words = action, words
        self.fields: dict[str, InputField] = {made.name: made for made in fields_of(action.input)}
        self.labels: dict[str, tuple[str, ...]] = {
            name: tuple(words.label(action.area, name, lang) for lang in LANGUAGES) for name in self.fields
        }
        aliases: Mapping[str, tuple[str, ...]] = action.bulk.aliases if action.bulk else {}
        self._of: dict[str, str] = {}
        for name in self.fields:
            for header in (*aliases.get(name, ()), *self.labels[name], name):
                self._of[header_key(header)] = name
        columns = [column.name for column in (*own.columns, *own.sections)] if own else []
        unused = [word for name in columns for word in (name, *(words.label(action.area, name, x) for x in LANGUAGES))]
        self._unused = {header_key(word) for word in unused}
        self.fitting: tuple[str, ...] = tuple(
            header for name in self.fields for header in (name, *self.labels[name], *aliases.get(name, ()))
        )
        self._remembered = {header_key(header): name for header, name in (remembered or {}).items()}
        self._mapped = {header_key(header): self._named(name) for header, name in (mapped or {}).items()}
        self._asked = {header: self._mapped[header_key(header)] for header in mapped or {}}
        self._choices = {
            made.name: {
                folded(word): value
                for value in made.choices
                for word in (*(words.choice(action.area, value, lang) for lang in LANGUAGES), value)
            }
            for made in self.fields.values()
        }
        self.known: tuple[str, ...] = (*self.fitting, *unused, *(remembered or {}), *self._asked)
        """Headers by which the line of the headers is recognised."""

    @property
    def news(self) -> dict[str, str]:
        """What was said and isn't remembered yet: header → field, or ""."""
        return {
            header: name for header, name in self._asked.items() if self._remembered.get(header_key(header)) != name
        }

    def _named(self, field: str) -> str:
        """The field by its id or one of its headers, "" for none. Raises BadInput with the nearest."""
        name = field if field in self.fields else self._of.get(header_key(field), "")
        if field.strip() and not name:
            near = difflib.get_close_matches(field, self.fitting, 1, 0.5)
            fields = ", ".join(self.fields)
            text_id = "sheet.no_field_near" if near else "sheet.no_field"
            raise BadInput(text_id, field="map", value=field, near=self._of[header_key(near[0])] if near else "",
                           fields=fields)  # fmt: skip
        return name

    def match(self, sheet: Sheet, given: Mapping[str, Any] | None = None) -> Match:
        """Which column is which field; fields of `given` need none. Raises BadInput where two are the same field."""
        places: dict[str, int] = {}
        notes: list[Text] = [*sheet.notes]
        unknown = []
        as_before: dict[str, str] = {}
        for at, header in enumerate(sheet.headers):
            key = header_key(header)
            if not key:
                continue
            name = self._mapped.get(key, self._remembered.get(key, self._of.get(key)))
            if key in self._remembered and key not in self._mapped and name not in ("", *self.fields):
                name = self._of.get(key)  # remembered for a field that is declared no more
            elif key in self._remembered and key not in self._mapped:
                as_before[header] = str(name)
            if name is None and key not in self._unused:
                notes.append(self._ignored(header))
                unknown.append(at)
            if not name:
                continue
            if name in places:
                both = f"{sheet.headers[places[name]]}、{header}"
                raise BadInput("sheet.twice", field=name, value=both, label=self.label(name), headers=both)
            places[name] = at
        missing = [
            name for name, made in self.fields.items() if made.required and name not in {*places, *(given or {})}
        ]
        lost = set(self._mapped) - {header_key(header) for header in sheet.headers}
        for header in self._asked:
            if header_key(header) in lost:
                raise BadInput("sheet.no_header", field="map", value=header, headers=_shown(sheet))
        return Match(places, tuple(unknown), tuple(missing), (*notes, *self._as_remembered(as_before)))

    def rows(self, sheet: Sheet, given: Mapping[str, Any] | None = None) -> Raw:
        """The sheet's rows by field; `given` values hold for every row. Raises BadInput."""
        found = self.match(sheet, given)
        if found.missing:
            label = "、".join(self.label(name) for name in found.missing)
            raise BadInput(
                "sheet.unmapped",
                field=found.missing[0],
                value=label,
                label=label,
                line=sheet.header_line,
                headers=_shown(sheet),
            )
        columns = {name: sheet.headers[at] for name, at in found.places.items()}
        several = len(sheet.sheets) > 1
        return Raw(RawRows(self, sheet, found.places, given or {}), columns, found.notes, sheet.name if several else "")

    def value(self, name: str, cell: Any, sheet: Sheet) -> Any:
        """A cell's value as the field reads it; see `values.read_cell`."""
        return read_cell(self.fields[name], cell, sheet.epoch, self._choices[name])

    def label(self, name: str) -> str:
        """A field's name in both languages."""
        return " / ".join(dict.fromkeys(self.labels[name]))

    def nearest(self, header: str) -> str:
        """The field whose name or alias a header resembles most, or ""."""
        near = difflib.get_close_matches(header, self.fitting, 1, 0.5)
        return self._of[header_key(near[0])] if near else ""

    def _as_remembered(self, columns: Mapping[str, str]) -> Iterator[Text]:
        """Which columns are taken as remembered, and which are left out."""
        taken = [
            Text("sheet.is", header=Verbatim(header), field=Verbatim(self.label(name)))
            for header, name in columns.items()
            if name
        ]
        if taken:
            yield Text("sheet.remembered", columns=taken)
        if left := [Verbatim(header) for header, name in columns.items() if not name]:
            yield Text("sheet.left_out", columns=left)

    def _ignored(self, header: str) -> Text:
        near = difflib.get_close_matches(header, self.fitting, 1, 0.6)
        if near:
            return Text("sheet.ignored_near", value=Verbatim(header), near=Verbatim(near[0]))
        return Text("sheet.ignored", value=Verbatim(header))


def _shown(sheet: Sheet) -> str:
    return "、".join(header for header in sheet.headers if header)


def importable(actions: Mapping[str, Action], register_id: str) -> Action:
    """The action by which a register is imported. Raises BadInput naming those that can be."""
    able = [action for action in actions.values() if action.bulk and action.input]
    for action in able:
        if action.register == register_id:
            return action
    registers = ", ".join(sorted({action.register for action in able})) or "—"
    raise BadInput("sheet.not_importable", value=register_id, registers=registers)
