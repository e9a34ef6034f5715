"""Tables without migrations (`Growing`): made and widened by what is declared now, never narrowed.

Which columns there are, and what each holds, stands beside the migrations that were applied: so it holds for the store
wherever its programs run, and goes with its copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cstui.contract.records import Growing, models_in
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.declare import Area

APP = "grown"
"""Under this name the columns stand in Tortoise's table of migrations: "visitors_visit.purpose text"."""

Rows = Iterable[Mapping[str, Any]]


def models_of(area: Area) -> list[type[Growing]]:
    """An area's records without migrations."""
    return [] if area.migrations else models_in(area.models, Growing)


def lacking(rows: Rows, areas: Mapping[str, Area]) -> list[str]:
    """Columns that the store still lacks ("visitors_visit.purpose"); `rows` are the migrations that were applied."""
    there = _there(rows)
    models = [model for area in areas.values() for model in models_of(area)]
    return [
        f"{_table(model)}.{column}"
        for model in models
        for column in _columns(model).keys() - there.get(_table(model), {}).keys()
    ]


def misfits(rows: Rows, areas: Mapping[str, Area], tables: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """Areas whose records don't fit what the store has, and why: a column of another kind, somebody else's table."""
    there, taken = _there(rows), {*tables}
    for area in areas.values():
        for model in models_of(area):
            table = _table(model)
            if table in taken and table not in there:
                yield area.id, Text("store.table_taken", value=table)
            for column, kind in _columns(model).items():
                if (was := there.get(table, {}).get(column, kind)) != kind:
                    yield area.id, Text("store.other_kind", field=column, value=table, was=was, kind=kind)


async def grow(editor: Any, recorder: Any, rows: Rows, area: Area) -> None:
    """Make and widen an area's tables, and remember it. Inside the upgrade's transaction."""
    there = _there(rows)
    for model in models_of(area):
        table, columns = _table(model), _columns(model)
        known = there.get(table)
        if known is None:
            model._meta.table_description = ""  # a docstring is no schema
            await editor.create_model(model)
        for column, kind in columns.items():
            if known is None or column not in known:
                if known is not None:
                    await editor.add_field(model, _field(model, column))
                await recorder.record_applied(APP, f"{table}.{column} {kind}")
        model.kept = tuple(sorted((known or {}).keys() - columns.keys()))


def _table(model: type[Growing]) -> str:
    return str(model._meta.db_table)


def _columns(model: type[Growing]) -> dict[str, str]:
    """A record's columns, each with what it holds."""
    fields = model._meta.fields_map
    projection = model._meta.fields_db_projection.items()
    return {column: model.kinds.get(column, type(fields[name]).__name__) for name, column in projection}


def _field(model: type[Growing], column: str) -> str:
    """The field of a column as Tortoise adds it: what points to a record by that record."""
    name = next(name for name, one in model._meta.fields_db_projection.items() if one == column)
    reference = model._meta.fields_map[name].reference
    return str(reference.model_field_name) if reference else name


def _there(rows: Rows) -> dict[str, dict[str, str]]:
    """Table → column → what it holds, in the store."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["app"] == APP:
            place, _, kind = str(row["name"]).partition(" ")
            table, _, column = place.partition(".")
            found.setdefault(table, {})[column] = kind
    return found
