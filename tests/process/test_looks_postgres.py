"""Inspections, defects, own checks and the comparison of teams on PostgreSQL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from conftest import NOW
from hygiene_desk import Desk

from cstui import engine
from cstui.api import Period
from cstui.charts import drawn
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui_hygiene.checks.due import checks_due
from cstui_hygiene.comparison.due import comparison_due
from cstui_hygiene.defects.due import defects_due, monitors_due
from cstui_hygiene.inspections.due import inspections_due

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


async def test_a_month_of_looking_on_postgresql(on_postgres: Path) -> None:
    kept = on_postgres.read_text("utf-8")
    on_postgres.write_text(kept.replace("[roles]\n", "[roles]" + Desk.roles), "utf-8")
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        await Desk.furnish(host)
        desk = Desk(host)
        await desk.run("arrive", {"dress_ok": True, "tidy_ok": False}, "an")
        signed = await desk.walk(await desk.inspect(), {"floor": {"deduction": "8"}, "litter": {"person": "bo"}})
        assert signed.score == 9200
        desk.at(24, "19:00")
        late = [one for one in await desk.due(defects_due) if one.title.id == "hygiene.due.defect_overdue"]
        assert [one.person for one in late] == ["bo"]
        await desk.run("fix_defect", None, "bo", target=late[0].records)
        await desk.run("recheck_defect", {"look": "put_right"}, target=late[0].records)
        assert len(await desk.due(defects_due)) == 2
        assert [one.title.args["team"] for one in await desk.due(monitors_due)] == ["T1"]
        assert await desk.due(inspections_due) == []
        assert len(await desk.due(checks_due)) == len(("an", "bo", "cai", "mo", "lead", "deng"))
        await desk.run("remind_check", None, target=["an", "bo"])
        assert len(await desk.due(checks_due)) == 4
        desk.at(1, month=12)
        assert [one.title.id for one in await desk.due(comparison_due)] == ["hygiene.due.compare"]
        await desk.run("compare", {}, "deng")
        await desk.run("confirm_comparison", None, "deng", target=["2026-11/T1"])
        assert await desk.findings() == [("hygiene-41", "commended", "")]
        for name in ("scores_by_week", "scores_of_teams"):
            ctx = await desk.context()
            assert await host.call(drawn(host, ctx, host.charts[f"hygiene.{name}"], NOVEMBER))
