"""PINs on PostgreSQL: tries at the same time count as many, and the right one takes them back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from conftest import NOW

from cstui import engine, signing
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Fault
from cstui.host import Host
from cstui.people import Staff


async def test_tries_are_counted_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        await engine.run(host, "people.set_pin", {"pin": "2468"}, await host.call(host.actor("admin")))

        async def tried(pin: str) -> str:
            try:
                await signing.prove(host, await Staff.get(login="admin"), pin)
            except Fault as fault:
                return fault.text.id
            return ""

        said = await asyncio.gather(*(host.call(tried("1357")) for _ in range(6)))
        assert sorted(said) == ["engine.pin_locked"] * 2 + ["engine.pin_wrong"] * 4
        host.clock = lambda: NOW + timedelta(minutes=15)
        assert await host.call(tried("2468")) == ""
        assert await host.store.query("SELECT value FROM house_state WHERE name = 'pin'") == []
