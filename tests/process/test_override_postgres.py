"""Roles, deputies, an emergency and pairs on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW

from cstui import engine, registers, review
from cstui.contract.context import SYSTEM
from cstui.contract.errors import NotPermitted, Refusal
from cstui.host import Host

KEY = {
    "tag_no": "3-S1-A", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "pumps",
    "door_kind": "equipment_room", "labelled": "true",
}  # fmt: skip


async def test_who_may_do_what_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        host.settings.roles["night"] = frozenset({"emergency.override"})
        host.settings.roles["leader"] = frozenset({"approvals.*"})

        async def run(action: str, raw: dict[str, Any], login: str = "admin", **more: Any) -> Any:
            return await engine.run(host, action, raw, await host.call(host.actor(login)), **more)

        for login, role in (("nick", "night"), ("lena", "leader"), ("leo", "leader")):
            await run("people.enrol", {"number": login, "login": login, "name": login, "role": role})
        with pytest.raises(Refusal, match="last_admin"):
            await run("people.end_role", {}, target=["#1"])
        days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
        await run("approvals.name_deputy", {"staff": "lena", "deputy": "leo", "role": "leader", **days}, "lena")
        await run("keys.register", KEY, "nick", override="nobody answers")
        with pytest.raises(NotPermitted):
            await run("approvals.confirm_override", {}, "nick", target=["#1"])
        found = await review.collect(host, await host.call(host.actor("lena")))
        (item,) = [one.item for one in found.matters if one.item.id == "approvals.override:1"]
        assert item.severity == "critical"
        await run("approvals.confirm_override", {}, "lena", target=["#1"])
        await run("people.take_back_role", {"reason": "a mistake"}, target=["#2"])
        host.clock = lambda: NOW + timedelta(days=1)
        assert not (await host.call(host.actor("nick"))).permissions

        async def states() -> list[str]:
            ctx = await host.context(SYSTEM)
            listed = [await registers.page(host, ctx, name) for name in ("people.roles", "approvals.overrides")]
            return [row.values["state"].id.rpartition(".")[2] for page in listed for row in page.rows]

        assert await host.call(states()) == ["in_force", "taken_back", "in_force", "in_force", "confirmed"]
