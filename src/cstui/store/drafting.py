"""The migration that an area's records lack: what their models say and its migrations don't yet.

Only what keeps every row as the journal knows it is drafted: a column isn't renamed (its rows would be told under a
name they never had), and a new one is given the default that the rows before it hold.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.operations import (
    AddField,
    AlterField,
    CreateModel,
    DeleteModel,
    Operation,
    RemoveField,
    RenameField,
    RenameModel,
)
from tortoise.migrations.schema_generator.operation_generator import OperationGenerator
from tortoise.migrations.schema_generator.state_diff import _field_signature
from tortoise.migrations.writer import MigrationWriter

from cstui.store.store import Database, tortoise_config

if TYPE_CHECKING:
    from cstui.contract.declare import Area

UNWRITTEN = ("description", "db_default")
"""What differs without a difference in the store: what a choice is called, and what only rows of the past need."""


@dataclass(frozen=True)
class Step:
    """One operation of a draft: about which table, which field of it, and the field before and after it, if any."""

    operation: Operation
    table: str
    name: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class Draft:
    """A migration not yet written, and what it does step by step."""

    name: str
    text: str
    folder: Path
    steps: tuple[Step, ...]

    def write(self) -> Path:
        """Put the file in its folder; answers its path. One of that name is never written over (FileExistsError)."""
        path = self.folder / f"{self.name}.py"
        with path.open("x", encoding="utf-8") as file:
            file.write(self.text)
        importlib.invalidate_caches()
        return path


async def draft(areas: Iterable[Area], label: str) -> Draft | None:
    """What the records of the area `label` have and its migrations lack; None where nothing is.

    `areas` are those whose records it may point to, itself among them. Not to be called while a store is open: it makes
    Tortoise's models ready anew. Raises ValueError where two records point to each other.
    """
    known = {area.id: area for area in areas}
    config = tortoise_config(Database("sqlite", Path(":memory:")), known.values())
    apps = {name: app for name, app in config["apps"].items() if app.get("migrations")}
    folder = make_folder(known[label])
    async with TortoiseContext() as context:
        await context.init(config, init_connections=False)
        assert context.apps is not None
        for model in (model for models in context.apps.values() for model in models.values()):
            model._meta.table_description = ""  # docstrings aren't schema, and a ";" in one breaks SQLite
        detector = MigrationAutodetector(context.apps, apps)
        await detector.loader.build_graph()
        old, new = await detector._project_state(), detector._current_state()
        generated = OperationGenerator(old, new).generate(app_labels=[label])
        steps = tuple(step for step in _steps(label, generated, old.models, new.models) if not _unwritten(step))
        if not steps:
            return None
        numbered, initial = detector._migration_name(label, old, new)
        name = numbered if initial else f"{numbered[:4]}_{_slug(steps)}"
        needs = detector._dependencies_for_app(label, new)
    operations = ordered(label, [step.operation for step in steps])
    text = MigrationWriter(name, label, operations, dependencies=needs, initial=initial).as_string()
    if not known[label].migrations.startswith("cstui."):  # an area imports the api only
        text = text.replace("from cstui.contract.records import", "from cstui.api import")
    return Draft(name, text, folder, steps)


def make_folder(area: Area) -> Path:
    """The folder of an area's migrations, made where there is none."""
    parent, _, name = area.migrations.rpartition(".")
    folder = Path(next(iter(importlib.import_module(parent).__path__))) / name
    folder.mkdir(exist_ok=True)
    start = folder / "__init__.py"
    if not start.exists():
        start.write_text(f'"""Migrations of {area.id}. A landed one is never edited."""\n')
        importlib.invalidate_caches()
    return folder


def ordered(label: str, operations: list[Any]) -> list[Any]:
    """Tables after those they point to: PostgreSQL refuses a reference to a table that isn't there yet."""
    left, done = list(operations), []
    while left:
        waiting = {f"{label}.{one.name}" for one in left if isinstance(one, CreateModel)}
        for one in left:
            pointed = {getattr(field, "model_name", "") for _, field in getattr(one, "fields", None) or ()}
            if not pointed & (waiting - {f"{label}.{getattr(one, 'name', '')}"}):
                break
        else:
            raise ValueError(f"{label}: models point to each other in a ring: {sorted(waiting)}")
        left.remove(one)
        done.append(one)
    return done


def _steps(
    label: str, operations: Iterable[Any], old: Mapping[tuple[str, str], Any], new: Mapping[tuple[str, str], Any]
) -> Iterator[Step]:
    """The operations with what they are about; a rename becomes what it is to the rows, a loss and something new."""
    for one in operations:
        if isinstance(one, RenameModel):
            before, after = old[label, one.old_name], new[label, one.new_name]
            if before.options["table"] == after.options["table"]:
                yield Step(one, after.options["table"])
                continue
            made = CreateModel(one.new_name, [*after.fields.items()], after.options, [b.__name__ for b in after.bases])
            yield Step(made, after.options["table"])
            yield Step(DeleteModel(one.old_name), before.options["table"])
            continue
        if isinstance(one, CreateModel):
            yield Step(one, str((one.options or {})["table"]))
            continue
        if isinstance(one, DeleteModel):
            yield Step(one, old[label, one.name].options["table"])
            continue
        model = getattr(one, "model_name", "") or getattr(one, "name", "")
        fields, table = new[label, model].fields, new[label, model].options["table"]
        before = old[label, model].fields if (label, model) in old else {}
        if isinstance(one, RenameField):
            yield _added(model, one.new_name, table, fields[one.new_name])
            yield Step(RemoveField(model, one.old_name), table, one.old_name, before[one.old_name])
        elif isinstance(one, AddField):
            yield _added(model, one.name, table, one.field)
        elif isinstance(one, AlterField):
            after = _with_default(fields[one.name], before[one.name])
            yield Step(AlterField(model, one.name, after), table, one.name, before[one.name], after)
        elif isinstance(one, RemoveField):
            yield Step(one, table, one.name, before[one.name])
        else:
            yield Step(one, table)


def _added(model: str, name: str, table: str, field: Any) -> Step:
    """A new column; the rows that are there get the field's default."""
    default = field.default
    if default is not None and not callable(default) and not field.null and not field.has_db_default():
        field = copy(field)
        field.db_default = field.to_db_value(default, None)
    return Step(AddField(model, name, field), table, name, after=field)


def _with_default(field: Any, before: Any) -> Any:
    """A changed column keeps the default that came with it: without it older rows weren't as the journal says."""
    if before.has_db_default() and not field.has_db_default():
        field = copy(field)
        field.db_default = before.db_default
    return field


def _unwritten(step: Step) -> bool:
    """Whether a changed field is the same column as before."""
    if not isinstance(step.operation, AlterField):
        return False
    before, after = (_field_signature(field) for field in (step.before, step.after))
    return all(before.get(key) == after.get(key) for key in {*before, *after} - {*UNWRITTEN})


def _slug(steps: Iterable[Step]) -> str:
    """What a migration is called: the fields or records that it is about."""
    names = dict.fromkeys((step.name or step.table).lower() for step in steps)
    return "_and_".join(names)[:48].strip("_")
