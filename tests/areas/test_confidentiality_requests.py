"""Leave for back-end acts: asked for, decided by whom the rule names, used once and in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment
from desk import words
from seeding import HEADER, MAPPING, take
from seeding import row as line

from cstui import journal
from cstui.api import BadInput, Refusal
from cstui.approvals.due import due as waiting
from cstui.approvals.models import Request
from cstui.contract.errors import Fault, NotPermitted
from cstui_confidentiality.models import AccessEvent, OperationRequest
from cstui_confidentiality.requests import due
from cstui_confidentiality.requests.acts import RULES, match


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.system("CRM")
        yield opened


async def asked(desk: Desk, operation: str = "export", login: str = "an", **more: Any) -> int:
    raw = {
        "operation": operation,
        "system": "CRM",
        "subject_ref": "C1",
        "purpose": "complaint",
        "ticket": "W-1",
        **more,
    }
    return (await desk.run("request_operation", raw, login)).rows[0]


async def approval(desk: Desk, verdict: str = "approve", login: str = "deng") -> None:
    request = await desk.ask(Request.filter(state="asked").order_by("id").first())
    await desk.run(f"approvals.{verdict}", {"note": "so"}, login, target=[request.id])


async def row(desk: Desk, pk: int) -> OperationRequest:
    found: OperationRequest = await desk.ask(OperationRequest.get(id=pk))
    return found


# whom it waits for


@pytest.mark.rule("confidentiality-16")
@pytest.mark.parametrize("operation", ["export", "copy", "delete"])
async def test_what_leaves_its_place_waits_for_whom_the_site_names(desk: Desk, operation: str) -> None:
    await desk.figure("confidentiality-16", "export_approver", "department_head")
    pk = await asked(desk, operation, ticket="")
    assert (await row(desk, pk)).state == "submitted"
    with pytest.raises(NotPermitted):
        await approval(desk, login="deng")
    await approval(desk, login="head")
    assert ((await row(desk, pk)).state, (await row(desk, pk)).approved_by) == ("approved", "head")


@pytest.mark.rule("confidentiality-13")
@pytest.mark.parametrize("operation", ["modify", "account_change"])
async def test_a_change_needs_a_ticket_and_waits_for_the_supervisor(desk: Desk, operation: str) -> None:
    with pytest.raises(Refusal) as fault:
        await asked(desk, operation, ticket="")
    assert (fault.value.field, fault.value.rule) == ("ticket", "confidentiality-13")
    pk = await asked(desk, operation)
    assert (await row(desk, pk)).state == "submitted"
    await approval(desk)
    assert (await row(desk, pk)).state == "approved"


@pytest.mark.rule("confidentiality-12")
async def test_a_customer_s_account_is_entered_with_a_ticket_unless_the_site_says_so(desk: Desk) -> None:
    with pytest.raises(Refusal) as fault:
        await asked(desk, "customer_login", ticket="")
    assert fault.value.rule == "confidentiality-12"
    await desk.figure("confidentiality-12", "customer_login_needs_ticket", "false")
    await asked(desk, "customer_login", ticket="")


async def test_who_asked_doesn_t_decide(desk: Desk) -> None:
    pk = await asked(desk, login="deng")
    with pytest.raises(NotPermitted):
        await approval(desk, login="deng")
    assert (await row(desk, pk)).state == "submitted"


async def test_refused_and_withdrawn_come_to_nothing(desk: Desk) -> None:
    first, second = await asked(desk), await asked(desk)
    await approval(desk, "refuse")
    request = await desk.ask(Request.filter(state="asked").first())
    await desk.run("approvals.withdraw", {}, "an", target=[request.id])
    assert [(await row(desk, pk)).state.value for pk in (first, second)] == ["refused", "withdrawn"]
    with pytest.raises(Refusal):
        await desk.run("execute_request", {"result": "done"}, "an", target=[first])


async def test_it_waits_four_hours_then_it_is_critical_for_all(desk: Desk) -> None:
    await asked(desk)

    async def severity(login: str) -> str:
        return (await desk.due(waiting, login=login))[0].severity

    desk.at(24, "13:01:59")
    assert (await severity("deng"), await severity("head")) == ("warning", "info")
    desk.at(24, "13:02:00")
    assert (await severity("deng"), await severity("head")) == ("critical", "critical")


# it is used once, and in time


@pytest.mark.rule("confidentiality-16")
async def test_leave_is_valid_for_a_day_its_last_second_included(desk: Desk) -> None:
    pk = await asked(desk)
    await approval(desk)
    assert (await row(desk, pk)).valid_to == moment("2026-11-25 09:02")
    desk.at(25, "09:02:01")
    assert await desk.cell("requests", pk, "request_state") == "expired"
    with pytest.raises(Refusal) as fault:
        await desk.run("execute_request", {"result": "done"}, "an", target=[pk])
    assert (fault.value.field, fault.value.rule) == ("executed_at", "confidentiality-16")
    told = {"result": "42 rows", "executed_at": "2026-11-25 09:02:00"}
    await desk.run("execute_request", told, "an", target=[pk])
    done = await row(desk, pk)
    assert (done.state, done.result, done.executed_at) == ("executed", "42 rows", moment("2026-11-25 09:02"))


async def test_only_who_asked_records_it_and_only_once(desk: Desk) -> None:
    pk = await asked(desk)
    with pytest.raises(Refusal):
        await desk.run("execute_request", {"result": "done"}, "an", target=[pk])  # not approved yet
    await approval(desk)
    with pytest.raises(Refusal):
        await desk.run("execute_request", {"result": "done"}, "deng", target=[pk])
    for wrong in ("2026-11-24 09:01", "2026-11-24 09:03"):  # before it was approved; still to come
        with pytest.raises(BadInput):
            await desk.run("execute_request", {"result": "done", "executed_at": wrong}, "an", target=[pk])
    await desk.run("execute_request", {"result": "done"}, "an", target=[pk])
    with pytest.raises(Refusal):
        await desk.run("execute_request", {"result": "again"}, "an", target=[pk])


async def test_somebody_else_closes_what_was_done(desk: Desk) -> None:
    mine, other = await asked(desk, login="deng"), await asked(desk)
    await desk.figure("confidentiality-16", "export_approver", "supervisor, department_head")
    await approval(desk, login="head")
    await approval(desk)
    for login, pk in (("deng", mine), ("an", other)):
        await desk.run("execute_request", {"result": "done"}, login, target=[pk])
    (item,) = await desk.due(due.to_close)
    assert (item.records, item.severity) == ((other,), "info")
    with pytest.raises(NotPermitted):
        await desk.run("close_request", {}, "deng", target=[mine])
    await desk.run("close_request", {}, "deng", target=[other])
    assert (await row(desk, other)).state == "closed"
    assert await desk.due(due.to_close) == []
    assert await desk.due(due.to_close, login="guan") == []  # who doesn't audit isn't told


@pytest.mark.rule("confidentiality-15")
async def test_a_request_belongs_to_one_line_of_the_log(desk: Desk) -> None:
    ctx = await desk.context()
    matched = OperationRequest(request_no="R1", kind="modify", executed_event_id=7)
    with pytest.raises(Refusal):
        await match(ctx, matched, AccessEvent(id=8, at=ctx.now))


async def test_what_the_log_told_first_still_gets_its_result_and_what_is_closed_stays_closed(
    desk: Desk, tmp_path: Path
) -> None:
    pk = await asked(desk)
    await approval(desk)
    desk.at(24, "12:00")
    await desk.system("LOG", mapping=MAPPING)
    await take(desk, tmp_path, [HEADER, line("2026-11-24 10:00:00", "导出")], "LOG")
    ctx = await desk.context()

    async def take_up() -> None:
        await match(ctx, await OperationRequest.get(id=pk), await AccessEvent.first())

    await desk.host.call(take_up())
    await desk.run("execute_request", {"result": "42 rows", "executed_at": "11:00"}, "an", target=[pk])
    done = await row(desk, pk)
    assert (done.state, done.result, done.executed_at) == ("executed", "42 rows", moment("2026-11-24 10:00"))
    await desk.run("close_request", {}, target=[pk])
    await desk.host.call(take_up())
    assert (await row(desk, pk)).state == "closed"


# what they see of it


async def test_a_member_sees_and_is_told_of_their_own_only(desk: Desk) -> None:
    mine, _other = await asked(desk), await asked(desk, login="bo")
    await approval(desk)
    items = await desk.due(due.to_execute, login="an")
    assert (words(items), items[0].records, items[0].due) == (["request_approved"], (mine,), moment("2026-11-25 09:02"))
    assert await desk.due(due.to_execute, login="bo") == []
    with pytest.raises(BadInput):
        await desk.run("execute_request", {"result": "done"}, "bo", target=[(await row(desk, mine)).request_no])
    desk.at(25, "09:03")
    assert await desk.due(due.to_execute, login="an") == []


# any history


async def test_whatever_people_try_leave_is_given_by_another_and_used_once_in_time(desk: Desk) -> None:
    draw, minute, acts = Random(8), 542, Counter[str]()
    asking = [(await asked(desk, draw.choice([*RULES]), login), login) for login in ("an", "bo", "cai", "deng") * 3]
    tries: tuple[tuple[str, dict[str, Any], int], ...] = (
        ("approvals.approve", {}, 4), ("approvals.refuse", {"note": "no"}, 1), ("approvals.withdraw", {}, 1),
        ("execute_request", {"result": "done"}, 9), ("close_request", {}, 3),
    )  # fmt: skip
    for _ in range(120):
        minute += draw.choice((1, 10, 45))
        desk.at(24 + minute // 1440, f"{minute // 60 % 24:02}:{minute % 60:02}")
        pk, requester = draw.choice(asking)
        [(action, raw, _)] = draw.choices(tries, [often for *_, often in tries])
        with suppress(Fault):
            await desk.run(action, raw, draw.choice((requester, requester, "deng", "deng", "fu")), target=[pk])
            acts[action] += 1
    assert len(acts) == 5, acts
    for one in await desk.ask(OperationRequest.all().select_related("requester")):
        leave = one.state.value in ("approved", "executed", "closed")
        assert (one.approved_at is not None, one.valid_to is not None) == (leave, leave)
        assert one.approved_by in (("deng",) if leave else ("",)) and one.approved_by != one.requester.login
        done = one.state.value in ("executed", "closed")
        assert (one.executed_at is not None, bool(one.result)) == (done, done)
        assert not done or one.approved_at <= one.executed_at <= one.valid_to
        entries = await desk.host.call(journal.history(desk.host, "confidentiality.requests", one.pk))
        done_by = [entry.actor for entry in entries if entry.action == "confidentiality.execute_request"]
        closed_by = [entry.actor for entry in entries if entry.action == "confidentiality.close_request"]
        assert done_by == ([one.requester.login] if done else [])
        assert one.requester.login not in closed_by and len(closed_by) == (one.state.value == "closed")
