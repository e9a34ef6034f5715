"""What is taken out of the house has a pass, comes back in time, or is reported as lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment

from cstui.api import Refusal
from cstui.approvals.models import Request
from cstui.contract.errors import Fault, NotPermitted
from cstui_confidentiality.kinds import PassState
from cstui_confidentiality.models import AssetReader, AuditFinding, LeakReport, RemovalPass
from cstui_confidentiality.removal.due import out


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        made = await opened.asset("A-1", "S09", keeper="cai")
        await opened.make_row(AssetReader, asset=made, staff="an", since=moment("2026-11-02 09:00"))
        yield opened


async def ask(desk: Desk, login: str = "an", **more: Any) -> RemovalPass:
    made = await desk.run("request_pass", {"asset": "A-1", "purpose": "the notary", **more}, login)
    found: RemovalPass = await desk.ask(RemovalPass.get(id=made.rows[0]))
    return found


async def approve(desk: Desk, one: RemovalPass, login: str = "deng") -> None:
    request = await desk.ask(Request.get(kind="confidentiality.removal", record_id=one.pk))
    await desk.run("approvals.approve", {}, login, target=[request.pk])


async def gone(desk: Desk) -> RemovalPass:
    """Out with an since now."""
    one = await ask(desk)
    await approve(desk, one)
    await desk.run("take_out", {}, "an", target=[one.pk])
    found: RemovalPass = await desk.ask(RemovalPass.get(id=one.pk))
    return found


async def refused(desk: Desk, action: str, login: str, one: RemovalPass, raw: dict[str, Any] | None = None) -> str:
    with pytest.raises(Fault) as why:
        await desk.run(action, raw or {}, login, target=[one.pk])
    return str(why.value.text.id).rpartition(".")[2]


@pytest.mark.rule("confidentiality-37")
async def test_nothing_leaves_the_house_without_a_pass_that_another_approved(desk: Desk) -> None:
    one = await ask(desk)
    assert await refused(desk, "take_out", "an", one) == "no_pass"
    for login in ("an", "fu"):
        with pytest.raises(NotPermitted):
            await approve(desk, one, login)
    await approve(desk, one)
    await desk.run("take_out", {}, "an", target=[one.pk])
    twice = await ask(desk, "cai")
    await approve(desk, twice)
    assert await refused(desk, "take_out", "cai", twice) == "out_already"


@pytest.mark.rule("confidentiality-37")
async def test_nobody_approves_what_they_carry_themselves(desk: Desk) -> None:
    await desk.run("add_reader", {"reader": "deng"}, target=["A-1"])
    one = await ask(desk, "an", carrier="deng")
    with pytest.raises(Refusal) as own:
        await approve(desk, one)
    assert str(own.value.text.id).endswith("own_pass")


@pytest.mark.rule("confidentiality-43")
async def test_only_somebody_of_its_circle_carries_it(desk: Desk) -> None:
    with pytest.raises(Refusal) as outside:
        await ask(desk, "bo")
    assert (outside.value.rule, outside.value.field) == ("confidentiality-43", "carrier")
    assert (await ask(desk, "bo", carrier="an")).state is PassState.REQUESTED


@pytest.mark.rule("confidentiality-37")
async def test_it_is_back_by_the_end_of_the_next_working_day(desk: Desk) -> None:
    desk.at(27, "16:00")  # a Friday
    one = await gone(desk)
    assert one.due_back == moment("2026-12-01 00:00")
    found = []
    for day, time, month in ((29, "09:00", 11), (30, "00:00", 11), (30, "23:59:59", 11), (1, "00:00", 12)):
        desk.at(day, time, month)
        found += [[(item.severity, item.person) for item in await desk.due(out)]]
    assert found == [[], [("warning", "an")], [("warning", "an")], [("critical", "an")]]
    assert await desk.cell("passes", one.pk, "pass_state") == "overdue"
    assert await refused(desk, "give_back", "an", one) == "same_person"
    back = await desk.run("give_back", {}, "cai", target=[one.pk])
    assert [note.id.rpartition(".")[2] for note in back.notes] == ["back_late"]
    assert await desk.due(out) == []
    assert await refused(desk, "lost", "an", one, {"what": "x", "found_at": "now"}) == "pass_state"


@pytest.mark.rule("confidentiality-37")
async def test_the_carrier_s_own_word_brings_nothing_back(desk: Desk) -> None:
    one = await ask(desk, "cai")  # its keeper
    await approve(desk, one)
    await desk.run("take_out", {}, "cai", target=[one.pk])
    assert await refused(desk, "give_back", "cai", one) == "same_person"
    await desk.run("give_back", {}, "deng", target=[one.pk])


async def test_what_is_lost_is_reported_as_a_leak_at_once(desk: Desk) -> None:
    one = await gone(desk)
    desk.at(24, "20:00")
    assert (
        await refused(desk, "lost", "cai", one, {"what": "left on a train", "found_at": "2026-11-24 20:01"})
        == "found_later"
    )
    await desk.run("lost", {"what": "left on a train", "found_at": "2026-11-24 19:00"}, "an", target=[one.pk])
    (leak,) = await desk.ask(LeakReport.all().select_related("suspect", "category"))
    assert (leak.suspect.login, leak.category.code, leak.known_since) == ("an", "S09", moment("2026-11-24 19:00"))
    assert "A-1" in leak.what and "train" in leak.what


@pytest.mark.rule("confidentiality-37")
async def test_what_was_taken_privately_is_a_critical_finding_unless_there_was_a_pass(desk: Desk) -> None:
    raw = {"asset": "A-1", "what": "seen in a bag", "happened_at": "2026-11-24 08:30"}
    await desk.run("report_removal", {**raw, "person": "an"})
    (found,) = await desk.ask(AuditFinding.all().select_related("staff"))
    assert (found.rule, found.severity, found.staff.login) == ("confidentiality-37", "critical", "an")
    await gone(desk)
    desk.at(24, "10:00")
    with pytest.raises(Refusal) as had:
        await desk.run("report_removal", {**raw, "person": "an", "happened_at": "2026-11-24 09:30"})
    assert str(had.value.text.id).endswith("had_pass")
    await desk.run("report_removal", {**raw, "person": "bo", "happened_at": "2026-11-24 09:30"})
