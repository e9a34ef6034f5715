"""Write the migrations that the models lack: one area after the other, people first (others point to it).

python tools/migration.py [AREA …]     (`make migration`)
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import tomllib
from pathlib import Path
from typing import Any

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.operations import CreateModel

from cstui.contract.declare import Area
from cstui.store.store import Database, tortoise_config

ROOT = Path(__file__).parents[1]
HOUSE = ["people", "site", "approvals", "ledger", "review"]


def bundled(wanted: list[str]) -> list[Area]:
    """The areas of the host, and those advertised in pyproject.toml that are wanted (all unless told)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    modules = [f"cstui.{name}" for name in HOUSE]
    plugins = project["entry-points"]["cstui.areas"]
    modules += [plugins[name] for name in sorted(plugins) if not wanted or name.removeprefix("cstui_") in wanted]
    return [importlib.import_module(module).AREA for module in modules]


def ordered(label: str, operations: list[Any]) -> list[Any]:
    """Tables after those they point to: PostgreSQL refuses a reference to a table that isn't there yet."""
    left, done = list(operations), []
    while left:
        waiting = {f"{label}.{one.name}" for one in left if isinstance(one, CreateModel)}
        for one in left:
            pointed = {getattr(field, "model_name", "") for _, field in getattr(one, "fields", ())}
            if not pointed & (waiting - {f"{label}.{getattr(one, 'name', '')}"}):
                break
        else:
            raise ValueError(f"{label}: models point to each other in a ring: {sorted(waiting)}")
        left.remove(one)
        done.append(one)
    return done


async def main(wanted: list[str]) -> None:
    config = tortoise_config(Database("sqlite", Path(":memory:")), bundled(wanted))
    apps = {label: app for label, app in config["apps"].items() if app.get("migrations")}
    for label, app in apps.items():
        parent, name = app["migrations"].rsplit(".", 1)
        folder = Path(importlib.import_module(parent).__path__[0]) / name
        folder.mkdir(exist_ok=True)
        if not (folder / "__init__.py").exists():
            (folder / "__init__.py").write_text(f'"""Migrations of {label}. A landed one is never edited."""\n')
    for label in apps:
        if wanted and label not in wanted:
            continue
        importlib.invalidate_caches()
        async with TortoiseContext() as context:
            await context.init(config, init_connections=False)
            assert context.apps is not None
            for models in context.apps.values():
                for model in models.values():
                    model._meta.table_description = ""  # docstrings aren't schema, and a ";" in one breaks SQLite
            for writer in await MigrationAutodetector(context.apps, apps).changes():
                if writer.app_label == label:
                    writer.operations = ordered(label, writer.operations)
                    print(path := writer.write())
                    if label not in HOUSE:  # an area imports the api only
                        text = (
                            Path(path)
                            .read_text()
                            .replace("from cstui.contract.records import", "from cstui.api import")
                        )
                        Path(path).write_text(text)


asyncio.run(main(sys.argv[1:]))
