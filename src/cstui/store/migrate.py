"""Migrations: everything under one lock in one transaction, so that a killed upgrade leaves the old store.

Tortoise's own runner has no lock, records a migration after its commit, and deletes cascading children when it
rebuilds a table with foreign keys on (measured). Here: foreign keys off, our lock first, a copy of the file,
migrations, constraints, triggers and stamp committed at once, `foreign_key_check` before that commit. Of several
programs that find an old store at the same time the first one upgrades it, the others find that done.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from tortoise.context import TortoiseContext
from tortoise.models import Model
from tortoise.transactions import in_transaction

from cstui import __version__
from cstui.contract.errors import Fault, StoreFault
from cstui.contract.records import AnonymousRecord
from cstui.store import growing, triggers
from cstui.store.faults import fault_of, of_database
from cstui.store.store import HOUSE, LOCK_KEY, Database, tortoise_config

if TYPE_CHECKING:
    from cstui.contract.declare import Area

log = logging.getLogger(__name__)
APPLIED = "SELECT app, name FROM tortoise_migrations"
FITTED = "fitted"
"""Under this name stands beside the migrations for which state of the house an area's tables have indexes and triggers:
an area that was left out of an upgrade gets them when it comes back."""


def known(areas: Mapping[str, Area]) -> dict[str, list[str]]:
    """Names of the migrations this program knows, by area, without importing them."""
    packages = {"house": str(HOUSE["migrations"])}
    packages |= {area.id: area.migrations for area in areas.values() if area.migrations}
    found: dict[str, list[str]] = {}
    for label, package in packages.items():
        spec = importlib.util.find_spec(package)
        places = list(spec.submodule_search_locations or []) if spec else []
        found[label] = sorted(p.stem for place in places for p in Path(place).glob("[0-9]*.py"))
    return found


async def compare(store: Any, areas: Mapping[str, Area]) -> list[str]:
    """Migrations the store still lacks ("keys.0002_…"). Raises StoreFault if the store is newer than the program."""
    return lacking(await store.query(APPLIED), areas)


def lacking(rows: Sequence[Mapping[str, Any]], areas: Mapping[str, Area]) -> list[str]:
    """What of this program isn't among the applied migrations. Raises StoreFault if more is than it knows."""
    applied = {(row["app"], row["name"]) for row in rows}
    ours = known(areas)
    newer = [f"{app}.{name}" for app, name in sorted(applied) if app in ours and name not in ours[app]]
    if newer:
        raise StoreFault("store.newer", value=", ".join(newer))
    old = [f"{app}.{name}" for app, names in ours.items() for name in names if (app, name) not in applied]
    unfitted = [f"{area}.{house}" for area, house in _fitted(areas, ours) if (FITTED, f"{area} {house}") not in applied]
    return old + unfitted + growing.lacking(rows, areas)


def _fitted(areas: Mapping[str, Area], ours: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(area.id, ours["house"][-1]) for area in areas.values() if area.models]


async def migrate(database: Database, areas: Mapping[str, Area]) -> None:
    """Bring the store to this program's schema, creating it where there is none; one that lacks nothing is let be.

    Raises StoreFault (newer, damaged, no folder), Stale where somebody else holds its lock for too long.
    """
    if database.path:
        _make_file(database.path)
    async with TortoiseContext() as context:
        await context.init(tortoise_config(database, areas.values(), foreign_keys="OFF"))
        try:
            async with in_transaction("default") as client:
                await _upgrade(client, database, areas, context.apps or {})
        except Exception as error:
            raise (fault_of(database, error) if of_database(error) else error) from error
    if database.path:
        os.chmod(database.path, 0o600)


PEOPLE = "people"
"""The only area to whose records others may point."""


