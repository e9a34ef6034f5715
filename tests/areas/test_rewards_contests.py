"""Contests: places and sums by the worked cases; results entered, confirmed by another, settled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from desk import words
from rewards_desk import MEMBERS, Desk, rewards_desk

from cstui.api import UNKNOWN, Area, BadInput, Context, Fact, Refusal
from cstui_rewards.contests.due import results_due, settlement_due
from cstui_rewards.contests.shares import chosen, own, places, year_score
from cstui_rewards.contests.year import PERFORMANCE, POINTS
from cstui_rewards.honours.vetoes import AGAINST, LEAVE, barred
from cstui_rewards.kinds import GrantKind, GrantState, Veto
from cstui_rewards.models import ContestResult, Grant, YearCandidate

RESULT = {"contest": "municipal_quarterly", "period": "2026Q3", "ended_on": "2026-09-30", "unit": "department",
          "unit_name": "客服部", "rank": 3, "evidence": "通报 37"}  # fmt: skip


@pytest.mark.parametrize(
    ("others", "share", "count"), [(17, 30, 5), (15, 30, 5), (1, 30, 1), (13, 50, 7), (20, 60, 12), (0, 30, 0)]
)
def test_places_of_a_share(others: int, share: int, count: int) -> None:
    assert places(others, share, 1) == count


@pytest.mark.parametrize(
    ("others", "share", "managers", "manager", "staff", "money"),
    [(17, 30, 4, 300, 200, 2200), (15, 30, 4, 300, 200, 2200), (1, 30, 4, 300, 200, 1400), (13, 50, 4, 300, 100, 1900),
     (20, 60, 4, 500, 300, 5600)],
)  # fmt: skip
def test_money_of_a_unit(others: int, share: int, managers: int, manager: int, staff: int, money: int) -> None:
    assert managers * manager + places(others, share, 1) * staff == money


def test_a_tie_on_the_last_place_lists_both() -> None:
    assert chosen({1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 5}, 5) == ([1, 2, 3, 4], [5, 6])
    assert chosen({1: 1, 2: 2, 3: 2}, 3) == ([1, 2, 3], [])
    assert chosen({1: 1, 2: 2, 3: 2}, 2) == ([1], [2, 3])
    assert chosen({1: 1, 2: 2}, 0) == ([], [])


def test_only_the_higher_sum_counts() -> None:
    assert own(200_00, 250_00) == 0
    assert own(200_00, 150_00) == 200_00
    assert own(200_00, 200_00) == 0


def test_the_years_ranking() -> None:
    points, performance = [Decimal(90), Decimal(84), Decimal(87)], [Decimal(95), Decimal(92), Decimal(98)]
    assert year_score(points, performance, (Decimal("0.4"), Decimal("0.6"))) == Decimal("91.80")
    assert year_score([], performance, (Decimal("0.4"), Decimal("0.6"))) is None


@pytest.mark.parametrize(
    ("personal", "sick", "absent", "out"),
    [("10.0", "0", "0", False), ("10.5", "0", "0", True), ("0", "30", "0", False), ("0", "31", "0", True),
     ("0", "0", "1", True), (None, "0", "0", None), (None, "31", "0", True)],
)  # fmt: skip
def test_over_the_limits_of_leave(personal: str | None, sick: str, absent: str, out: bool | None) -> None:
    days = None if personal is None else Decimal(personal)
    assert barred(days, Decimal(sick), Decimal(absent), (10, 30)) is out


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        yield opened


async def entered(desk: Desk, ranks: dict[str, int] | None = None, elsewhere: str = "0", **more: Any) -> str:
    """A result with four managers and as many others as are told, by rank."""
    made = await desk.run("enter_result", {**RESULT, **more}, "zhu")
    number = str((await desk.ask(ContestResult.get(id=made.rows[0]))).result_no)
    for login in ("lead", "two", "deng", "fu"):
        await desk.run("share", {"result": number, "staff": login, "place": "manager"}, "zhu")
    for login, rank in (ranks or {}).items():
        raw = {"result": number, "staff": login, "rank": rank, "elsewhere": elsewhere}
        await desk.run("share", raw, "zhu")
    return number


async def settle(desk: Desk, number: str, **raw: Any) -> list[Grant]:
    await desk.run("confirm_result", None, "deng", target=[number])
    await desk.run("compute_shares", raw, "head", target=[number])
    rows = Grant.all().select_related("person").order_by("id")
    return list(await desk.ask(rows))


@pytest.mark.parametrize(
    ("contest", "share", "manager", "staff"),
    [
        pytest.param("municipal_quarterly", 3, 300_00, 200_00, marks=pytest.mark.rule("rewards-51")),
        pytest.param("hall_mystery", 6, 300_00, 100_00, marks=pytest.mark.rule("rewards-52")),
        pytest.param("channel_mystery", 0, 300_00, 0, marks=pytest.mark.rule("rewards-53")),
        pytest.param("annual_collective", 7, 500_00, 300_00, marks=pytest.mark.rule("rewards-55")),
        pytest.param("annual_contest", 6, 300_00, 200_00, marks=pytest.mark.rule("rewards-56")),
    ],
)
async def test_each_contest_gives_its_sums(desk: Desk, contest: str, share: int, manager: int, staff: int) -> None:
    ranks = {login: rank for rank, login in enumerate(MEMBERS, 1)}  # eleven others
    grants = await settle(desk, await entered(desk, ranks, contest=contest))
    assert [one.amount for one in grants] == [manager] * 4 + [staff] * share
    assert [one.person.login for one in grants[4:]] == list(MEMBERS)[:share]


@pytest.mark.rule("rewards-51")
async def test_the_fourth_place_gives_nothing(desk: Desk) -> None:
    assert await settle(desk, await entered(desk, {"an": 1}, rank=4)) == []
    assert len(await settle(desk, await entered(desk, {"an": 1}, period="2026Q2x"))) == 5


@pytest.mark.rule("rewards-51")
async def test_the_head_says_who_of_the_tied_gets_the_last_place(desk: Desk) -> None:
    ranks = {login: rank for rank, login in enumerate(MEMBERS[:8], 1)} | {"bo": 3, "cai": 3, "dan": 3}  # two places
    number = await entered(desk, {**ranks, "an": 1})
    await desk.run("confirm_result", None, "deng", target=[number])
    with pytest.raises(Refusal, match="tied"):
        await desk.run("compute_shares", {}, "head", target=[number])
    await desk.run("compute_shares", {"chosen": ["cai"]}, "head", target=[number])
    given = await desk.ask(Grant.filter(amount=200_00).select_related("person"))
    assert {one.person.login for one in given} == {"an", "cai"}


@pytest.mark.rule("rewards-58")
async def test_what_another_gives_for_the_same_is_not_given_twice(desk: Desk) -> None:
    grants = await settle(desk, await entered(desk, {"an": 1}, elsewhere="250"))
    (one,) = [one for one in grants if one.person.login == "an"]
    assert (one.amount, one.elsewhere, one.state) == (0, 250_00, GrantState.DROPPED)
    grants = await settle(desk, await entered(desk, {"bo": 1}, elsewhere="150", period="2026Q2", ended_on="2026-06-30"))
    (one,) = [one for one in grants if one.person.login == "bo"]
    assert (one.amount, one.elsewhere, one.state) == (200_00, 150_00, GrantState.DUE)


@pytest.mark.rule("rewards-54")
async def test_training_places_go_down_the_ranking(desk: Desk) -> None:
    grants = await settle(desk, await entered(desk, {"an": 3, "bo": 1, "cai": 2}, training_places=2, rank=9))
    assert [(one.kind, one.person.login) for one in grants] == [
        (GrantKind.TRAINING_PLACE, "bo"), (GrantKind.TRAINING_PLACE, "cai"),
    ]  # fmt: skip


@pytest.mark.rule("rewards-50")
async def test_periods_before_the_scheme_give_nothing(desk: Desk) -> None:
    with pytest.raises(Refusal, match="before_scheme"):
        await entered(desk, ended_on="2026-03-31", period="2026Q1")
    with pytest.raises(BadInput, match="not_ended"):
        await entered(desk, ended_on="2026-12-31", period="2026Q4")


async def test_a_result_is_entered_once_and_confirmed_by_another(desk: Desk) -> None:
    number = await entered(desk)
    with pytest.raises(Refusal, match="entered"):
        await entered(desk)
    with pytest.raises(Refusal, match="own_result"):
        await desk.run("confirm_result", None, "zhu", target=[number])
    with pytest.raises(Refusal, match="result_state"):
        await desk.run("compute_shares", {}, "head", target=[number])
    assert words(await desk.due(results_due)) == ["contest"]
    with pytest.raises(BadInput, match="no_rank"):
        await desk.run("share", {"result": number, "staff": "an"}, "zhu")


@pytest.mark.rule("rewards-49")
async def test_a_quarter_is_settled_from_its_first_working_day(desk: Desk) -> None:
    await entered(desk)
    assert await desk.due(settlement_due) == []  # the third quarter's result is entered
    await desk.run("site.set_day", {"day": "2027-01-01", "working": "no"}, "admin")
    desk.at(3, month=13)
    assert await desk.due(settlement_due) == []
    desk.at(4, month=13)  # Monday, the first working day of January 2027
    (item,) = await desk.due(settlement_due)
    assert item.title.args == {"period": "2026Q4"}
    await entered(desk, period="2026Q4", ended_on="2026-12-31")
    assert await desk.due(settlement_due) == []


def report(desk: Desk, **told: Any) -> None:
    """Other areas report of everybody, `quarter_points=[90, 84, 87]` by quarter; the rest stays unknown."""

    def fact(name: str) -> Fact:
        async def fn(ctx: Context, person_id: int, first: date, last: date) -> Any:
            value = told.get(name.partition(".")[2], UNKNOWN)
            return value[(first.month - 1) // 3] if isinstance(value, list) else value

        return Fact(name, fn)

    for area in ("performance", "attendance", "discipline"):
        names = [name for name in (POINTS, PERFORMANCE, AGAINST, *LEAVE) if name.startswith(f"{area}.")]
        desk.host.areas[area] = Area(area, strings="", facts=tuple(fact(name) for name in names))


async def ranked(desk: Desk) -> YearCandidate:
    """Somebody's row of the year."""
    await desk.run("rank_year", {"year": 2026}, "zhu")
    row: YearCandidate = await desk.ask(YearCandidate.get(year=2026, staff__login="an"))
    return row


