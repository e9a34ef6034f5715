"""Requests step by step, separation of duties, findings."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from counting import counted
from errands import act, crew, enrol, one, text_of

from cstui import naming, registers, review
from cstui.approvals.models import Request
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInputs, NotPermitted, Refusal
from cstui.contract.text import Text, Verbatim
from cstui.host import Host


@pytest_asyncio.fixture
async def errands(tmp_path: Path, errand_template: Path) -> AsyncIterator[Host]:
    async with crew(tmp_path, errand_template) as host:
        yield host


async def state(host: Host) -> str:
    return str((await one(host, "approvals.requests"))["state"].id).rsplit(".", 1)[1]


def heard(host: Host) -> list[tuple[str, int]]:
    """What the area's kind was told."""
    told: list[tuple[str, int]] = sys.modules[host.kinds["errand.leave"].approved.__module__].HEARD
    return told


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


async def test_a_request_tells_the_step_it_waits_at_counted_from_one(errands: Host) -> None:
    async def step() -> Any:
        return (await one(errands, "approvals.requests"))["step"]

    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    assert await step() == 1
    await act(errands, "lena", "approvals.approve", {}, "#1")
    assert await step() == 2
    await act(errands, "mia", "approvals.approve", {}, "#1")
    assert await step() == 2, "the last one it went through"


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
    assert (await one(errands, "approvals.requests"))["step"] == 2
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
        told = await blocked(ctx, await naming.find(errands, ctx, "approvals.requests", "#1"))
        return told.id if told else ""

    assert await errands.call(why("lena")) == ""
    assert await errands.call(why("mia")) == "approvals.refusal.not_the_role"


async def test_a_finding_is_decided_by_somebody_else_and_once(errands: Host) -> None:
    await act(errands, "mia", "errand.suspect", {"person": "lena"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "lena", "approvals.reject_finding", {"note": "I wasn't"}, "#1")
    assert text_of(fault) == "engine.same_person"
    await act(errands, "mia", "approvals.accept_finding", {"note": "seen"}, "#1")
    assert (await one(errands, "approvals.findings"))["decision"] == "seen"
    with pytest.raises(Refusal):
        await act(errands, "max", "approvals.reject_finding", {"note": "again"}, "#1")


async def test_many_requests_take_no_more_queries_than_few(errands: Host) -> None:
    async def asked(login: str) -> tuple[int, list[str]]:
        ctx = await errands.call(errands.context(await errands.call(errands.actor(login))))
        due = errands.areas["approvals"].due
        assert due
        queries, items = await counted(errands, due(ctx))  # type: ignore[arg-type]
        return queries, [item.severity for item in items]

    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "lena", "approvals.approve", {}, "#1")
    few, _ = await asked("leo")
    for number in range(2, 9):
        await act(errands, "cleo", "errand.ask", {"title": f"day {number}"})
        await act(errands, "lena", "approvals.approve", {}, f"#{number}")
    assert await asked("leo") == (few, ["info"] * 8)
    assert await asked("mia") == (few, ["warning"] * 8)


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


def change_kind(host: Host, **more: Any) -> None:
    """Declare the errands' kind of request otherwise."""
    host.kinds["errand.leave"] = replace(host.kinds["errand.leave"], **more)


@pytest.mark.parametrize("decider", ["lena", "mia"])
async def test_a_step_of_several_roles_is_decided_by_any_one_of_them(errands: Host, decider: str) -> None:
    change_kind(errands, steps=(lambda ctx: ("leader", "manager"),))
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "admin", "approvals.approve", {}, "#1")
    assert fault.value.text.args["value"] == [Verbatim("leader"), Verbatim("manager")]
    await act(errands, decider, "approvals.approve", {}, "#1")
    assert await state(errands) == "approved"


