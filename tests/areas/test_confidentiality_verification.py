"""Customers are told their data once they showed to be themselves (confidentiality-05)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk

from cstui.api import BadInput, Refusal
from cstui_confidentiality.models import AuditFinding, IdentityVerification
from cstui_confidentiality.verification.due import unfinished


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def begun(desk: Desk, login: str = "an") -> int:
    return (await desk.run("open_verification", {"customer_ref": "C20031", "ticket": "W-9"}, login)).rows[0]


async def check(desk: Desk, pk: int) -> IdentityVerification:
    found: IdentityVerification = await desk.ask(IdentityVerification.get(id=pk))
    return found


async def act(desk: Desk, action: str, pk: int, login: str = "an", **raw: Any) -> None:
    await desk.run(action, raw, login, target=[pk])


TOLD = {"released_items": ["telephone", "address"]}


@pytest.mark.rule("confidentiality-05")
@pytest.mark.parametrize("shown", [["order_no"], ["order_no", "order_no"]])
async def test_two_different_factors_pass(desk: Desk, shown: list[str]) -> None:
    pk = await begun(desk)
    with pytest.raises(Refusal) as fault:
        await act(desk, "pass_verification", pk, factors=shown)
    assert (fault.value.field, fault.value.rule) == ("factors", "confidentiality-05")
    await act(desk, "pass_verification", pk, factors=[*shown, "registered_phone"])
    assert ((await check(desk, pk)).passed, (await check(desk, pk)).factors) == (True, ["order_no", "registered_phone"])


@pytest.mark.rule("confidentiality-05")
async def test_nothing_is_told_before_the_check_passed(desk: Desk) -> None:
    pk = await begun(desk)
    with pytest.raises(Refusal):
        await act(desk, "release_items", pk, **TOLD)
    await act(desk, "pass_verification", pk, factors=["order_no", "document"])
    await act(desk, "release_items", pk, **TOLD)
    assert ((await check(desk, pk)).state, (await check(desk, pk)).released_items) == (
        "told",
        TOLD["released_items"],
    )
    failed = await begun(desk)
    await act(desk, "fail_verification", failed)
    with pytest.raises(Refusal):
        await act(desk, "release_items", failed, **TOLD)
    await act(desk, "refuse_customer", failed)
    assert ((await check(desk, failed)).state, (await check(desk, failed)).passed) == ("told_nothing", False)
    assert await desk.ask(AuditFinding.all().count()) == 0


@pytest.mark.rule("confidentiality-05")
async def test_what_was_told_after_a_failed_check_is_a_critical_finding_about_the_agent(desk: Desk) -> None:
    pk = await begun(desk)
    await act(desk, "fail_verification", pk)
    await act(desk, "told_unverified", pk, "deng", **TOLD)
    assert ((await check(desk, pk)).state, (await check(desk, pk)).passed) == ("told", False)
    (found,) = await desk.ask(AuditFinding.all().select_related("staff"))
    assert (found.rule, found.severity, found.staff.login) == ("confidentiality-05", "critical", "an")
    with pytest.raises(Refusal):
        await act(desk, "told_unverified", pk, **TOLD)


async def test_whoever_checks_acts_and_others_see_nothing_of_it(desk: Desk) -> None:
    pk = await begun(desk)
    number = (await check(desk, pk)).verification_no
    with pytest.raises(Refusal):
        await desk.run("fail_verification", {}, "deng", target=[number])
    with pytest.raises(BadInput):
        await desk.run("fail_verification", {}, "bo", target=[number])
    assert await desk.cell("verifications", pk, "customer_ref", "an") == "****"


async def test_an_unfinished_check_waits_for_whoever_began_it(desk: Desk) -> None:
    pk = await begun(desk)
    (item,) = await desk.due(unfinished, login="an")
    assert (item.severity, item.mine, item.records) == ("info", True, (pk,))
    assert await desk.due(unfinished) == []
    await act(desk, "pass_verification", pk, factors=["order_no", "document"])
    assert [one.actions for one in await desk.due(unfinished, login="an")] == [("confidentiality.release_items",)]
    desk.at(25)
    assert await desk.due(unfinished, login="an") == []  # they wanted nothing after all
