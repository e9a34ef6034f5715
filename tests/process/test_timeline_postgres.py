"""A record's timeline and what belongs to it, asked of PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from conftest import NOW
from tests.process.test_postgres import KEY

from cstui import dossier, engine
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.timeline import timeline


async def test_a_key_tells_who_had_it_on_postgresql(on_postgres: Path) -> None:
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        admin = await host.call(host.actor("admin"))
        person = {"number": "101", "login": "p1", "name": "王芳", "department": "工程部"}
        await engine.run(host, "people.enrol", person, admin)
        made = await engine.run(host, "keys.register", {"tag_no": "K1", **KEY, "labelled": "true"}, admin)
        lent = {"borrower": "p1", "work_reason": "repair W-1182", "signature_ref": "page 7"}
        await engine.run(host, "keys.lend", lent, admin, target=["K1"])
        ctx, keys, pk = await host.context(admin), host.registers["keys.keys"], made.rows[0]
        events, older = await host.call(timeline(host, ctx, keys, pk, limit=1))
        assert older
        (key,) = events[0].changes
        told = {one.name: (one.before, one.after) for one in key.differences}
        assert [str(value) for value in told["holder"][1]] == ["王芳"]
        assert told["holder"][0] is None
        found = await host.call(dossier.belonging(host, ctx, keys, pk))
        assert {one.register.id: one.count for one in found} == {"keys.loans": 1, "keys.custody": 3}
