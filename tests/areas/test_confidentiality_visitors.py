"""Outsiders use neither computers nor material, save by leave given beforehand (confidentiality-45)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk

from cstui.api import BadInput, Refusal
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted
from cstui_confidentiality.models import AuditFinding


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def asked(desk: Desk, **more: Any) -> int:
    raw = {"visitor": "Mr Geng", "scope": "computer", "purpose": "upgrade", "start_at": "2026-11-24 14:00",
           "end_at": "2026-11-24 16:00", **more}  # fmt: skip
    return (await desk.run("request_visit", raw, "an")).rows[0]


async def decided(desk: Desk, verdict: str = "approve", login: str = "deng") -> None:
    request = await desk.ask(Request.filter(state="asked").first())
    await desk.run(f"approvals.{verdict}", {"note": "so"}, login, target=[request.id])


async def seen(desk: Desk, at: str, **more: Any) -> int:
    """Findings after somebody saw the visitor."""
    raw = {"visitor": "Mr Geng", "scope": "computer", "what": "mail", "host": "an", "at": f"2026-11-24 {at}", **more}
    await desk.run("visitor_seen", raw, "bo")
    return int(await desk.ask(AuditFinding.all().count()))


@pytest.mark.rule("confidentiality-45")
async def test_without_leave_it_is_a_finding_about_the_host(desk: Desk) -> None:
    assert await seen(desk, "09:00") == 1
    (found,) = await desk.ask(AuditFinding.all().select_related("staff"))
    assert (found.rule, found.severity, found.staff.login) == ("confidentiality-45", "warning", "an")


@pytest.mark.rule("confidentiality-45")
async def test_leave_holds_from_its_approval_for_its_time_and_scope(desk: Desk) -> None:
    pk = await asked(desk)
    desk.at(24, "14:30")
    await decided(desk)
    desk.at(24, "20:00")
    assert await seen(desk, "14:30:00") == await seen(desk, "16:00:00") == 0
    assert await seen(desk, "14:29:59") == 1  # it hadn't been given yet
    assert await seen(desk, "16:00:01") == 2
    assert await seen(desk, "15:00", scope="material") == 3
    assert await seen(desk, "15:00", visitor="Mr Qin") == 4
    assert await desk.cell("visits", pk, "visit_state") == "over"


@pytest.mark.rule("confidentiality-45")
async def test_leave_is_asked_for_beforehand_of_whom_the_site_names(desk: Desk) -> None:
    with pytest.raises(Refusal) as fault:
        await asked(desk, start_at="2026-11-24 09:00")
    assert fault.value.rule == "confidentiality-45"
    with pytest.raises(BadInput):
        await asked(desk, end_at="2026-11-24 14:00")
    await desk.figure("confidentiality-45", "outsider_approval", "department_head")
    pk = await asked(desk)
    with pytest.raises(NotPermitted):
        await decided(desk)
    await decided(desk, "refuse", "head")
    assert await desk.cell("visits", pk, "visit_state") == "refused"
