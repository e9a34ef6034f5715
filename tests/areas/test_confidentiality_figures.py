"""The company sets and changes these rules, two persons together (confidentiality-52)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk

from cstui import journal
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def least(desk: Desk) -> Any:
    return (await desk.context()).rule("confidentiality-05").verify_factors_min


@pytest.mark.rule("confidentiality-52")
async def test_a_figure_changes_once_the_company_leader_agrees_and_the_journal_has_old_and_new(desk: Desk) -> None:
    raw = {"rule": "confidentiality-05", "name": "verify_factors_min", "value": "3", "from_day": "today", "reason": "x"}
    await desk.run("site.set_figure", raw, "admin")
    assert await least(desk) == 2
    request = await desk.ask(Request.filter(state="asked").first())
    for other in ("admin", "deng", "head"):
        with pytest.raises(NotPermitted):
            await desk.run("approvals.approve", {}, other, target=[request.id])
    outcome = await desk.run("approvals.approve", {}, "boss", target=[request.id])
    assert await least(desk) == 3
    entry = await desk.host.call(journal.entry(desk.host, outcome.entry))
    (figure,) = [one["after"] for one in entry.changes if one["table"] == "site_figure"]
    assert (entry.actor, figure["set_by"], figure["old"], figure["value"]) == ("boss", "admin", "2", "3")


@pytest.mark.rule("confidentiality-52")
async def test_a_rule_isn_t_switched_off_alone(desk: Desk) -> None:
    raw = {"rule": "confidentiality-05", "name": "on", "value": "off", "from_day": "today", "reason": "x"}
    await desk.run("site.set_figure", raw, "admin")
    assert (await desk.context()).rule("confidentiality-05").on


async def test_who_agrees_is_itself_agreed_to(desk: Desk) -> None:
    await desk.figure("confidentiality-52", "rule_change_approver", "department_head")
    raw = {"rule": "confidentiality-05", "name": "verify_factors_min", "value": "3", "from_day": "today", "reason": "x"}
    await desk.run("site.set_figure", raw, "admin")
    request = await desk.ask(Request.filter(state="asked").first())
    await desk.run("approvals.approve", {}, "head", target=[request.id])
    assert await least(desk) == 3
