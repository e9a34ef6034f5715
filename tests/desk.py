"""A department's host with everybody of it at hand: what the tests of an area's acts share."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest
from conftest import CONFIG, NOW, SHANGHAI, site

from cstui import engine, registers, review
from cstui.api import DueItem
from cstui.approvals.models import Finding, Request
from cstui.engine import Outcome
from cstui.host import Host


class Desk:
    """One host, and everybody of the department at it. It is Tuesday, 24 November 2026, 09:02."""

    area: ClassVar[str]
    roles: ClassVar[str]
    """Roles and what they may do, as config.toml has them."""
    people: ClassVar[tuple[tuple[str, str, str], ...]]
    """Login (the name, too), team and role."""
    acting: ClassVar[str]
    """Who acts unless told."""
    agreeing: ClassVar[str] = "boss"
    """Who agrees to a changed figure."""
    elsewhere: ClassVar[tuple[str, ...]] = ()
    """Logins of those who are of another department."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.at(24, "09:02")

    def at(self, day: int, time: str = "09:02", month: int = 11) -> None:
        """It is that day of 2026; month 13 is January 2027."""
        hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
        moment = datetime(
            2026 + (month - 1) // 12, (month - 1) % 12 + 1, day, hour, minute, second, tzinfo=SHANGHAI
        ).astimezone(UTC)
        self.host.clock = lambda: moment

    async def run(self, action: str, raw: dict[str, Any] | None = None, login: str = "", **more: Any) -> Outcome:
        actor = await self.host.call(self.host.actor(login or self.acting))
        name = action if "." in action else f"{self.area}.{action}"
        return await engine.run(self.host, name, raw or {}, actor, **more)

    async def figure(self, rule: str, name: str, value: str) -> None:
        """The site sets a figure from today; where the area wants a second person for it, one agrees."""
        raw = {"rule": rule, "name": name, "value": value, "from_day": "today", "reason": "ours"}
        outcome = await self.run("site.set_figure", raw, "admin")
        if outcome.text and outcome.text.id == "site.done.figure_asked":
            asked = Request.filter(kind__startswith="site.figure_").order_by("-id")
            request = await self.ask(asked.first())
            await self.run("approvals.approve", {}, self.agreeing, target=[request.id])

    async def context(self, login: str = "deng") -> Any:
        return await self.host.call(self.host.context(await self.host.call(self.host.actor(login))))

    async def ask(self, query: Any) -> Any:
        async def get() -> Any:
            return await query

        return await self.host.call(get())

    async def due(
        self, matters: Callable[[Any], Awaitable[list[DueItem]]], word: str = "", login: str = "deng"
    ) -> list[DueItem]:
        """What some due function tells, all of it or under one title."""
        ctx = await self.context(login)

        async def get() -> list[DueItem]:
            return await matters(ctx)

        return [one for one in await self.host.call(get()) if not word or one.title.id == f"{self.area}.due.{word}"]

    async def cell(self, register: str, pk: int, column: str, login: str = "deng") -> Any:
        row = await self.host.call(registers.one(self.host, await self.context(login), f"{self.area}.{register}", pk))
        value = row.values[column]
        return self.host.words.value(value, "en", self.host.zone)

    async def findings(self) -> list[tuple[str, str, str]]:
        """Rule, words and person of what was put before others."""
        found = await self.ask(Finding.all().order_by("id").select_related("person"))
        return [(one.rule, one.told.id.rpartition(".")[2], one.person.login if one.person else "") for one in found]

    async def today(self, login: str) -> list[str]:
        """The titles of somebody's Today."""
        found = await review.collect(self.host, await self.host.call(self.host.actor(login)), None)
        return [matter.item.title.id for matter in found.matters]

    @classmethod
    async def furnish(cls, host: Host) -> None:
        """Its people with their roles."""
        host.clock = lambda: NOW
        admin = await host.call(host.actor("admin"))
        for number, (login, team, role) in enumerate(cls.people, 1):
            department = "engineering" if login in cls.elsewhere else "customer_service"
            person = {"number": f"{number}", "login": login, "name": login, "department": department}
            enrolled = {**person, "hired_on": "2020-01-01", **({"team": team} if team else {})}
            await engine.run(host, "people.enrol", enrolled, admin)
            granted = {"role": role, "first_day": "2026-01-01"}
            await engine.run(host, "people.grant_role", granted, admin, target=[login])
        await cls.equip(host, admin)

    @classmethod
    async def equip(cls, host: Host, admin: Any) -> None:
        """What the department has beside people."""

    @classmethod
    async def make(cls, folder: Path, template: Path) -> None:
        """The department's site in a folder, on a copy of a template's store."""
        path = site(folder, CONFIG + cls.roles)
        shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
        async with Host.open(path) as host:
            await cls.furnish(host)

    @classmethod
    @asynccontextmanager
    async def opened(cls, request: pytest.FixtureRequest, tmp_path: Path, made: Path) -> AsyncIterator[Self]:
        """The department on a copy of its template's store."""
        path = site(tmp_path / "desk", CONFIG + cls.roles)
        shutil.copy(made.with_name("cstui.db"), path.with_name("cstui.db"))
        async with Host.open(path) as host:
            host.rules_off = frozenset(request.config.getoption("rule_off", default=None) or ())
            yield cls(host)


def words(items: Iterable[DueItem]) -> list[str]:
    """The last words of their titles' ids, in their order."""
    return [one.title.id.rpartition(".")[2] for one in items]
