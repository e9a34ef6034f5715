"""A throw-away site: the plugins of a configuration on a new store with a clock that stands."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from cstui import engine, registers
from cstui.config import Settings
from cstui.contract.context import SYSTEM
from cstui.contract.declare import DueItem
from cstui.engine import Outcome
from cstui.host import Host
from cstui.review.asking import due_items

START = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""When a trial begins: a Tuesday morning."""


@asynccontextmanager
async def throwaway(settings: Settings) -> AsyncIterator[Host]:
    """A new site with these settings' plugins and roles, and two people: "admin", and "colleague" of the team "team".

    Nothing of the settings' own site is read or written. Raises StoreFault.
    """
    with TemporaryDirectory(prefix="cstui-trial-") as folder:
        path = Path(folder) / "config.toml"
        path.write_text(_config(settings), "utf-8")
        async with Host.open(path, create=True) as host:
            host.clock = lambda: START
            await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
            await _enrol(host, "colleague", team="team")
            yield host


async def _enrol(host: Host, login: str, **more: str) -> None:
    await engine.run(host, "people.enrol", {"number": login, "name": login, "login": login, **more}, SYSTEM)


def _config(settings: Settings) -> str:
    """In a trial each role may do everything: what it may do at the site is the site's matter."""
    listed = json.dumps
    roles = "".join(f'{listed(role)} = ["*"]\n' for role in sorted({*settings.roles, "admin"}))
    dirs = listed([str(path) for path in settings.plugins.dirs], ensure_ascii=False)
    disabled = listed(sorted(settings.plugins.disabled), ensure_ascii=False)
    return f'site = "trial"\n\n[plugins]\ndirs = {dirs}\ndisabled = {disabled}\n\n[roles]\n{roles}'


class Trial:
    """What a test does with a site. `now` is the present moment there, and may be set."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.now = START
        host.clock = lambda: self.now

    async def run(self, action: str, *target: str, login: str = "admin", **fields: Any) -> Outcome:
        """Do an action on the records so named, its fields as they are typed. Raises what the act is refused with."""
        actor = await self.host.call(self.host.actor(login))
        return await engine.run(self.host, action, fields, actor, target=target)

    async def due(self, area: str) -> list[DueItem]:
        """The area's matters of today."""
        items, unknown = await self.host.call(self._due())
        failed = [str(reason.args) for name, reason in unknown if name == area]
        assert not failed, failed
        return [item for item in items if item.area == area]

    async def _due(self) -> tuple[list[DueItem], list[Any]]:
        return await due_items(self.host, await self.host.context(SYSTEM))

    async def count(self, register: str, search: str = "") -> int:
        """How many rows a register shows."""

        async def counted() -> int:
            return await registers.count(self.host, await self.host.context(SYSTEM), register, search=search)

        return int(await self.host.call(counted()))

    async def approve(self, role: str) -> None:
        """Whoever has the role agrees to every request that waits."""
        from cstui.approvals import Request, RequestState

        async def waiting() -> list[Request]:
            return await Request.filter(state=RequestState.ASKED)

        login = f"trial-{role}"
        if not await self.count("people.staff", login):
            await _enrol(self.host, login, role=role)
        for request in await self.host.call(waiting()):
            await self.run("approvals.approve", f"#{request.pk}", login=login)
