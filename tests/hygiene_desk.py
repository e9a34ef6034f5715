"""A department that keeps its rooms clean: two teams, a leader, a supervisor, a monitor, three areas; made once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, NOW, SHANGHAI, site

from cstui import engine, registers, review
from cstui.api import DueItem
from cstui.approvals.models import Finding
from cstui.engine import Outcome
from cstui.host import Host
from cstui.people import Staff
from cstui_hygiene.models import CleaningArea, DutyAssignment, HygieneDefect, HygieneInspection, InspectionItem

ROLES = """
supervisor = ["hygiene.*", "people.*", "review.*", "approvals.*"]
team_leader = ["hygiene.look", "hygiene.own", "hygiene.inspect", "hygiene.arrange", "people.look", "review.look"]
staff = ["hygiene.look", "hygiene.own", "review.look"]
hygiene_monitor = ["hygiene.look", "hygiene.own", "hygiene.report"]
"""
PEOPLE = (("an", "T1", "staff"), ("bo", "T1", "staff"), ("cai", "T2", "staff"), ("mo", "T2", "hygiene_monitor"),
          ("lead", "T1", "team_leader"), ("deng", "", "supervisor"))  # fmt: skip
FLOOR = {"code": "FL", "name": "floor", "kind": "floor", "standard": "clean", "frequency": "daily_open", "team": "T1"}
CHANGING = {"code": "CH", "name": "changing room", "kind": "changing_room", "standard": "clean",
            "frequency": "continuous"}  # fmt: skip
RECEPTION = {**CHANGING, "code": "RE", "name": "reception", "kind": "reception", "team": "T2"}


WALKED = ("pass_item", "fail_item", "no_such_item", "name_place")
"""Actions on items, which are named H20261124-001/floor here."""


def _split(name: str) -> tuple[str, str]:
    number, _, item = name.partition("/")
    return number, item


class Desk:
    """One host, and everybody of the department at it."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.at(24, "09:02")

    def at(self, day: int, time: str = "09:02", month: int = 11) -> None:
        hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
        moment = datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)
        self.host.clock = lambda: moment

    async def run(self, action: str, raw: dict[str, Any] | None = None, login: str = "lead", **more: Any) -> Outcome:
        if action in WALKED:
            more["target"] = [(await self.items(number))[item].id for number, item in map(_split, more["target"])]
        actor = await self.host.call(self.host.actor(login))
        return await engine.run(self.host, f"hygiene.{action}", raw or {}, actor, **more)

    async def figure(self, rule: str, name: str, value: str) -> None:
        """The site sets a figure from today."""
        raw = {"rule": rule, "name": name, "value": value, "from_day": "today", "reason": "ours"}
        await engine.run(self.host, "site.set_figure", raw, await self.host.call(self.host.actor("admin")))

    async def context(self, login: str = "deng") -> Any:
        return await self.host.call(self.host.context(await self.host.call(self.host.actor(login))))

    async def ask(self, query: Any) -> Any:
        async def get() -> Any:
            return await query

        return await self.host.call(get())

    async def due(self, matters: Callable[[Any], Awaitable[list[DueItem]]], word: str = "") -> list[DueItem]:
        """What some due function tells, all of it or under one title."""
        ctx = await self.context()

        async def get() -> list[DueItem]:
            return await matters(ctx)

        return [one for one in await self.host.call(get()) if not word or one.title.id == f"hygiene.due.{word}"]

    async def cell(self, register: str, pk: int, column: str) -> Any:
        row = await self.host.call(registers.one(self.host, await self.context(), f"hygiene.{register}", pk))
        value = row.values[column]
        return self.host.words.value(value, "en", self.host.zone)

    async def inspect(self, area: str = "FL", login: str = "lead", **more: Any) -> str:
        """Begin an inspection; answers its number."""
        asked = {"area": area, **more} if area else more
        pk = (await self.run("begin_inspection", asked, login)).rows[0]
        return str((await self.ask(HygieneInspection.get(id=pk))).inspection_no)

    async def items(self, number: str) -> dict[str, InspectionItem]:
        rows = await self.ask(InspectionItem.filter(inspection__inspection_no=number).order_by("id"))
        return {row.item.value: row for row in rows}

    async def walk(self, number: str, failed: dict[str, dict[str, Any]], login: str = "lead", **absent: Any) -> Any:
        """Decide all items: those that failed, those that don't apply (`none`), all others pass; sign."""
        none = absent.get("none", ())
        codes = await self.items(number)
        if "dead_corner" in codes:
            await self.run("name_place", {"place": "under desk 3"}, login, target=[f"{number}/dead_corner"])
        passed = [f"{number}/{code}" for code in codes if code not in failed and code not in none]
        if passed:
            await self.run("pass_item", None, login, target=passed)
        if none:
            await self.run("no_such_item", None, login, target=[f"{number}/{code}" for code in none])
        for code, raw in failed.items():
            await self.run("fail_item", raw, login, target=[f"{number}/{code}"])
        await self.run("sign_inspection", None, login, target=[number])
        return await self.ask(HygieneInspection.get(inspection_no=number))

    async def defects(self, **where: Any) -> list[HygieneDefect]:
        return list(await self.ask(HygieneDefect.filter(**where).order_by("id").select_related("responsible")))

    async def findings(self) -> list[tuple[str, str, str]]:
        """Rule, words and person of what was put before others."""
        found = await self.ask(Finding.all().order_by("id").select_related("person"))
        return [(one.rule, one.told.id.rpartition(".")[2], one.person.login if one.person else "") for one in found]

    async def duty(self, assignee: str, area: str = "FL", day: str = "2026-11-24", **more: Any) -> DutyAssignment:
        """A duty of somebody, as a rota would hold it."""

        async def make() -> DutyAssignment:
            values = {"slot": "opening", "due_at": datetime.fromisoformat(f"{day} 01:00+00:00"), **more}
            return await DutyAssignment.create(
                area=await CleaningArea.get(code=area), assignee=await Staff.get(login=assignee), day=day, **values
            )

        return await self.host.call(make())

    async def today(self, login: str) -> list[str]:
        """The titles of somebody's Today."""
        found = await review.collect(self.host, await self.host.call(self.host.actor(login)), None)
        return [matter.item.title.id for matter in found.matters]


