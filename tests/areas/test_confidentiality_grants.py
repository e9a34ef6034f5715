"""Leave to use an account or to sign in off duty, and the undertakings (confidentiality-02, 07, 08, 47)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment
from desk import words

from cstui import engine, registers
from cstui.api import BadInput, Refusal
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted
from cstui_confidentiality.accounts import grants
from cstui_confidentiality.accounts.due import accounts as due
from cstui_confidentiality.models import AccountUseGrant, OffDutyAccessGrant, SecrecyUndertaking

USE = {"account": "CRM/cs01", "start_at": "2026-11-24 10:00", "end_at": "2026-11-24 12:00", "reason": "stand in"}
OFF_DUTY = {"system": "CRM", "start_at": "2026-11-28 10:00", "end_at": "2026-11-28 12:00", "reason": "release"}
AGREED = {"agreed": "yes"}


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.account()
        yield opened


async def decide(desk: Desk, verdict: str = "approve", login: str = "deng") -> None:
    """On the request that was asked last."""
    last = await desk.ask(Request.all().order_by("-id").first())
    await desk.run(f"approvals.{verdict}", {"note": "no"}, login, target=[last.id])


async def reason_of(desk: Desk, action: str, raw: dict[str, Any], login: str = "bo") -> tuple[str, str]:
    with pytest.raises((Refusal, BadInput)) as no:
        await desk.run(action, raw, login)
    return no.value.text.id.rpartition(".")[2], no.value.field


async def spans(desk: Desk, span: Any, first: str, last: str) -> list[tuple[Any, ...]]:
    return [row[2:] for row in await desk.ask(span(moment(first), moment(last)))]


@pytest.mark.rule("confidentiality-07")
async def test_leave_to_use_an_account_holds_once_approved_until_its_last_second(desk: Desk) -> None:
    told = await desk.run("request_use", USE, "bo")
    assert await spans(desk, grants.use_spans, "2026-11-24 00:00", "2026-11-24 23:59") == []
    desk.at(24, "10:30")
    await decide(desk)
    held = (moment("2026-11-24 10:30"), moment("2026-11-24 12:00"))  # leave is never given for what is done already
    for second, expected in (("12:00:00", [held]), ("12:00:01", []), ("10:30:00", [held]), ("10:29:59", [])):
        at = f"2026-11-24 {second}"
        assert await spans(desk, grants.use_spans, at, at) == expected
    for time, state in (("12:00:00", "approved"), ("12:00:01", "expired")):
        desk.at(24, time)
        assert await desk.cell("use_grants", told.rows[0], "grant_state") == state
    assert (await desk.ask(AccountUseGrant.get(id=told.rows[0]))).approved_by == "deng"


@pytest.mark.rule("confidentiality-08")
async def test_leave_to_sign_in_off_duty_is_asked_for(desk: Desk) -> None:
    told = await desk.run("request_off_duty", OFF_DUTY, "an")
    day = ("2026-11-28 00:00", "2026-11-28 23:59")
    assert await spans(desk, grants.off_duty_spans, *day) == []
    await decide(desk)
    assert await spans(desk, grants.off_duty_spans, *day) == [
        (moment("2026-11-28 10:00"), moment("2026-11-28 12:00")),
    ]  # fmt: skip
    desk.at(28, "11:00")
    await desk.run("withdraw_off_duty", login="an", target=[told.rows[0]])
    assert await spans(desk, grants.off_duty_spans, *day) == [
        (moment("2026-11-28 10:00"), moment("2026-11-28 11:00")),  # until then it held
    ]  # fmt: skip
    with pytest.raises(Refusal):
        await desk.run("withdraw_off_duty", login="an", target=[told.rows[0]])


async def test_leave_withdrawn_before_it_begins_never_held(desk: Desk) -> None:
    told = await desk.run("request_off_duty", OFF_DUTY, "an")
    await decide(desk)
    await desk.run("withdraw_off_duty", target=[told.rows[0]])
    assert await spans(desk, grants.off_duty_spans, "2026-11-01 00:00", "2026-12-31 00:00") == []


async def test_who_decides(desk: Desk) -> None:
    await desk.account("cs02", "deng")
    await desk.run("request_use", {**USE, "account": "CRM/cs02"}, "an")
    with pytest.raises(NotPermitted):
        await decide(desk, login="guan")
    with pytest.raises(Refusal) as no:
        await decide(desk)  # it is the supervisor's own account
    assert no.value.text.id.endswith("own_to_lend")
    await decide(desk, login="head")
    await desk.run("request_off_duty", OFF_DUTY, "deng")
    with pytest.raises(NotPermitted):
        await decide(desk)
    await decide(desk, "refuse", "head")
    await desk.run("request_off_duty", OFF_DUTY, "deng")  # what was refused stands in nobody's way
    last = await desk.ask(Request.all().order_by("-id").first())
    await desk.run("approvals.withdraw", {}, "deng", target=[last.id])
    states = await desk.ask(OffDutyAccessGrant.all().order_by("id").values_list("state", flat=True))
    assert list(states) == ["refused", "withdrawn"]


@pytest.mark.rule("confidentiality-52")
async def test_a_request_is_critical_after_four_hours(desk: Desk) -> None:
    from cstui.approvals.due import due as waiting

    await desk.run("request_use", USE, "bo")
    for time, severity in (("13:01:59", "warning"), ("13:02:00", "critical")):
        desk.at(24, time)
        (item,) = await desk.due(waiting)
        assert (item.severity, item.due) == (severity, moment("2026-11-24 13:02"))
    with pytest.raises(Refusal) as no:
        await decide(desk)  # its time is over: leave isn't given afterwards
    assert no.value.text.id.endswith("span_over")


async def test_what_can_t_be_asked_for(desk: Desk) -> None:
    await desk.account("cs02", "cai", state="revoked")
    await desk.run("request_use", USE, "bo")
    for change, reason in (
        ({"end_at": "2026-11-24 10:00"}, ("end_before_start", "end_at")),
        ({"start_at": "2026-11-23 10:00", "end_at": "2026-11-23 12:00"}, ("span_over", "end_at")),
        ({"start_at": "2026-11-24 12:00", "end_at": "2026-11-24 13:00"}, ("overlap", "start_at")),
        ({"account": "CRM/cs02"}, ("not_choosable", "account")),
        ({"reason": ""}, ("missing", "reason")),
    ):
        assert await reason_of(desk, "request_use", {**USE, **change}) == reason
    assert await reason_of(desk, "request_use", USE, "an") == ("own_account", "account")
    later = {**USE, "start_at": "2026-11-24 12:00:01", "end_at": "2026-11-24 13:00"}
    await desk.run("request_use", later, "bo")
    await desk.run("revoke_account", {"reason": "gone"}, target=["CRM/cs01"])
    with pytest.raises(Refusal) as no:
        await decide(desk)
    assert no.value.text.id.endswith("blocked.account")


@pytest.mark.rule("confidentiality-07")
async def test_a_site_may_forbid_any_use_of_another_s_account(desk: Desk) -> None:
    await desk.figure("confidentiality-07", "account_sharing", "forbidden")
    assert await reason_of(desk, "request_use", USE) == ("no_sharing", "account")


async def test_a_member_sees_their_own_leave_and_undertakings_only(desk: Desk) -> None:
    for login in ("bo", "cai"):
        await desk.run("sign_undertaking", AGREED, login)
        await desk.run("request_use", USE, login)
        await desk.run("request_off_duty", OFF_DUTY, login)
    (first, other) = await desk.ask(AccountUseGrant.all().order_by("id"))
    for login, count in (("bo", 1), ("guan", 2), ("deng", 2)):
        ctx = await desk.context(login)
        for name in ("use_grants", "off_duty_grants", "undertakings"):
            assert await desk.host.call(registers.count(desk.host, ctx, f"confidentiality.{name}")) == count
    with pytest.raises(BadInput):
        await desk.run("withdraw_use", login="bo", target=[other.grant_no])
    assert first.grantee_id != other.grantee_id


# undertakings


@pytest.mark.rule("confidentiality-02")
async def test_a_holder_who_hasn_t_signed_is_a_matter_each_day(desk: Desk) -> None:
    (item,) = await desk.due(due)
    assert (words([item]), item.severity, item.person, item.due) == (["undertaking"], "warning", "an", None)
    assert item.actions == ("confidentiality.record_undertaking",)
    (own,) = await desk.due(due, login="an")
    assert own.actions == ("confidentiality.sign_undertaking",)
    assert "confidentiality.due.undertaking" in await desk.today("an")
    await desk.run("sign_undertaking", AGREED, "an")
    assert await desk.due(due) == []


async def test_an_undertaking_counts_for_a_year_and_the_last_one_counts(desk: Desk) -> None:
    await desk.undertaking("an", date(2025, 11, 24))  # today is day 365
    assert await desk.due(due) == []
    desk.at(25)
    (item,) = await desk.due(due)
    assert (words([item]), item.due) == (["undertaking"], moment("2026-11-25 00:00"))
    await desk.run("record_undertaking", {"staff": "an", "signed_on": "2026-11-20", "reference": "file 3"}, "guan")
    assert await desk.due(due) == []
    await desk.run("record_undertaking", {"staff": "an", "signed_on": "2025-01-02", "reference": "file 1"}, "guan")
    rows = await desk.ask(SecrecyUndertaking.all().order_by("signed_on").values_list("signed_on", "superseded_on"))
    newest = date(2026, 11, 20)
    assert list(rows) == [(date(2025, 1, 2), newest), (date(2025, 11, 24), newest), (newest, None)]
    states = [await desk.cell("undertakings", pk, "undertaking_state") for pk in (1, 2, 3)]
    assert states == ["superseded", "signed", "superseded"]


async def test_undertakings_on_paper_come_from_a_list(desk: Desk) -> None:
    rows = [
        (2, {"staff": "an", "signed_on": "2026-11-02", "reference": "file 3"}),
        (3, {"staff": "bo", "signed_on": "2026-11-25", "reference": "file 3"}),
        (4, {"staff": "cai", "signed_on": "2026-11-02", "reference": ""}),
    ]
    actor = await desk.host.call(desk.host.actor("guan"))
    bulk = await desk.host.call(
        engine.run_bulk(desk.host, "confidentiality.record_undertaking", rows, actor, skip_bad=True)
    )
    assert bulk.counts["created"] == 1
    assert [(line.line, line.fault.field) for line in bulk.refused if line.fault] == [
        (3, "signed_on"), (4, "reference"),
    ]  # fmt: skip
    assert await reason_of(desk, "record_undertaking", {**rows[0][1], "staff": "guan"}, "guan") == (
        "own_paper",
        "staff",
    )
    await desk.run("sign_undertaking", AGREED, "bo")
    with pytest.raises(Refusal):
        await desk.run("sign_undertaking", {"agreed": "no"}, "cai")
    with pytest.raises(Refusal) as no:
        await desk.run("sign_undertaking", AGREED, "bo")
    assert no.value.text.id.endswith("signed_today")


@pytest.mark.rule("confidentiality-47")
async def test_the_wording_is_shown_before_it_is_signed(desk: Desk) -> None:
    action = desk.host.actions["confidentiality.sign_undertaking"]
    assert action.effect
    told = await action.effect(await desk.context("an"), [], None)
    for lang, discipline, attitude in (("en", "discipline", "in mind"), ("zh_CN", "通信纪律", "想着保密")):
        said = desk.host.words.say(told, lang)
        assert discipline in said and attitude in said
