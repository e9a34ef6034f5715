"""Letters without a name about a choice, and objections to what is published."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from desk import words
from rewards_desk import Desk, moment, rewards_desk
from rewards_vote import Vote

from cstui import engine, journal, registers
from cstui.api import Actor, BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui_rewards.kinds import NominationState, RoundState
from cstui_rewards.models import AwardRound, Nomination, PublicObjection, Report
from cstui_rewards.reports.due import reports_due

LETTER = {"words": "事例里写的那天他不在"}
WHO = "xin.ren.mi"
"""Stands nowhere else in the store."""


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        await (await Vote.begin(opened)).open()
        yield opened


async def written(desk: Desk, login: str = "dan", **more: Any) -> str:
    """A letter by somebody; answers its receipt."""
    done = await desk.run("write_letter", LETTER | more, login)
    assert done.text and done.entry == 0
    return str(done.text.args["receipt"])


async def told(desk: Desk, receipt: str) -> Any:
    return (await desk.run("read_answer", {"receipt": receipt}, "fei")).text


async def seen(desk: Desk, login: str, register: str = "reports") -> int:
    page = await desk.host.call(registers.page(desk.host, await desk.context(login), f"rewards.{register}"))
    return len(page.rows)


async def publish(desk: Desk) -> None:
    """N1 wins; published on 5 January, objections until the 8th ends."""

    async def make() -> None:
        round_ = await AwardRound.get(round_no="2026-12")
        round_.state, round_.published_at = RoundState.PUBLISHED, moment("2027-01-05 10:00")
        round_.objections_by = moment("2027-01-09 00:00")
        await round_.save()
        winner = await Nomination.get(nomination_no="N1")
        winner.state = NominationState.WON
        await winner.save()

    await desk.host.call(make())


async def test_a_letter_leaves_neither_who_wrote_it_nor_when_nor_the_receipt(desk: Desk) -> None:
    count = (await journal.head(desk.host)).count
    desk.at(25, "17:43:29", month=12)
    actor = Actor(WHO, 7, WHO, permissions=frozenset({"rewards.own"}))
    done = await engine.run(desk.host, "rewards.write_letter", LETTER | {"nomination": "N1"}, actor)
    assert done.text and done.entry == 0 and (await journal.head(desk.host)).count == count
    receipt = done.text.args["receipt"]
    path = desk.host.store.database.path
    assert path
    held = b"".join(one.read_bytes() for one in path.parent.glob("cstui.db*"))
    assert LETTER["words"].encode() in held
    for trace in (WHO, receipt, receipt.replace("-", ""), "17:43", "09:43"):
        assert trace.encode() not in held


@pytest.mark.rule("rewards-34")
async def test_letters_are_taken_until_a_month_after_publication(desk: Desk) -> None:
    await publish(desk)
    desk.at(4, month=14)
    await written(desk, nomination="N1")
    await written(desk)
    desk.at(5, month=14)  # the act knows the day only: the last is that before
    for more in ({"nomination": "N1"}, {}):
        with pytest.raises(Refusal, match="letters_over"):
            await written(desk, **more)


async def test_letters_are_opened_decided_and_answered_by_their_receipt(desk: Desk) -> None:
    receipt = await written(desk, nomination="N1")
    general = await written(desk)
    assert (await told(desk, receipt)).id == "rewards.done.letter_unread"
    (item,) = await desk.due(reports_due)
    assert (item.title.args["count"], item.severity) == (2, "warning")
    with pytest.raises(NotPermitted):
        await desk.run("examine", {}, "dan")
    await desk.run("examine")
    assert words(await desk.due(reports_due)) == ["report", "report"]
    assert (await told(desk, receipt)).id == "rewards.done.letter_read"
    reports = {one.nomination_id is not None: one for one in await desk.ask(Report.all())}
    await desk.run("uphold", {"answer": "核实属实"}, target=[reports[True].report_no])
    await desk.run("dismiss_report", {"answer": "记录已公布"}, target=[reports[False].report_no])
    with pytest.raises(Refusal, match="report_decided"):
        await desk.run("dismiss_report", {"answer": "x"}, target=[reports[True].report_no])
    answered = [await told(desk, one) for one in (receipt, general)]
    assert [one.args["answer"] for one in answered] == ["核实属实", "记录已公布"]
    assert [one.args["state"].id for one in answered] == ["rewards.choice.upheld", "rewards.choice.unfounded"]
    assert await desk.due(reports_due) == []
    with pytest.raises(Refusal, match="no_letters"):
        await desk.run("examine")
    for typed, fault in (("0" * 16, Refusal), ("7K2M", BadInput)):
        with pytest.raises(fault):
            await told(desk, typed)


async def test_nobody_examines_a_letter_that_concerns_them(desk: Desk) -> None:
    async def deputy_nominates() -> None:
        other = await Nomination.get(nomination_no="N2")
        chief = await Nomination.get(nomination_no="N1")
        other.nominee_id = (await desk.host.actor("fu")).staff_id or 0
        chief.nominated_by_id = (await desk.host.actor("deng")).staff_id or 0
        await other.save()
        await chief.save()

    await desk.host.call(deputy_nominates())
    for number in ("N1", "N2"):
        await written(desk, nomination=number)
    counts = {login: [one.title.args["count"] for one in await desk.due(reports_due, login=login)]
              for login in ("deng", "fu", "head", "dan")}  # fmt: skip
    assert counts == {"deng": [1], "fu": [1], "head": [2], "dan": []}
    await desk.run("examine", {}, "head")
    assert [await seen(desk, login) for login in ("deng", "fu", "head")] == [1, 1, 2]
    about_deng = await desk.ask(Report.get(nomination__nomination_no="N1"))
    with pytest.raises(BadInput, match="no_row"):
        await desk.run("dismiss_report", {"answer": "x"}, "deng", target=[about_deng.report_no])


async def test_a_letter_is_critical_while_a_choice_waits_for_it(desk: Desk) -> None:
    await written(desk, nomination="N1")

    async def close() -> None:
        round_ = await AwardRound.get(round_no="2026-12")
        round_.state = RoundState.MONTH_CLOSED
        await round_.save()

    await desk.host.call(close())
    assert [one.severity for one in await desk.due(reports_due)] == ["critical"]
    await desk.run("examine")
    assert [one.severity for one in await desk.due(reports_due)] == ["critical"]


@pytest.mark.rule("rewards-33")
async def test_a_winner_may_be_objected_to_while_published_by_name_or_without(desk: Desk) -> None:
    with pytest.raises(Refusal, match="nothing_published"):
        await desk.run("object", LETTER, "dan", target=["N1"])
    await publish(desk)
    desk.at(8, "23:59", month=13)
    await desk.run("object", LETTER, "dan", target=["N1"])
    receipt = await written(desk, nomination="N1")
    await desk.run("examine")
    objections = await desk.ask(PublicObjection.all().order_by("id").select_related("by"))
    assert [one.by.login if one.by else "" for one in objections] == ["dan", ""]
    assert words(await desk.due(reports_due)) == ["objection", "objection"]
    assert [await seen(desk, login, "objections") for login in ("deng", "dan", "er")] == [2, 1, 0]
    for one in objections:
        await desk.run("answer_objection", {"answer": "考勤记录在案"}, target=[one.objection_no])
    with pytest.raises(Refusal, match="objection_answered"):
        await desk.run("answer_objection", {"answer": "x"}, target=[objections[0].objection_no])
    assert (await told(desk, receipt)).args["answer"] == "考勤记录在案"
    desk.at(9, "00:00", month=13)
    with pytest.raises(Refusal, match="objections_over"):
        await desk.run("object", LETTER, "dan", target=["N1"])
