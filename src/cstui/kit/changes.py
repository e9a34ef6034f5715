"""What a drafted migration does to the rows that are there, in words; and what of it would lose or falsify some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tortoise import fields
from tortoise.migrations.operations import AddField, AlterField, CreateModel, DeleteModel, RemoveField

from cstui.contract.text import Text
from cstui.store.drafting import Step

Ask = Callable[[str], Awaitable[list[dict[str, Any]]]]
"""Rows of a plain SQL query."""


@dataclass(frozen=True)
class Change:
    """One step as a person reads it; `refused` says why it can't be done, and what to do instead."""

    told: Text
    refused: Text | None = None


async def changes(steps: Iterable[Step], ask: Ask, tables: frozenset[str]) -> list[Change]:
    """What the steps do to a store with these tables."""
    return [await _change(step, ask, step.table in tables) for step in steps]


async def _change(step: Step, ask: Ask, there: bool) -> Change:
    rows = await _count(ask, step.table) if there else 0
    about: dict[str, Any] = {"table": step.table, "column": step.name, "rows": rows}
    one = step.operation
    if isinstance(one, CreateModel):
        return Change(Text("kit.change.table", **about))
    if isinstance(one, DeleteModel):
        return Change(Text("kit.change.no_table", **about), Text("kit.loss.table", **about) if rows else None)
    if isinstance(one, AddField):
        return Change(Text("kit.change.added", **about, kind=_kind(step.after)), _unfit(step.after, about))
    if isinstance(one, RemoveField):
        filled = await _count(ask, step.table, _filled(step)) if there else 0
        about["rows"] = filled
        return Change(Text("kit.change.dropped", **about), Text("kit.loss.dropped", **about) if filled else None)
    if isinstance(one, AlterField):
        told = Text("kit.change.changed", **about, was=_kind(step.before), kind=_kind(step.after))
        return Change(told, await _narrowed(step, ask, about, there))
    return Change(Text("kit.change.other", **about))


def _unfit(field: Any, about: dict[str, Any]) -> Text | None:
    """Why the rows there can't get a column, if so."""
    if not field.null and not field.has_db_default():
        return Text("kit.loss.no_default", **about)
    return Text("kit.loss.same_default", **about) if field.unique and not field.null and about["rows"] > 1 else None


async def _narrowed(step: Step, ask: Ask, about: dict[str, Any], there: bool) -> Text | None:
    """Why a column can't hold what stands in it any more, if so."""
    before, after, column = step.before, step.after, _column(step)
    if _sort(before) != _sort(after):
        return Text("kit.loss.other_kind", **about, was=_kind(before), kind=_kind(after))
    if not there:
        return None
    if before.null and not after.null and (empty := await _count(ask, step.table, f"{column} IS NULL")):
        return Text("kit.loss.empty", **{**about, "rows": empty})
    length = getattr(after, "max_length", None)
    if length and (longer := await _count(ask, step.table, f"length({column}) > {int(length)}")):
        return Text("kit.loss.longer", **{**about, "rows": longer}, length=length)
    if after.unique and not before.unique:
        twice = await ask(
            f'SELECT {column} FROM "{step.table}" WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1'
        )
        if twice:
            return Text("kit.loss.twice", **{**about, "rows": len(twice)})
    return None


_SORTS: tuple[tuple[type, str], ...] = (
    (fields.CharField, "text"),
    (fields.TextField, "text"),
    (fields.BooleanField, "flag"),
    (fields.BigIntField, "whole number"),
    (fields.IntField, "whole number"),
    (fields.SmallIntField, "whole number"),
)
"""Fields that may follow on one another without a value becoming another."""


def _sort(field: Any) -> str:
    found = next((sort for kind, sort in _SORTS if isinstance(field, kind)), type(field).__name__)
    return f"{found} {getattr(field, 'model_name', '')}".strip()


def _kind(field: Any) -> str:
    """A field as its declaration has it, in short."""
    kind = type(field).__name__.removesuffix("Instance")
    length = getattr(field, "max_length", None)
    marks = [f"max_length={length}"] * bool(length) + ["null"] * bool(field.null) + ["unique"] * bool(field.unique)
    return f"{kind}({', '.join(marks)})"


def _column(step: Step) -> str:
    relation = isinstance(step.before, fields.relational.ForeignKeyFieldInstance)
    return f'"{step.before.source_field or step.name + "_id" * relation}"'


def _filled(step: Step) -> str:
    """Where a column holds something that isn't what each row begins with."""
    column, default = _column(step), step.before.default
    if isinstance(step.before, fields.CharField | fields.TextField):
        return f"{column} IS NOT NULL AND {column} <> ''"
    return f"{column} IS NOT NULL AND {column}" if default is False else f"{column} IS NOT NULL"


async def _count(ask: Ask, table: str, where: str = "") -> int:
    rows = await ask(f'SELECT count(*) AS n FROM "{table}"{f" WHERE {where}" * bool(where)}')
    return int(rows[0]["n"])