async def _upgrade(client: Any, database: Database, areas: Mapping[str, Area], apps: Any) -> None:
    # an act at the command line has no use for these
    from tortoise.migrations.executor import MigrationExecutor
    from tortoise.migrations.schema_generator.state import State
    from tortoise.migrations.schema_generator.state_apps import StateApps

    from cstui.store.before import before

    if database.dialect == "postgres":
        await client.execute_query(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
    config = tortoise_config(database, areas.values())["apps"]
    config = {label: app for label, app in config.items() if app.get("migrations")}
    executor = MigrationExecutor(client, config)
    editor = executor._schema_editor(atomic=False)  # else PostgreSQL aborts
    began = database.path and await client.execute_query_dict("SELECT 1 FROM sqlite_master LIMIT 1")
    await executor.recorder.ensure_schema(editor)
    applied = await client.execute_query_dict(APPLIED)
    if not lacking(applied, areas):
        return
    if database.path and began:
        (stamp,) = await client.execute_query_dict("SELECT epoch FROM house_stamp")
        _keep(database.path, stamp["epoch"])
    # Before each operation Tortoise copies all models it knows: it gets one area at a time, and people beside it.
    # The copies are asked for their columns only, never for rows.
    StateApps._build_initial_querysets = lambda apps: None  # type: ignore[method-assign, assignment]
    State.clone = before  # type: ignore[method-assign, assignment]
    for label in sorted(config, key=lambda one: one != PEOPLE):
        try:
            await MigrationExecutor(client, {one: config[one] for one in (PEOPLE, label) if one in config}).migrate()
        except Exception as error:
            raise _failed(database, label, error) from error
    for statement in triggers.of_house(database.dialect):
        await client.execute_query(statement)
    models = {label: [*group.values()] for label, group in apps.items()}
    for label, area in areas.items():
        try:
            await growing.grow(editor, executor.recorder, applied, area)
            await _complete(client, editor, database, area, models.get(label, []))
        except Exception as error:
            raise _failed(database, label, error) from error
    there = {(row["app"], row["name"]) for row in applied}
    for area_id, house in _fitted(areas, known(areas)):
        if (FITTED, f"{area_id} {house}") not in there:
            await executor.recorder.record_applied(FITTED, f"{area_id} {house}")
    await client.execute_query('DELETE FROM "house_change"')
    if database.path:
        broken = await client.execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            raise StoreFault("store.broken_references", value=str(broken[0]["table"]))
    await _stamp(client)


async def _complete(client: Any, editor: Any, database: Database, area: Area, models: list[type[Model]]) -> None:
    """What an area's tables have beside their columns: constraints, indexes, triggers."""
    for statement in area.constraints:
        await client.execute_query(statement)
    if database.path:
        await _unordered(client, models)
    for statement in (*_indexes(editor, models), *triggers.of_area(database.dialect, models)):
        await client.execute_query(statement)


def _failed(database: Database, label: str, error: Exception) -> Fault:
    """What stopped an area: the disk, or its own migration or table; the log tells the place."""
    known_fault = fault_of(database, error) if of_database(error) else None
    if known_fault and known_fault.text.id not in {"store.unreadable", "store.not_ours"}:
        return known_fault
    log.error("the migrations of %s failed", label, exc_info=error)
    return StoreFault("store.migration_failed", value=label, reason=f"{type(error).__name__}: {error}")


def _indexes(editor: Any, models: Iterable[type[Model]]) -> Iterator[str]:
    """The indexes of the models' columns, by Tortoise's own names: a rebuilt SQLite table has lost them (measured).

    What points to another record has one, too: what belongs to a record is asked for by it, whatever an area declares.
    """
    for model in models:
        for name, column in model._meta.fields_db_projection.items():
            field = model._meta.fields_map[name]
            if (field.index or field.reference) and not (field.pk or field.unique):
                made = editor._get_index_sql(model, [column])
                yield made.rstrip(";").replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1)


async def _unordered(client: Any, models: Iterable[type[Model]]) -> None:
    """Anonymous rows lie in the order of their random keys: a rowid would tell in which they came."""
    for model in models:
        if not issubclass(model, AnonymousRecord):
            continue
        table = model._meta.db_table
        made = await client.execute_query_dict("SELECT sql FROM sqlite_master WHERE name = ?", [table])
        sql = str(made[0]["sql"])
        if sql.endswith("WITHOUT ROWID"):
            continue
        await client.execute_query(f'ALTER TABLE "{table}" RENAME TO "{table}_ordered"')
        await client.execute_query(f"{sql} WITHOUT ROWID")
        await client.execute_query(f'INSERT INTO "{table}" SELECT * FROM "{table}_ordered"')
        await client.execute_query(f'DROP TABLE "{table}_ordered"')


async def _stamp(client: Any) -> None:
    rows = await client.execute_query_dict("SELECT epoch FROM house_stamp WHERE id = 1")
    if rows:
        await client.execute_query(
            f"UPDATE house_stamp SET epoch = {rows[0]['epoch'] + 1}, program = '{__version__}' WHERE id = 1"
        )
    else:
        await client.execute_query(
            f"INSERT INTO house_stamp(id, store_id, epoch, program) VALUES (1, '{token_hex(16)}', 1, '{__version__}')"
        )


def _make_file(path: Path) -> None:
    """A new store is private from its first byte."""
    if path.exists():
        return
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise StoreFault("store.no_folder", value=str(path))
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _keep(path: Path, epoch: int) -> None:
    """A copy of the store before its schema changes. The lock is ours, and nothing that was written is committed."""
    from cstui.store.backup import copy_file

    keep = path.with_name(f"{path.name}.before-{__version__}-{epoch}")
    made = keep.with_name(f"{keep.name}.new")
    made.unlink(missing_ok=True)  # of an upgrade that was killed
    copy_file(path, made)
    os.replace(made, keep)
