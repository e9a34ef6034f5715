"""The comparison of teams: means less what was missed, ranks, who is commended, and the way until it is published."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counting import counted
from hygiene_desk import Desk, hygiene_desk
from hypothesis import given
from hypothesis import strategies as st

from cstui import charts, registers
from cstui.api import BadInput, Figures, Period, Refusal
from cstui.contract.errors import NotPermitted
from cstui_hygiene.comparison.due import comparison_due
from cstui_hygiene.comparison.reckoning import Standing, ranks
from cstui_hygiene.models import CleaningArea, HygieneAppraisal, HygieneInspection

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    async with hygiene_desk(request, tmp_path, clean_template) as opened:
        yield opened


async def scored(desk: Desk, area: str, scores: Sequence[float], month: int = 10, **more: Any) -> None:
    """Signed inspections of an area, one a day from the 12th."""

    async def make() -> None:
        for day, score in enumerate(scores, 12):
            await HygieneInspection.create(
                inspection_no=f"{area}-{month}-{day}", day=date(2026, month, day), area=await CleaningArea.get(code=area),
                inspector_id=1, state="signed", score=round(score * 100), **more,
            )  # fmt: skip

    await desk.host.call(make())


async def compared(desk: Desk, **raw: Any) -> dict[str, HygieneAppraisal]:
    await desk.run("compare", raw, "deng")
    return {one.team.code: one for one in await desk.ask(HygieneAppraisal.all().select_related("team"))}


# the figures


@pytest.mark.rule("hygiene-41")
async def test_the_mean_less_two_points_for_each_missed_duty(desk: Desk) -> None:
    await scored(desk, "FL", [92, 88, 90])
    await desk.duty("an", day="2026-10-13")
    await desk.duty("an", day="2026-10-14", state="made_up")
    await desk.duty("an", day="2026-10-15", state="excused")
    await desk.duty("bo", day="2026-11-02")
    one = (await compared(desk))["T1"]
    assert (one.mean_score, one.missed, one.score, one.inspections) == (9000, 1, 8800, 3)
    assert (one.appraisal_no, one.first_day, one.last_day) == ("2026-10/T1", OCTOBER.first, OCTOBER.last)


async def test_a_duty_missed_in_the_area_of_all_counts_for_the_team_of_whose_it_was(desk: Desk) -> None:
    await scored(desk, "FL", [90])
    await scored(desk, "RE", [90])
    await desk.duty("cai", area="CH", day="2026-10-13")
    found = await compared(desk)
    assert (found["T1"].missed, found["T2"].missed) == (0, 1)


async def test_inspections_of_people_count_for_their_team_and_those_of_nobody_s_area_for_none(desk: Desk) -> None:
    await scored(desk, "CH", [10])
    number = await desk.inspect("", staff="cai")
    await desk.walk(number, {"desk": {}})
    desk.at(1, month=12)
    found = await compared(desk)
    worth = 56
    assert found["T2"].mean_score == (2 * 10000 * (worth - 15) + worth) // (2 * worth)
    assert (found["T2"].defects, found["T1"].mean_score) == (1, None)


@pytest.mark.parametrize(
    ("score", "outcome"),
    [pytest.param(80.00, "none", id="80"), pytest.param(79.99, "penalised", id="79.99", marks=pytest.mark.rule("hygiene-41"))],
)  # fmt: skip
async def test_80_points_pass_and_a_hundredth_less_does_not(desk: Desk, score: float, outcome: str) -> None:
    await scored(desk, "FL", [score])
    await scored(desk, "RE", [95])
    assert (await compared(desk))["T1"].outcome.value == outcome


def test_a_tie_for_the_first_place_leaves_the_second_empty() -> None:
    assert ranks({1: 8800, 2: 8800, 3: 8700}) == {1: 1, 2: 1, 3: 3}
    assert ranks({1: None, 2: 0, 3: -200}) == {1: None, 2: 1, 3: 2}


@given(st.dictionaries(st.integers(), st.one_of(st.none(), st.integers(-1000, 10000))))
def test_ranks_follow_the_scores(scores: dict[int, int | None]) -> None:
    found = ranks(scores)
    known = [one for one, score in scores.items() if score is not None]
    assert {one for one, rank in found.items() if rank is None} == scores.keys() - {*known}
    for one in known:
        rank, score = found[one], scores[one]
        assert rank is not None and score is not None
        assert rank - 1 == sum(1 for other in known if (scores[other] or 0) > score)


@given(st.lists(st.integers(0, 10000), max_size=40))
def test_a_mean_lies_among_the_scores_and_is_rounded_half_up(scores: list[int]) -> None:
    mean = Standing(team=None, scores=scores).mean  # type: ignore[arg-type]
    if not scores:
        assert mean is None
        return
    exact = Decimal(sum(scores)) / len(scores)
    assert mean is not None and min(scores) <= mean <= max(scores)
    assert -Decimal("0.5") <= exact - mean < Decimal("0.5")


async def test_a_tie_is_commended_twice(desk: Desk) -> None:
    await scored(desk, "FL", [88])
    await scored(desk, "RE", [90, 86])
    found = await compared(desk)
    assert [(one.rank, one.outcome.value) for one in found.values()] == [(1, "commended")] * 2


async def test_a_team_without_inspections_is_unknown_and_not_last(desk: Desk) -> None:
    await scored(desk, "RE", [50])
    await desk.duty("an", day="2026-10-13")
    found = await compared(desk)
    assert (found["T1"].score, found["T1"].rank, found["T1"].outcome.value) == (None, None, "none")
    assert (found["T2"].rank, found["T2"].outcome.value) == (1, "penalised")  # first, yet not passed
    ctx = await desk.context()
    row = await desk.host.call(registers.one(desk.host, ctx, "hygiene.appraisals", found["T1"].id))
    assert row.values["score"] is None


async def test_a_draft_counts_for_nothing(desk: Desk) -> None:
    await scored(desk, "FL", [20])
    await desk.ask(HygieneInspection.all().update(state="draft"))
    assert (await compared(desk))["T1"].mean_score is None


async def test_a_site_may_compare_by_the_week(desk: Desk) -> None:
    await desk.figure("hygiene-41", "appraisal_period", "week")
    await scored(desk, "FL", [90], month=11)  # Thursday, 12 November
    desk.at(4, month=12)
    with pytest.raises(BadInput):
        await compared(desk, day="2026-12-03")
    await desk.figure("hygiene-41", "missed_deduction", "5")
    found = await compared(desk)
    assert found["T1"].appraisal_no == "2026-W48/T1"
    assert (found["T1"].first_day, found["T1"].last_day) == (date(2026, 11, 23), date(2026, 11, 29))


# the way until it is published


@pytest.mark.rule("hygiene-41")
async def test_it_is_due_on_the_first_workday_and_leads_from_step_to_step(desk: Desk) -> None:
    desk.at(1, month=11)  # a Sunday
    await scored(desk, "FL", [90])
    assert await desk.due(comparison_due) == []
    for step, action in (
        ("compare", "compare"), ("confirm", "confirm_comparison"), ("publish", "publish_comparison"),
    ):  # fmt: skip
        desk.at(2, month=11)
        (item,) = await desk.due(comparison_due)
        assert (item.title.id, item.severity, item.actions[0]) == (
            f"hygiene.due.{step}", "warning", f"hygiene.{action}"
        )  # fmt: skip
        assert item.title.args["period"] == "2026-10"
        desk.at(24)
        if item.records:
            await desk.run(action, None, "deng", target=item.records[:1])
        else:
            await desk.run(action, {}, "deng")
    assert await desk.due(comparison_due) == []
    assert {one.state.value for one in await desk.ask(HygieneAppraisal.all())} == {"published"}


async def test_without_inspections_nothing_is_asked(desk: Desk) -> None:
    assert await desk.due(comparison_due) == []


@pytest.mark.rule("hygiene-41")
async def test_the_first_are_offered_to_rewards_and_who_does_not_pass_to_discipline(desk: Desk) -> None:
    await scored(desk, "FL", [93])
    await scored(desk, "RE", [70])
    found = await compared(desk)
    assert await desk.findings() == []
    await desk.run("confirm_comparison", None, "deng", target=[found["T1"].id])
    assert sorted(await desk.findings()) == [
        ("hygiene-41", "commended", ""), ("hygiene-41", "penalised", ""),
    ]  # fmt: skip


async def test_what_is_confirmed_is_not_reckoned_again(desk: Desk) -> None:
    await scored(desk, "FL", [93])
    found = await compared(desk)
    await scored(desk, "RE", [95])
    again = await compared(desk)
    assert (again["T1"].id, again["T1"].rank, again["T2"].rank) == (found["T1"].id, 2, 1)
    with pytest.raises(Refusal):
        await desk.run("publish_comparison", None, "deng", target=["2026-10/T1"])
    await desk.run("confirm_comparison", None, "deng", target=["2026-10/T1"])
    for action, raw in (("compare", {"day": "2026-10-05"}), ("confirm_comparison", None)):
        with pytest.raises(Refusal):
            await desk.run(action, raw, "deng", **({} if raw else {"target": ["2026-10/T2"]}))


async def test_a_month_that_is_not_over_is_not_compared(desk: Desk) -> None:
    for day in ("2026-11-24", "2026-12-01"):
        with pytest.raises(BadInput):
            await compared(desk, day=day)
    desk.at(30)
    with pytest.raises(BadInput):
        await compared(desk, day="2026-11-01")
    for login in ("lead", "an"):
        with pytest.raises(NotPermitted):
            await desk.run("compare", {}, login)


async def test_until_it_is_published_only_those_who_decide_see_it(desk: Desk) -> None:
    await scored(desk, "FL", [93])
    await compared(desk)

    async def seen(login: str) -> int:
        return int(await desk.host.call(registers.count(desk.host, await desk.context(login), "hygiene.appraisals")))

    assert (await seen("deng"), await seen("an")) == (2, 0)
    await desk.run("confirm_comparison", None, "deng", target=["2026-10/T1"])
    with pytest.raises(Refusal):
        await printed(desk)
    await desk.run("publish_comparison", None, "deng", target=["2026-10/T1"])
    assert await seen("an") == 2
    page = await printed(desk)
    rows = page.parts[1].rows
    assert [row[:2] for row in rows] == [(1, "T1"), ("—", "T2")]
    assert desk.host.words.say(rows[1][5], "en", desk.host.zone) == "unknown"


async def printed(desk: Desk) -> Any:
    async def make() -> Any:
        ctx = await desk.host.context(await desk.host.actor("deng"))
        rows = await HygieneAppraisal.all().select_related("team")
        (paper,) = [one for one in desk.host.areas["hygiene"].papers if one.id == "hygiene.comparison"]
        (page,) = await paper.make(ctx, rows)
        return page

    return await desk.host.call(make())


# pictures


async def drawn(desk: Desk, name: str, period: Period = OCTOBER) -> Figures:
    async def draw() -> Any:
        ctx = await desk.host.context(await desk.host.actor("deng"))
        return await charts.drawn(desk.host, ctx, desk.host.charts[f"hygiene.{name}"], period)

    found = await desk.host.call(draw())
    assert isinstance(found, Figures)
    return found


async def test_areas_by_weeks_unknown_where_nothing_was_inspected(desk: Desk) -> None:
    assert (await drawn(desk, "scores_by_week")).series == ()
    await scored(desk, "FL", [90, 85.01])
    await scored(desk, "RE", [70])
    figures = await drawn(desk, "scores_by_week")
    monday = figures.labels.index(date(2026, 10, 12))
    told = {one.name.args["words"]: [datum.value for datum in one.data] for one in figures.series}
    assert told["floor"][monday] == Decimal("87.51")
    assert told["reception"][monday] == Decimal("70.00")
    assert {value for at, value in enumerate(told["floor"]) if at != monday} == {None}
    assert [len(one.data[monday].records) for one in figures.series] == [2, 1]


async def test_teams_beside_each_other(desk: Desk) -> None:
    await scored(desk, "FL", [92, 88, 90])
    await desk.duty("an", day="2026-10-13")
    figures = await drawn(desk, "scores_of_teams")
    assert figures.labels == ("T1", "T2")
    assert "hygiene.scores_of_teams" not in [one.id for one in charts.charts_of(desk.host, await desk.context("an"))]
    assert [datum.value for datum in figures.series[0].data] == [Decimal("88.00"), None]


async def test_what_is_due_takes_as_many_queries_however_much_was_inspected(desk: Desk) -> None:
    await scored(desk, "FL", [90])
    few, _ = await counted(desk.host, comparison_due(await desk.context()))
    await scored(desk, "RE", [90, 91, 92])
    many, found = await counted(desk.host, comparison_due(await desk.context()))
    assert (len(found), many) == (1, few)
