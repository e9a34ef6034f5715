"""Write the migrations that the models lack: one area after the other, people first (others point to it).

python tools/migration.py [AREA …]     (`make migration`)
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import tomllib
from pathlib import Path

from cstui.contract.declare import Area
from cstui.store.drafting import draft

ROOT = Path(__file__).parents[1]
HOUSE = ["people", "site", "approvals", "ledger", "review"]


def bundled(wanted: list[str]) -> list[Area]:
    """The areas of the host, and those advertised in pyproject.toml that are wanted (all unless told)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    modules = [f"cstui.{name}" for name in HOUSE]
    plugins = project["entry-points"]["cstui.areas"]
    modules += [plugins[name] for name in sorted(plugins) if not wanted or name.removeprefix("cstui_") in wanted]
    return [importlib.import_module(module).AREA for module in modules]


async def main(wanted: list[str]) -> None:
    areas = bundled(wanted)
    for area in areas:
        if not area.migrations or (wanted and area.id not in wanted):
            continue
        reachable = [one for one in areas if one is area or one.id in HOUSE]
        if made := await draft(reachable, area.id):
            print(made.write())


asyncio.run(main(sys.argv[1:]))
