"""Reading a register: a page of rows, their count, their sums, one row."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q
from tortoise.functions import Sum
from tortoise.queryset import QuerySet

from cstui.contract.declare import Column, Register
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.text import Login, choice
from cstui.filters import area_of, equals, field_at, narrow, reveals
from cstui.people.service import names_of

if TYPE_CHECKING:
    from cstui.conditions import Condition
    from cstui.contract.context import Context
    from cstui.host import Host

MASKED = "****"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted register: the sort value and pk of a row; `back` to read before it."""

    value: Any
    pk: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register with the values of its columns, in the columns' order."""

    pk: int
    version: int
    values: dict[str, Any]
    record: Any


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Row]
    next: Cursor | None = None
    previous: Cursor | None = None


def register_of(host: Host, ctx: Context, register_id: str) -> Register:
    """The register by id. Raises BadInput if there is none, NotPermitted if this actor may not look."""
    register = host.registers.get(register_id)
    if register is None:
        near = difflib.get_close_matches(register_id, host.registers, 1)
        raise BadInput("engine.no_register", field="register", value=register_id, near=near[0] if near else "")
    needs = register.needs or f"{register_id.split('.', 1)[0]}.look"
    if not ctx.may(needs):
        raise NotPermitted("engine.not_permitted", value=needs)
    return register


def base_query(ctx: Context, register: Register) -> QuerySet[Any]:
    model: Any = register.model
    return register.query(ctx) if register.query else model.all()  # type: ignore[no-any-return]


async def page(
    host: Host,
    ctx: Context,
    register_id: str,
    *,
    search: str = "",
    where: Mapping[str, Any] | None = None,
    conditions: Sequence[Condition] = (),
    sort: str = "",
    descending: bool = False,
    after: Cursor | None = None,
    limit: int = 100,
    sections: bool = False,
    within: Q | None = None,
) -> Page:
    """A window of the register, read by key: constant time wherever it lies.

    `sort` is a column's name (one that declares `sort`), by default the register's own order. With `sections` the
    rows have their values as well. `within` is a further condition on the model, such as what they belong to.
    """
    register = register_of(host, ctx, register_id)
    key, falling = order(register, sort, descending)
    rows = narrow(base_query(ctx, register), ctx, register, search, where or {}, conditions, within)
    backward = after is not None and after.back
    # the newest of what rows belong to stands first, and its rows in their own order
    grouped = getattr(field_at(register, key), "reference", None) is not None
    ties_fall = (falling and not grouped) != backward
    falling = falling != backward
    if after is not None:
        rows = rows.filter(_beyond(key, after, falling, ties_fall, (host.store.dialect == "sqlite") != falling))
    tie = "-id" if ties_fall else "id"
    by = [tie] if key == "id" else [f"-{key}" if falling else key, tie]
    found = list(await rows.order_by(*by).limit(limit + 1))
    more = len(found) > limit
    found = found[:limit]
    if backward:
        found.reverse()
    columns = (*register.columns, *register.sections) if sections else register.columns
    made = await rows_of(ctx, register, found, columns)
    first = _cursor(key, found[0], True) if found and (more if backward else after is not None) else None
    last = _cursor(key, found[-1], False) if found and (more if not backward else True) else None
    return Page(made, next=last, previous=first)


def order(register: Register, sort: str = "", descending: bool = False) -> tuple[str, bool]:
    """The field to sort by, and whether it falls: by a column's name, else as the register has it."""
    if not sort:
        return register.sort.lstrip("-").replace(".", "__"), descending != register.sort.startswith("-")
    for column in register.columns:
        if column.name == sort and column.sort:
            return column.sort.replace(".", "__"), descending
    raise BadInput("engine.not_sortable", field="sort", value=sort)


def _beyond(key: str, after: Cursor, falling: bool, ties_fall: bool, empty_first: bool) -> Q:
    """Rows after the cursor in reading order; empty values stand first or last, so an empty cursor is its own case."""
    op = "lt" if falling else "gt"
    tie = equals(f"id__{'lt' if ties_fall else 'gt'}", after.pk)
    if key == "id":
        return tie
    if after.value is None:
        same = equals(f"{key}__isnull", True) & tie
        return same | equals(f"{key}__not_isnull", True) if empty_first else same
    bound = equals(f"{key}__{op}e", after.value)  # said apart, so that the index is sought in and not read through
    beyond = bound & (equals(f"{key}__{op}", after.value) | tie)
    return beyond if empty_first else beyond | equals(f"{key}__isnull", True)


