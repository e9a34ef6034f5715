"""A cleaning rota on PostgreSQL: drafted, published, done, missed, stood in for, and looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from conftest import NOW

from cstui import engine, registers
from cstui.api import Period
from cstui.charts import drawn
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.paper import printed
from cstui_hygiene.duties.due import duties_due
from cstui_hygiene.rota.due import rotas_due

FLOOR = {"code": "FL", "name": "floor", "kind": "floor", "standard": "clean", "frequency": "daily_open"}
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))


async def test_a_rota_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        admin = await host.call(host.actor("admin"))

        async def run(action: str, raw: dict[str, Any], *target: int | str) -> Any:
            return await engine.run(host, action, raw, admin, target=target)

        for number, login in enumerate(("an", "bo", "cai")):
            person = {"number": f"{number}", "login": login, "name": login, "department": "customer_service"}
            await run("people.enrol", person)
        await run("hygiene.set_area", FLOOR)
        await run("hygiene.generate_rota", {"month": "2026-12"})
        await run("hygiene.publish_rota", {}, "2026-12")
        await run("people.record_absence", {"staff": "bo", "first_day": "2026-12-02", "last_day": "2026-12-02"})
        host.clock = lambda: datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
        ctx = await host.call(host.context(admin))
        items = [*await host.call(rotas_due(ctx)), *await host.call(duties_due(ctx))]
        assert [item.title.id for item in items] == ["hygiene.due.missed_opening", "hygiene.due.absent"]
        await run("hygiene.assign_duty", {}, *items[1].records)
        await run("hygiene.done", {}, *items[0].records)
        (rota,) = (await host.call(registers.page(host, ctx, "hygiene.rotas"))).rows
        assert (rota.values["duties"], rota.values["rota_no"]) == (24, "2026-12")
        plan = await host.call(drawn(host, ctx, host.charts["hygiene.rota_plan"], DECEMBER))
        assert len(plan.rows) == 3  # type: ignore[union-attr]
        sheet = printed(host, ctx, host.papers["hygiene.rota_sheet"], [rota.pk], "en", "txt")
        assert b"2026-12" in await host.call(sheet)
        await run("people.leave", {"left_on": "2026-12-04"}, "cai")
        assert "hygiene.due.gaps" in [item.title.id for item in await host.call(rotas_due(ctx))]
