"""Leaks: from report to conclusion, in whose hands, in time or late, who kept silent, what is earned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from desk import words

from cstui import journal, registers, review, veil
from cstui.api import BadInput, Refusal
from cstui.approvals.models import Finding
from cstui.contract.errors import NotPermitted
from cstui.timeline import timeline
from cstui_confidentiality.cases.due import cases_due
from cstui_confidentiality.kinds import Ground, LeakState
from cstui_confidentiality.leaks.due import leaks_due, witnesses_due
from cstui_confidentiality.models import ConfidentialityCase, LeakReport, Witness

LEAK = {"what": "客户名单在外面的群里", "category": "S04", "channel": "group_chat"}
SO = {"conclusion": "属实", "loss": "0", "recovered": "0"}


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.category("S04")
        yield opened


async def reported(desk: Desk, login: str = "an", **more: Any) -> int:
    return (await desk.run("report_leak", LEAK | more, login)).rows[0]


async def confirmed(desk: Desk, login: str = "an", so: dict[str, Any] | None = None, **more: Any) -> int:
    pk = await reported(desk, login, **more)
    await desk.run("acknowledge_leak", target=[pk])
    await desk.run("confirm_leak", SO | (so or {}), target=[pk])
    return pk


async def of(desk: Desk, pk: int) -> Any:
    return await desk.ask(LeakReport.get(id=pk))


async def due(desk: Desk, login: str = "deng") -> list[str]:
    return words([*await desk.due(leaks_due, login=login), *await desk.due(witnesses_due, login=login)])


# from the report to the conclusion


async def test_a_leak_goes_its_way(desk: Desk) -> None:
    pk = await reported(desk)
    (item,) = await desk.due(leaks_due)
    assert (item.severity, item.person_id) == ("critical", None)
    assert item.actions[:3] == tuple(
        f"confidentiality.{name}" for name in ("acknowledge_leak", "investigate_leak", "escalate_leak")
    )
    await desk.run("acknowledge_leak", target=[pk])
    (item,) = await desk.due(leaks_due)
    assert (item.severity, item.person) == ("warning", "deng")
    with pytest.raises(Refusal, match="blocked"):
        await desk.run("acknowledge_leak", {}, "fu", target=[pk])
    await desk.run("investigate_leak", {"actions": "让群主删帖"}, target=[pk])
    await desk.run("hand_over_leak", {"handler": "fu"}, target=[pk])
    await desk.run("confirm_leak", SO | {"suspect": "bo", "loss": "500", "recovered": "200"}, "fu", target=[pk])
    one = await of(desk, pk)
    assert (one.state, one.loss, one.recovered, one.actions) == (LeakState.CONFIRMED, 500_00, 200_00, "让群主删帖")
    await desk.run("open_case_of_leak", {"subject": "bo", "article": "confidentiality-09", "facts": "发群"}, "fu",
                   target=[pk])  # fmt: skip
    (case,) = await desk.ask(ConfidentialityCase.all())
    assert (case.report_id, case.ground, case.loss) == (pk, Ground.LEAK, 500_00)
    with pytest.raises(Refusal, match="once"):
        await desk.run("open_case_of_leak", {"subject": "bo", "article": "confidentiality-09", "facts": "发群"},
                       target=[pk])  # fmt: skip
    with pytest.raises(Refusal, match="left_reward"):
        await desk.run("close_leak", {}, "fu", target=[pk])
    await desk.run("decline_reward", {"reason": "已口头表扬"}, "fu", target=[pk])
    await desk.run("close_leak", {}, "fu", target=[pk])
    assert await due(desk) == []
    wrong = await reported(desk)
    await desk.run("unfounded_leak", {"conclusion": "是公开资料", "answer": "谢谢"}, target=[wrong])
    with pytest.raises(Refusal, match="blocked"):
        await desk.run("open_case_of_leak", {"subject": "bo", "article": "confidentiality-09", "facts": "…"},
                       target=[wrong])  # fmt: skip
    assert await due(desk) == ["leak_unfounded"]
    assert await desk.cell("leaks", wrong, "answer", "an") == "谢谢"


@pytest.mark.rule("confidentiality-27")
async def test_a_day_from_knowledge_is_in_time_and_a_minute_more_is_late(desk: Desk) -> None:
    desk.at(24, "09:00")
    known = {"discovered_at": "2026-11-23 09:00", "known_since": "2026-11-23 09:00"}
    await reported(desk, **known)
    assert await due(desk) == ["leak_received"]
    desk.at(24, "09:01")
    done = await desk.run("report_leak", LEAK | known, "bo")
    assert [note.id for note in done.notes] == ["confidentiality.note.late"]
    assert await due(desk) == ["leak_received", "leak_received", "leak_late"]
    late = done.rows[0]
    assert [one.severity for one in await desk.due(leaks_due, "leak_late")] == ["warning"]
    await desk.run("confirm_leak", SO, target=[late])
    with pytest.raises(Refusal, match="left_late"):
        await desk.run("close_leak", target=[late])
    await desk.run("decide_late", {"verdict": "case", "reason": "隔天才说"}, target=[late])
    await desk.run("close_leak", target=[late])
    (case,) = await desk.ask(ConfidentialityCase.all().select_related("subject"))
    assert (case.subject.login, case.ground, case.article) == ("bo", Ground.SILENCE, "confidentiality-27")
    with pytest.raises(Refusal, match="late_decided"):
        await desk.run("decide_late", {"verdict": "excused", "reason": "…"}, target=[late])
    other = (await desk.run("report_leak", LEAK | known, "cai")).rows[0]
    await desk.run("decide_late", {"verdict": "excused", "reason": "在休假"}, target=[other])
    assert await due(desk) == ["leak_received"] * 2
    with pytest.raises(BadInput, match="moment_to_come"):
        await reported(desk, discovered_at="2026-11-24 09:02")


@pytest.mark.rule("confidentiality-28")
async def test_who_knew_and_kept_silent_is_offered_a_case(desk: Desk) -> None:
    pk = await reported(desk, "an", knew=["bo", "cai"], knew_since="2026-11-20 09:00")
    with pytest.raises(BadInput, match="knew_oneself"):
        await reported(desk, knew=["an"])
    told = {"staff": "guan", "known_since": "2026-11-20 09:00", "told_at": "2026-11-20 10:00"}
    await desk.run("add_witness", told, target=[pk])
    await desk.run("add_witness", {"staff": "boss", "known_since": "2026-11-23 12:00"}, target=[pk])  # a day isn't over
    assert await desk.due(witnesses_due) == []  # nothing is confirmed yet
    await desk.run("confirm_leak", SO, target=[pk])
    items = await desk.due(witnesses_due)
    assert [item.title.args["person"] for item in items] == ["bo", "cai"]
    assert {item.person_id for item in items} == {None}
    await desk.run("decline_reward", {"reason": "…"}, target=[pk])
    with pytest.raises(Refusal, match="left_silent"):
        await desk.run("close_leak", target=[pk])
    await desk.run("open_silence_case", {"reason": "知道四天"}, target=[items[0].records[0]])
    await desk.run("clear_witness", {"reason": "在住院"}, target=[items[1].records[0]])
    assert await desk.due(witnesses_due) == []
    (case,) = await desk.ask(ConfidentialityCase.all().select_related("subject"))
    assert (case.subject.login, case.ground) == ("bo", Ground.SILENCE)
    last = (await desk.ask(Witness.get(staff__login="boss"))).id
    with pytest.raises(Refusal, match="in_time"):
        await desk.run("open_silence_case", {"reason": "…"}, target=[last])


@pytest.mark.rule("confidentiality-48")
async def test_a_leak_is_told_up_the_chain_until_it_is_noted(desk: Desk) -> None:
    pk = await reported(desk)
    assert await due(desk, "head") == ["leak_received", "leak_upward"]
    await desk.run("acknowledge_leak", target=[pk])
    with pytest.raises(Refusal, match="told_to"):
        await desk.run("note_leak", {}, target=[pk])
    await desk.run("note_leak", {"instruction": "先保全证据"}, "head", target=[pk])
    assert await due(desk, "head") == ["leak_acknowledged"]
    await desk.run("escalate_leak", {"reason": "对方要曝光"}, target=[pk])
    (item,) = await desk.due(leaks_due, "leak_upward", "head")
    assert item.severity == "critical" and item.proof[-1].args["reason"] == "对方要曝光"
    assert (await of(desk, pk)).escalated_at is not None


# who is protected, and from whom


async def test_who_is_named_or_reported_or_knew_has_no_part_in_it(desk: Desk) -> None:
    pk = await reported(desk, "an", suspect="fu", knew=["head"])
    own = await reported(desk, "deng", suspect="deng")
    for login, error in (("fu", BadInput), ("head", Refusal), ("an", NotPermitted)):
        for action, raw in (
            ("acknowledge_leak", {}), ("investigate_leak", {"actions": "…"}), ("confirm_leak", SO),
            ("unfounded_leak", {"conclusion": "…"}), ("escalate_leak", {"reason": "…"}), ("note_leak", {}),
            ("answer_reporter", {"answer": "…"}), ("hand_over_leak", {"handler": "deng"}), ("close_leak", {}),
            ("add_witness", {"staff": "cai", "known_since": "2026-11-20 09:00"}),
            ("open_case_of_leak", {"subject": "bo", "article": "confidentiality-09", "facts": "…"}),
            ("propose_reward", {"bonus": "100"}), ("decline_reward", {"reason": "…"}),
            ("decide_late", {"verdict": "excused", "reason": "…"}),
        ):  # fmt: skip
            with pytest.raises(error):
                await desk.run(action, raw, login, target=[pk])
    assert await due(desk, "fu") == ["leak_received"]  # only deng's own, of which fu isn't named
    assert await due(desk, "head") == ["leak_received", "leak_upward"]
    assert await due(desk) == ["leak_received"]  # and deng has no part in his own
    for name in ("fu", "an", "head"):
        with pytest.raises(Refusal, match="blocked"):
            await desk.run("hand_over_leak", {"handler": name}, target=[pk])
    with pytest.raises(NotPermitted):
        await desk.run("acknowledge_leak", {}, target=[own])
    await desk.run("acknowledge_leak", {}, target=[pk])
    with pytest.raises(Refusal, match="named_handler"):
        await desk.run("confirm_leak", SO | {"suspect": "deng"}, target=[pk])
    assert "confidentiality.due.leak_acknowledged" not in await desk.today("fu")


async def test_a_member_sees_their_own_reports_and_only_the_handler_who_made_one(desk: Desk) -> None:
    pk = await reported(desk, "an")

    async def reporter(login: str) -> str:
        """What the record and its history say to a look that was asked for."""
        look = {"register_id": "confidentiality.leaks", "record": f"{pk}", "purpose": "核实情况"}
        await desk.run("site.reveal", look, login)
        ctx = replace(await desk.context(login), revealed=frozenset({f"confidentiality.leaks:{pk}"}))
        row = await desk.host.call(registers.one(desk.host, ctx, "confidentiality.leaks", pk))
        return str(row.values["reporter"])

    with pytest.raises(BadInput):
        await desk.cell("leaks", pk, "what", "bo")
    assert await desk.cell("leaks", pk, "what", "an") == LEAK["what"]
    assert await desk.cell("leaks", pk, "reporter") == "****"
    with pytest.raises(Refusal, match="handler_only"):
        await reporter("deng")
    await desk.run("acknowledge_leak", target=[pk])
    assert await reporter("deng") == "an"
    with pytest.raises(Refusal, match="handler_only"):
        await reporter("fu")
    first = (await desk.host.call(history(desk, pk)))[-1]
    assert (first.entry.action, first.entry.name) == ("confidentiality.report_leak", "****")
    (made,) = first.changes
    assert {one.name: one.after for one in made.differences}["reporter"] == "****"
    with pytest.raises(NotPermitted):
        await desk.cell("witnesses", 1, "staff", "an")
    assert await due(desk, "an") == []


async def history(desk: Desk, pk: int, login: str = "fu") -> Any:
    ctx = await desk.host.context(await desk.host.actor(login))
    events, _ = await timeline(desk.host, ctx, desk.host.registers["confidentiality.leaks"], pk)
    return events


async def test_the_journal_keeps_from_who_is_named_what_is_kept_from_them(desk: Desk) -> None:
    pk = await reported(desk, "an", suspect="fu")
    case = (await desk.run("open_case", {"subject": "fu", "article": "confidentiality-38", "ground": "leak",
                                         "facts": "发群"})).rows[0]  # fmt: skip
    await review.seen(desk.host, await desk.host.call(desk.host.actor("deng")))
    await desk.run("acknowledge_leak", target=[pk])
    await desk.run("drop_case", {"reason": "…"}, target=[case])

    async def told(login: str) -> list[tuple[str, str]]:
        ctx = await desk.context(login)

        async def read() -> list[Any]:
            return await veil.veiled(desk.host, ctx, await journal.page(desk.host, limit=4))

        return [(one.name, one.action) for one in await desk.host.call(read())]

    assert await told("fu") == await told("bo") == [("—", "")] * 4
    assert {name for name, _ in await told("head")} == {"****", "deng"}
    settled = {login: (await review.collect(desk.host, await desk.host.call(desk.host.actor(login)), None)).settled
               for login in ("fu", "deng")}  # fmt: skip
    assert (len(settled["fu"]), len(settled["deng"])) == (0, 2)


# what is earned


@pytest.mark.rule("confidentiality-35")
async def test_a_report_in_time_earns_what_somebody_types(desk: Desk) -> None:
    pk = await confirmed(desk)
    (item,) = await desk.due(leaks_due, "leak_reward")
    assert item.proof[-1].args["award"] == 100_00
    with pytest.raises(Refusal) as fault:
        await desk.run("propose_reward", {}, target=[pk])
    assert (fault.value.text.id, fault.value.rule) == ("confidentiality.refusal.award_missing", "confidentiality-35")
    await desk.run("propose_reward", {"bonus": "120"}, target=[pk])
    (finding,) = await desk.ask(Finding.all())
    assert (finding.figure_fen, finding.person_id, finding.record_id) == (120_00, None, pk)  # under no name
    with pytest.raises(Refusal, match="rewarded"):
        await desk.run("propose_reward", {"bonus": "120"}, target=[pk])
    for other in (
        await confirmed(desk, "bo", known_since="2026-11-20 09:00", discovered_at="2026-11-20 09:00"),  # late
        await confirmed(desk, "cai", suspect="cai"),  # their own doing
    ):
        with pytest.raises(Refusal, match="no_reward"):
            await desk.run("propose_reward", {"bonus": "100"}, target=[other])
    assert await desk.due(leaks_due, "leak_reward") == []


async def test_who_let_it_out_and_told_it_has_a_case_no_reward_and_that_in_their_favour(desk: Desk) -> None:
    pk = await confirmed(desk, "an")  # by whom wasn't known
    assert await desk.due(leaks_due, "leak_reward")
    await desk.run("open_case_of_leak", {"subject": "an", "article": "confidentiality-38", "facts": "自己发错"},
                   target=[pk])  # fmt: skip
    assert await desk.due(leaks_due, "leak_reward") == []
    (item,) = await desk.due(cases_due)
    assert item.proof[-1].id == "confidentiality.proof.self_reported"


@pytest.mark.rule("confidentiality-36")
async def test_a_great_recovery_earns_more_kinds(desk: Desk) -> None:
    small = await confirmed(desk, so={"loss": "20000", "recovered": "9999.99"})
    with pytest.raises(Refusal, match="not_great"):
        await desk.run("propose_reward", {"bonus": "100", "points": "5"}, target=[small])
    great = await confirmed(desk, "bo", so={"loss": "20000", "recovered": "10000"})
    assert [one.rule for one in await desk.due(leaks_due, "leak_reward")] == [
        "confidentiality-35",
        "confidentiality-36",
    ]
    with pytest.raises(BadInput, match="reward_kinds"):
        await desk.run("propose_reward", {}, target=[great])
    await desk.run("propose_reward", {"bonus": "500", "points": "5", "praise": "yes"}, target=[great])
    assert await desk.findings() == [
        ("confidentiality-36", word, "") for word in ("reward_bonus", "reward_points", "reward_praise")
    ]
