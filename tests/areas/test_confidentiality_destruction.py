"""What isn't to be kept is destroyed in time, before another person, who confirms it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment

from cstui.api import Refusal
from cstui.contract.errors import NotPermitted
from cstui_confidentiality.destruction.due import to_destroy, to_verify
from cstui_confidentiality.kinds import AssetState, DestructionState, PassState
from cstui_confidentiality.models import ConfidentialAsset, RemovalPass, SecureDestruction


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def states(desk: Desk) -> list[AssetState]:
    found: list[AssetState] = await desk.ask(
        ConfidentialAsset.all().order_by("asset_no").values_list("state", flat=True)
    )
    return found


def told(refused: pytest.ExceptionInfo[Any]) -> str:
    return str(refused.value.text.id).rpartition(".")[2]


@pytest.mark.rule("confidentiality-20")
async def test_marked_papers_are_a_warning_for_a_working_day_then_critical(desk: Desk) -> None:
    await desk.asset("A-1", content="x")
    desk.at(20, "17:00")  # a Friday
    await desk.run("mark_for_destruction", {}, "an", target=["A-1"])
    for day, time, severity in ((21, "09:00", "warning"), (23, "23:59:59", "warning"), (24, "00:00", "critical")):
        desk.at(day, time)
        (item,) = await desk.due(to_destroy)
        assert (item.severity, item.due, item.person) == (severity, moment("2026-11-24 00:00"), "an"), (day, time)


@pytest.mark.rule("confidentiality-20")
async def test_a_second_person_sees_it_and_says_so(desk: Desk) -> None:
    await desk.asset("A-1", content="x")
    await desk.asset("A-2", retain_until="2026-11-24")
    with pytest.raises(Refusal) as early:
        await desk.run("mark_for_destruction", {}, "an", target=["A-2"])
    assert told(early) == "retained"
    with pytest.raises(Refusal) as unmarked:
        await desk.run("destroy", {"method": "shred", "witness": "bo"}, "an", target=["A-1"])
    assert told(unmarked) == "asset_state"
    await desk.run("mark_for_destruction", {}, "an", target=["A-1"])
    with pytest.raises(Refusal) as alone:
        await desk.run("destroy", {"method": "shred"}, "an", target=["A-1"])
    assert (told(alone), alone.value.rule) == ("no_witness", "confidentiality-20")
    with pytest.raises(NotPermitted):
        await desk.run("destroy", {"method": "shred", "witness": "an"}, "an", target=["A-1"])
    with pytest.raises(Refusal) as other:
        await desk.run("destroy", {"method": "shred", "witness": "bo"}, "cai", target=["A-1"])
    assert told(other) == "not_in_charge"
    assert await states(desk) == [AssetState.MARKED, AssetState.REGISTERED]
    await desk.run("destroy", {"method": "shred", "witness": "bo"}, "an", target=["A-1"])
    assert await states(desk) == [AssetState.DESTROYED, AssetState.REGISTERED]
    gone = await desk.ask(ConfidentialAsset.get(asset_no="A-1"))
    assert gone.content == ""
    made = await desk.ask(SecureDestruction.first())
    assert [one.records for one in await desk.due(to_verify)] == [(made.pk,)]
    for login, fault in (("an", NotPermitted), ("deng", Refusal)):
        with pytest.raises(fault):
            await desk.run("verify_destruction", {}, login, target=[made.pk])
    await desk.run("verify_destruction", {}, "bo", target=[made.pk])
    made = await desk.ask(SecureDestruction.first())
    assert (made.state, made.verified_by, await desk.due(to_verify)) == (DestructionState.VERIFIED, "bo", [])


@pytest.mark.rule("confidentiality-20")
async def test_a_site_may_ask_for_no_witness(desk: Desk) -> None:
    await desk.figure("confidentiality-20", "witnesses", "0")
    await desk.asset("A-1", state=AssetState.MARKED, marked_at=moment("2026-11-24 09:00"))
    assert [one.records for one in await desk.due(to_destroy)]
    await desk.run("destroy", {"method": "wipe"}, "an", target=["A-1"])
    with pytest.raises(NotPermitted):  # by whoever did it, though they keep the register
        await desk.run("verify_destruction", {}, "an", target=[1])
    await desk.run("verify_destruction", {}, target=[1])


async def test_what_is_planned_is_carried_out_as_one_and_what_is_out_stays(desk: Desk) -> None:
    for number in ("A-1", "A-2", "A-3"):
        await desk.asset(number, state=AssetState.MARKED, marked_at=moment("2026-11-24 09:00"))
    out = await desk.ask(ConfidentialAsset.get(asset_no="A-3"))
    await desk.make_row(
        RemovalPass, pass_no="P-1", asset=out, carrier="an", purpose="x", requested_by="an", state=PassState.OUT,
        requested_at=moment("2026-11-23 09:00"),
    )  # fmt: skip
    planned = {"method": "shred", "witness": "bo", "planned_for": "2026-11-24 17:00"}
    with pytest.raises(Refusal) as away:
        await desk.run("plan_destruction", planned, "an", target=["A-1", "A-3"])
    assert told(away) == "is_out"
    await desk.run("plan_destruction", planned, "an", target=["A-1", "A-2"])
    assert await states(desk) == [AssetState.MARKED] * 3
    with pytest.raises(Refusal) as twice:
        await desk.run("destroy", {"method": "shred", "witness": "bo"}, "an", target=["A-1"])
    assert told(twice) == "planned"
    desk.at(24, "17:05")
    with pytest.raises(NotPermitted):  # the witness doesn't do it
        await desk.run("carry_out_destruction", {"witness": "an"}, "bo", target=[1])
    await desk.run("carry_out_destruction", {"witness": "bo"}, "an", target=[1])
    assert (await states(desk))[:2] == [AssetState.DESTROYED] * 2
    await desk.run("spare_asset", {"reason": "needed"}, "an", target=["A-3"])
    assert await desk.due(to_destroy) == []
