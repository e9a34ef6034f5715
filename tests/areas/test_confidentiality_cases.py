"""Cases: the table of tiers, hearing before a proposal, another person's decision, proposals only, one act once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from desk import words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstui import engine, paper
from cstui.api import BadInput, Refusal
from cstui.approvals.models import Finding
from cstui.contract.context import RuleInForce
from cstui.contract.errors import Fault, NotPermitted
from cstui_confidentiality.cases import opening
from cstui_confidentiality.cases.due import cases_due
from cstui_confidentiality.cases.tiers import Breach, tier_of
from cstui_confidentiality.kinds import CaseState, Ground, Harm, Intent, Measure
from cstui_confidentiality.models import AuditFinding, ConfidentialityCase
from cstui_confidentiality.rules import RULES

CASE = {"article": "confidentiality-38", "ground": "leak", "facts": "客户名单发到群里"}
FOUND = {"intent": "negligent", "consequence": "minor", "loss": "0"}
WARNING = {"outcome": "severe_warning_and_bonus", "reasons": "初犯", "bonus": "800"}
DISMISSAL = {"outcome": "dismissal", "reasons": "后果严重", "damages_share": "0"}


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        yield opened


async def opened(desk: Desk, subject: str = "an", login: str = "deng", **more: Any) -> int:
    return (await desk.run("open_case", {"subject": subject, **CASE, **more}, login)).rows[0]


async def proposed(desk: Desk, subject: str = "an", ground: str = "leak", **more: Any) -> int:
    case = await opened(desk, subject, ground=ground)
    await desk.run("hear_case", {"statement": "没注意"}, target=[case])
    await desk.run("propose_case", FOUND | more, target=[case])
    return case


async def case(desk: Desk, pk: int) -> Any:
    return await desk.ask(ConfidentialityCase.get(id=pk))


# the table


@pytest.fixture
def rule(request: pytest.FixtureRequest) -> Any:
    """Rules with their own figures, those off that the run puts off."""
    off = set(request.config.getoption("rule_off", default=None) or ())
    known = {one.id: one for one in RULES}

    def in_force(rule_id: str, **figures: Any) -> RuleInForce:
        own = {param.name: param.default for param in known[rule_id].params}
        return RuleInForce(known[rule_id], own | figures, rule_id not in off)

    return in_force


def told(rule: Any, **breach: Any) -> tuple[Any, ...]:
    tier = tier_of(Breach(**breach), rule)
    return (tier.number, tier.rule.rsplit("-", 1)[1], tier.measure.value) if tier else ()


ONE, TWO = Measure.WARNING_AND_BONUS.value, Measure.DISMISSAL.value


@pytest.mark.rule("confidentiality-29")
@pytest.mark.rule("confidentiality-32")
def test_a_loss_is_major_from_its_boundary_on(rule: Any) -> None:
    assert told(rule, ground=Ground.LEAK, loss=10000_00) == (2, "32", TWO)
    assert told(rule, ground=Ground.LEAK, loss=9999_99) == (1, "29", ONE)
    assert told(rule, ground=Ground.LEAK, intent=Intent.NONE, loss=10000_00) == (1, "29", ONE)
    for intent in (Intent.WILFUL, Intent.NEGLIGENT):
        assert told(rule, ground=Ground.LEAK, intent=intent, consequence=Harm.SERIOUS) == (2, "32", TWO)


@pytest.mark.rule("confidentiality-31")
def test_what_was_remedied_counts_by_what_is_left_of_the_loss(rule: Any) -> None:
    large = {"ground": Ground.LEAK, "loss": 12000_00, "recovered": 12000_00, "remedied": True}
    assert told(rule, **large) == (1, "31", ONE)

    def gross(rule_id: str) -> RuleInForce:
        made: RuleInForce = rule(rule_id, **({"loss_basis": "gross"} if rule_id.endswith("-32") else {}))
        return made

    assert told(gross, **large) == (2, "32", TWO)
    assert told(rule, **large, consequence=Harm.SERIOUS) == (2, "32", TWO)  # remedy doesn't buy off harm


@pytest.mark.rule("confidentiality-30")
def test_every_confirmed_breach_is_at_least_tier_one(rule: Any) -> None:
    assert told(rule, ground=Ground.BREACH) == (1, "30", ONE)
    assert told(rule, ground=Ground.BREACH, remedied=True) == (1, "30", ONE)
    assert told(rule, ground=Ground.LEAK, intent=Intent.NONE, consequence=Harm.SERIOUS) == (1, "30", ONE)
    assert told(rule, ground=Ground.BREACH, confirmed=False) == ()


@pytest.mark.rule("confidentiality-26")
@pytest.mark.rule("confidentiality-33")
def test_abetting_and_sale_need_no_loss(rule: Any) -> None:
    assert told(rule, ground=Ground.ABETTING, intent=Intent.NONE) == (2, "33", TWO)
    assert told(rule, ground=Ground.SALE) == (2, "26", TWO)
    sale = tier_of(Breach(Ground.SALE), rule)
    assert sale and sale.legal
    assert not (tier := tier_of(Breach(Ground.ABETTING), rule)) or not tier.legal


@pytest.mark.rule("confidentiality-28")
def test_silence_is_the_lightest_tier_whatever_came_of_the_leak(rule: Any) -> None:
    assert told(rule, ground=Ground.SILENCE, consequence=Harm.SERIOUS, loss=50000_00) == (1, "28", ONE)

    def harder(rule_id: str) -> RuleInForce:
        made: RuleInForce = rule(rule_id, **({"silence_outcome": TWO} if rule_id.endswith("-28") else {}))
        return made

    assert told(harder, ground=Ground.SILENCE) == (2, "28", TWO)


# from opening to closing


async def test_a_case_goes_its_way(desk: Desk) -> None:
    pk = await opened(desk)
    with pytest.raises(Refusal, match="blocked"):
        await desk.run("propose_case", FOUND, target=[pk])  # first the person is heard
    assert words(await desk.due(cases_due)) == ["case_opened"]
    await desk.run("hear_case", {"statement": "签字放弃，见 Z-7", "waived": "yes"}, target=[pk])
    assert words(await desk.due(cases_due)) == ["case_heard"]
    await desk.run("propose_case", FOUND, target=[pk])
    (item,) = await desk.due(cases_due)
    assert (item.title.id, item.severity, item.mine) == ("confidentiality.due.case_proposed", "info", False)
    (item,) = await desk.due(cases_due, login="head")
    assert (item.severity, item.mine, item.person_id) == ("warning", True, None)
    await desk.run("decide_case", WARNING, "head", target=[pk])
    assert words(await desk.due(cases_due)) == ["case_decided"]
    await desk.run("execute_case", {}, target=[pk])
    one = await case(desk, pk)
    assert (one.state, one.outcome, one.bonus_withheld, one.decided_by) == (
        CaseState.EXECUTED, Measure.WARNING_AND_BONUS, 800_00, "head",
    )  # fmt: skip
    page = await case_file(desk, pk)
    assert "客户名单发到群里" in page and "签字放弃" in page and "初犯" in page
    assert await desk.due(cases_due) == []
    desk.at(1, month=12)
    with pytest.raises(Refusal, match="appeal_open"):
        await desk.run("close_case", {}, target=[pk])
    desk.at(2, "00:00", month=12)  # five days of work after the 24th
    assert words(await desk.due(cases_due)) == ["case_executed"]
    await desk.run("close_case", {}, target=[pk])
    assert (await case(desk, pk)).state is CaseState.CLOSED


async def case_file(desk: Desk, pk: int) -> str:
    """The paper as plain text."""
    ctx = await desk.context()
    made = paper.paper_of(desk.host, ctx, "confidentiality.case_file")
    return (await desk.host.call(paper.printed(desk.host, ctx, made, [pk], "zh_CN", "txt"))).decode()


@pytest.mark.rule("money-06")
async def test_who_opened_or_proposed_doesn_t_decide_nor_does_the_subject(desk: Desk) -> None:
    pk = await opened(desk, login="head")
    await desk.run("hear_case", {"statement": "…"}, target=[pk])
    await desk.run("propose_case", FOUND, "fu", target=[pk])
    for login, word in (("head", "other_decides"), ("fu", "other_decides"), ("deng", "decides")):
        with pytest.raises(Refusal) as fault:
            await desk.run("decide_case", WARNING, login, target=[pk])
        assert fault.value.text.id == f"confidentiality.blocked.{word}"
    deputy = {"staff": "head", "deputy": "deng", "role": "department_head", "first_day": "today", "last_day": "today"}
    await engine.run(desk.host, "approvals.name_deputy", deputy, await desk.host.call(desk.host.actor("admin")))
    with pytest.raises(Refusal):  # in the place of who opened it: that person a second time
        await desk.run("decide_case", WARNING, target=[pk])
    other = await opened(desk, "cai", login="fu")
    await desk.run("hear_case", {"statement": "…"}, "fu", target=[other])
    await desk.run("propose_case", FOUND, "fu", target=[other])
    await desk.run("decide_case", WARNING, target=[other])  # in the place of the head, who has no part in it
    with pytest.raises(NotPermitted):
        await opened(desk, "deng")
    own = await opened(desk, "head", login="fu")
    for action, raw in {**STEPS, "refer_legal": {"reference": "F-1"}}.items():
        with pytest.raises(BadInput, match="no_row_alone"):  # to whom it is about it isn't there
            await desk.run(action, raw, "head", target=[own])
    assert not [one for one in await desk.due(cases_due, login="head") if own in one.records]
    assert [one.records for one in await desk.due(cases_due)] == [(pk,), (other,), (own,)]
    await desk.run("decide_case", WARNING, "head", target=[await proposed(desk, "bo")])
    with pytest.raises(NotPermitted):
        await opened(desk, login="an")
    until = [(await desk.run("execute_case", {}, target=[await of(desk, "bo")])).text.args["until"]]
    with pytest.raises(Refusal, match="appeal_open"):
        await desk.run("close_case", {}, target=[await of(desk, "bo")])
    assert desk.host.clock() < until[0]


async def of(desk: Desk, subject: str) -> int:
    found: Any = await desk.ask(ConfidentialityCase.filter(subject__login=subject).first())
    return int(found.pk)


@pytest.mark.rule("confidentiality-29")
async def test_the_bonus_is_withheld_as_decided_and_only_proposed(desk: Desk) -> None:
    pk = await proposed(desk)
    with pytest.raises(Refusal) as fault:
        await desk.run("decide_case", {"outcome": ONE, "reasons": "…"}, "head", target=[pk])
    assert (fault.value.text.id, fault.value.field) == ("confidentiality.refusal.bonus_missing", "bonus")
    await desk.run("decide_case", WARNING | {"bonus_share": "50"}, "head", target=[pk])
    await desk.run("execute_case", {}, target=[pk])
    (finding,) = await desk.ask(Finding.all().select_related("person"))
    assert (finding.figure_fen, finding.person.login, finding.rule) == (400_00, "an", "confidentiality-29")
    whole = await proposed(desk, "bo")
    await desk.run("decide_case", WARNING, "head", target=[whole])
    assert (await case(desk, whole)).bonus_withheld == 800_00  # the site's figure: all of it
    assert not await desk.ask(Finding.filter(person__login="bo"))  # decided isn't executed


@pytest.mark.rule("confidentiality-32")
@pytest.mark.rule("money-07")
@pytest.mark.rule("money-09")
async def test_damages_are_a_decided_share_with_proof_and_a_plan(desk: Desk) -> None:
    await desk.figure("money-08", "minimum_wage", "2000")
    pk = await proposed(desk, loss="20000", consequence="serious")
    decision = {"outcome": TWO, "reasons": "后果严重", "monthly_wage": "4000"}
    with pytest.raises(Refusal, match="damages_open"):
        await desk.run("decide_case", decision, "head", target=[pk])
    with pytest.raises(Refusal, match="no_proof"):
        await desk.run("decide_case", decision | {"damages_share": "30"}, "head", target=[pk])
    done = await desk.run("decide_case", decision | {"damages_share": "30", "loss_proof": "C-9"}, "head", target=[pk])
    (plan,) = done.notes
    assert plan.id == "confidentiality.note.plan"
    assert plan.args == {"monthly": 800_00, "months": 7, "last": 400_00}
    assert (await case(desk, pk)).damages == 6000_00
    await desk.run("execute_case", {}, target=[pk])
    assert [one[1] for one in await desk.findings()] == ["dismissal", "damages"]
    entries = await desk.host.store.query("SELECT body FROM house_body")
    assert not [one for one in entries if "400000" in one["body"]]  # the wage isn't kept


@pytest.mark.rule("money-08")
async def test_without_a_minimum_wage_there_is_no_plan(desk: Desk) -> None:
    pk = await proposed(desk, loss="20000", consequence="serious")
    decision = DISMISSAL | {"damages_share": "30", "loss_proof": "C-9", "monthly_wage": "4000"}
    done = await desk.run("decide_case", decision, "head", target=[pk])
    assert [one.id for one in done.notes] == ["confidentiality.note.no_plan"]


@pytest.mark.rule("confidentiality-23")
async def test_a_password_that_got_out_makes_its_holder_answer_for_the_loss(desk: Desk) -> None:
    damages = WARNING | {"damages_share": "50", "loss_proof": "C-3"}
    pk = await proposed(desk, ground="password", loss="3000")
    await desk.run("decide_case", damages, "head", target=[pk])
    assert (await case(desk, pk)).damages == 1500_00
    mild = await proposed(desk, "bo", loss="3000")  # a leak of tier 1 asks for none
    with pytest.raises(Refusal, match="no_damages"):
        await desk.run("decide_case", damages, "head", target=[mild])


@pytest.mark.rule("confidentiality-26")
@pytest.mark.rule("confidentiality-34")
async def test_a_sale_is_never_below_dismissal_and_goes_before_the_law(desk: Desk) -> None:
    pk = await proposed(desk, ground="sale", intent="wilful")
    with pytest.raises(Refusal) as fault:
        await desk.run("decide_case", WARNING, "head", target=[pk])
    assert (fault.value.text.id, fault.value.rule) == ("confidentiality.refusal.sale_below", "confidentiality-26")
    assert words(await desk.due(cases_due)) == ["case_proposed", "case_legal"]
    await desk.run("decide_case", DISMISSAL, "head", target=[pk])
    await desk.run("execute_case", {}, target=[pk])
    desk.at(4, month=12)
    with pytest.raises(Refusal, match="not_referred"):
        await desk.run("close_case", {}, target=[pk])
    await desk.run("refer_legal", {"reference": "F-1"}, target=[pk])
    await desk.run("close_case", {}, target=[pk])
    mild = await proposed(desk, "bo", legal="yes")  # whatever the tier
    assert [(one.title.id.rpartition(".")[2], one.records) for one in await desk.due(cases_due)] == [
        ("case_proposed", (mild,)), ("case_legal", (mild,)),
    ]  # fmt: skip


@pytest.mark.rule("money-10")
async def test_one_act_is_punished_once(desk: Desk) -> None:
    await desk.category("S04")
    finding = await desk.make_row(
        AuditFinding, finding_no="F1", rule="confidentiality-08", staff="an", day="2026-11-23", severity="critical",
        found_at=desk.host.clock(), found_by="deng",
    )  # fmt: skip
    leak = (await desk.run("report_leak", {"what": "群里有客户名单", "category": "S04"}, "bo")).rows[0]
    report = (await desk.ask(opening.LeakReport.get(id=leak))).report_no
    first = await opened(desk, report=report)
    with pytest.raises(Refusal) as fault:
        await opened(desk, report=report, ground="breach")
    assert (fault.value.text.id, fault.value.text.args["case"]) == (
        "confidentiality.refusal.once", (await case(desk, first)).case_no,
    )  # fmt: skip
    await opened(desk, "cai", report=report)  # another person's part in it
    await desk.run("drop_case", {"reason": "查无实据"}, target=[first])
    await opened(desk, report=report)  # of what was dropped nothing is punished
    more = await desk.run("open_case", {"subject": "an", **CASE})
    assert [note.id for note in more.notes] == [
        "confidentiality.note.other_cases"
    ]  # whether it is the same, a person says

    async def of_finding() -> None:
        ctx = await desk.host.context(await desk.host.actor("deng"))
        for _ in range(2):
            await opening.open_case(
                ctx, subject=await finding.staff, article="confidentiality-08", ground=Ground.BREACH, facts="…",
                finding=finding,
            )  # fmt: skip

    with pytest.raises(Refusal, match="once"):
        await desk.host.call(of_finding())


async def test_divulging_and_indiscipline_are_grounds_of_a_case(desk: Desk) -> None:
    for article in ("confidentiality-38", "confidentiality-47"):
        await opened(desk, article=article)
    with pytest.raises(BadInput, match="article"):
        await opened(desk, article="confidentiality-99")
    assert [one.args["article"].id for item in await desk.due(cases_due) for one in item.proof] == [
        "confidentiality.rule.38", "confidentiality.rule.47",
    ]  # fmt: skip


async def test_nothing_confirmed_is_dropped(desk: Desk) -> None:
    pk = await opened(desk)
    await desk.run("hear_case", {"statement": "不是我"}, target=[pk])
    with pytest.raises(Refusal, match="nothing_confirmed"):
        await desk.run("propose_case", FOUND | {"confirmed": "no"}, target=[pk])
    for lacking in ("intent", "consequence"):
        with pytest.raises(BadInput) as fault:
            await desk.run("propose_case", {one: word for one, word in FOUND.items() if one != lacking}, target=[pk])
        assert (fault.value.text.id, fault.value.field) == ("input.missing", lacking)
    with pytest.raises(BadInput, match="recovered_more"):
        await desk.run("propose_case", FOUND | {"loss": "1", "recovered": "2"}, target=[pk])
    await desk.run("drop_case", {"reason": "查无实据"}, target=[pk])
    assert await desk.due(cases_due) == []
    with pytest.raises(Refusal):
        await desk.run("propose_case", FOUND, target=[pk])


STEPS = {
    "hear_case": {"statement": "…"}, "propose_case": FOUND, "decide_case": WARNING, "execute_case": {},
    "close_case": {}, "drop_case": {"reason": "…"},
}  # fmt: skip
ORDER = [*CaseState][:6]
PLACE = {
    "hear_case": ("opened",), "propose_case": ("heard", "proposed"), "decide_case": ("proposed",),
    "execute_case": ("decided",), "close_case": ("executed",), "drop_case": ("opened", "heard", "proposed"),
}  # fmt: skip
AFTER = {
    "hear_case": "heard", "propose_case": "proposed", "decide_case": "decided", "execute_case": "executed",
    "close_case": "closed", "drop_case": "dropped",
}  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*STEPS]), st.sampled_from(["deng", "fu", "head"])), max_size=9))
async def test_no_way_through_a_case_passes_over_a_step_or_a_person(desk: Desk, way: list[tuple[str, str]]) -> None:
    desk.at(24)
    pk = await opened(desk)
    state, proposer = "opened", ""
    for action, login in way:
        before = await case(desk, pk)
        desk.at(4, month=12)  # the time for an appeal is over by then, or begins only now
        allowed = state in PLACE[action]
        if action == "decide_case":
            allowed = allowed and login == "head" and proposer != "head"
        if action == "close_case":
            allowed = False  # executed on this very day
        try:
            await desk.run(action, STEPS[action], login, target=[pk])
        except Fault:
            assert not allowed
            assert (await case(desk, pk)).version == before.version  # nothing is stored
            continue
        assert allowed
        state = AFTER[action]
        proposer = login if action == "propose_case" else proposer
        assert (await case(desk, pk)).state.value == state
