"""A site with the drop-in area "errand", and its people."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from conftest import CONFIG, NOW, site

from cstui import engine, registers
from cstui.contract.context import SYSTEM
from cstui.engine import Outcome
from cstui.host import Host

ROLES = """
leader = ["approvals.*", "errand.*"]
manager = ["approvals.*", "errand.*"]
elder = ["approvals.decide"]
clerk = ["errand.ask", "approvals.withdraw", "people.set_pin"]
night = ["emergency.override"]
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


@asynccontextmanager
async def crew(folder: Path, template: Path) -> AsyncIterator[Host]:
    """The errands with two leaders, two managers and a clerk."""
    async with errand_host(folder, template) as host:
        for login, role in (
            ("lena", "leader"), ("leo", "leader"), ("mia", "manager"), ("max", "manager"), ("cleo", "clerk"),
        ):  # fmt: skip
            await enrol(host, login, role)
        yield host


async def act(
    host: Host, login: str, action: str, raw: dict[str, Any] | None = None, *target: str | int, **more: Any
) -> Outcome:
    return await engine.run(host, action, raw or {}, await host.call(host.actor(login)), target=target, **more)


async def one(host: Host, register: str, pk: int = 1) -> dict[str, Any]:
    """The values of a row."""

    async def read() -> dict[str, Any]:
        return dict((await registers.one(host, await host.context(SYSTEM), register, pk)).values)

    return await host.call(read())


def text_of(fault: Any) -> str:
    """The id of what was said by a fault that was raised."""
    return str(fault.value.text.id)
