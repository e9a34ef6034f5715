"""Awards: proposed by anybody, adopted by the head, looked through each year."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rewards_desk import Desk, rewards_desk

from cstui import engine
from cstui.api import BadInput, Refusal
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted
from cstui_rewards.awards.due import awards_due
from cstui_rewards.kinds import AwardState
from cstui_rewards.models import AwardType, Criterion

SMILE = {"code": "smile", "name": "微笑窗口", "purpose": "热情周到", "criteria": "客户表扬\n无推诿", "kind": "ad_hoc"}


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        yield opened


async def answer(desk: Desk, word: str, login: str = "head", note: str = "well") -> None:
    request = await desk.ask(Request.get(kind="rewards.award"))
    actor = await desk.host.call(desk.host.actor(login))
    await engine.run(desk.host, f"approvals.{word}", {"note": note}, actor, target=[request.pk])


async def award(desk: Desk, code: str = "smile") -> AwardType:
    made: AwardType = await desk.ask(AwardType.get(code=code))
    return made


@pytest.mark.rule("rewards-03")
async def test_any_member_proposes_and_the_head_adopts(desk: Desk) -> None:
    await desk.run("propose_award", SMILE, "an")
    assert (await award(desk)).state is AwardState.PROPOSED
    waiting = await desk.ask(Request.get(kind="rewards.award"))
    ctx = await desk.context()
    (kind,) = [one for one in desk.host.areas["rewards"].approvals if one.id == waiting.kind]
    assert kind.deadline
    due, proof = kind.deadline(ctx, waiting.opened_at)
    assert ctx.local(due).isoformat() == "2026-12-09T00:00:00+08:00"  # ten working days after Tuesday, 24 November
    assert proof.args["last"].isoformat() == "2026-12-08"
    await answer(desk, "approve")
    adopted = await award(desk)
    assert (adopted.state, adopted.adopted_by, adopted.cash, adopted.points) == (
        AwardState.ADOPTED,
        "head",
        10_000,
        500,
    )


@pytest.mark.rule("rewards-02")
async def test_nobody_but_the_adopter_makes_it_an_award(desk: Desk) -> None:
    await desk.run("propose_award", SMILE, "an")
    assert (await award(desk)).state is AwardState.PROPOSED
    with pytest.raises(NotPermitted):
        await answer(desk, "approve", "fu")
    await answer(desk, "refuse")
    assert (await award(desk)).state is AwardState.DECLINED


async def test_a_code_is_given_once_and_criteria_are_lines(desk: Desk) -> None:
    await desk.run("propose_award", SMILE, "an")
    with pytest.raises(BadInput, match="award_code"):
        await desk.run("propose_award", SMILE, "bo")
    with pytest.raises(BadInput, match="criterion_long"):
        await desk.run("propose_award", {**SMILE, "code": "long", "criteria": "x" * 201}, "bo")
    lines = await desk.ask(
        Criterion.filter(award__code="smile").order_by("criterion_no").values_list("words", flat=True)
    )
    assert [*lines] == ["客户表扬", "无推诿"]


async def test_the_awards_of_the_regulations_are_loaded_once(desk: Desk) -> None:
    await desk.run("load_awards")
    codes = await desk.ask(AwardType.all().order_by("code").values_list("code", flat=True))
    assert [*codes] == ["bee", "lecturer", "newcomer", "sales_ace", "service_star"]
    criterion = await desk.ask(Criterion.get(award__code="sales_ace", name="few_refunds"))
    assert await desk.cell("criteria", criterion.pk, "limit") == "less than 6.0"
    with pytest.raises(Refusal, match="loaded"):
        await desk.run("load_awards")


@pytest.mark.rule("rewards-32")
async def test_a_lecturer_gets_what_an_individual_gets_unless_the_site_says_none(desk: Desk) -> None:
    await desk.run("load_awards")
    lecturer = await award(desk, "lecturer")
    assert (lecturer.cash, lecturer.points) == (10_000, 500)
    await desk.figure("rewards-32", "lecturer_grant", "none")
    await desk.run("propose_award", {**SMILE, "code": "speaker", "kind": "lecturer"}, "an")
    speaker = await award(desk, "speaker")
    assert (speaker.cash, speaker.points) == (0, 0)


async def test_criteria_of_ones_own_change_those_of_the_regulations_dont(desk: Desk) -> None:
    await desk.run("load_awards")
    await desk.run("propose_award", SMILE, "an")
    with pytest.raises(Refusal, match="not_adopted"):
        await desk.run("set_criteria", {"criteria": "新标准"}, target=["smile"])
    await answer(desk, "approve")
    await desk.run("set_criteria", {"criteria": "新标准"}, target=["smile"])
    assert [one.words for one in await desk.ask(Criterion.filter(award__code="smile"))] == ["新标准"]
    with pytest.raises(Refusal, match="regulated"):
        await desk.run("set_criteria", {"criteria": "新标准"}, target=["bee"])


@pytest.mark.rule("rewards-01")
async def test_each_year_it_is_asked_whether_awards_still_fit(desk: Desk) -> None:
    await desk.award(first_day="2025-11-24")
    assert await desk.due(awards_due) == []  # 365 days to the day
    desk.at(25)
    (item,) = await desk.due(awards_due)
    assert (item.severity, item.actions) == ("info", ("rewards.keep_award", "rewards.retire_award"))
    await desk.run("keep_award", target=["service_star"])
    assert await desk.due(awards_due) == []
    await desk.run("retire_award", {"reason": "no longer needed"}, target=["service_star"])
    with pytest.raises(Refusal, match="not_adopted"):
        await desk.run("keep_award", target=["service_star"])
