"""Nominations: by whom, until when, how many, with what; witnesses; criteria by facts; the chief's review."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from desk import words
from rewards_desk import Desk, rewards_desk

from cstui.api import UNKNOWN, Area, BadInput, Context, Fact, Period, Refusal
from cstui_rewards.kinds import Met, NominationState
from cstui_rewards.models import AwardRound, CriterionCheck, Nomination, WitnessConfirmation
from cstui_rewards.nominations.due import answers_due, nominations_due
from cstui_rewards.review.dimensions import scores, weighted
from cstui_rewards.review.due import lost_due, months_due, reviews_due

FORM = {
    "award": "bee", "nominee": "an", "reason": "每天第一个到岗，主动帮同事处理积压的工单，从不推诿",
    "title": "协助处理积压工单", "day": "2026-12-08", "description": "当天共协助处理 32 单", "witnesses": ["bo", "cai"],
}  # fmt: skip
DECEMBER = 12
FACTS = ("attendance.late_count", "attendance.early_leave_count", "discipline.case_count", "discipline.offtask_count",
         "quality.rating", "quality.rating_count", "performance.refund_rate", "quality.principle_errors",
         "quality.operation_faults", "complaints.count", "ideas.count", "ideas.accepted_count", "training.lecturer_score",
         "training.test_score", "performance.score")  # fmt: skip


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        opened.at(2, month=DECEMBER)
        await opened.run("load_awards")
        await opened.run("open_round", login="zhu")
        opened.at(10, month=DECEMBER)
        yield opened


def report(desk: Desk, **told: dict[str, Any]) -> None:
    """Other areas report figures of people, by login: `late_count={"an": 1}`."""

    def fact(name: str) -> Fact:
        async def fn(ctx: Context, person_id: int, first: date, last: date) -> Any:
            from cstui.people import Staff

            person = await Staff.get(id=person_id)
            return told.get(name.partition(".")[2], {}).get(person.login, UNKNOWN)

        return Fact(name, fn)

    for area in {name.partition(".")[0] for name in FACTS}:
        facts = tuple(fact(name) for name in FACTS if name.startswith(f"{area}."))
        desk.host.areas[area] = Area(area, strings="", facts=facts)


async def nominate(desk: Desk, login: str = "lead", **more: Any) -> str:
    made = await desk.run("nominate", {**FORM, **more}, login)
    row = await desk.ask(Nomination.get(id=made.rows[0]))
    return str(row.nomination_no)


async def nomination(desk: Desk, number: str) -> Nomination:
    made: Nomination = await desk.ask(Nomination.get(nomination_no=number))
    return made


async def checks(desk: Desk, number: str) -> dict[str, CriterionCheck]:
    rows = CriterionCheck.filter(nomination__nomination_no=number).select_related("criterion")
    return {one.criterion.name: one for one in await desk.ask(rows)}


async def witness(desk: Desk, number: str, login: str) -> int:
    rows = WitnessConfirmation.get(nomination__nomination_no=number, witness__login=login)
    return int((await desk.ask(rows)).pk)


async def tick_all(desk: Desk, number: str, login: str = "lead") -> None:
    left = [one.pk for one in (await checks(desk, number)).values() if one.met is Met.UNKNOWN]
    if left:
        await desk.run("judge", {"met": "met", "remark": "有记录"}, login, target=left)


@pytest.mark.rule("rewards-27")
async def test_the_leader_of_the_team_nominates_and_nobody_oneself(desk: Desk) -> None:
    with pytest.raises(Refusal, match="leader_nominates"):
        await nominate(desk, "two")
    with pytest.raises(Refusal, match="oneself"):
        await nominate(desk, "lead", nominee="lead")
    with pytest.raises(Refusal, match="chief_nominates"):
        await nominate(desk, "two", nominee="lead")
    assert await nominate(desk, "deng", nominee="lead")  # the chief nominates leaders
    assert await nominate(desk, award="sales_ace")


@pytest.mark.rule("rewards-05")
async def test_a_nomination_says_why_with_a_case(desk: Desk) -> None:
    with pytest.raises(Refusal, match="short_reason"):
        await nominate(desk, reason="很好")
    with pytest.raises(Refusal, match="own_witness"):
        await nominate(desk, witnesses=["an"])
    with pytest.raises(BadInput, match="case_ahead"):
        await nominate(desk, day="2026-12-11")
    assert await desk.ask(Nomination.all().count()) == 0  # nothing of it was kept


@pytest.mark.rule("rewards-24")
async def test_one_second_late_is_late_unless_the_head_admits_it(desk: Desk) -> None:
    desk.at(24, "23:59:59", DECEMBER)
    first = await nominate(desk)
    assert (await nomination(desk, first)).state is NominationState.SUBMITTED
    desk.at(25, "00:00:00", DECEMBER)
    with pytest.raises(Refusal, match="late"):
        await nominate(desk, nominee="bo", award="newcomer", witnesses=["cai"])
    second = await nominate(desk, nominee="bo", award="newcomer", witnesses=["cai"], draft="yes")
    with pytest.raises(Refusal, match="late"):
        await desk.run("submit_nomination", None, "lead", target=[second])
    await desk.run("admit_late", {"reason": "系统停机"}, "head", target=[second])
    report(desk)
    with pytest.raises(Refusal, match="not_met"):  # with us since 2020: no newcomer
        await desk.run("submit_nomination", None, "lead", target=[second])


@pytest.mark.rule("rewards-23")
async def test_a_team_has_so_many_places_for_an_award(desk: Desk) -> None:
    await nominate(desk)
    with pytest.raises(Refusal, match="no_place"):
        await nominate(desk, nominee="bo", witnesses=["cai"])
    assert await nominate(desk, nominee="bo", award="sales_ace", witnesses=["cai"])  # a place for each award
    assert await nominate(desk, "two", nominee="mo", witnesses=["an"])  # and for each team


@pytest.mark.rule("rewards-12")
@pytest.mark.parametrize("fact", ["late_count", "early_leave_count", "offtask_count"])
async def test_somebody_who_was_late_is_not_nominated(desk: Desk, fact: str) -> None:
    report(desk, **{fact: {"an": 1}})
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk)
    assert fault.value.rule == "rewards-12"
    report(desk, **{fact: {"an": 0}})
    number = await nominate(desk)
    assert sum(one.met is Met.MET for one in (await checks(desk, number)).values()) == 1


@pytest.mark.rule("rewards-11")
async def test_a_discipline_case_of_the_month_bars(desk: Desk) -> None:
    report(desk, case_count={"an": 1})
    with pytest.raises(Refusal, match="not_met"):
        await nominate(desk)


async def test_what_nobody_reported_is_unknown_and_decided_by_a_person(desk: Desk) -> None:
    number = await nominate(desk)
    late = (await checks(desk, number))["never_late"]
    assert (late.met, late.told) == (Met.UNKNOWN, "")
    with pytest.raises(Refusal, match="not_decided"):
        await desk.run("pass_nomination", {}, target=[number])
    await desk.run("judge", {"met": "met", "remark": "考勤表已查"}, "lead", target=[late.pk])
    report(desk, late_count={"an": 2})
    await desk.run("measure_again", None, target=[number])
    late = (await checks(desk, number))["never_late"]
    assert (late.met, late.told, late.decided_by) == (Met.NOT_MET, "2", "")  # a figure that is known decides
    with pytest.raises(Refusal, match="known"):
        await desk.run("judge", {"met": "met", "remark": "不算"}, "lead", target=[late.pk])


@pytest.mark.rule("rewards-06")
async def test_first_is_first_of_the_department_not_of_the_team(desk: Desk) -> None:
    report(desk, rating={"an": Decimal("4.92"), "bo": Decimal("4.90"), "mo": Decimal("4.95")})
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk, award="service_star")
    assert fault.value.rule == "rewards-17"
    report(desk, rating={"an": Decimal("4.92"), "mo": Decimal("4.92"), "xu": Decimal("5")})  # xu: another department
    assert await nominate(desk, award="service_star")


@pytest.mark.rule("rewards-22")
async def test_two_witnesses_from_outside_confirm_a_busy_bee(desk: Desk) -> None:
    number = await nominate(desk, witnesses=["bo", "lead", "cai"])
    await desk.run("confirm", {}, "bo", target=[await witness(desk, number, "bo")])
    await desk.run("confirm", {}, "lead", target=[await witness(desk, number, "lead")])  # the nominator doesn't count
    assert (await checks(desk, number))["confirmed"].met is Met.UNKNOWN
    await desk.run("confirm", {"remark": "亲见"}, "cai", target=[await witness(desk, number, "cai")])
    assert (await checks(desk, number))["confirmed"].met is Met.MET


async def test_a_denial_gives_it_back_and_others_may_be_asked(desk: Desk) -> None:
    number = await nominate(desk)
    bo = await witness(desk, number, "bo")
    with pytest.raises(Refusal, match="not_witness"):
        await desk.run("deny", {"remark": "没有"}, "lead", target=[bo])
    await desk.run("deny", {"remark": "那天我不在"}, "bo", target=[bo])
    assert (await nomination(desk, number)).state is NominationState.RETURNED
    assert words(await desk.due(answers_due)) == ["returned"]
    await desk.run("add_witnesses", {"witnesses": ["dan"]}, "lead", target=[number])
    await desk.run("submit_nomination", None, "lead", target=[number])
    assert (await nomination(desk, number)).state is NominationState.SUBMITTED


async def test_a_silent_witness_is_a_warning_after_two_working_days(desk: Desk) -> None:
    await nominate(desk)  # Thursday, 10 December
    assert {one.severity for one in await desk.due(answers_due)} == {"info"}
    desk.at(14, "23:59", DECEMBER)
    assert {one.severity for one in await desk.due(answers_due)} == {"info"}
    desk.at(15, "00:00", DECEMBER)
    assert {one.severity for one in await desk.due(answers_due)} == {"warning"}


async def test_leaders_are_reminded_five_two_and_no_days_before(desk: Desk) -> None:
    desk.at(18, month=DECEMBER)
    assert await desk.due(nominations_due) == []
    desk.at(19, month=DECEMBER)
    assert [one.severity for one in await desk.due(nominations_due)] == ["info", "info"]
    await nominate(desk)
    desk.at(24, month=DECEMBER)
    (item,) = await desk.due(nominations_due, login="two")
    assert (item.severity, item.person, item.mine) == ("warning", "two", True)
    desk.at(25, "00:00", DECEMBER)
    assert await desk.due(nominations_due) == []


@pytest.mark.rule("rewards-27")
async def test_three_different_people_act(desk: Desk) -> None:
    number = await nominate(desk, "deng", nominee="lead")
    await tick_all(desk, number, "fu")
    with pytest.raises(Refusal, match="two_steps"):
        await desk.run("pass_nomination", {}, "deng", target=[number])
    with pytest.raises(Refusal, match="not_chief"):
        await desk.run("pass_nomination", {}, "head", target=[number])
    await desk.run("pass_nomination", {}, "fu", target=[number])  # the deputy, since the chief nominated
    assert (await nomination(desk, number)).state is NominationState.SHORTLISTED
    other = await nominate(desk, award="sales_ace")
    await tick_all(desk, other)
    with pytest.raises(Refusal, match="not_chief"):
        await desk.run("pass_nomination", {}, "fu", target=[other])


@pytest.mark.rule("rewards-13")
async def test_attitude_is_somebodys_judgment_with_a_sentence(desk: Desk) -> None:
    number = await nominate(desk)
    asked = await checks(desk, number)
    assert {"culture", "cooperates", "diligent", "learns", "helps"} <= asked.keys()
    await desk.run("judge", {"met": "not_met", "remark": "两次拒绝调班"}, "lead", target=[asked["cooperates"].pk])
    with pytest.raises(Refusal, match="not_met_yet"):
        await desk.run("pass_nomination", {}, target=[number])
    await desk.run("decline_nomination", {"reason": "协作不足"}, target=[number])
    assert (await nomination(desk, number)).state is NominationState.DECLINED


async def test_reviews_are_late_after_two_working_days(desk: Desk) -> None:
    await nominate(desk)
    assert [one.severity for one in await desk.due(reviews_due)] == ["warning"]
    desk.at(29, "23:59", DECEMBER)  # the 25th is a Friday: two working days are Monday and Tuesday
    assert [one.severity for one in await desk.due(reviews_due)] == ["warning"]
    desk.at(30, "00:00", DECEMBER)
    assert [one.severity for one in await desk.due(reviews_due)] == ["critical"]


async def test_the_months_end_asks_all_figures_again(desk: Desk) -> None:
    number = await nominate(desk)
    await tick_all(desk, number)
    await desk.run("pass_nomination", {}, target=[number])
    report(desk, late_count={"an": 1})
    with pytest.raises(Refusal, match="month_runs"):
        await desk.run("close_month", None, "zhu", target=["2026-12"])
    desk.at(1, month=13)
    assert words(await desk.due(months_due)) == ["month"]
    outcome = await desk.run("close_month", None, "zhu", target=["2026-12"])
    assert outcome.text and outcome.text.args["out"] == 1
    assert (await nomination(desk, number)).state is NominationState.DISQUALIFIED
    assert (await desk.ask(AwardRound.get(round_no="2026-12"))).state.value == "month_closed"


async def test_a_nominee_who_leaves_is_told(desk: Desk) -> None:
    number = await nominate(desk)
    await desk.run("people.leave", {"left_on": "2026-12-10"}, "admin", target=["an"])
    desk.at(11, month=DECEMBER)
    assert words(await desk.due(lost_due)) == ["lost"]
    await desk.run("disqualify", {"reason": "已离职"}, target=[number])
    assert await desk.due(lost_due) == []


async def test_a_member_tips_the_leader(desk: Desk) -> None:
    await desk.run("tip", {"award": "bee", "nominee": "an", "case": "周末主动加班处理投诉"}, "bo")
    with pytest.raises(BadInput, match="not_in_round"):
        await desk.run("tip", {"award": "lecturer", "nominee": "an", "case": "讲得好"}, "bo")
    assert await desk.ask(Nomination.all().count()) == 0


@pytest.mark.parametrize(
    ("award", "told"),
    [
        pytest.param("service_star", {"principle_errors": {"an": 1}}, marks=pytest.mark.rule("rewards-15")),
        pytest.param("service_star", {"operation_faults": {"an": 1}}, marks=pytest.mark.rule("rewards-16")),
        pytest.param("service_star", {"rating_count": {"an": 4}}, marks=pytest.mark.rule("rewards-17")),
        pytest.param("service_star", {"count": {"an": 1}}, marks=pytest.mark.rule("rewards-17")),
        pytest.param("sales_ace", {"refund_rate": {"an": Decimal("6.0")}}, marks=pytest.mark.rule("rewards-18")),
    ],
)  # fmt: skip
async def test_a_figure_that_bars_names_its_rule(
    request: pytest.FixtureRequest, desk: Desk, award: str, told: dict[str, Any]
) -> None:
    report(desk, **told)
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk, award=award)
    assert fault.value.rule == next(mark.args[0] for mark in request.node.iter_markers("rule"))


@pytest.mark.rule("rewards-19")
async def test_a_sales_ace_helps_others_and_is_a_model(desk: Desk) -> None:
    number = await nominate(desk, award="sales_ace")
    asked = await checks(desk, number)
    assert asked["model_conversion"].met is Met.UNKNOWN
    await desk.run("confirm", {}, "bo", target=[await witness(desk, number, "bo")])
    assert (await checks(desk, number))["coached"].met is Met.MET


async def newcomer(desk: Desk, hired: str = "2026-08-03") -> None:
    person = {"number": "91", "login": "neu", "name": "neu", "department": "customer_service", "team": "T1"}
    await desk.run("people.enrol", {**person, "hired_on": hired}, "admin")


@pytest.mark.rule("rewards-20")
async def test_a_newcomer_is_with_us_for_six_months_at_most(desk: Desk) -> None:
    await newcomer(desk, "2026-06-30")  # six months and a day at the month's end
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk, award="newcomer", nominee="neu")
    assert fault.value.rule == "rewards-20"


@pytest.mark.rule("rewards-21")
async def test_a_newcomer_has_three_proposals_accepted(desk: Desk) -> None:
    await newcomer(desk)
    report(desk, accepted_count={"neu": 2})
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk, award="newcomer", nominee="neu")
    assert fault.value.rule == "rewards-21"
    report(desk, accepted_count={"neu": 3})
    assert await nominate(desk, award="newcomer", nominee="neu")


@pytest.mark.rule("rewards-28")
async def test_a_lecturers_award_is_given_after_a_course(desk: Desk) -> None:
    await desk.run("include_award", {"award": "lecturer"}, "zhu", target=["2026-12"])
    for score, good in ((Decimal("84.99"), False), (Decimal("85.0"), True)):
        report(desk, lecturer_score={"an": score, "bo": Decimal(80)})
        if good:
            assert await nominate(desk, award="lecturer")
        else:
            with pytest.raises(Refusal, match="not_met") as fault:
                await nominate(desk, award="lecturer")
            assert fault.value.rule == "rewards-28"


@pytest.mark.rule("rewards-14")
async def test_ideas_are_asked_where_the_site_requires_them(desk: Desk) -> None:
    number = await nominate(desk)
    assert "ideas" not in await checks(desk, number)
    await desk.run("cancel_round", {"reason": "again"}, "head", target=["2026-12"])
    desk.at(2, month=13)
    await desk.figure("rewards-14", "base_ideas_required", "true")
    await desk.run("open_round", login="zhu")
    report(desk, count={"an": 0})
    with pytest.raises(Refusal, match="not_met") as fault:
        await nominate(desk, day="2027-01-02")
    assert fault.value.rule == "rewards-14"


def test_dimensions_are_weighed_as_far_as_they_are_known() -> None:
    even = [Decimal(1)] * 3
    assert weighted([Decimal(90), None, Decimal(85)], even) == Decimal("87.50")
    assert weighted([Decimal(90), Decimal(60), Decimal(60)], [Decimal(2), Decimal(1), Decimal(1)]) == Decimal("75.00")
    assert weighted([None, None, None], even) is None


@pytest.mark.rule("rewards-10")
async def test_the_six_dimensions_are_shown_as_a_help(desk: Desk) -> None:
    await nominate(desk)
    report(desk, test_score={"an": 90}, score={"an": 80})
    ctx = await desk.context()

    async def drawn() -> Any:
        return await scores(ctx, Period(date(2026, 12, 1), date(2026, 12, 31)))

    figures = await desk.host.call(drawn())
    (row,) = figures.series
    assert [datum.value for datum in row.data] == [90, None, 80, None, None, None, Decimal("85.00")]
