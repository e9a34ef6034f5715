"""A department that keeps its rooms clean: two teams, a leader, a supervisor, a monitor, three areas; made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import desk
import pytest

from cstui import engine
from cstui.engine import Outcome
from cstui.host import Host
from cstui.people import Staff
from cstui_hygiene.models import CleaningArea, DutyAssignment, HygieneDefect, HygieneInspection, InspectionItem

FLOOR = {"code": "FL", "name": "floor", "kind": "floor", "standard": "clean", "frequency": "daily_open", "team": "T1"}
CHANGING = {"code": "CH", "name": "changing room", "kind": "changing_room", "standard": "clean",
            "frequency": "continuous"}  # fmt: skip
RECEPTION = {**CHANGING, "code": "RE", "name": "reception", "kind": "reception", "team": "T2"}


WALKED = ("pass_item", "fail_item", "no_such_item", "name_place")
"""Actions on items, which are named H20261124-001/floor here."""


def _split(name: str) -> tuple[str, str]:
    number, _, item = name.partition("/")
    return number, item


class Desk(desk.Desk):
    area = "hygiene"
    acting = "lead"
    roles = """
supervisor = ["hygiene.*", "people.*", "review.*", "approvals.*"]
team_leader = ["hygiene.look", "hygiene.own", "hygiene.inspect", "hygiene.arrange", "people.look", "review.look"]
staff = ["hygiene.look", "hygiene.own", "review.look"]
hygiene_monitor = ["hygiene.look", "hygiene.own", "hygiene.report"]
"""
    people = (
        ("an", "T1", "staff"), ("bo", "T1", "staff"), ("cai", "T2", "staff"), ("mo", "T2", "hygiene_monitor"),
        ("lead", "T1", "team_leader"), ("deng", "", "supervisor"),
    )  # fmt: skip

    @classmethod
    async def equip(cls, host: Host, admin: Any) -> None:
        for area in (FLOOR, CHANGING, RECEPTION):
            await engine.run(host, "hygiene.set_area", {**area, "first_day": "2026-10-01"}, admin)

    async def run(self, action: str, raw: dict[str, Any] | None = None, login: str = "", **more: Any) -> Outcome:
        if action in WALKED:
            more["target"] = [(await self.items(number))[item].id for number, item in map(_split, more["target"])]
        return await super().run(action, raw, login, **more)

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

    async def duty(self, assignee: str, area: str = "FL", day: str = "2026-11-24", **more: Any) -> DutyAssignment:
        """A duty of somebody, as a rota would hold it."""

        async def make() -> DutyAssignment:
            values = {"slot": "opening", "due_at": datetime.fromisoformat(f"{day} 01:00+00:00"), **more}
            return await DutyAssignment.create(
                area=await CleaningArea.get(code=area), assignee=await Staff.get(login=assignee), day=day, **values
            )

        return await self.host.call(make())


@asynccontextmanager
async def hygiene_desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    """The department on a copy of its template's store; it is Tuesday, 24 November 2026, 09:02."""
    async with Desk.opened(request, tmp_path, clean_template) as opened:
        yield opened
