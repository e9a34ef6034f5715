"""Winners: chosen by the head with opinions read; published; what they get, to the receipt and the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from desk import words
from rewards_desk import Desk, moment, rewards_desk

from cstui import paper
from cstui.api import BadInput, Refusal
from cstui.approvals import Finding, FindingState, Request
from cstui.contract.errors import NotPermitted
from cstui.ledger import Posting
from cstui.people import Staff
from cstui_rewards.granting.due import choices_due, files_due, findings_due, grants_due
from cstui_rewards.granting.ranking import Candidate, first, shortlist_points
from cstui_rewards.kinds import Channel, GrantState, NominationState, RoundState, WhistleState
from cstui_rewards.models import (
    AwardRound,
    AwardType,
    CriterionCheck,
    Grant,
    HonourEntry,
    Nomination,
    NominationCase,
    OpinionSummary,
    PublicObjection,
    Report,
)

MONTH = date(2026, 11, 1)


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    """The round of November, closed and its opinions read, on 3 December."""
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        opened.at(3, month=12)
        await opened.run("load_awards")
        await opened.make_row(
            AwardRound, round_no="2026-11", month=MONTH, state=RoundState.MONTH_CLOSED, opened_by="zhu",
            opened_at=moment("2026-11-01 09:00"), nominate_by=moment("2026-11-25 00:00"), min_ballots_shown=3,
            ballots_digest="x", opinions_read_by="head", month_closed_at=moment("2026-12-01 00:00"),
        )  # fmt: skip
        yield opened


async def listed(desk: Desk, login: str, award: str = "bee", by: str = "lead", **more: Any) -> Nomination:
    """Somebody on the shortlist."""
    person, leader = await desk.ask(Staff.get(login=login)), await desk.ask(Staff.get(login=by))
    made: Nomination = await desk.make_row(
        Nomination, nomination_no=f"N-{login}-{award}", round=await desk.ask(AwardRound.get(month=MONTH)),
        award=await desk.ask(AwardType.get(code=award)), nominee=person, team_id=person.team_id, nominated_by=leader,
        reason="认真负责，主动帮助同事解决难题，客户一致好评", state=NominationState.SHORTLISTED,
        created_at=moment("2026-11-20 09:00"), **more,
    )  # fmt: skip
    await desk.make_row(
        NominationCase, nomination=made, title="协助处理积压工单", day=date(2026, 11, 8), description="32 单"
    )
    return made


async def choose(desk: Desk, nomination: Nomination, login: str = "head", **more: Any) -> Any:
    return await desk.run("choose", more, login, target=[nomination.nomination_no])


async def publish(desk: Desk) -> None:
    await desk.run("publish", None, "zhu", target=["2026-11"])


async def grants(desk: Desk, login: str, kind: str = "") -> list[Grant]:
    rows = await desk.ask(Grant.filter(person__login=login).order_by("id"))
    return [one for one in rows if not kind or one.kind == kind]


async def printed(desk: Desk, paper_id: str, pks: list[int], lang: str = "zh_CN") -> str:
    ctx = await desk.context()

    async def make() -> bytes:
        chosen = paper.paper_of(desk.host, ctx, f"rewards.{paper_id}")
        return await paper.printed(desk.host, ctx, chosen, pks, lang, "html")

    return (await desk.host.call(make())).decode()


async def refused(desk: Desk, nomination: Nomination, match: str, login: str = "head") -> None:
    with pytest.raises(Refusal, match=match):
        await choose(desk, nomination, login)


@pytest.mark.parametrize(
    ("listed", "won", "stack", "once", "awards", "month"),
    [(1, 0, True, True, 0, 84), (1, 1, True, True, 1, 89), (2, 2, True, True, 2, 94), (1, 1, False, True, 1, 87),
     (2, 0, True, False, 0, 86), (0, 0, True, True, 0, 82)],
)  # fmt: skip
def test_points_of_a_month(listed: int, won: int, stack: bool, once: bool, awards: int, month: int) -> None:
    """On a base of 82."""
    assert 8200 + shortlist_points(listed, won, 200, stack, once) + 500 * awards == month * 100


def test_ties_are_broken_in_the_order_of_the_figure() -> None:
    keys = ("metric", "cross_department", "internal", "seniority")
    old = Candidate(1, cross_department=433, internal=400, hired_on=date(2019, 5, 1))
    new = Candidate(2, cross_department=433, internal=420, hired_on=date(2024, 5, 1))
    silent = Candidate(3, internal=500)
    assert [one.pk for one in first([old, new, silent], keys)] == [2]
    assert [one.pk for one in first([old, new], keys[3:])] == [1]
    assert [one.pk for one in first([old, new, silent], keys[:1])] == [1, 2, 3]  # nothing tells them apart
    assert first([], keys) == []


@pytest.mark.rule("rewards-25")
async def test_nobody_is_chosen_before_the_opinions_are_read(desk: Desk) -> None:
    an = await listed(desk, "an")
    round_ = await desk.ask(AwardRound.get(month=MONTH))
    for digest, reader, word in (("", "", "opinions_open"), ("x", "", "opinions_unread")):
        await desk.ask(AwardRound.filter(id=round_.pk).update(ballots_digest=digest, opinions_read_by=reader))
        await refused(desk, an, word)
    await desk.ask(AwardRound.filter(id=round_.pk).update(opinions_read_by="head"))
    await choose(desk, an)


@pytest.mark.rule("rewards-25")
async def test_who_comes_first_is_told_and_decides_only_where_opinions_bind(desk: Desk) -> None:
    an, mo = await listed(desk, "an"), await listed(desk, "mo", by="two")
    for one, mean in ((an, 400), (mo, 450)):
        await desk.make_row(OpinionSummary, nomination=one, channel=Channel.CROSS_DEPARTMENT, entitled=9, ballots=3,
                            mean=mean, supports=1)  # fmt: skip
    assert await desk.cell("choices", mo.pk, "cross_department", "head") == "4.50"
    assert [note.args["person"] for note in (await choose(desk, an)).notes] == ["mo"]
    await desk.run("reconsider", {"reason": "再议"}, "head", target=[an.nomination_no])
    await desk.figure("rewards-25", "opinions_advisory", "false")
    await refused(desk, an, "ahead")
    assert not (await choose(desk, mo)).notes


@pytest.mark.rule("rewards-27")
async def test_only_the_head_decides_and_not_on_oneself(desk: Desk) -> None:
    an, own = await listed(desk, "an"), await listed(desk, "mo", "sales_ace", by="head")
    await refused(desk, an, "not_head", "deng")
    await refused(desk, own, "two_steps")
    with pytest.raises(NotPermitted):
        await choose(desk, an, "zhu")


@pytest.mark.rule("rewards-34")
async def test_an_unexamined_letter_blocks(desk: Desk) -> None:
    an, bo = await listed(desk, "an"), await listed(desk, "bo", "newcomer")
    letter = await desk.make_row(Report, report_no="R1", round=await desk.ask(AwardRound.get(month=MONTH)), nomination=an,
                                 words="代打卡", day=date(2026, 12, 2), examined_by="fu")  # fmt: skip
    await refused(desk, an, "report_open")
    await choose(desk, bo)  # it is about somebody else
    await desk.ask(Report.filter(id=letter.pk).update(state=WhistleState.UNFOUNDED))
    await choose(desk, an)


@pytest.mark.rule("rewards-23")
async def test_an_award_has_one_winner_unless_the_site_says_otherwise(desk: Desk) -> None:
    an, mo = await listed(desk, "an"), await listed(desk, "mo", by="two")
    await choose(desk, an)
    await refused(desk, mo, "has_winner")
    await desk.figure("rewards-23", "winners_per_award", "quota")
    await choose(desk, mo)


@pytest.mark.rule("rewards-09")
async def test_an_award_gives_money_or_a_certificate(desk: Desk) -> None:
    an = await listed(desk, "an")
    await desk.ask(AwardType.filter(code="bee").update(cash=0, certificate=False))
    await refused(desk, an, "gives_nothing")


@pytest.mark.rule("rewards-27")
async def test_all_awards_are_decided_before_anything_is_published(desk: Desk) -> None:
    an, mo = await listed(desk, "an"), await listed(desk, "mo", "sales_ace", by="two")
    await choose(desk, an)
    assert words(await desk.due(choices_due)) == ["choose"]
    with pytest.raises(Refusal, match="all_undecided"):
        await publish(desk)
    await desk.run("reject", {"reason": "事例不够突出"}, "head", target=[mo.nomination_no])
    desk.at(5, "23:59", month=12)
    assert [(one.severity, one.register) for one in await desk.due(choices_due)] == [("warning", "rewards.rounds")]
    desk.at(6, "00:00", month=12)
    assert [one.severity for one in await desk.due(choices_due)] == ["critical"]
    await publish(desk)
    assert (await desk.ask(Nomination.get(id=mo.pk))).state is NominationState.NOT_CHOSEN
    with pytest.raises(Refusal, match="not_reconsidered"):  # what is published stays
        await desk.run("reconsider", {"reason": "再议"}, "head", target=[an.nomination_no])


@pytest.mark.rule("rewards-30")
@pytest.mark.rule("rewards-31")
@pytest.mark.rule("rewards-35")
async def test_what_a_winner_and_the_others_on_the_list_get(desk: Desk) -> None:
    an, mo = await listed(desk, "an"), await listed(desk, "mo", by="two")
    await choose(desk, an)
    await publish(desk)
    got = [(one.kind.value, one.amount, one.rule) for one in await grants(desk, "an")]
    assert got == [("cash", 10_000, "rewards-29"), ("points", 500, "rewards-30"), ("certificate", 0, "rewards-31"),
                   ("points", 200, "rewards-35")]  # fmt: skip
    assert [(one.kind.value, one.amount) for one in await grants(desk, "mo")] == [("points", 200)]
    (certificate,) = await grants(desk, "an", "certificate")
    assert (certificate.certificate_no, certificate.approved_by) == ("HC-202611-01", "head")
    assert (await desk.ask(Nomination.get(id=mo.pk))).state is NominationState.NOT_CHOSEN
    honour = await desk.ask(HonourEntry.get(staff__login="an"))
    assert (honour.code, honour.period, honour.day) == ("bee", "2026-11", date(2026, 11, 30))
    page = await printed(desk, "certificate", [certificate.pk])
    assert (
        'class="framed"' in page and "HC-202611-01" in page and "<h1>荣誉证书</h1>" in page and "2026 年 11 月" in page
    )
    with pytest.raises(Refusal, match="no_certificate"):
        await printed(desk, "certificate", [one.pk for one in await grants(desk, "mo")])


async def test_two_awards_give_the_points_of_the_list_once(desk: Desk) -> None:
    for award in ("bee", "sales_ace"):
        await choose(desk, await listed(desk, "an", award))
    await publish(desk)
    assert sum(one.amount for one in await grants(desk, "an", "points")) == 1200  # 82 → 94
    assert [one.certificate_no for one in await grants(desk, "an", "certificate")] == ["HC-202611-01", "HC-202611-02"]


@pytest.mark.rule("rewards-33")
async def test_nothing_is_given_before_objections_are_over(desk: Desk) -> None:
    an = await listed(desk, "an")
    await choose(desk, an)
    await publish(desk)
    (cash,), points = await grants(desk, "an", "cash"), await grants(desk, "an", "points")
    desk.at(6, "23:59", month=12)
    with pytest.raises(Refusal, match="publicity"):
        await desk.run("hand_over", {}, "zhu", target=[cash.grant_no])
    desk.at(7, "00:00", month=12)
    said = await desk.make_row(PublicObjection, objection_no="O1", nomination=an, words="?", day=date(2026, 12, 5))
    with pytest.raises(Refusal, match="objection_open"):
        await desk.run("post_grants", None, "zhu", target=[one.grant_no for one in points])
    await desk.ask(PublicObjection.filter(id=said.pk).update(state="answered"))
    await desk.run("post_grants", None, "zhu", target=[one.grant_no for one in points])
    assert await desk.ask(Posting.filter(person__login="an").order_by("id").values_list("amount", "rule")) == [
        (500, "rewards-30"), (200, "rewards-35"),
    ]  # fmt: skip


async def test_from_the_hand_to_the_files(desk: Desk) -> None:
    await choose(desk, await listed(desk, "an"))
    await publish(desk)
    given = [one.grant_no for one in await grants(desk, "an") if one.kind != "points"]
    posted = [one.grant_no for one in await grants(desk, "an", "points")]
    desk.at(9, month=12)
    assert [(one.title.id[8:], one.severity) for one in await desk.due(grants_due)] == [
        ("due.hand_over", "info"), ("due.post_points", "warning"),
    ]  # fmt: skip
    desk.at(10, "23:59", month=12)
    assert [one.severity for one in await desk.due(grants_due)] == ["warning", "warning"]
    desk.at(11, "00:00", month=12)
    assert [one.severity for one in await desk.due(grants_due, "hand_over")] == ["critical"]
    with pytest.raises(Refusal, match="points_posted"):
        await desk.run("hand_over", {}, "zhu", target=posted)
    with pytest.raises(Refusal, match="grant_state"):
        await desk.run("acknowledge", {"receipt_ref": "x"}, "zhu", target=given)
    await desk.run("hand_over", {}, "zhu", target=given)
    money = await desk.ask(Posting.get(kind="money"))
    assert (money.amount, money.rule, money.note) == (10_000, "rewards-29", "辛勤小蜜蜂 2026-11")
    await desk.run("post_grants", None, "zhu", target=posted)
    with pytest.raises(Refusal, match="grants_left"):
        await desk.run("archive", None, "zhu", target=["2026-11"])
    await desk.run("acknowledge", {"receipt_ref": "签收单 3 页"}, "zhu", target=given)
    assert (await desk.ask(AwardRound.get(month=MONTH))).state is RoundState.GRANTED
    assert words(await desk.due(files_due)) == ["files"]
    await desk.run("archive", None, "zhu", target=["2026-11"])
    assert await desk.due(files_due) == []
    assert await desk.due(grants_due) == await desk.due(choices_due) == []


@pytest.mark.rule("rewards-29")
async def test_a_gift_is_worth_what_the_cash_would_be(desk: Desk) -> None:
    await choose(desk, await listed(desk, "an"))
    await publish(desk)
    desk.at(9, month=12)
    (cash,), (certificate,) = await grants(desk, "an", "cash"), await grants(desk, "an", "certificate")
    with pytest.raises(BadInput, match="gift_value"):
        await desk.run("hand_over", {"gift": "保温杯"}, "zhu", target=[cash.grant_no])
    with pytest.raises(BadInput, match="no_gift"):
        await desk.run("hand_over", {"gift": "杯", "gift_value": "100"}, "zhu", target=[certificate.grant_no])
    for worth in ("99.99", "100.01"):
        with pytest.raises(Refusal, match="gift_worth"):
            await desk.run("hand_over", {"gift": "杯", "gift_value": worth}, "zhu", target=[cash.grant_no])
    await desk.run("hand_over", {"gift": "保温杯", "gift_value": "100"}, "zhu", target=[cash.grant_no])
    assert (await grants(desk, "an", "gift"))[0].gift_value == 10_000
    assert not await desk.ask(Posting.filter(kind="money").exists())  # a gift is no money


async def test_nobody_hands_over_to_oneself_and_sees_only_what_is_theirs(desk: Desk) -> None:
    zhu = await desk.ask(Staff.get(login="zhu"))
    await desk.ask(Staff.filter(id=zhu.pk).update(team_id=(await desk.ask(Staff.get(login="an"))).team_id))
    await choose(desk, await listed(desk, "zhu"))
    await publish(desk)
    desk.at(9, month=12)
    (cash,) = await grants(desk, "zhu", "cash")
    with pytest.raises(NotPermitted):
        await desk.run("hand_over", {}, "zhu", target=[cash.grant_no])
    with pytest.raises(BadInput):
        await desk.cell("grants", cash.pk, "amount", "an")
    await desk.run("hand_over", {}, "deng", target=[cash.grant_no])


async def test_what_an_objection_overturns_is_dropped(desk: Desk) -> None:
    await choose(desk, await listed(desk, "an"))
    await publish(desk)
    for one in await grants(desk, "an"):
        await desk.run("drop_grant", {"reason": "异议属实"}, "head", target=[one.grant_no])
    assert (await desk.ask(AwardRound.get(month=MONTH))).state is RoundState.GRANTED
    assert {one.state for one in await grants(desk, "an")} == {GrantState.DROPPED}


@pytest.mark.rule("rewards-40")
async def test_the_boards_tell_winner_award_and_case(desk: Desk) -> None:
    an = await listed(desk, "an")
    with pytest.raises(Refusal, match="not_on_boards"):
        await printed(desk, "boards", [an.round_id])
    await choose(desk, an)
    await publish(desk)
    page = await printed(desk, "boards", [an.round_id])
    assert page.count("<h1>") == 3  # company, department, the winner's team
    assert page.count("协助处理积压工单") == 3
    assert "认真负责" not in page
    await desk.figure("rewards-40", "publish_boards", "department")
    assert (await printed(desk, "boards", [an.round_id], "en")).count("<h1>") == 1


async def test_the_page_for_the_monthly_meeting(desk: Desk) -> None:
    an = await listed(desk, "an")
    await choose(desk, an)
    await publish(desk)
    desk.at(30, month=11)
    await desk.run("praise", {"person": "bo", "words": "一天处理四十单"}, "lead")
    taken = {"person": "cai", "points": "-2", "rule": "quality-07", "note": "服务用语"}
    await desk.run("ledger.post_points", taken, "admin")
    page = await printed(desk, "month", [an.round_id])
    assert all(told in page for told in ("an", "获奖", "一天处理四十单", "quality-07", "-2"))
    assert "服务用语" not in page


@pytest.mark.rule("rewards-44")
async def test_a_prize_is_approved_by_the_head_and_nobody_takes_ones_own(desk: Desk) -> None:
    with pytest.raises(BadInput, match="prize_what"):
        await desk.run("propose_prize", {"person": "an", "reason": "抢修"}, "lead")
    await desk.run("propose_prize", {"person": "an", "reason": "连夜抢修热线", "cash": "200"}, "lead")
    assert [one.state for one in await grants(desk, "an")] == [GrantState.PROPOSED]
    await desk.run("propose_prize", {"person": "head", "reason": "同样", "cash": "300"}, "lead")
    mine = await desk.ask(Request.filter(kind="rewards.prize").order_by("-id").first())
    with pytest.raises(Refusal, match="own_prize"):
        await desk.run("approvals.approve", {}, "head", target=[mine.pk])
    await desk.run("approvals.refuse", {"note": "由上级定"}, "head", target=[mine.pk])
    assert [one.state for one in await grants(desk, "head")] == [GrantState.DROPPED]
    await desk.run("approvals.approve", {}, "head", target=[mine.pk - 1])
    (prize,) = await grants(desk, "an")
    assert (prize.state, prize.approved_by, prize.amount) == (GrantState.DUE, "head", 20_000)
    await desk.run("hand_over", {}, "zhu", target=[prize.grant_no])  # no round, no publicity


async def test_an_award_outside_the_round_gives_what_it_always_gives(desk: Desk) -> None:
    await desk.run("propose_prize", {"person": "an", "reason": "内训师评分第一", "award": "lecturer"}, "lead")
    request = await desk.ask(Request.get(kind="rewards.prize"))
    assert {one.certificate_no for one in await grants(desk, "an")} == {""}
    await desk.run("approvals.approve", {}, "head", target=[request.pk])
    assert [one.kind.value for one in await grants(desk, "an")] == ["cash", "points", "certificate"]
    assert (await grants(desk, "an", "certificate"))[0].certificate_no == "HC-202612-01"
    assert (await desk.ask(HonourEntry.get(staff__login="an"))).code == "lecturer"


@pytest.mark.parametrize(
    "rule",
    [pytest.param("confidentiality-35", marks=pytest.mark.rule("rewards-60")),
     pytest.param("ideas-03", marks=pytest.mark.rule("rewards-61"))],
)  # fmt: skip
async def test_an_accepted_proposal_becomes_a_grant_once(desk: Desk, rule: str) -> None:
    found = await desk.make_row(Finding, area=rule.partition("-")[0], rule=rule, title="L1", figure_fen=50_000,
                                found_at=moment("2026-12-02 09:00"))  # fmt: skip
    assert await desk.due(findings_due) == []
    await desk.ask(Finding.filter(id=found.pk).update(state=FindingState.ACCEPTED, decided_by="head"))
    assert [one.actions for one in await desk.due(findings_due)] == [("rewards.take_finding",)]
    with pytest.raises(BadInput, match="finding_person"):  # the proposal protects who reported
        await desk.run("take_finding", {}, "deng", target=[found.pk])
    with pytest.raises(Refusal, match="other_sum"):
        await desk.run("take_finding", {"person": "an", "cash": "600"}, "deng", target=[found.pk])
    await desk.run("take_finding", {"person": "an", "points": "3"}, "deng", target=[found.pk])
    assert [(one.kind.value, one.amount, one.approved_by) for one in await grants(desk, "an")] == [
        ("cash", 50_000, "head"), ("points", 300, "head"),
    ]  # fmt: skip
    assert "reward" in await desk.cell("grants", (await grants(desk, "an"))[0].pk, "granted")  # by its rule alone
    assert await desk.due(findings_due) == []
    with pytest.raises(Refusal, match="taken"):
        await desk.run("take_finding", {"person": "bo"}, "deng", target=[found.pk])


async def test_the_figure_and_the_witnesses_stand_beside_the_names(desk: Desk) -> None:
    an = await listed(desk, "an", "sales_ace")
    from cstui_rewards.models import Criterion

    top = await desk.ask(Criterion.filter(award__code="sales_ace", op="top").first())
    await desk.make_row(CriterionCheck, nomination=an, criterion=top, told="98000")
    assert await desk.cell("choices", an.pk, "told", "head") == "98000"
    assert await desk.cell("choices", an.pk, "confirmations", "head") == "0/0"
