"""Opinions: who gets a slip, what can be done with it, what is shown of it, and what anybody can count again."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from rewards_desk import Desk, rewards_desk
from rewards_vote import BEE, STAR, Vote, nominate

from cstui import journal, registers
from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui.people import Staff
from cstui_rewards.kinds import Channel, NominationState, RoundState
from cstui_rewards.models import (
    AwardRound,
    BallotCode,
    BallotMark,
    BallotRoll,
    CountedBallot,
    Nomination,
    OpinionBallot,
    OpinionSummary,
)
from cstui_rewards.opinions import urn
from cstui_rewards.opinions.acts import unread
from cstui_rewards.opinions.codes import SIGNS, SLIP, code_of, signs_of
from cstui_rewards.opinions.due import opinions_due
from cstui_rewards.opinions.tally import mean, summary

INTERNAL, CROSS = Channel.INTERNAL, Channel.CROSS_DEPARTMENT


@pytest_asyncio.fixture
async def vote(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Vote]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        yield await Vote.begin(opened)


@pytest_asyncio.fixture
async def opened(vote: Vote) -> Vote:
    await vote.open()
    return vote


async def round_(desk: Desk) -> AwardRound:
    made: AwardRound = await desk.ask(AwardRound.get(round_no="2026-12"))
    return made


async def rows(desk: Desk, register: str, login: str = "deng") -> list[dict[str, Any]]:
    page = await desk.host.call(registers.page(desk.host, await desk.context(login), f"rewards.{register}"))
    return [one.values for one in page.rows]


# counting


@pytest.mark.rule("rewards-38")
def test_too_few_ballots_are_not_told_and_three_are() -> None:
    assert summary([(5, True), (4, True)], 3) is None
    told = summary([(5, True), (4, True), (4, True)], 3)
    assert told and (told.ballots, told.mean, told.supports) == (3, 433, 3)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=200))
def test_a_mean_is_rounded_half_up_in_hundredths(scores: list[int]) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    exact = Decimal(sum(scores)) / len(scores)
    assert mean(scores) == int(exact.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)


@given(st.uuids())
def test_a_slip_is_read_however_it_is_typed(key: Any) -> None:
    code = code_of(key.hex, SLIP)
    assert set(code) <= {*SIGNS, "-"}
    careless = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}"
    assert signs_of(careless, SLIP, "slip") == code.replace("-", "")
    assert code_of(key.hex, SLIP) != code_of(f"{(int(key.hex, 16) + 1) % 2**128:032x}", SLIP)  # no bit is lost


# opening


@pytest.mark.rule("rewards-38")
async def test_who_is_nominated_nominates_or_decides_draws_no_slip(opened: Vote) -> None:
    roll = await opened.desk.ask(BallotRoll.all().select_related("award", "voter"))
    piles: dict[tuple[str, Channel], set[str]] = {}
    for one in roll:
        piles.setdefault((one.award.code, one.channel), set()).add(one.voter.login)
    assert not piles[STAR, INTERNAL] & {"an", "bo", "lead", "deng", "head", "xu", "yu"}
    assert piles[STAR, INTERNAL] >= {"cai", "dan", "mo", "two", "zhu", "fu"}
    assert piles[BEE, INTERNAL] - piles[STAR, INTERNAL] == {"an", "bo"}
    assert piles[STAR, INTERNAL] - piles[BEE, INTERNAL] == {"cai"}
    assert piles[STAR, CROSS] == piles[BEE, CROSS] == {"xu", "yu"}
    assert {pile: len(codes) for pile, codes in opened.slips.items()} == {pile: len(who) for pile, who in piles.items()}
    every = [code for codes in opened.slips.values() for code in codes]
    assert len(set(every)) == len(every)


@pytest.mark.rule("rewards-38")
async def test_the_roll_is_hashed_at_the_opening_and_nothing_is_counted_on_another(opened: Vote) -> None:
    desk = opened.desk
    roll = await desk.ask(BallotRoll.all().select_related("award", "voter"))
    lines = sorted(f"{one.award.code}\t{one.channel}\t{one.voter.number}" for one in roll)
    assert (await round_(desk)).roll_digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    await desk.make_row(BallotRoll, round=await round_(desk), award=roll[0].award,
                        voter=await desk.ask(Staff.get(login="lead")), channel=INTERNAL)  # fmt: skip
    with pytest.raises(Refusal, match="roll_changed"):
        await opened.close()


async def test_the_slips_stand_in_no_file(opened: Vote) -> None:
    await opened.cast(opened.slip(), comment="说得好")
    path = opened.desk.host.store.database.path
    assert path
    held = b"".join(one.read_bytes() for one in path.parent.glob("*") if one.is_file())
    for codes in opened.slips.values():
        for code in codes:
            assert code.encode() not in held and code.replace("-", "").encode() not in held
    assert (await journal.head(opened.desk.host)).count  # there is a journal to be silent


async def test_opinions_are_asked_once_the_shortlist_stands(vote: Vote) -> None:
    desk = vote.desk
    assert [one.title.id for one in await desk.due(opinions_due, login="zhu")] == ["rewards.due.ask_opinions"]
    assert await desk.due(opinions_due, login="dan") == []
    desk.at(24, "23:59", month=12)
    assert await desk.due(opinions_due, login="zhu") == []
    with pytest.raises(Refusal, match="still_nominating"):
        await vote.open()
    desk.at(25, "09:00", month=12)
    waiting = await desk.ask(Nomination.get(nomination_no="N3"))

    async def be(state: NominationState) -> None:
        waiting.state = state
        await waiting.save()

    await desk.host.call(be(NominationState.SUBMITTED))
    with pytest.raises(Refusal, match="still_reviewed"):
        await vote.open()
    await desk.host.call(be(NominationState.DECLINED))
    with pytest.raises(NotPermitted):
        await desk.run("open_opinions", {}, "dan", target=["2026-12"])
    await vote.open()
    assert {award for award, _ in vote.slips} == {STAR}
    with pytest.raises(Refusal, match="opinions_asked"):
        await vote.open()


@pytest.mark.rule("rewards-38")
async def test_a_lost_batch_is_replaced_only_while_no_slip_was_used(opened: Vote) -> None:
    old = opened.slip()
    await opened.open("new_slips")
    with pytest.raises(Refusal, match="no_slip"):
        await opened.cast(old)
    receipt = await opened.cast(opened.slip())
    with pytest.raises(Refusal, match="slips_used"):
        await opened.open("new_slips")
    await opened.withdraw(opened.slip(), receipt)
    await opened.open("new_slips")


# casting


@pytest.mark.rule("rewards-26")
async def test_a_slip_serves_once_for_each_nominee_and_supports_one(opened: Vote) -> None:
    slip = opened.slip()
    receipt = await opened.cast(slip, "N1", 5, support="true")
    with pytest.raises(Refusal, match="slip_used"):
        await opened.cast(slip, "N1", 1)
    with pytest.raises(Refusal, match="supported"):
        await opened.cast(slip, "N2", 4, support="true")
    await opened.cast(slip, "N2", 4)
    await opened.withdraw(slip, receipt)
    second = await opened.cast(slip, "N1", 2)
    assert await opened.check(second) == "in_urn"
    ballots = await opened.desk.ask(OpinionBallot.all().order_by("nomination_no"))
    assert [(one.nomination_no, one.score, one.support) for one in ballots] == [("N1", 2, False), ("N2", 4, False)]


@pytest.mark.rule("rewards-26")
async def test_a_slip_of_another_award_or_round_or_of_nobody_is_refused(opened: Vote) -> None:
    with pytest.raises(Refusal, match="other_slip"):
        await opened.cast(opened.slip(award=BEE), "N1")
    with pytest.raises(Refusal, match="no_slip"):
        await opened.cast(code_of("f" * 32, SLIP))
    with pytest.raises(BadInput, match="code_length"):
        await opened.cast(opened.slip()[:-1])
    unused = opened.slip(1)
    await opened.close()
    desk = opened.desk
    await desk.run("cancel_round", {"reason": "for the test"}, "head", target=["2026-12"])
    desk.at(4, month=13)
    await desk.run("open_round", login="zhu")
    await nominate(desk, "N9", "dan", round_no="2027-01")
    desk.at(25, month=13)
    await opened.open(round_no="2027-01")
    with pytest.raises(Refusal, match="no_slip"):
        await opened.cast(unused, "N9")
    await opened.cast(opened.slip(), "N9")


async def test_only_slip_and_receipt_together_take_a_ballot_back(opened: Vote) -> None:
    receipt = await opened.cast(opened.slip(0))
    other = await opened.cast(opened.slip(1))
    with pytest.raises(Refusal, match="no_ballot"):
        await opened.withdraw(opened.slip(0), other)
    with pytest.raises(BadInput, match="receipt_taken"):
        await opened.cast(opened.slip(2), receipt=receipt)
    with pytest.raises(Refusal, match="no_ballot"):
        await opened.check("0000-0000-0000-0000")
    await opened.withdraw(opened.slip(0), receipt)
    assert await opened.desk.ask(BallotMark.all().count()) == 1


@pytest.mark.rule("rewards-25")
async def test_opinions_end_with_a_day_and_are_counted_after_it(opened: Vote) -> None:
    desk = opened.desk
    receipt = await opened.cast(opened.slip())
    desk.at(30, "23:59", month=12)
    with pytest.raises(Refusal, match="opinions_until"):
        await desk.run("close_opinions", {}, "zhu", target=["2026-12"])
    await opened.cast(opened.slip(1))
    desk.at(31, "00:00", month=12)
    for act in (opened.cast(opened.slip(2)), opened.withdraw(opened.slip(), receipt)):
        with pytest.raises(Refusal, match="opinions_over"):
            await act
    await opened.close()
    with pytest.raises(Refusal, match="no_opinions"):
        await opened.close()


# what is shown


@pytest.mark.rule("rewards-38")
async def test_two_ballots_are_not_told_three_are_and_of_the_rest_only_receipts_stay(opened: Vote) -> None:
    desk = opened.desk
    few = [await opened.cast(opened.slip(n, channel=CROSS), score=1, comment="太少") for n in (0, 1)]
    for n, score in enumerate((5, 4, 4)):
        receipt = await opened.cast(opened.slip(n), score=score, support="true", comment=f"第{n}句")
    assert await rows(desk, "ballots") == await rows(desk, "summaries") == await rows(desk, "comments") == []
    await opened.close()
    told = {(one["nominee"], one["ballot_channel"].id.rpartition(".")[2]): one for one in await rows(desk, "summaries")}
    assert {key: str(one["mean_score"]) for key, one in told.items() if key[0] == "an"} == {
        ("an", "internal"): "4.33", ("an", "cross_department"): "Text('rewards.value.not_enough', {})",
    }  # fmt: skip
    assert (told["an", "internal"]["supports"], told["an", "internal"]["ballots"]) == (3, 3)
    assert sorted(one["score"] for one in await rows(desk, "ballots")) == [4, 4, 5]
    assert {one["words"] for one in await rows(desk, "comments")} == {"第0句", "第1句", "第2句"}
    assert [await opened.check(one) for one in (*few, receipt)] == ["counted_few", "counted_few", "counted"]
    path = desk.host.store.database.path
    assert path and "太少".encode() not in path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()


@pytest.mark.rule("rewards-38")
async def test_other_departments_opinions_are_for_reviewers(opened: Vote) -> None:
    desk = opened.desk

    async def enough() -> None:
        number = await round_(desk)
        number.min_ballots_shown = 2
        await number.save()

    await desk.host.call(enough())
    for channel in (INTERNAL, CROSS):
        for n in (0, 1):
            await opened.cast(opened.slip(n, channel=channel), comment="好")
    await opened.close()
    assert (len(await rows(desk, "ballots", "head")), len(await rows(desk, "ballots", "dan"))) == (4, 2)
    for register in ("summaries", "comments"):
        assert await rows(desk, register, "deng")
        with pytest.raises(NotPermitted):
            await rows(desk, register, "dan")


@pytest.mark.rule("rewards-25")
async def test_nobody_is_chosen_before_opinions_are_counted_and_read(opened: Vote) -> None:
    desk = opened.desk

    async def why() -> str:
        found = unread(await desk.context(), await round_(desk))
        return found.id.rpartition(".")[2] if found else ""

    assert await why() == "opinions_open"
    with pytest.raises(Refusal, match="opinions_open"):
        await desk.run("read_opinions", {}, "head", target=["2026-12"])
    await opened.close()
    assert await why() == "opinions_unread"
    assert [one.title.id for one in await desk.due(opinions_due, login="head")] == ["rewards.due.read_opinions"]
    with pytest.raises(NotPermitted):
        await desk.run("read_opinions", {}, "zhu", target=["2026-12"])
    await desk.run("read_opinions", {}, "head", target=["2026-12"])
    assert await why() == ""
    assert await desk.due(opinions_due, login="head") == []


async def test_while_they_are_open_only_the_turnout_is_told(opened: Vote) -> None:
    desk = opened.desk
    await opened.cast(opened.slip())
    (item,) = [one for one in await desk.due(opinions_due) if one.title.id.endswith("turnout")]
    every = sum(len(codes) for codes in opened.slips.values())
    assert item.state and item.state.args == {"used": 1, "entitled": every} and item.severity == "info"
    mine = await desk.due(opinions_due, login="cai")  # for the award for which cai isn't nominated
    assert [(one.title.id, len(one.records), one.mine) for one in mine] == [("rewards.due.give_opinion", 2, True)]
    assert await desk.due(opinions_due, login="lead") == []
    desk.at(31, "09:00", month=12)
    assert [one.severity for one in await desk.due(opinions_due, "count_opinions", "zhu")] == ["warning"]
    desk.at(1, "00:00", month=13)
    assert [one.severity for one in await desk.due(opinions_due, "count_opinions", "zhu")] == ["critical"]


@pytest.mark.rule("rewards-38")
async def test_anybody_counts_the_published_ballots_again(opened: Vote) -> None:
    desk = opened.desk
    for n, score in enumerate((5, 3, 2, 2)):
        await opened.cast(opened.slip(n), score=score)
    await opened.close()
    done = await desk.run("recount", {}, "dan", target=["2026-12"])
    assert done.text and (done.text.id, done.text.args["ballots"]) == ("rewards.done.recounted", 4)
    lines = sorted(  # as somebody would with the published list and no program of ours
        json.dumps({"nomination": one["nomination_no"], "channel": "internal", "score": one["score"],
                    "support": one["support"], "receipt": one["receipt"]}, sort_keys=True)
        for one in await rows(desk, "ballots", "dan")
    )  # fmt: skip
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert digest == (await round_(desk)).ballots_digest
    bodies = await desk.host.store.query("SELECT body FROM house_body")
    assert any(f'"digest":"{digest}"' in one["body"].replace('": "', '":"') for one in bodies)
    ballot = await desk.ask(CountedBallot.all().first())

    async def meddle() -> None:
        ballot.score = 5 if ballot.score < 5 else 1
        await ballot.save()

    await desk.host.call(meddle())
    with pytest.raises(Refusal, match="differs"):
        await desk.run("recount", {}, "dan", target=["2026-12"])


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_voters_do_the_count_is_what_they_left_in_the_urn(opened: Vote, seed: int) -> None:
    """Random casts, changes of mind and mistakes, against a model of what lies in the urn."""
    chance = random.Random(seed)
    slips = opened.slips[STAR, INTERNAL][:5] + opened.slips[STAR, CROSS]
    left: dict[tuple[str, str], tuple[str, int, bool]] = {}
    for _ in range(45):
        slip, number, support = chance.choice(slips), chance.choice(["N1", "N2"]), chance.random() < 0.6
        score = chance.randint(1, 5)
        if (slip, number) in left and chance.random() < 0.5:
            await opened.withdraw(slip, left.pop((slip, number))[0])
            continue
        other = "N2" if number == "N1" else "N1"
        refused = (slip, number) in left or (support and left.get((slip, other), ("", 0, False))[2])
        if refused:
            with pytest.raises(Refusal):
                await opened.cast(slip, number, score, support=str(support).lower())
        else:
            receipt = await opened.cast(slip, number, score, support=str(support).lower())
            left[slip, number] = receipt, score, support
    used = {slip for slip, _ in left}
    assert await opened.desk.ask(BallotCode.filter(used=True).count()) == len(used)
    await opened.close()
    told = await opened.desk.ask(OpinionSummary.all().select_related("nomination"))
    for one in told:
        pile = opened.slips[STAR, one.channel]
        said = [(score, support) for (slip, number), (_, score, support) in left.items()
                if number == one.nomination.nomination_no and slip in pile]  # fmt: skip
        found = summary(said, 3)
        assert (one.ballots, one.mean, one.supports) == (
            (found.ballots, found.mean, found.supports) if found else (None, None, None)
        )
    assert await opened.desk.ask(CountedBallot.all().count()) == len(left)


async def test_the_urn_serves_any_vote_by_its_numbers(opened: Vote) -> None:
    """Promotions vote by the same urn: it knows no round, no award and nobody, only numbers (rewards-39)."""

    async def vote_elsewhere() -> list[tuple[str, int]]:
        codes = await urn.issue(date(2026, 12, 25), "P2026", "level-3", INTERNAL, 3)
        for code, score in zip(codes, (5, 4, 1), strict=True):
            signs = signs_of(code, SLIP, "slip")
            slip = await urn.slip_of(signs)
            assert slip
            await urn.cast(slip, signs, "wang", urn.Opinion(score, False), code[:19].replace("-", ""), 1)
        return [(one.nomination_no, one.score) for one in await urn.empty("P2026")]

    assert sorted(await opened.desk.host.call(vote_elsewhere())) == [("wang", 1), ("wang", 4), ("wang", 5)]


async def test_a_round_without_a_ballot_can_be_counted(opened: Vote) -> None:
    await opened.close()
    assert await opened.desk.ask(OpinionSummary.filter(mean__not_isnull=True).count()) == 0
    assert (await round_(opened.desk)).ballots_digest
    assert await opened.desk.ask(BallotCode.all().count()) == 0
    assert (await round_(opened.desk)).state is RoundState.OPINIONS
    await opened.desk.run("recount", {}, "dan", target=["2026-12"])
