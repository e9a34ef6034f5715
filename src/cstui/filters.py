"""Narrowing a register's query: search text, filters by column or field, what was typed as the store holds it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from cstui.contract.declare import Column, Register
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.figures import FALSE, TRUE
from cstui.contract.inputs import LARGEST
from cstui.contract.search import fold

if TYPE_CHECKING:
    from cstui.contract.context import Context


def narrow(
    rows: QuerySet[Any], ctx: Context, register: Register, search: str, where: Mapping[str, Any]
) -> QuerySet[Any]:
    """A query of the register with its search text and filters (column or model field = value)."""
    for word in fold(search).split():
        rows = searched(rows, ctx, register, word)
    hidden = _hidden(ctx, register)
    for name, value in where.items():
        if name in hidden:  # else a filter would tell what the column hides
            raise NotPermitted("engine.not_permitted", field=name, value=f"{area_of(register)}.reveal")
        rows = rows.filter(condition(register, name, value))
    return rows


def searched(rows: QuerySet[Any], ctx: Context, register: Register, word: str) -> QuerySet[Any]:
    """Rows in which a word is found; in what a secret column holds it is found only for those who may see that."""
    rows, model = rows.filter(search__contains=word), register.model
    hidden = _hidden(ctx, register)
    names = [*getattr(model, "search_fields", ()), *getattr(model, "plain_fields", ())]
    if hidden.isdisjoint(names):
        return rows
    return rows.filter(Q(*(equals(f"{name}__icontains", word) for name in names if name not in hidden), join_type="OR"))


def _hidden(ctx: Context, register: Register) -> set[str]:
    """Names of the secret columns, and of the fields that they show, for those who may not see them."""
    if reveals(ctx, register):
        return set()
    secret = [column for column in (*register.columns, *register.sections) if column.secret]
    return {column.name for column in secret} | {_path(column) for column in secret}


def condition(register: Register, name: str, value: Any) -> Q:
    """A filter by a column that stands for a database field; unknown names are refused with the nearest."""
    fields = {column.name: _path(column) for column in (*register.columns, *register.sections)}
    known = {name: path for name, path in fields.items() if path}
    meta = register.model._meta  # type: ignore[attr-defined]
    nobodys = {*known, *meta.backward_fk_fields, *getattr(register.model, "secret_fields", ()), "search"}
    known |= {name: name for name in meta.fields_map if name not in nobodys}
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        raise BadInput("engine.no_column", field=name, value=value, near=near[0] if near else "")
    path = known[name]
    if value is None or value == "":
        empty = equals(f"{path}__isnull", True)
        return empty | equals(path, "") if _is_text(register, path) else empty
    try:
        return equals(path, stored(register, path, value))
    except ValueError:
        raise BadInput("engine.no_value", field=name, value=value) from None


def equals(path: str, value: Any) -> Q:
    return Q(**{path: value})


def stored(register: Register, path: str, typed: Any) -> Any:
    """What was typed, as the database field at a path holds it. Raises ValueError where it can't be held."""
    field_: Any = None
    model: Any = register.model
    for name in path.split("__"):
        field_ = model._meta.fields_map.get("id" if name == "pk" else name)
        model = getattr(field_, "related_model", None)
    if model is not None:  # a relation is filtered by pk
        field_ = model._meta.fields_map["id"]
    if not isinstance(typed, str) or field_ is None:
        return typed
    if hasattr(field_, "enum_type"):
        return field_.enum_type(typed)
    if issubclass(field_.field_type, bool):
        word = typed.lower()
        if word not in TRUE | FALSE:
            raise ValueError(typed)
        return word in TRUE
    if issubclass(field_.field_type, int):
        number = int(typed)
        if abs(number) > LARGEST:
            raise ValueError(typed)
        return number
    if field_.field_type is date:
        return date.fromisoformat(typed)
    return typed


def _is_text(register: Register, path: str) -> bool:
    found = register.model._meta.fields_map.get(path)  # type: ignore[attr-defined]
    return getattr(found, "field_type", None) is str


def _path(column: Column) -> str:
    """The database path of a column, or "" for a computed one."""
    if column.value and not isinstance(column.value, str):
        return column.sort
    return (column.value or column.name).replace(".", "__")


def area_of(register: Register) -> str:
    return register.id.split(".", 1)[0]


def reveals(ctx: Context, register: Register) -> bool:
    return ctx.may(f"{area_of(register)}.reveal")
