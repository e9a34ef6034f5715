"""Deputies: who names one, for which days, and that duties stay separate through them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from errands import act, crew, enrol, one, text_of

from cstui.contract.declare import DueItem
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.host import Host


@pytest_asyncio.fixture
async def errands(tmp_path: Path, errand_template: Path) -> AsyncIterator[Host]:
    async with crew(tmp_path, errand_template) as host:
        yield host


DEPUTY = {"staff": "lena", "deputy": "cleo", "role": "leader"}


@pytest.mark.parametrize(
    ("first", "last", "decides"),
    [
        ("2026-11-20", "2026-11-24", True),
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
        assert (await one(errands, "approvals.requests"))["step"] == 2
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


async def test_nobody_decides_in_the_place_of_a_deputy_of_who_asked(errands: Host) -> None:
    days = {"role": "leader", "first_day": "2026-11-24", "last_day": "2026-11-30"}
    for staff, deputy in (("lena", "leo"), ("leo", "max")):
        await act(errands, "admin", "approvals.name_deputy", {"staff": staff, "deputy": deputy} | days)
    await act(errands, "lena", "errand.ask", {"title": "a day off"})
    await act(errands, "cleo", "errand.ask", {"title": "another"})
    for login, refusal in (("leo", "deputys_request"), ("max", "not_the_role")):
        with pytest.raises(NotPermitted) as fault:
            await act(errands, login, "approvals.approve", {}, "#1")
        assert text_of(fault) == f"approvals.refusal.{refusal}"
    await act(errands, "max", "approvals.approve", {}, "#2")


@pytest.mark.parametrize(("asker", "refusal"), [("lena", "deputys_request"), ("cleo", "not_the_role")])
async def test_no_deputy_decides_for_who_asked_or_who_decided_another_step(
    errands: Host, asker: str, refusal: str
) -> None:
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
    assert text_of(fault) == f"approvals.refusal.{refusal}"
    await act(errands, "cleo", "errand.ask", {"title": "another day"})
    await act(errands, "dana", "approvals.approve", {}, "#2")  # somebody else's, nothing decided yet
    decided = await one(errands, "approvals.decisions", 2 if asker == "cleo" else 1)
    told = (decided["title"], decided["step"], decided["by"], decided["instead_of"])
    assert told == ("another day", 1, "Dana", "Lena")


@pytest.mark.parametrize(
    ("by", "change", "refusal"),
    [
        ("admin", {"deputy": "lena"}, "approvals.refusal.own_deputy"),
        ("max", {"deputy": "max"}, "approvals.refusal.deputy_oneself"),
        ("admin", {"last_day": "2026-11-01"}, "people.refusal.period"),
        ("admin", {"first_day": "2026-11-01", "last_day": "2026-11-23"}, "approvals.refusal.passed"),
        ("leo", {"deputy": "max"}, "approvals.refusal.others_deputy"),
        ("lena", {"role": "boss", "deputy": "max"}, "people.refusal.no_role"),
        ("lena", {"role": "manager", "deputy": "max"}, "approvals.refusal.not_held"),
        ("lena", {}, "approvals.refusal.cannot_decide"),  # a clerk decides nothing
    ],
)
async def test_deputies_that_are_not_named(errands: Host, by: str, change: dict[str, str], refusal: str) -> None:
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    with pytest.raises((NotPermitted, BadInput, Refusal)) as fault:
        await act(errands, by, "approvals.name_deputy", DEPUTY | days | change)
    assert text_of(fault) == refusal


async def due(host: Host, login: str) -> list[DueItem]:
    found = host.areas["approvals"].due
    assert found

    async def read() -> Any:
        return await found(await host.context(await host.actor(login)))

    return list(await host.call(read()))


async def test_one_names_a_deputy_oneself_who_sees_for_whom_and_both_are_on_record(errands: Host) -> None:
    prefill = errands.actions["approvals.name_deputy"].prefill
    assert prefill

    async def proposed() -> Any:
        return (await prefill(await errands.context(await errands.actor("lena")), ()))["staff"].login

    assert await errands.call(proposed()) == "lena"
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    await act(errands, "lena", "approvals.name_deputy", DEPUTY | {"deputy": "max"} | days)
    with pytest.raises(Refusal, match="deputy_already"):
        await act(errands, "lena", "approvals.name_deputy", DEPUTY | {"deputy": "max"} | days)
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    (item,) = await due(errands, "max")
    assert item.mine and "approvals.proof.instead_of" in {text.id for text in item.proof}
    assert next(text.args["names"] for text in item.proof if "names" in text.args) == ["Lena"]
    outcome = await act(errands, "max", "approvals.approve", {}, "#1")
    assert [note.id for note in outcome.notes] == ["approvals.note.instead_of"]
    assert (await one(errands, "approvals.decisions"))["instead_of"] == "Lena"


async def test_nobody_decides_a_step_beside_the_one_decided_in_their_place(errands: Host) -> None:
    await act(errands, "admin", "people.grant_role", {"role": "manager"}, "lena")
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    await act(errands, "lena", "approvals.name_deputy", DEPUTY | {"deputy": "max"} | days)
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "max", "approvals.approve", {}, "#1")
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "lena", "approvals.approve", {}, "#1")
    assert text_of(fault) == "approvals.refusal.two_steps"
    await act(errands, "mia", "approvals.approve", {}, "#1")


async def test_a_deputy_may_not_decide_what_they_ask_nor_in_their_own_role_what_is_asked_by_whom_they_stand_for(
    errands: Host,
) -> None:
    days = {"first_day": "2026-11-24", "last_day": "2026-11-30"}
    await act(errands, "lena", "approvals.name_deputy", DEPUTY | {"deputy": "leo"} | days)
    await act(errands, "lena", "errand.ask", {"title": "hers"})
    await act(errands, "leo", "errand.ask", {"title": "his own"})
    for request, refusal in (("#1", "deputys_request"), ("#2", "own_request")):
        with pytest.raises(NotPermitted) as fault:
            await act(errands, "leo", "approvals.approve", {}, request)
        assert text_of(fault) == f"approvals.refusal.{refusal}"


async def test_a_deputy_is_ended_at_once_by_those_concerned_and_stays_on_record(errands: Host) -> None:
    days = {"first_day": "2026-11-20", "last_day": "2026-11-30"}
    await act(errands, "lena", "approvals.name_deputy", DEPUTY | {"deputy": "max"} | days)
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "leo", "approvals.end_deputy", {}, "#1")
    assert text_of(fault) == "approvals.refusal.not_your_deputy"
    await act(errands, "max", "approvals.end_deputy", {}, "#1")
    with pytest.raises(NotPermitted):
        await act(errands, "max", "approvals.approve", {}, "#1")
    with pytest.raises(Refusal, match="deputy_over"):
        await act(errands, "lena", "approvals.end_deputy", {}, "#1")
    assert (await one(errands, "approvals.deputies"))["state"].id == "people.choice.ended"