def _cursor(key: str, record: Any, back: bool) -> Cursor:
    return Cursor(reach(record, key.replace("__", ".")), record.pk, back)


async def count(
    host: Host,
    ctx: Context,
    register_id: str,
    *,
    search: str = "",
    where: Mapping[str, Any] | None = None,
    conditions: Sequence[Condition] = (),
    within: Q | None = None,
) -> int:
    register = register_of(host, ctx, register_id)
    rows = narrow(base_query(ctx, register), ctx, register, search, where or {}, conditions, within)
    return await rows.count()


async def totals(
    host: Host,
    ctx: Context,
    register_id: str,
    *,
    search: str = "",
    conditions: Sequence[Condition] = (),
    within: Q | None = None,
) -> dict[str, int]:
    """The sums of the columns that declare one, over all rows that are asked for."""
    register = register_of(host, ctx, register_id)
    summed = {column.name: column.total for column in (*register.columns, *register.sections) if column.total}
    if not summed:
        return {}
    rows = narrow(base_query(ctx, register), ctx, register, search, {}, conditions, within)
    sums = {f"sum_{name}": Sum(path) for name, path in summed.items()}
    found: Any = await rows.annotate(**sums).order_by().values(*sums)
    return {name: found[0][f"sum_{name}"] or 0 for name in summed} if found else dict.fromkeys(summed, 0)


async def one(host: Host, ctx: Context, register_id: str, pk: int) -> Row:
    """One row with the values of its columns and sections. Raises BadInput if it isn't there (any more)."""
    register = register_of(host, ctx, register_id)
    record = await base_query(ctx, register).filter(id=pk).first()
    if record is None:
        raise BadInput("engine.no_row", field=register.noun, value=pk)
    return (await rows_of(ctx, register, [record], (*register.columns, *register.sections)))[0]


async def rows_of(
    ctx: Context, register: Register, records: Sequence[Any], columns: Sequence[Column] = ()
) -> list[Row]:
    """The records' rows: values of columns, secret ones masked for whom they aren't meant, logins as people's names."""
    made = [_row(ctx, register, record, columns or register.columns) for record in records]
    told = [(row, name, value) for row in made for name, value in row.values.items() if isinstance(value, Login)]
    if told:
        names = await names_of(value for _, _, value in told)
        for row, name, value in told:
            row.values[name] = names[value]
    return made


def _row(ctx: Context, register: Register, record: Any, columns: Sequence[Column]) -> Row:
    area, reveal = area_of(register), reveals(ctx, register, record.pk)
    values = {}
    for column in columns:
        value = cell(ctx, column, record, area)
        values[column.name] = MASKED if column.secret and not reveal and value not in (None, "") else value
    return Row(record.pk, getattr(record, "version", 0), values, record)


def cell(ctx: Context, column: Column, record: Any, area: str) -> Any:
    """The value of a column for a record: a path over it, or the column's own function."""
    if column.value and not isinstance(column.value, str):
        return column.value(ctx, record)
    path = column.value or column.name
    value = reach(record, path)
    if isinstance(value, Enum):
        return choice(area, str(value.value))
    owner, _, name = path.rpartition(".")
    holder = reach(record, owner) if owner else record
    if isinstance(value, int) and name in getattr(holder, "hundredths", ()):
        return Decimal(value).scaleb(-2)
    return Login(value) if value and name in getattr(holder, "logins", ()) else value


def reach(record: Any, path: str) -> Any:
    """Follow a dotted path over loaded relations; None where a relation is empty."""
    value = record
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def name_of(register: Register, record: Any) -> str:
    """How people name this row: its natural key."""
    return " ".join(str(value) for value in key_of(register, record))


def key_of(register: Register, record: Any) -> list[Any]:
    """The values of a row's natural key."""
    return [reach(record, name.replace("__", ".")) for name in register.natural_key]
