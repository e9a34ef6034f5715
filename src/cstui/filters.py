"""Narrowing a register's query: search text, filters by column or field, what was typed as the store holds it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from cstui.contract.days import day_named
from cstui.contract.declare import Column, Register
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.figures import FALSE, TRUE
from cstui.contract.inputs import LARGEST
from cstui.contract.search import fold
from cstui.people.models import Staff, Team

if TYPE_CHECKING:
    from cstui.conditions import Condition
    from cstui.contract.context import Context


def narrow(
    rows: QuerySet[Any],
    ctx: Context,
    register: Register,
    search: str,
    where: Mapping[str, Any],
    conditions: Sequence[Condition] = (),
    within: Q | None = None,
) -> QuerySet[Any]:
    """A query of the register with its search text and filters (column or model field = value, and conditions)."""
    rows = rows.filter(within) if within else rows
    for word in fold(search).split():
        rows = rows.filter(Q(having(ctx, register, word), *_people(ctx, register, word), join_type="OR"))
    hidden = _hidden(ctx, register)
    asked = [(name, "=", value) for name, value in where.items()]
    for name, operator, value in [*asked, *((one.name, one.operator, one.value) for one in conditions)]:
        if name in hidden:  # else a filter would tell what the column hides
            raise NotPermitted("engine.not_permitted", field=name, value=f"{area_of(register)}.reveal")
        if covered(ctx, register, name):
            raise NotPermitted("engine.not_permitted", field=name, value=register.fields_need)
        rows = rows.filter(condition(ctx, register, name, operator, value))
    return rows


def having(ctx: Context, register: Register, word: str) -> Q:
    """Rows in which a word is found; in what a secret column holds it is found only for those who may reveal that."""
    model, hidden = register.model, _hidden(ctx, register)
    names = [*getattr(model, "search_fields", ()), *getattr(model, "plain_fields", ())]
    if hidden.isdisjoint(names):
        return Q(search__contains=word)
    told = Q(*(equals(f"{name}__icontains", word) for name in names if name not in hidden), join_type="OR")
    return Q(search__contains=word) & told


def _people(ctx: Context, register: Register, word: str) -> list[Q]:
    """Rows that show somebody, or a team, in whose own record the word is found."""
    hidden = _hidden(ctx, register)
    shown = [path.rpartition("__")[0] for path in columns_of(register, shown=True).values() if path not in hidden]
    people = {
        path for path in shown if path and getattr(field_at(register, path), "related_model", None) in (Staff, Team)
    }
    return [equals(f"{path}__search__contains", word) for path in sorted(people)]


def _hidden(ctx: Context, register: Register) -> set[str]:
    """Names of the secret columns, and of the fields that they show, for those who may not reveal them."""
    if may_reveal(ctx, register):
        return set()
    secret = [column for column in (*register.columns, *register.sections) if column.secret]
    return {column.name for column in secret} | {_path(column) for column in secret}


def covered(ctx: Context, register: Register, name: str) -> bool:
    """Whether a field is kept from this actor, since the register tells it by functions only."""
    plain = columns_of(register, shown=True)
    return bool(register.fields_need) and not ctx.may(register.fields_need) and name not in {*plain, *plain.values()}


def columns_of(register: Register, shown: bool = False) -> dict[str, str]:
    """What a register is filtered by: columns and, unless only what is `shown`, further fields → database paths."""
    fields = {column.name: _path(column) for column in (*register.columns, *register.sections)}
    known = {name: path for name, path in fields.items() if path and field_at(register, path)}
    if shown:
        return known
    meta = register.model._meta  # type: ignore[attr-defined]
    nobodys = {*known, *meta.backward_fk_fields, *getattr(register.model, "secret_fields", ()), "search"}
    return known | {name: name for name in meta.fields_map if name not in nobodys}


def worked_out(register: Register) -> set[str]:
    """Columns that stand for no database field: what they show isn't stored."""
    return {column.name for column in (*register.columns, *register.sections)} - columns_of(register).keys()


def condition(ctx: Context, register: Register, name: str, operator: str, value: Any) -> Q:
    """A filter by a column that stands for a database field; unknown names are refused with the nearest."""
    known = columns_of(register)
    if name not in known:
        if name in worked_out(register):
            raise BadInput("filter.worked_out", field=name, value=value)
        near = difflib.get_close_matches(name, known, 1)
        raise BadInput("engine.no_column", field=name, value=value, near=near[0] if near else "")
    path = known[name]
    if operator == "!=":
        other = ~condition(ctx, register, name, "=", value)
        return other if value in (None, "") else other | _nothing(register, path)
    if value is None or value == "":
        if operator != "=":
            raise BadInput("filter.nothing", field=name, value=operator)
        empty = _nothing(register, path)
        return empty | equals(path, "") if _is_text(register, path) else empty
    points = getattr(field_at(register, path), "related_model", None)
    if operator in _COMPARES and (points or hasattr(field_at(register, path), "enum_type")):
        raise BadInput("filter.no_order", field=name, value=operator)
    if points is Staff and isinstance(value, str) and not value.isdecimal():  # people are told by name
        if operator == "=":
            return equals(f"{path}__name", value) | equals(f"{path}__login", value)
        path += "__name"
    if operator == "~":
        if not _is_text(register, path):
            raise BadInput("filter.not_text", field=name, value=value)
        return _named(register, path, equals(f"{path}__icontains", value), equals("name__icontains", value))
    try:
        first, last = _span(ctx, register, path, value)
    except ValueError:
        raise BadInput("engine.no_value", field=name, value=value) from None
    if operator == "=" and first == last:
        return _named(register, path, equals(path, first), equals("name", first))
    if operator == "=":
        return equals(f"{path}__gte", first) & equals(f"{path}__lt", last)
    if first == last:
        return equals(f"{path}__{_COMPARES[operator]}", first)
    return equals(f"{path}__{'lt' if operator[0] == '<' else 'gte'}", last if operator in ("<=", ">") else first)


