"""What is secret is handed out with leave only: what nobody may allow, what runs out, what went out without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment

from cstui.api import BadInput, Refusal
from cstui.approvals.due import due as requests_due
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted
from cstui_confidentiality.kinds import AssetState, DisclosureState
from cstui_confidentiality.models import AuditFinding, DisclosureApproval, LeakReport


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        for code in ("S01", "S04", "S06"):
            await opened.category(code)
        yield opened


PLAN = {"category": "S01", "recipient": "a bank", "third_party": True, "channel": "paper", "purpose": "a loan", "valid_to": "2026-11-30"}  # fmt: skip
STATES = DisclosureState


async def ask(desk: Desk, login: str = "an", **more: Any) -> DisclosureApproval:
    made = await desk.run("request_disclosure", {**PLAN, **more}, login)
    found: DisclosureApproval = await desk.ask(DisclosureApproval.get(id=made.rows[0]))
    return found


async def decide(desk: Desk, one: DisclosureApproval, login: str = "deng", action: str = "approve") -> None:
    request = await desk.ask(Request.get(kind="confidentiality.disclosure", record_id=one.pk))
    await desk.run(
        f"approvals.{action}", {"note": "so be it"} if action != "withdraw" else {}, login, target=[request.pk]
    )


async def state(desk: Desk, one: DisclosureApproval) -> DisclosureState:
    return (await desk.ask(DisclosureApproval.get(id=one.pk))).state


async def refused(desk: Desk, login: str = "an", **more: Any) -> tuple[str, str]:
    """Why leave isn't even asked for, and by which rule."""
    with pytest.raises(Refusal) as why:
        await ask(desk, login, **more)
    return str(why.value.text.id).rpartition(".")[2], why.value.rule


# leave


@pytest.mark.rule("confidentiality-03")
async def test_nothing_secret_goes_out_without_leave_and_nobody_gives_it_to_themselves(desk: Desk) -> None:
    one = await ask(desk, "an")
    assert (one.state, one.requester_id is not None) == (STATES.REQUESTED, True)
    with pytest.raises(Refusal) as early:
        await desk.run("release", {}, "an", target=[one.pk])
    assert early.value.rule == "confidentiality-03"
    for login in ("an", "fu", "head", "guan"):  # the requester, and those who aren't the approver
        with pytest.raises(NotPermitted):
            await decide(desk, one, login)
    await decide(desk, one)
    await desk.run("release", {}, "an", target=[one.pk])
    with pytest.raises(Refusal):
        await desk.run("release", {}, "an", target=[one.pk])
    await desk.run("close_disclosure", {}, "an", target=[one.pk])
    assert await state(desk, one) is STATES.CLOSED
    own = await ask(desk, "deng")
    with pytest.raises(NotPermitted):
        await decide(desk, own, "deng")
    for action, end in (("refuse", STATES.REFUSED), ("withdraw", STATES.WITHDRAWN)):
        other_one = await ask(desk, "bo")
        await decide(desk, other_one, "deng" if action == "refuse" else "bo", action)
        assert await state(desk, other_one) is end


@pytest.mark.rule("confidentiality-03")
async def test_leave_runs_out_at_the_end_of_its_last_day_and_who_approves_is_the_site_s(desk: Desk) -> None:
    await desk.figure("confidentiality-03", "disclosure_approver", "department_head")
    one, late = await ask(desk, valid_to="2026-11-25"), await ask(desk, valid_to="2026-11-24")
    with pytest.raises(NotPermitted):
        await decide(desk, one, "deng")
    for made in (one, late):
        await decide(desk, made, "head")
    desk.at(25, "23:59")
    with pytest.raises(Refusal) as over:
        await desk.run("release", {}, "an", target=[late.pk])
    assert str(over.value.text.id).endswith("disclosure_over")
    assert await desk.cell("disclosures", late.pk, "disclosure_state") == "expired"
    await desk.run("release", {}, "an", target=[one.pk])
    with pytest.raises(BadInput) as past:
        await ask(desk, valid_to="2026-11-24")
    assert past.value.field == "valid_to"