async def test_a_request_stands_in_the_today_of_those_who_decide_it_or_have_all_requests_in_hand(errands: Host) -> None:
    change_kind(errands, steps=("elder",))
    await enrol(errands, "ella", "elder")
    await enrol(errands, "carl", "clerk")
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})

    async def today(login: str) -> list[str]:
        found = await review.collect(errands, await errands.call(errands.actor(login)))
        return [matter.item.id for matter in found.matters]

    seen = {login: await today(login) for login in ("ella", "lena", "cleo", "carl")}
    asked = ["approvals.request:1"]
    assert seen == {"ella": asked, "lena": asked, "cleo": asked, "carl": []}
    await act(errands, "ella", "approvals.approve", {}, "#1")
    assert await today("ella") == []


async def test_who_asked_is_offered_to_withdraw_it_and_nobody_else(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    (matter,) = (await review.collect(errands, await errands.call(errands.actor("cleo")))).matters
    assert "approvals.withdraw" in matter.item.actions
    blocked = errands.actions["approvals.withdraw"].blocked
    assert blocked

    async def why(login: str) -> Text | None:
        ctx = await errands.context(await errands.actor(login))
        return await blocked(ctx, await Request.get(id=1))

    assert await errands.call(why("cleo")) is None
    assert await errands.call(why("lena"))


async def test_an_area_hears_of_a_withdrawal(errands: Host) -> None:
    told: list[int] = []

    async def withdrawn(ctx: Any, request: Any) -> None:
        told.append(request.record_id)

    change_kind(errands, withdrawn=withdrawn)
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "cleo", "approvals.withdraw", {}, "#1")
    assert told == [7]


@pytest.mark.parametrize(("minutes", "severity"), [(59, "warning"), (60, "critical")])
async def test_a_request_past_its_deadline_is_critical_for_everybody(
    errands: Host, minutes: int, severity: str
) -> None:
    hour = timedelta(hours=1)
    change_kind(errands, deadline=lambda ctx, opened: (opened + hour, Text("errand.done.asked")))
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    errands.clock = lambda: NOW + timedelta(minutes=minutes)

    async def item(login: str) -> Any:
        found = errands.areas["approvals"].due
        assert found
        return (await found(await errands.context(await errands.actor(login))))[0]

    leader, manager = await errands.call(item("lena")), await errands.call(item("mia"))
    assert (leader.severity, leader.due) == (severity, NOW + hour)
    assert [text.id for text in leader.proof][:2] == ["approvals.proof.asked", "approvals.proof.decides"]
    assert manager.severity == ("critical" if severity == "critical" else "info")


async def test_titles_are_told_in_the_readers_language_and_found_by_their_names(errands: Host) -> None:
    title = Text("approvals.done.deputy", name="王芳", staff="Lena", role="leader")

    async def ask() -> None:
        async with errands.store.transaction():
            ctx = await errands.context(await errands.actor("cleo"))
            await ctx.ask("errand.leave", 7, title)

    await errands.call(ask())
    told = (await one(errands, "approvals.requests"))["title"]
    assert errands.words.say(told, "en") == "王芳 stands in for Lena as leader"
    assert errands.words.say(told, "zh_CN") == "王芳代理Lena的leader"

    async def found() -> int:
        return await registers.count(errands, await errands.context(SYSTEM), "approvals.requests", search="wf")

    assert await errands.call(found()) == 1


async def test_a_daily_finding_is_made_once_for_each_person_rule_and_day(errands: Host) -> None:
    from cstui.people import Staff

    async def propose(login: str, rule: str) -> bool:
        async with errands.store.transaction():
            ctx = await errands.context(SYSTEM)
            person = await Staff.get(login=login)
            return await ctx.propose(rule=rule, title="late", person=person, daily=True) is not None

    made = [await errands.call(propose(login, rule)) for login, rule in (
        ("lena", "errand-01"), ("lena", "errand-01"), ("mia", "errand-01"), ("lena", "keys-06"),
    )]  # fmt: skip
    assert made == [True, False, True, True]
    errands.clock = lambda: NOW + timedelta(hours=15)  # past midnight at the site, the same day in UTC
    assert await errands.call(propose("lena", "errand-01"))