@pytest.mark.rule("rewards-57")
async def test_the_years_candidates_with_their_scores(desk: Desk) -> None:
    report(desk, quarter_points=[90, 84, 87], quarter_score=[95, 92, 98])
    row = await ranked(desk)
    assert (row.points, row.performance, row.score, row.veto) == (8700, 9500, 9180, Veto.UNKNOWN)
    people = await desk.ask(YearCandidate.all().values_list("staff__login", flat=True))
    assert "xu" not in people  # of another department
    assert len(people) == 18


async def test_what_nobody_reports_is_entered_and_decided_by_a_person(desk: Desk) -> None:
    report(desk)
    row = await ranked(desk)
    assert (row.points, row.score, row.veto) == (None, None, Veto.UNKNOWN)
    await desk.run("enter_year", {"points": "87", "performance": "95"}, "zhu", target=[row.pk])
    decided = {"barred_by": "free", "reason": "nothing known"}
    await desk.run("decide_veto", decided, "head", target=[row.pk])
    row = await ranked(desk)  # made again
    assert (row.score, row.veto) == (9180, Veto.FREE)
    with pytest.raises(BadInput, match="year_to_come"):
        await desk.run("rank_year", {"year": 2027}, "zhu")


@pytest.mark.rule("rewards-48")
async def test_too_much_leave_bars_where_the_site_says_so(desk: Desk) -> None:
    report(desk, against_team=0, term_personal_days=Decimal("10.5"), term_sick_days=0, absent_count=0)
    assert (await ranked(desk)).veto is Veto.FREE  # as long as the site doesn't bar for leave
    await desk.figure("rewards-48", "attendance_vetoes", "yes")
    row = await ranked(desk)
    assert row.veto is Veto.ABSENT
    with pytest.raises(Refusal, match="veto_known"):
        await desk.run("decide_veto", {"barred_by": "free", "reason": "mild"}, "head", target=[row.pk])
    honour = {"person": "an", "source": "annual", "title": "best", "day": "2026-12-31"}
    with pytest.raises(Refusal, match="absent"):
        await desk.run("record_honour", honour, "head")