async def furnish(host: Host) -> None:
    """Its people with their roles, its areas."""
    host.clock = lambda: NOW
    admin = await host.call(host.actor("admin"))

    async def run(action: str, raw: dict[str, Any], **more: Any) -> None:
        await engine.run(host, action, {name: value for name, value in raw.items() if value}, admin, **more)

    for number, (login, team, role) in enumerate(PEOPLE, 1):
        person = {"number": f"{number}", "login": login, "name": login, "department": "customer_service"}
        await run("people.enrol", {**person, "team": team, "hired_on": "2020-01-01"})
        await run("people.grant_role", {"role": role, "first_day": "2026-01-01"}, target=[login])
    for area in (FLOOR, CHANGING, RECEPTION):
        await run("hygiene.set_area", {**area, "first_day": "2026-10-01"})


async def make_clean(folder: Path, template: Path) -> None:
    """The department's site in a folder, on a copy of a template's store."""
    path = site(folder, CONFIG + ROLES)
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as host:
        await furnish(host)


@asynccontextmanager
async def hygiene_desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    """The department on a copy of its template's store; it is Tuesday, 24 November 2026, 09:02."""
    path = site(tmp_path / "desk", CONFIG + ROLES)
    shutil.copy(clean_template.with_name("cstui.db"), path.with_name("cstui.db"))
    async with Host.open(path) as host:
        host.rules_off = frozenset(request.config.getoption("rule_off", default=None) or ())
        yield Desk(host)
