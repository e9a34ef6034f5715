"""A department whose areas stand in area.toml files: the three of examples/areas, or those that a test writes."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from conftest import CONFIG, NOW, SHANGHAI, site
from errands import enrol

from cstui import engine, registers, review
from cstui.contract.context import SYSTEM
from cstui.contract.declare import DueItem
from cstui.engine import Outcome
from cstui.host import Host

EXAMPLES = Path(__file__).parents[1] / "examples/areas"
PEOPLE = (
    ("lin", "staff"),
    ("zhao", "staff"),
    ("chief", "supervisor"),
    ("head", "supervisor"),
    ("deng", "supervisor"),
    ("boss", "company_leader"),
)
ROLES = """
staff = ["people.look"]
supervisor = ["visitors.*", "weekly.*", "attendance_list.*", "approvals.*", "review.*", "people.look", "ledger.*"]
company_leader = ["approvals.*", "review.*", "visitors.look"]
"""


def site_with(folder: Path, areas: Path, store: Path | None = None) -> Path:
    """A site whose plugins stand in `areas`, on a copy of a store."""
    path = site(folder / "site", CONFIG + ROLES + f'\n[plugins]\ndirs = ["{areas}"]\n')
    if store:
        shutil.copy(store, path.with_name("cstui.db"))
    return path


async def make(folder: Path, template: Path) -> None:
    """The template of the store: the three areas and their people."""
    async with Host.open(site_with(folder, EXAMPLES, template.with_name("cstui.db"))) as host:
        host.clock = lambda: NOW
        for login, role in PEOPLE:
            await enrol(host, login, role)


class Desk:
    """What happens at the department, at a time of day that a test sets."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def now(self, text: str) -> None:
        """It is now "2026-11-24 09:00" in Shanghai."""
        moment = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        self.host.clock = lambda: moment

    async def act(self, action: str, raw: dict[str, Any] | None = None, login: str = "chief", **more: Any) -> Outcome:
        actor = await self.host.call(self.host.actor(login))
        return await engine.run(self.host, action, raw or {}, actor, **more)

    async def due(self, area: str, login: str = "chief") -> list[DueItem]:
        actor = await self.host.call(self.host.actor(login))
        today = await self.host.call(review.collect(self.host, actor))
        assert today.unknown == []
        return [matter.item for matter in today.matters if matter.item.area == area]

    async def rows(self, register: str, search: str = "", **where: Any) -> list[registers.Row]:
        async def read() -> list[registers.Row]:
            ctx = await self.host.context(SYSTEM)
            page = await registers.page(self.host, ctx, register, search=search, where=where, sections=True)
            return list(page.rows)

        return await self.host.call(read())

    def say(self, text: Any, lang: str = "en") -> str:
        return self.host.words.say(text, lang, self.host.zone)


@asynccontextmanager
async def desk(folder: Path, template: Path) -> AsyncIterator[Desk]:
    """The three example areas on a copy of their template's store."""
    async with Host.open(site_with(folder, EXAMPLES, template.with_name("cstui.db"))) as host:
        assert host.quarantine == []
        opened = Desk(host)
        opened.now("2026-11-24 09:02")
        yield opened