@pytest.mark.rule("confidentiality-03")
async def test_a_request_is_critical_once_it_waited_four_hours(desk: Desk) -> None:
    await ask(desk)
    found = []
    for time in ("13:01", "13:02"):
        desk.at(24, time)
        found += [(await desk.due(requests_due))[0].severity]
    assert found == ["warning", "critical"]


async def test_what_is_asked_for_is_one_thing_that_is_secret_and_classed(desk: Desk) -> None:
    await desk.asset("A-1", "S01")
    await desk.asset("A-2", category=None)
    await desk.asset("A-3", "S01", state=AssetState.PUBLISHED)
    for more in ({"asset": "A-1"}, {"category": None}):
        with pytest.raises(BadInput) as one:
            await ask(desk, **more)
        assert one.value.field == "asset"
    assert await refused(desk, asset="A-2", category=None) == ("asset_unclassed", "confidentiality-01")
    assert await refused(desk, asset="A-3", category=None) == ("no_secret", "")
    with pytest.raises(BadInput) as channel:
        await ask(desk, channel=None)
    assert channel.value.field == "channel"


async def test_a_member_sees_only_what_they_asked_for(desk: Desk) -> None:
    one = await ask(desk, "an")
    await decide(desk, one)
    with pytest.raises(BadInput):
        await desk.run("release", {}, "bo", target=[one.pk])
    assert await desk.cell("disclosures", one.pk, "requested_by", "an") == "an"


# what nobody may allow


@pytest.mark.rule("confidentiality-04")
async def test_customers_data_go_to_no_third_party_save_by_legal_duty(desk: Desk) -> None:
    await desk.asset("A-1", "S01", personal_data=True)
    never = ("customer_data", "confidentiality-04")
    assert await refused(desk, category="S04") == never
    assert await refused(desk, category=None, asset="A-1") == never
    assert await refused(desk, "deng", category="S04", legal_duty=True) == never
    assert await refused(desk, "an", legal_duty=True) == ("legal_duty", "confidentiality-04")
    inside = await ask(desk, category="S04", third_party=False)
    lawful = await ask(desk, "head", category="S04", legal_duty=True)
    assert [inside.state, lawful.state] == [STATES.REQUESTED] * 2
    with pytest.raises(NotPermitted):  # the head's own request
        await decide(desk, lawful, "head")
    await decide(desk, lawful, "deng")
    await desk.figure("confidentiality-04", "customer_data_third_party", "with_approval")
    assert (await ask(desk, category="S04")).state is STATES.REQUESTED


@pytest.mark.rule("confidentiality-11")
async def test_material_of_the_service_is_never_uploaded_and_handed_over_with_leave_only(desk: Desk) -> None:
    assert await refused(desk, category="S06", channel="upload") == ("upload", "confidentiality-11")
    assert (await ask(desk, category="S01", channel="upload")).state is STATES.REQUESTED
    assert (await ask(desk, category="S06")).state is STATES.REQUESTED
    await desk.figure("confidentiality-11", "upload", "with_approval")
    assert (await ask(desk, category="S06", channel="upload")).state is STATES.REQUESTED


@pytest.mark.rule("confidentiality-11")
@pytest.mark.parametrize(("handover", "after"), [("true", STATES.REQUESTED), ("false", STATES.APPROVED)])
async def test_it_needs_leave_by_its_own_rule(desk: Desk, handover: str, after: DisclosureState) -> None:
    desk.host.rules_off |= {"confidentiality-03"}
    await desk.figure("confidentiality-11", "handover_needs_approval", handover)
    assert (await ask(desk, category="S06")).state is after
    assert (await ask(desk, category="S01")).state is STATES.APPROVED


