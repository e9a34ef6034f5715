"""A site with the drop-in area "errand", and its people."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from conftest import CONFIG, NOW, site

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host

ROLES = """
leader = ["approvals.*", "errand.*"]
manager = ["approvals.*", "errand.*"]
elder = ["approvals.decide"]
clerk = ["errand.ask", "approvals.withdraw", "people.set_pin"]
"""


@asynccontextmanager
async def errand_host(folder: Path, template: Path) -> AsyncIterator[Host]:
    """Opened on a copy of a template's store, with the bundled areas and "errand"."""
    dropins = folder / "errands"
    shutil.copytree(Path(__file__).parent / "errand", dropins / "errand")
    path = site(folder / "errand-site", CONFIG + ROLES + f'\n[plugins]\ndirs = ["{dropins}"]\n')
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as host:
        host.clock = lambda: NOW
        yield host


async def enrol(host: Host, login: str, role: str = "", **more: Any) -> None:
    """Put somebody on the staff list, with a role from today on."""
    raw = {"number": login, "name": login.title(), "login": login, "role": role, **more}
    await engine.run(host, "people.enrol", raw, SYSTEM)