_COMPARES = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}


def _span(ctx: Context, register: Register, path: str, value: Any) -> tuple[Any, Any]:
    """What was typed, from its first to its end: the same for all but moments, of which a day has many.

    Raises ValueError where it can't be held.
    """
    kind = getattr(field_at(register, path), "field_type", None)
    if not isinstance(value, str) or kind not in (date, datetime):
        made = stored(register, path, value)
        return made, made
    day = day_named(value, ctx.today)
    if day is None:
        raise ValueError(value)
    if kind is date:
        return day, day
    first, last = (datetime.combine(one, time(), ctx.zone) for one in (day, day + timedelta(days=1)))
    return first.astimezone(UTC), last.astimezone(UTC)


def field_at(register: Register, path: str) -> Any:
    """The model's field at a database path, or None."""
    found: Any = None
    model: Any = register.model
    for name in path.split("__"):
        found = model._meta.fields_map.get("id" if name == "pk" else name) if model else None
        model = getattr(found, "related_model", None)
    return found


def _named(register: Register, path: str, found: Q, named: Q) -> Q:
    """Where a field holds logins, which are told as names, what it holds or the name of whose login that is."""
    field_ = field_at(register, path)
    if field_ is None or field_.model_field_name not in getattr(field_.model, "logins", ()):
        return found
    return found | equals(f"{path}__in", Subquery(Staff.filter(named).values("login")))


def equals(path: str, value: Any) -> Q:
    return Q(**{path: value})


def stored(register: Register, path: str, typed: Any) -> Any:
    """What was typed, as the database field at a path holds it. Raises ValueError where it can't be held."""
    field_ = field_at(register, path)
    if (model := getattr(field_, "related_model", None)) is not None:  # a relation is filtered by pk
        field_ = model._meta.fields_map["id"]
    if not isinstance(typed, str) or field_ is None:
        return typed
    if hasattr(field_, "enum_type"):
        return field_.enum_type(typed)
    if not isinstance(field_.field_type, type):  # a list in one field
        raise ValueError(typed)
    if issubclass(field_.field_type, bool):
        word = typed.lower()
        if word not in TRUE | FALSE:
            raise ValueError(typed)
        return word in TRUE
    if issubclass(field_.field_type, int):
        number = _hundredths(typed) if field_.model_field_name in field_.model.hundredths else int(typed)
        if abs(number) > LARGEST:
            raise ValueError(typed)
        return number
    if field_.field_type is date:
        return date.fromisoformat(typed)
    if len(typed) > (getattr(field_, "max_length", None) or len(typed)) or "\0" in typed:
        raise ValueError(typed)
    return typed


def _hundredths(typed: str) -> int:
    """A number with at most two decimals as whole hundredths. Raises ValueError for anything else."""
    try:
        made = Decimal(typed) * 100
        if made == int(made):
            return int(made)
    except ArithmeticError:
        pass
    raise ValueError(typed)


def _nothing(register: Register, path: str) -> Q:
    """Where a field holds nothing; a relation is empty where its key is."""
    related = getattr(field_at(register, path), "related_model", None)
    return equals(f"{path}_id__isnull" if related else f"{path}__isnull", True)


def _is_text(register: Register, path: str) -> bool:
    found = field_at(register, path)
    return getattr(found, "field_type", None) is str and not hasattr(found, "enum_type")


def _path(column: Column) -> str:
    """The database path of a column, or "" for a computed one."""
    if column.value and not isinstance(column.value, str):
        return column.sort
    return (column.value or column.name).replace(".", "__")


def area_of(register: Register) -> str:
    return register.id.split(".", 1)[0]


def may_reveal(ctx: Context, register: Register) -> bool:
    """Whether this actor may have the register's secret columns shown, and so may look for what they hold."""
    return ctx.may(f"{area_of(register)}.reveal")


def reveals(ctx: Context, register: Register, pk: int) -> bool:
    """Whether this look shows a record's secret columns: that was asked for by `site.reveal`."""
    return ctx.reveals(register.id, pk)
