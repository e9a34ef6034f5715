"""Whether the site's own areas fit the store: one that doesn't is set aside, and all others work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tortoise.models import Model

from cstui.contract.records import models_in
from cstui.contract.text import Text, Verbatim
from cstui.store import growing
from cstui.store.migrate import APPLIED, known

if TYPE_CHECKING:
    from cstui.contract.declare import Area

ALIKE = {
    "INT2": "SMALLINT", "INT4": "INT", "INTEGER": "INT", "INT8": "BIGINT", "NUMERIC": "DECIMAL", "FLOAT8": "DOUBLE",
    "TIMESTAMPTZ": "TIMESTAMP", "TIMETZ": "TIME",
}  # fmt: skip
"""What PostgreSQL calls columns, and how they were declared."""


async def unreadable(store: Any, areas: Mapping[str, Area]) -> dict[str, Text]:
    """Areas whose migrations can't be applied: a file that was applied is gone, or one can't be imported; and why."""
    found: dict[str, Text] = {}
    rows = await store.query(APPLIED)
    for label, area in areas.items():
        if not area.migrations:
            continue
        there = known({label: area})[label]
        applied = {row["name"] for row in rows if row["app"] == label}
        if gone := sorted(applied - {*there}):
            found[label] = Text("store.migration_gone", value=", ".join(gone), area=label)
        for name in there:
            try:
                if name not in applied:
                    import_module(f"{area.migrations}.{name}")
            except Exception as error:
                why = f"{type(error).__name__}: {' '.join(str(error).split())}"
                found[label] = Text("store.migration_bad", value=name, area=label, reason=Verbatim(why))
    return found


async def unmigrated(store: Any, areas: Mapping[str, Area]) -> dict[str, Text]:
    """Areas whose records have columns that the store lacks or holds otherwise, though all migrations are applied."""
    if not any(area.migrations for area in areas.values()):
        return {}
    there = await store.columns()
    found: dict[str, Text] = {}
    for label, area in areas.items():
        if not area.migrations:
            continue
        lacking = []
        for table, column, kind in _declared(area, store.dialect):
            if column not in there.get(table, ()):
                lacking.append(f"{table}.{column}")
            elif kind and (was := _kind(there[table][column])) != kind:
                found[label] = Text("store.other_kind", field=column, value=table, was=was, kind=kind)
        if lacking:
            found[label] = Text("store.unmigrated", value=", ".join(sorted(lacking)), area=label)
    return found


async def misgrown(store: Any, areas: Mapping[str, Area]) -> dict[str, Text]:
    """Areas without migrations whose records aren't what the store's tables hold; and why."""
    if not any(growing.models_of(area) for area in areas.values()):
        return {}
    return dict(growing.misfits(await store.query(APPLIED), areas, await store.columns()))


def _declared(area: Area, dialect: str) -> Iterator[tuple[str, str, str]]:
    """Table, column and kind of column ("": a key, which is each database's own) of each field of an area's records."""
    for model in models_in(area.models, Model):
        if model._meta.app == area.id:  # not one of people's that the module names
            for name, column in model._meta.fields_db_projection.items():
                field = model._meta.fields_map[name]
                kind = "" if field.pk else _kind(field.get_for_dialect(dialect, "SQL_TYPE"))
                yield model._meta.db_table, column, kind


def _kind(written: str) -> str:
    """A column's kind without its length, as the house writes it in both databases."""
    kind = written.partition("(")[0].split()[0].upper()
    return ALIKE.get(kind, kind)
