"""Requests step by step, separation of duties, deputies, findings."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from errands import enrol, errand_host

from cstui import engine, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInput, BadInputs, NotPermitted, Refusal
from cstui.engine import Outcome
from cstui.host import Host


@pytest_asyncio.fixture
async def errands(tmp_path: Path, template: Path) -> AsyncIterator[Host]:
    async with errand_host(tmp_path, template) as host:
        for login, role in (
            ("lena", "leader"), ("leo", "leader"), ("mia", "manager"), ("max", "manager"), ("cleo", "clerk"),
        ):  # fmt: skip
            await enrol(host, login, role)
        yield host


async def act(host: Host, login: str, action: str, raw: dict[str, Any] | None = None, *target: str | int) -> Outcome:
    return await engine.run(host, action, raw or {}, await host.call(host.actor(login)), target=target)


async def one(host: Host, register: str, pk: int = 1) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        return dict((await registers.one(host, await host.context(SYSTEM), register, pk)).values)

    return await host.call(read())


async def state(host: Host) -> str:
    return str((await one(host, "approvals.requests"))["state"].id).rsplit(".", 1)[1]


def heard(host: Host) -> list[tuple[str, int]]:
    """What the area's kind was told."""
    told: list[tuple[str, int]] = sys.modules[host.kinds["errand.leave"].approved.__module__].HEARD
    return told


def text_of(fault: pytest.ExceptionInfo[Any]) -> str:
    return str(fault.value.text.id)


async def test_two_steps_by_two_people_then_the_area_hears_of_it(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    heard(errands).clear()
    await act(errands, "lena", "approvals.approve", {}, "#1")
    assert (await state(errands), heard(errands)) == ("asked", [])
    await act(errands, "mia", "approvals.approve", {"note": "fine"}, "#1")
    assert (await state(errands), heard(errands)) == ("approved", [("approved", 7)])
    with pytest.raises(Refusal) as fault:
        await act(errands, "max", "approvals.refuse", {"note": "too late"}, "#1")
    assert text_of(fault) == "approvals.refusal.decided"


async def test_one_refusal_ends_it_and_needs_a_reason(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    heard(errands).clear()
    with pytest.raises(BadInputs) as fault:
        await act(errands, "lena", "approvals.refuse", {"note": "   "}, "#1")
    assert fault.value.field == "note"
    await act(errands, "lena", "approvals.refuse", {"note": "no"}, "#1")
    assert (await state(errands), heard(errands)) == ("refused", [("refused", 7)])


async def test_what_the_area_refuses_undoes_the_decision(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "impossible"})
    await act(errands, "lena", "approvals.approve", {}, "#1")
    with pytest.raises(Refusal, match="impossible"):
        await act(errands, "mia", "approvals.approve", {}, "#1")
    assert (await one(errands, "approvals.requests"))["step"] == 1
    await act(errands, "mia", "approvals.refuse", {"note": "it can't be"}, "#1")  # her vote wasn't kept


@pytest.mark.parametrize(
    ("asker", "decider", "refusal"),
    [
        ("lena", "lena", "own_request"),
        ("admin", "admin", "own_request"),
        ("cleo", "mia", "not_the_role"),  # the leader's step comes first
        ("cleo", "admin", "not_the_role"),  # who may do everything still isn't the leader
    ],
)
async def test_who_may_not_decide(errands: Host, asker: str, decider: str, refusal: str) -> None:
    await act(errands, asker, "errand.ask", {"title": "a day off"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, decider, "approvals.approve", {}, "#1")
    assert text_of(fault) == f"approvals.refusal.{refusal}"
    assert fault.value.rule == "errand-01"


async def test_nobody_decides_two_steps_even_with_both_roles(errands: Host) -> None:
    await act(errands, "admin", "people.grant_role", {"role": "manager"}, "lena")
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "lena", "approvals.approve", {}, "#1")
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "lena", "approvals.approve", {}, "#1")
    assert text_of(fault) == "approvals.refusal.two_steps"


