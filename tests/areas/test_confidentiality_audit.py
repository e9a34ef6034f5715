"""The audit in the store: a seeded log whose breaches are all found, findings decided by people, nothing found twice."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import seeded_log
from confidentiality_desk import Desk, confidentiality_desk
from seeding import furnish

from cstui.api import File
from cstui_confidentiality.models import (
    AuditFinding,
    FindingEvent,
)

MONDAY = date(2026, 11, 23)


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def test_of_a_seeded_log_all_breaches_are_found_and_none_invented(desk: Desk, tmp_path: Path) -> None:
    with seeded_log.TRUTH.open(encoding="utf-8", newline="") as file:
        truth = {(int(line), rule, kind) for line, rule, kind in list(csv.reader(file))[1:]}
    assert len(truth) == 200
    department = seeded_log.Department()
    path = tmp_path / "month.csv"
    seeded_log.write(department, path)
    await desk.host.call(furnish(department))
    before = await desk.ask(AuditFinding.all().count())
    await desk.run("import_log", {"file": File.open(path)}, target=["SEED"])
    rows = await desk.ask(FindingEvent.all().values_list("event__line", "finding__rule", "finding__kind"))
    assert {(line, rule[-2:], kind) for line, rule, kind in rows} == truth
    assert len(rows) == 200 and before == 0
    assert sum(one.count for one in await desk.ask(AuditFinding.all())) == 200
    again = await desk.run("audit", {"since": "2026-10-24"})
    assert again.text.args["findings"] == 0
