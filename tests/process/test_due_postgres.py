"""What is due with keys, asked of PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import NOW
from tests.areas.test_keys_asking import HANDFUL, asked, enrol, trouble

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host


async def test_what_is_due_with_keys_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)

        async def run(action: str, raw: dict[str, Any], login: str = "admin", **more: Any) -> Any:
            return await engine.run(host, action, raw, await host.call(host.actor(login)), **more)

        await enrol(run)
        await trouble(run, host, (1,))
        queries, found = await asked(host, day=26)
        assert queries <= HANDFUL
        assert {"unlabelled", "lost", "count_short", "unsigned_issue", "surplus", "kinds_lacking"} <= found.keys()
