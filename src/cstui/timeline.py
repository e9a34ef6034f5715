"""What happened to a record: who did what when, and what each act changed of it, as values to be told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tortoise.context import get_current_context

from cstui import journal, registers
from cstui.contract.text import Text, Verbatim, choice, unpack
from cstui.dossier import name_of, path_of, register_of, seen, told_links
from cstui.filters import area_of, reveals
from cstui.inputs import ref_of
from cstui.people import names_of, role_name
from cstui.registers import MASKED
from cstui.store.triggers import MASK

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.contract.declare import Register
    from cstui.host import Host
    from cstui.journal import Told

RECENT = 200
"""Related records whose acts are looked for, the last first."""
BOOKKEEPING = {"id", "version", "search"}
LONG = 40
"""Length from which a text field holds words; a shorter one may hold one of the area's choices."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field and its values. Its label is that of `name`; a value of None or "" is none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act changed of one record. `created` and `deleted` tell where one side is missing."""

    area: str
    table: str
    register: Register | None
    pk: int
    name: Sequence[Any]
    differences: Sequence[Difference]
    created: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An act on a record. `typed` are the words that were typed for it and stand in no field."""

    entry: Told
    changes: Sequence[Changed]
    typed: Sequence[tuple[str, Text]] = ()


@dataclass(frozen=True, slots=True)
class Looks:
    """How the rows of one table are told: its model, the labels of its columns, and which of them are secret."""

    area: str
    model: Any
    register: Register | None
    labels: Mapping[str, str]
    masked: frozenset[str]
    relations: Mapping[str, Register | None]


async def timeline(
    host: Host,
    ctx: Context,
    register: Register,
    pk: int,
    *,
    until: datetime | None = None,
    limit: int = 20,
) -> tuple[list[Event], bool]:
    """The acts that concern a record, newest first, and whether there are older ones.

    Its own, and those on what belongs to it where that is declared. Refused acts aren't among them, unless they put
    something down. None is later than `until`.
    """
    refs = [_ref(register.model, pk)]
    for other, link in told_links(host, ctx, register):
        rows: Any = registers.base_query(ctx, other).filter(**{link.field: pk})
        refs += [
            _ref(other.model, one) for one in await rows.order_by("-id").limit(RECENT).values_list("id", flat=True)
        ]
    entries = await journal.concerning(host, refs, until=until, limit=limit + 1)
    told = Telling(host, ctx)
    events = [await told.event(entry) for entry in entries[:limit]]
    return [one for one in events if one.entry.outcome != "refused" or one.changes], len(entries) > limit


def _ref(model: Any, pk: int) -> str:
    return f"{model._meta.db_table}:{pk}"


class Telling:
    """Tells journal entries to one actor: labels, names of records, and secrets masked."""

    def __init__(self, host: Host, ctx: Context) -> None:
        self.host, self.ctx = host, ctx
        self._looks: dict[str, Looks] = {}
        self._people: dict[str, str] = {}
        self._names: dict[tuple[str, int], tuple[Sequence[Any], Sequence[Any]]] = {}
        self._withheld: dict[tuple[str, int], frozenset[str]] = {}

    async def event(self, entry: Told) -> Event:
        """An entry with what it changed, each record once."""
        whole: dict[tuple[str, str], dict[str, Any]] = {}
        for change in entry.changes:
            begun = whole.setdefault((change["table"], change["key"]), dict(change))
            begun["after"] = change["after"]
        changes = [await self.changed(change) for change in whole.values()]
        return Event(entry, changes, list(self._typed(entry, changes)))

    async def changed(self, change: Mapping[str, Any]) -> Changed:
        """One row's images as differences of fields that have a name for people."""
        looks = self.looks(change["table"])
        before, after = change["before"] or {}, change["after"] or {}
        pk, differences = int(change["key"]), []
        withheld = await self._withheld_of(looks.register, pk) if looks.register else frozenset()
        for column in after or before:
            if column in looks.labels and before.get(column) != after.get(column):
                values = [await self._value(looks, column, image) for image in (before, after)]
                if looks.labels[column] in withheld:
                    values = [value and MASKED for value in values]
                differences.append(Difference(looks.labels[column], *values))
        name = await self._name(looks.register, pk) if looks.register else [Verbatim(f"#{pk}")]
        return Changed(looks.area, change["table"], looks.register, pk, name, differences, not before, not after)

    async def _withheld_of(self, register: Register, pk: int) -> frozenset[str]:
        """Fields that the register's own functions mask on this row for this actor."""
        if (register.id, pk) not in self._withheld:
            fields: Any = register.model._meta.fields_map  # type: ignore[attr-defined]
            own = [one for one in (*register.columns, *register.sections) if callable(one.value) and one.name in fields]
            found = await registers.base_query(self.ctx, register).filter(id=pk).limit(1) if own else []
            rows = await registers.rows_of(self.ctx, register, found, own)
            masked = (name for row in rows for name, value in row.values.items() if value == MASKED)
            self._withheld[register.id, pk] = frozenset(masked)
        return self._withheld[register.id, pk]

    def looks(self, table: str) -> Looks:
        if table not in self._looks:
            self._looks[table] = self._look(table)
        return self._looks[table]

    def _look(self, table: str) -> Looks:
        area = next((one for one in self.host.areas if table.startswith(f"{one}_")), table.split("_", 1)[0])
        context = get_current_context()
        apps: Any = (context.apps if context else None) or {}
        models = (one for app in apps.values() for one in app.values())
        model: Any = next((one for one in models if one._meta.db_table == table), None)
        if model is None:  # its area is no longer there
            return Looks(area, None, None, {}, frozenset(), {})
        columns: dict[str, str] = {}
        for register in self.host.registers.values():
            if register.model is model and area_of(register) == area:
                for one in (*register.columns, *register.sections):
                    columns.setdefault(path_of(one)[0], one.name)
        labels, relations = {}, {}
        for name, column in model._meta.fields_db_projection.items():
            pointer = model._meta.fields_map[name].reference
            called = pointer.model_field_name if pointer else name
            if pointer:
                relations[column] = register_of(self.host, self.ctx, pointer.related_model)
            label = self._label(area, called) or self._label(area, columns.get(called, ""))
            if label and column not in BOOKKEEPING:
                labels[column] = label
        masked = frozenset(self._masked(model))
        return Looks(area, model, register_of(self.host, self.ctx, model), labels, masked, relations)

    def _label(self, area: str, name: str) -> str:
        """The name under which a field has a label, or "": what has none is nothing that people deal with."""
        words = self.host.words
        has = name and (words.find(f"{area}.field.{name}", "en") or words.find(f"field.{name}", "en"))
        return name if has else ""

    def _masked(self, model: Any) -> Iterable[str]:
        """Database columns of a model that some register keeps secret."""
        for register in self.host.registers.values():
            for path in (path_of(one) for one in (*register.columns, *register.sections) if one.secret):
                owner: Any = register.model
                for name in path[:-1]:
                    owner = owner._meta.fields_map[name].related_model
                columns = model._meta.fields_db_projection
                named = getattr(model._meta.fields_map.get(path[-1]), "source_field", None) or path[-1]
                if owner is model and named in columns:
                    yield columns[named]

    def _revealed(self, model: Any, pk: Any) -> bool:
        own = (register for register in self.host.registers.values() if register.model is model)
        return any(reveals(self.ctx, register, pk) for register in own)

    async def _value(self, looks: Looks, column: str, image: Mapping[str, Any]) -> Any:
        """A value of a row as the store holds it, as the model has it; a relation by the other record's name."""
        stored = image.get(column)
        if stored in (None, ""):
            return None
        if column in looks.masked and not self._revealed(looks.model, image.get("id")):
            return MASKED
        if packed := image.get(looks.model.told_by.get(column, "")):
            return unpack(json.loads(packed))
        if column in looks.relations:
            return await self._name(looks.relations[column], int(stored))
        names = {one: name for name, one in looks.model._meta.fields_db_projection.items()}
        field = looks.model._meta.fields_map[names[column]]
        try:
            value = field.to_python_value(stored)
        except (ValueError, TypeError):  # a choice or form that this program no longer knows
            value = stored
        if isinstance(value, int) and names[column] in looks.model.hundredths:
            return Decimal(value).scaleb(-2)
        if names[column] in looks.model.logins:
            return await self._person(value)
        if names[column].endswith("role"):
            return role_name(value)
        short = (getattr(field, "max_length", 0) or LONG) < LONG
        return self._worded(looks.area, value, short) if type(value) is str else value

    async def _person(self, login: str) -> Text:
        """The name behind a login."""
        if login not in self._people:
            self._people |= await names_of([login])
        return Verbatim(self._people[login])

    def _worded(self, area: str, value: str, may_choose: bool = True) -> Text:
        """A text as it was typed, or the word for a choice of the area."""
        known = may_choose and self.host.words.find(f"{area}.choice.{value}", "en")
        return choice(area, value) if known else Verbatim(value)

    async def _name(self, register: Register | None, pk: int, whole: bool = False) -> Sequence[Any]:
        """How people call a record, `whole`: with its key beside its name.

        One that is gone, or isn't shown to this actor, keeps its number.
        """
        if register is None:
            return [Verbatim(f"#{pk}")]
        if (register.id, pk) not in self._names:
            found = await registers.base_query(self.ctx, register).filter(id=pk).limit(1)
            rows = await registers.rows_of(self.ctx, register, found)
            named = [part for row in rows for part in name_of(register, row)] or [Verbatim(f"#{pk}")]
            keyed = rows if register.natural_key != ("id",) else []
            key = [part for row in keyed for part in registers.key_of(register, row.record)]
            self._names[register.id, pk] = named, list(dict.fromkeys([*named, *key]))
        return self._names[register.id, pk][whole]

    async def inputs(self, entry: Told) -> AsyncIterator[tuple[str, Any]]:
        """All that was typed for an act: records by their names, secrets masked."""
        action = self.host.actions.get(entry.action)
        model: Any = action.input if action else None
        area = entry.action.split(".", 1)[0]
        for name, packed in entry.input.items():
            value = unpack(packed)
            ref = ref_of(model.model_fields[name]) if model and name in model.model_fields else None
            if value in (None, "", []):
                continue
            if name in self._hidden(area):
                value = MASKED
            elif ref:
                register = seen(self.host, self.ctx, ref.register)
                pks = [int(str(one).removeprefix("#")) for one in (value if isinstance(value, list) else [value])]
                names = [await self._name(register, pk, whole=True) for pk in pks]
                value = [" ".join(one) if all(isinstance(n, str) for n in one) else list(one) for one in names]
            elif type(value) is str:
                value = self._worded(area, value)
            yield name, value

    def _hidden(self, area: str) -> set[str]:
        """Names of the area's secret fields."""
        own = (register for register in self.host.registers.values() if area_of(register) == area)
        return {one.name for register in own for one in (*register.columns, *register.sections) if one.secret}

    def _typed(self, entry: Told, changes: Sequence[Changed]) -> Iterable[tuple[str, Text]]:
        """What was typed in words and isn't told by a field that changed."""
        area = entry.action.split(".", 1)[0]
        differences = [one for change in changes for one in change.differences]
        told, fields = [one.after for one in differences], {one.name for one in differences}
        for name, packed in entry.input.items():
            value = unpack(packed)
            if type(value) is str and value and name not in fields and not value.startswith(("#", MASK)):
                worded = Verbatim(MASKED) if name in self._hidden(area) else self._worded(area, value)
                if worded not in told:
                    yield name, worded