async def test_a_new_login_doesnt_make_another_person(errands: Host) -> None:
    await act(errands, "lena", "errand.ask", {"title": "a day off"})
    await act(errands, "admin", "people.enrol", {"number": "lena", "name": "Lena", "login": "helena"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "helena", "approvals.approve", {}, "#1")
    assert text_of(fault) == "approvals.refusal.own_request"


async def test_only_who_asked_withdraws(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "lena", "approvals.withdraw", {}, "#1")
    assert text_of(fault) == "approvals.refusal.not_yours"
    await act(errands, "cleo", "approvals.withdraw", {}, "#1")
    assert await state(errands) == "withdrawn"


async def test_blocked_says_beforehand_what_would_be_refused(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    blocked = errands.actions["approvals.approve"].blocked
    assert blocked

    async def why(login: str) -> str:
        ctx = await errands.context(await errands.actor(login))
        told = await blocked(ctx, await registers.find(errands, ctx, "approvals.requests", "#1"))
        return told.id if told else ""

    assert await errands.call(why("lena")) == ""
    assert await errands.call(why("mia")) == "approvals.refusal.not_the_role"


DEPUTY = {"staff": "lena", "deputy": "cleo", "role": "leader"}


@pytest.mark.parametrize(
    ("first", "last", "decides"),
    [
        ("2026-11-24", "2026-11-24", True),
        ("2026-11-20", "2026-11-23", False),
        ("2026-11-25", "2026-11-30", False),
    ],
)
async def test_a_deputy_stands_in_on_the_days_named(errands: Host, first: str, last: str, decides: bool) -> None:
    await act(errands, "admin", "people.grant_role", {"role": "leader"}, "mia")  # decide needs a permission too
    await act(
        errands, "admin", "approvals.name_deputy", DEPUTY | {"deputy": "max", "first_day": first, "last_day": last}
    )
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    if decides:
        await act(errands, "max", "approvals.approve", {}, "#1")
        assert (await one(errands, "approvals.requests"))["step"] == 1
    else:
        with pytest.raises(NotPermitted):
            await act(errands, "max", "approvals.approve", {}, "#1")


async def test_a_deputy_of_somebody_without_the_role_has_nothing_to_stand_in_for(errands: Host) -> None:
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    await act(errands, "admin", "approvals.name_deputy", DEPUTY | {"deputy": "max"} | days)
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "admin", "people.leave", {"left_on": "2026-11-24"}, "lena")
    errands.clock = lambda: NOW + timedelta(days=1)
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "max", "approvals.approve", {}, "#1")
    assert text_of(fault) == "approvals.refusal.not_the_role"


@pytest.mark.parametrize("asker", ["lena", "cleo"])
async def test_no_deputy_decides_for_who_asked_or_who_decided_another_step(errands: Host, asker: str) -> None:
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    await enrol(errands, "dana", "admin")
    await act(errands, "admin", "people.grant_role", {"role": "manager"}, "lena")
    for role in ("leader", "manager"):
        await act(errands, "admin", "approvals.name_deputy", DEPUTY | {"deputy": "dana", "role": role} | days)
    await act(errands, asker, "errand.ask", {"title": "a day off"})
    if asker != "lena":
        await act(errands, "lena", "approvals.approve", {}, "#1")
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "dana", "approvals.approve", {}, "#1")
    assert text_of(fault) == "approvals.refusal.not_the_role"
    await act(errands, "cleo", "errand.ask", {"title": "another day"})
    await act(errands, "dana", "approvals.approve", {}, "#2")  # somebody else's, nothing decided yet
    decided = await one(errands, "approvals.decisions", 2 if asker == "cleo" else 1)
    assert (decided["title"], decided["step"], decided["by"]) == ("another day", 1, "Dana")


@pytest.mark.parametrize(
    ("by", "change", "refusal"),
    [
        ("admin", {"deputy": "lena"}, "approvals.refusal.own_deputy"),
        ("max", {"deputy": "max"}, "approvals.refusal.deputy_oneself"),
        ("admin", {"last_day": "2026-11-01"}, "people.refusal.period"),
    ],
)
async def test_deputies_that_are_not_named(errands: Host, by: str, change: dict[str, str], refusal: str) -> None:
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    with pytest.raises((NotPermitted, BadInput)) as fault:
        await act(errands, by, "approvals.name_deputy", DEPUTY | days | change)
    assert text_of(fault) == refusal


async def test_a_finding_is_decided_by_somebody_else_and_once(errands: Host) -> None:
    await act(errands, "mia", "errand.suspect", {"person": "lena"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "lena", "approvals.reject_finding", {"note": "I wasn't"}, "#1")
    assert text_of(fault) == "engine.same_person"
    await act(errands, "mia", "approvals.accept_finding", {"note": "seen"}, "#1")
    assert (await one(errands, "approvals.findings"))["decision"] == "seen"
    with pytest.raises(Refusal):
        await act(errands, "max", "approvals.reject_finding", {"note": "again"}, "#1")


async def test_open_requests_and_findings_are_due_until_decided(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "mia", "errand.suspect", {"person": "lena"})

    async def due() -> list[str]:
        found = errands.areas["approvals"].due
        assert found
        return [item.id for item in await found(await errands.context(SYSTEM))]

    async def severity(login: str) -> str:
        found = errands.areas["approvals"].due
        assert found
        return (await found(await errands.context(await errands.actor(login))))[0].severity

    assert await errands.call(due()) == ["approvals.request:1", "approvals.finding:1"]
    assert await errands.call(severity("lena")) == "warning"
    assert await errands.call(severity("mia")) == "info"  # waits for the leader
    await act(errands, "lena", "approvals.refuse", {"note": "no"}, "#1")
    await act(errands, "mia", "approvals.reject_finding", {"note": "no"}, "#1")
    assert await errands.call(due()) == []
