"""Lockers, plots, plants, jobs after use, spot checks and field labour on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from conftest import NOW

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui_hygiene.afteruse.due import after_use
from cstui_hygiene.field.due import field
from cstui_hygiene.lockers.due import lockers
from cstui_hygiene.plants.due import plants
from cstui_hygiene.plots.due import plots
from cstui_hygiene.shop.due import shop

DUE = (lockers, plots, plants, after_use, shop, field)


async def test_custody_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        admin = await host.call(host.actor("admin"))

        async def run(action: str, raw: dict[str, Any], *target: int | str) -> Any:
            return await engine.run(host, action, raw, admin, target=target)

        async def due() -> dict[str, tuple[int, ...]]:
            ctx = await host.call(host.context(admin))
            found: dict[str, tuple[int, ...]] = {}
            for matters in DUE:
                for item in await host.call(matters(ctx)):
                    name = item.title.id.removeprefix("hygiene.due.")
                    found[name] = (*found.get(name, ()), *item.records)
            return found

        for number, login in enumerate(("an", "bo")):
            person = {"number": f"{number}", "login": login, "name": login, "department": "customer_service"}
            await run("people.enrol", person)
        for preset in ("machine_room", "office", "shop"):
            await run("hygiene.use_preset", {"preset": preset})
        await run("hygiene.set_locker", {"locker_no": "1", "holder": "an"})
        await run("hygiene.locker_unlocked", {}, "1")
        await run("hygiene.set_plot", {"plot": "东侧"})
        await run("hygiene.plan_week", {"week": "2026-11-24", "zones": "a\nb\nc\nd\ne"})
        await run("hygiene.used", {"area": "OF-RV"})
        host.clock = lambda: datetime(2026, 11, 24, 20, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
        found = await due()
        assert {*found} == {
            "no_locker", "locker_unlocked", "plot", "dry", "after_use", "spot_check", "officer", "labour_today",
        }  # fmt: skip
        await run("hygiene.name_officer", {"officer": "an"}, *found["officer"])
        await run("hygiene.record_labour", {"people_present": "3", "result": "干净"}, *found["labour_today"])
        await run("people.grant_role", {"role": "admin"}, "bo")
        other = await host.call(host.actor("bo"))
        await engine.run(host, "hygiene.countersign_field", {}, other, target=found["labour_today"])
        await run("hygiene.assign_plot", {"keeper": "bo"}, *found["plot"])
        await run("hygiene.water_plants", {"done_by": "bo"})
        await run("hygiene.spot_check", {}, *found["spot_check"])
        await run("hygiene.done", {}, *found["after_use"])
        await run("hygiene.locker_locked", {}, "1")
        await run("hygiene.set_locker", {"locker_no": "2", "holder": "bo"})
        assert {*await due()} == {"spot_check"}  # the second one of the day
