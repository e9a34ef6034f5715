"""The seeded log on PostgreSQL: imported as evidence, audited, imported again; what was found is shown."""

from __future__ import annotations

from pathlib import Path

import seeded_log
import seeding
from conftest import NOW

from cstui import engine, registers
from cstui.api import File
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui_confidentiality.models import AccessEvent, FindingEvent


async def test_a_seeded_log_on_postgresql(on_postgres: Path, tmp_path: Path) -> None:
    department = seeded_log.Department(lines=4000)
    log = tmp_path / "month.csv"
    seeded_log.write(department, log)
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        await host.call(seeding.furnish(department))
        for added in (True, False):
            told = await engine.run(
                host, "confidentiality.import_log", {"file": File.open(log)}, SYSTEM, target=["SEED"]
            )
            assert told.text and bool(told.text.args["added"]) is added

        async def found() -> list[tuple[int, str, str]]:
            rows = FindingEvent.all().values_list("event__line", "finding__rule", "finding__way")
            return [(line, rule[-2:], kind) for line, rule, kind in await rows]  # type: ignore[str-unpack]

        assert sorted(await host.call(found())) == sorted(department.truth)
        ctx = await host.call(host.context(SYSTEM))
        page = await host.call(registers.page(host, ctx, "confidentiality.events", limit=5))
        assert page.rows[0].record.at == await host.call(_newest())


async def _newest() -> object:
    return await AccessEvent.all().order_by("-at").first().values_list("at", flat=True)
