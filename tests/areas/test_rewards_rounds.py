"""Rounds: one a month, with frozen criteria and places by headcount."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rewards_desk import Desk, moment, rewards_desk

from cstui.api import Refusal
from cstui.approvals.models import Request
from cstui.contract.errors import NotPermitted
from cstui_rewards.kinds import RoundState
from cstui_rewards.models import AwardRound, Headcount, RoundAward
from cstui_rewards.rounds.due import rounds_due
from cstui_rewards.rounds.places import places


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        opened.at(2, month=12)
        await opened.run("load_awards")
        yield opened


async def round_(desk: Desk, number: str = "2026-12") -> AwardRound:
    made: AwardRound = await desk.ask(AwardRound.get(round_no=number))
    return made


@pytest.mark.parametrize(("headcount", "count"), [(0, 0), (7, 1), (9, 1), (10, 1), (19, 1), (20, 2), (25, 2), (30, 3)])
def test_places_of_a_team(headcount: int, count: int) -> None:
    assert places(headcount, 10, 1) == count


def test_places_may_be_rounded_up() -> None:
    assert [places(count, 10, 1, up=True) for count in (0, 9, 10, 11, 21)] == [0, 1, 1, 2, 3]


@pytest.mark.rule("rewards-23")
async def test_a_round_counts_who_was_there_when_the_month_began(desk: Desk) -> None:
    admin = {"number": "90", "login": "late", "name": "late", "department": "customer_service", "team": "T2"}
    await desk.run("people.enrol", {**admin, "hired_on": "2026-12-02"}, "admin")
    await desk.run("open_round", login="zhu")
    counted = {one.team.code: one for one in await desk.ask(Headcount.all().select_related("team"))}
    assert {code: one.count for code, one in counted.items()} == {"T1": 12, "T2": 2}
    assert await desk.cell("places", counted["T1"].pk, "places") == "1"


@pytest.mark.rule("rewards-04")
async def test_an_open_round_keeps_the_criteria_it_began_with(desk: Desk) -> None:
    await desk.run("open_round", login="zhu")
    await desk.figure("rewards-18", "sales_ace_refund_rate_lt", "3")
    kept = await desk.ask(RoundAward.get(award__code="sales_ace"))
    (refunds,) = [one for one in json.loads(kept.criteria) if one["name"] == "few_refunds"]
    assert refunds["value"] == "6.0"
    codes = await desk.ask(RoundAward.all().order_by("award_id").values_list("award__code", flat=True))
    assert "lecturer" not in codes  # chosen after a training round, not each month
    with pytest.raises(Refusal, match="regulated"):  # nobody rewrites what the regulations ask
        await desk.run("set_criteria", {"criteria": "x"}, target=["sales_ace"])


async def test_what_a_site_does_not_require_is_not_asked(desk: Desk) -> None:
    await desk.figure("rewards-14", "base_ideas_required", "true")
    await desk.run("open_round", login="zhu")
    kept = await desk.ask(RoundAward.get(award__code="bee"))
    assert "ideas" in {one["name"] for one in json.loads(kept.criteria)}
    await desk.run("cancel_round", {"reason": "again"}, "head", target=["2026-12"])
    desk.at(1, month=13)
    await desk.figure("rewards-14", "base_ideas_required", "false")
    await desk.run("open_round", login="zhu")
    kept = await desk.ask(RoundAward.get(award__code="bee", round__round_no="2027-01"))
    assert "ideas" not in {one["name"] for one in json.loads(kept.criteria)}


@pytest.mark.parametrize(("inclusive", "until"), [("false", "2026-12-25 00:00"), ("true", "2026-12-26 00:00")])
async def test_nominations_end_before_the_closing_day(desk: Desk, inclusive: str, until: str) -> None:
    await desk.figure("rewards-24", "nominate_inclusive", inclusive)
    await desk.run("open_round", login="zhu")
    assert (await round_(desk)).nominate_by == moment(until)
    desk.at(24, "23:59:59", month=12)
    assert await desk.cell("rounds", (await round_(desk)).pk, "round_state") == "nominating"
    desk.at(26, "00:00", month=12)
    assert await desk.cell("rounds", (await round_(desk)).pk, "round_state") == "being reviewed"


@pytest.mark.rule("rewards-08")
async def test_one_round_a_month_and_the_one_before_is_ended_first(desk: Desk) -> None:
    await desk.run("open_round", login="zhu")
    with pytest.raises(Refusal, match="round_there"):
        await desk.run("open_round", login="zhu")
    desk.at(1, month=13)
    with pytest.raises(Refusal, match="round_before"):
        await desk.run("open_round", login="zhu")
    await desk.run("cancel_round", {"reason": "nobody was nominated"}, "head", target=["2026-12"])
    await desk.run("open_round", login="zhu")
    with pytest.raises(Refusal, match="round_over"):
        await desk.run("cancel_round", {"reason": "twice"}, "head", target=["2026-12"])


@pytest.mark.rule("rewards-08")
async def test_a_month_without_a_round_is_told_and_may_be_skipped_with_a_reason(desk: Desk) -> None:
    desk.at(5, "23:59", month=12)
    (item,) = await desk.due(rounds_due)
    assert (item.severity, item.actions) == ("info", ("rewards.open_round", "rewards.skip_round"))
    desk.at(6, "00:00", month=12)
    assert [one.severity for one in await desk.due(rounds_due)] == ["warning"]
    with pytest.raises(NotPermitted):
        await desk.run("skip_round", {"reason": "holiday"}, "zhu")
    await desk.run("skip_round", {"reason": "全员外出培训"}, "head")
    assert await desk.due(rounds_due) == []
    skipped = await round_(desk)
    assert (skipped.state, skipped.reason) == (RoundState.CANCELLED, "全员外出培训")


async def test_without_awards_nothing_is_asked_and_no_round_opens(desk: Desk) -> None:
    for code in ("bee", "newcomer", "sales_ace", "service_star"):
        await desk.run("retire_award", {"reason": "none"}, target=[code])
    assert await desk.due(rounds_due) == []
    with pytest.raises(Refusal, match="no_awards"):
        await desk.run("open_round", login="zhu")


async def test_what_isnt_regulated_is_noted_with_the_round(desk: Desk) -> None:
    await desk.run("open_round", login="zhu")
    await desk.run("note_decision", {"decided": "并列时由部门会议商定"}, target=["2026-12"])
    await desk.run("note_decision", {"decided": "名单张贴在二楼"}, target=["2026-12"])
    assert (await round_(desk)).decided == "2026-12-02 并列时由部门会议商定；2026-12-02 名单张贴在二楼"


@pytest.mark.rule("rewards-41")
async def test_the_scheme_is_changed_by_two(desk: Desk) -> None:
    raw = {"rule": "rewards-23", "name": "quota_per", "value": "5", "from_day": "today", "reason": "more places"}
    asked = await desk.run("site.set_figure", raw, "admin")
    assert asked.text and asked.text.id == "site.done.figure_asked"
    assert (await desk.context()).rule("rewards-23").quota_per == 10
    request = await desk.ask(Request.get(kind="site.figure_rewards"))
    with pytest.raises(NotPermitted):
        await desk.run("approvals.approve", {}, "fu", target=[request.pk])
    await desk.run("approvals.approve", {}, "deng", target=[request.pk])
    assert (await desk.context()).rule("rewards-23").quota_per == 5
