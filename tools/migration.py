"""Write the migrations that the models lack: one area after the other, people first (others point to it).

    python tools/migration.py [AREA …]     (`make migration`)
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import tomllib
from pathlib import Path

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from cstui.contract.declare import Area
from cstui.store.store import Database, tortoise_config

ROOT = Path(__file__).parents[1]
HOUSE = ["people", "site", "approvals", "ledger", "review"]


def bundled() -> list[Area]:
    """The areas of the host and those advertised in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    modules = [f"cstui.{name}" for name in HOUSE]
    modules += sorted(project["entry-points"]["cstui.areas"].values())
    return [importlib.import_module(module).AREA for module in modules]


async def main(wanted: list[str]) -> None:
    areas = bundled()
    config = tortoise_config(Database("sqlite", Path(":memory:")), areas)
    for label, app in config["apps"].items():
        module = app.get("migrations")
        if not module or (wanted and label not in wanted):
            continue
        package = module.rsplit(".", 1)
        folder = Path(importlib.import_module(package[0]).__path__[0]) / package[1]
        folder.mkdir(exist_ok=True)
        if not (folder / "__init__.py").exists():
            (folder / "__init__.py").write_text(f'"""Migrations of {label}. A landed one is never edited."""\n')
        async with TortoiseContext() as context:
            await context.init(config, init_connections=False)
            apps = {name: one for name, one in config["apps"].items() if one.get("migrations")}
            for writer in await MigrationAutodetector(context.apps, apps).changes():
                if writer.app_label == label:
                    print(writer.write())


asyncio.run(main(sys.argv[1:]))
