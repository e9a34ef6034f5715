"""How Tortoise writes SQL, with less: the same words from fewer copies (docs/decisions/prepared.md).

Of a query of a record and two others that it names, nine tenths of the time went into copies of what was discarded
with the next step, and into the same forty columns, made anew each time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pypika_tortoise.queries
import pypika_tortoise.terms
from pypika_tortoise.context import SqlContext
from pypika_tortoise.queries import Table
from pypika_tortoise.terms import Field
from tortoise.models import Model
from tortoise.query_utils import expand_lookup_expression
from tortoise.queryset import QuerySet


def _copy(self: SqlContext, **changed: Any) -> SqlContext:
    made: SqlContext = object.__new__(SqlContext)
    made.__dict__.update(self.__dict__, **changed)
    return made


def _aliased(sql: str, alias: str | None, ctx: SqlContext) -> str:
    if alias is None:
        return sql
    quote = ctx.alias_quote_char or ctx.quote_char or ""
    return f"{sql}{' AS ' if ctx.as_keyword else ' '}{quote}{alias}{quote}"


def _field(self: Field, ctx: SqlContext) -> str:
    quote = ctx.quote_char or ""
    sql = f"{quote}{self.name}{quote}"
    table = self.table
    if table and (ctx.with_namespace or table.alias):
        sql = f"{quote}{table.get_table_name()}{quote}.{sql}"
    return _aliased(sql, self.alias, ctx) if ctx.with_alias else sql


def _hash(self: Table) -> int:
    return hash((self._table_name, self.alias))


@lru_cache(2000)
def _columns(name: str, alias: str | None, query_class: Any, names: tuple[str, ...]) -> list[Field]:
    """The columns of a table that is joined under a name."""
    table = Table(name, alias=alias, query_cls=query_class)
    return [table[one].as_(f"{table.get_table_name()}.{one}") for one in names]


def _join_select_related(self: QuerySet[Any], lookup_expression: str) -> tuple[type[Model], Table]:
    """Tortoise's own, but for the columns."""
    model, table = self.model, self.model._meta.basetable
    path: tuple[str | None, ...] = (None,)
    for field in expand_lookup_expression(self.model, lookup_expression):
        name: str = field.model_field_name
        path = (*path, name)
        table = self._join_table_by_field(table, name, field)  # type: ignore[arg-type]
        if self._fields_for_select:
            continue
        related: type[Model] = field.related_model  # type: ignore[attr-defined]
        names = tuple(related._meta.db_fields)
        item = (related, len(names), name, model, path)
        model = related
        if item not in self._select_related_idx:
            self._select_related_idx.append(item)
        query_class: Any = table._query_cls
        if table._schema is None:
            columns = _columns(table._table_name, table.alias, query_class, names)
        else:
            columns = [table[one].as_(f"{table.get_table_name()}.{one}") for one in names]
        self.query = self.query.select(*columns)
    return model, table


SqlContext.copy = _copy  # type: ignore[method-assign]
pypika_tortoise.queries.format_alias_sql = _aliased  # type: ignore[attr-defined]
pypika_tortoise.terms.format_alias_sql = _aliased  # type: ignore[attr-defined]
Field.get_sql = _field  # type: ignore[method-assign]
Table.__hash__ = _hash  # type: ignore[method-assign]
QuerySet._join_select_related = _join_select_related  # type: ignore[method-assign]
