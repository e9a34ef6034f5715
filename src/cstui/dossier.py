"""All about one record: its fields by heading, and the records that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tortoise.models import Model

from cstui import registers
from cstui.contract.errors import NotPermitted
from cstui.filters import covered, equals, may_reveal, reveals

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.contract.declare import Column, Register, Related
    from cstui.host import Host
    from cstui.registers import Row

SHOWN = 20
"""Records that belong to one, shown of one register."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A record to which a value leads."""

    register: str
    pk: int


@dataclass(frozen=True, slots=True)
class Field:
    column: Column
    value: Any
    lead: Lead | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading, `AREA.section.NAME`; those of name "" stand first, without one."""

    name: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows of another register that point to a record by `field`: the first of them, and how many there are."""

    register: Register
    field: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    count: int
    ambiguous: bool = False
    """Whether that register points to it by more than one field."""


def sections(host: Host, ctx: Context, register: Register, row: Row) -> list[Section]:
    """The filled fields of a row by heading, in the order in which the headings come."""
    made: dict[str, list[Field]] = {"": []}
    for column in (*register.columns, *register.sections):
        value = row.values.get(column.name)
        if value not in (None, ""):
            hidden = column.secret and not reveals(ctx, register, row.pk)
            lead = None if hidden else _lead(host, ctx, column, row.record)
            made.setdefault(column.section, []).append(Field(column, value, lead))
    return [Section(name, fields) for name, fields in made.items() if fields]


def _lead(host: Host, ctx: Context, column: Column, record: Any) -> Lead | None:
    """The record whose name a column shows: what its path passes through, else the relation it is called after."""
    names = path_of(column)
    passed, found = record, None
    for name in names:
        passed = getattr(passed, name, None)
        if isinstance(passed, Model):
            found = passed
    if found is None:
        return None
    register = register_of(host, ctx, type(found))
    if register is None or not (len(names) == 1 or names[-1] in (*register.natural_key, *register.lookup)):
        return None  # another property of that record, not its name
    return Lead(register.id, found.pk)


def register_of(host: Host, ctx: Context, model: type[Model]) -> Register | None:
    """The register that lists a model's records, if this actor may look at it."""
    listing = next((register.id for register in host.registers.values() if register.model is model), "")
    return seen(host, ctx, listing)


def name_of(register: Register, row: Row) -> list[Any]:
    """How people call a row: by its name, else its natural key, else (a mere number) by its first columns."""
    if "name" in register.lookup and row.values.get("name"):
        return [row.values["name"]]
    if register.natural_key != ("id",):
        return registers.key_of(register, row.record)
    values = [row.values.get(column.name) for column in register.columns if column.align == "left"]
    return [value for value in values if value not in (None, "")][:2]


async def belonging(host: Host, ctx: Context, register: Register, pk: int) -> list[Belonging]:
    """What belongs to a record: as its register declares, and whatever else points to it that this actor may see."""
    made = []
    links = list(_links(host, ctx, register, pk))
    for other, field in links:
        within = equals(field, pk)
        count = await registers.count(host, ctx, other.id, within=within)
        if count:
            rows = await registers.page(host, ctx, other.id, within=within, limit=SHOWN, descending=_turned(other))
            columns = [one for one in other.columns if path_of(one)[0] != field.removesuffix("_id")]
            ambiguous = sum(one is other for one, _ in links) > 1
            made.append(Belonging(other, field, columns, rows.rows, count, ambiguous))
    return made


def _links(host: Host, ctx: Context, register: Register, pk: int) -> Iterator[tuple[Register, str]]:
    """(register, field) of all that points to a record; what does so in secret only if the record is revealed."""
    revealed = reveals(ctx, register, pk)
    declared = {link.register for link in register.related}
    for link in register.related:
        if (other := seen(host, ctx, link.register)) is not None and not covered(ctx, other, link.field):
            yield other, link.field
    for other in host.registers.values():
        model: Any = other.model
        if other.id in declared or register_of(host, ctx, model) is not other:
            continue
        for name in sorted(model._meta.fk_fields | model._meta.o2o_fields):
            if model._meta.fields_map[name].related_model is not register.model or covered(ctx, other, name):
                continue
            if not _secret(other, name) or (revealed and may_reveal(ctx, other)):
                yield other, name


def seen(host: Host, ctx: Context, register_id: str) -> Register | None:
    """The register, if there is one of this id and this actor may look at it."""
    if register_id not in host.registers:
        return None
    try:
        return registers.register_of(host, ctx, register_id)
    except NotPermitted:
        return None


def path_of(column: Column) -> list[str]:
    """The fields that a column's path goes through; of a computed one the field it is called after."""
    return (column.value if isinstance(column.value, str) and column.value else column.name).split(".")


def _secret(register: Register, field: str) -> bool:
    """Whether a relation stands in a secret column."""
    return any(one.secret and path_of(one)[0] == field for one in (*register.columns, *register.sections))


def _turned(register: Register) -> bool:
    """Whether a register's order is turned here: of one that rises in time the last come first."""
    key, falls = registers.order(register)
    model: Any = register.model
    field = model._meta.fields_map.get(key)
    return not falls and (key == "id" or (field is not None and issubclass(field.field_type, date)))


def told_links(host: Host, ctx: Context, register: Register) -> list[tuple[Register, Related]]:
    """The related registers whose acts are told in a record's history, too."""
    found = [(seen(host, ctx, link.register), link) for link in register.related if link.told]
    return [(other, link) for other, link in found if other is not None]