@pytest.mark.rule("confidentiality-06")
async def test_what_isn_t_published_yet_is_not_handed_out_by_any_leave(desk: Desk) -> None:
    until = moment("2026-11-24 12:00")
    await desk.asset("U-1", "S02", embargo=True, embargo_until=until)
    early = ("embargoed", "confidentiality-06")
    assert await refused(desk, category=None, asset="U-1") == early
    assert await refused(desk, category="S02") == early  # the class has it in it
    desk.at(24, "12:00")
    one = await ask(desk, category=None, asset="U-1")
    await desk.run("move_embargo", {"reason": "not ready"}, target=["U-1"])
    with pytest.raises(Refusal) as meanwhile:
        await decide(desk, one)
    assert meanwhile.value.rule == "confidentiality-06"
    await desk.run("publish", {}, target=["U-1"])
    assert await state(desk, one) is STATES.REQUESTED


# what went out without


async def report(desk: Desk, **more: Any) -> list[tuple[str, str, str]]:
    """Rule, severity and person of the newest finding."""
    raw = {"category": "S01", "recipient": "a board", "third_party": True, "channel": "paper", "person": "bo",
           "happened_at": "2026-11-23 20:00", "what": "the plan for next year", **more}  # fmt: skip
    await desk.run("report_disclosure", raw)
    found = await desk.ask(AuditFinding.all().order_by("-id").select_related("staff").first())
    return [(found.rule.rpartition("-")[2], found.severity, found.staff.login if found.staff else "")]


@pytest.mark.rule("confidentiality-03")
async def test_what_was_let_out_is_a_critical_finding_under_the_narrowest_rule(desk: Desk) -> None:
    await desk.asset("U-1", "S02", embargo=True)
    assert await report(desk) == [("03", "critical", "bo")]
    assert await report(desk, category="S04", person=None) == [("04", "critical", "")]
    assert await report(desk, category="S06") == [("11", "critical", "bo")]
    assert await report(desk, category=None, asset="U-1") == [("06", "critical", "bo")]
    assert await desk.ask(LeakReport.all().count()) == 0
    with pytest.raises(BadInput) as later:
        await report(desk, happened_at="2026-11-24 09:03")
    assert later.value.field == "happened_at"


@pytest.mark.rule("confidentiality-09")
@pytest.mark.parametrize("channel", ["forum", "microblog", "group_chat"])
async def test_a_post_without_leave_on_a_watched_channel_fills_in_a_leak_report(desk: Desk, channel: str) -> None:
    assert await report(desk, channel=channel) == [("09", "critical", "bo")]
    (leak,) = await desk.ask(LeakReport.all().select_related("suspect", "reporter", "category"))
    assert (leak.suspect.login, leak.reporter.login, leak.category.code) == ("bo", "deng", "S01")
    assert (leak.channel.value, leak.discovered_at) == (channel, moment("2026-11-23 20:00"))
    await desk.figure("confidentiality-09", "watched_channels", "oral")
    assert await report(desk, channel=channel) == [("03", "critical", "bo")]


@pytest.mark.rule("confidentiality-03")
async def test_what_had_leave_is_no_finding(desk: Desk) -> None:
    one = await ask(desk)
    await decide(desk, one)
    desk.at(25)
    with pytest.raises(Refusal) as had:
        await report(desk, happened_at="2026-11-25 08:00")
    assert str(had.value.text.id).endswith("had_leave")
    assert await report(desk, happened_at="2026-11-24 08:00") == [("03", "critical", "bo")]  # it was asked for later
    assert await report(desk, happened_at="2026-11-25 08:00", channel="mail") == [("03", "critical", "bo")]


@pytest.mark.rule("confidentiality-50")
async def test_a_resident_s_file_that_was_copied_lent_or_spread_is_a_critical_finding(desk: Desk) -> None:
    for misuse in ("copied", "lent", "spread"):
        await desk.run("report_misuse", {"file_ref": "3-2-501", "misuse": misuse, "what": "seen", "person": "cai"})
    found = await desk.ask(AuditFinding.all().select_related("staff"))
    assert {(one.rule, one.severity, one.staff.login) for one in found} == {("confidentiality-50", "critical", "cai")}
