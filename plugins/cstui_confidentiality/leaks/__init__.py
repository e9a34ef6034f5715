"""Leaks (失泄密报告) from the report, by name or without one, to the conclusion; who reported is protected."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Consequence, Context, Register, Related, Separation
from cstui_confidentiality.leaks import acts, anonymous, demo, reach, rewards, upward
from cstui_confidentiality.leaks.due import leaks_due, witnesses_due
from cstui_confidentiality.leaks.inputs import (
    AddWitness,
    AnswerReporter,
    ClearWitness,
    Confirm,
    DecideLate,
    Escalate,
    FollowUp,
    HandOver,
    Investigate,
    NoReward,
    OpenCaseOfLeak,
    ReportAnonymously,
    ReportLeak,
    Reward,
    TakeNote,
    Unfounded,
)
from cstui_confidentiality.models import LeakReport, Witness

__all__ = ["ACTIONS", "CONSEQUENCES", "DUE", "REGISTERS", "demo"]

_LEAKS, _WITNESSES = "confidentiality.leaks", "confidentiality.witnesses"
_OWN, _HANDLE = "confidentiality.own", "confidentiality.audit"


def _reporter(ctx: Context, report: LeakReport) -> Any:
    """Masked; only its handler may have it shown (`acts.look_at`)."""
    return report.reporter.name if report.reporter else None


LEAKS = Register(
    _LEAKS, LeakReport,
    (
        Column("report_no", width=14, sort="report_no"), Column("what", width=24),
        Column("category", "category.code", width=6), Column("leak_state", "state", width=10, sort="state"),
        Column("handler", "handler.name", width=8), Column("reported_at", width=16, sort="reported_at"),
        Column("loss", width=10, align="right", narrow=False),
    ),
    noun="leak", natural_key=("report_no",), sort="-id", needs=_OWN, query=reach.seen, private=True,
    sections=(
        Column("reporter", _reporter, secret=True), Column("suspect", "suspect.name"), Column("channel"),
        Column("discovered_at"), Column("known_since"), Column("acknowledged_at"), Column("actions"),
        Column("notes"), Column("conclusion"), Column("recovered"), Column("answer"),
        Column("late_decision"), Column("reward_decision"), Column("escalated_at", section="upward"),
        Column("urged", section="upward"), Column("noted_by", section="upward"),
        Column("instruction", section="upward"), Column("closed_at"),
    ),
    related=(Related(_WITNESSES, "report_id"), Related("confidentiality.cases", "report_id")),
)  # fmt: skip
WITNESSES = Register(
    _WITNESSES, Witness,
    (
        Column("of_report", "report.report_no", width=14), Column("staff", "staff.name", width=8),
        Column("known_since", width=16, sort="known_since"), Column("told_at", width=16),
        Column("decision", width=24),
    ),
    noun="witness", natural_key=("id",), sort="-id", needs=_HANDLE, query=reach.known, private=True,
)  # fmt: skip


def _on(name: str, run: Any, mnemonic: str, model: Any, blocked: Any, *rules: str, **more: Any) -> Action:
    """Something done with a report by those who look into leaks: never by who is named, nor by who made it."""
    return Action(
        f"confidentiality.{name}", run=run, needs=_HANDLE, input=model, target="row", register=_LEAKS,
        mnemonic=mnemonic, rules=rules, blocked=blocked,
        separate=(Separation("suspect_id"), Separation("reporter_id")), **more,
    )  # fmt: skip


REPORT = Action(
    "confidentiality.report_leak", run=acts.report, needs=_OWN, input=ReportLeak, register=_LEAKS, mnemonic="r",
    rules=("confidentiality-27", "confidentiality-48"), discreet=True,
)  # fmt: skip
ANONYMOUSLY = Action(
    "confidentiality.report_anonymously", run=anonymous.report, needs=_OWN, input=ReportAnonymously, register=_LEAKS,
    mnemonic="b", rules=("confidentiality-27", "confidentiality-51"), prefill=anonymous.receipt_prefill,
    effect=anonymous.report_effect, dangerous=True, anonymous=True,
)  # fmt: skip
FOLLOW_UP = Action(
    "confidentiality.follow_up", run=anonymous.follow_up, needs=_OWN, input=FollowUp, register=_LEAKS, mnemonic="f",
    rules=("confidentiality-27", "confidentiality-51"), anonymous=True,
)  # fmt: skip
OPEN_BOX = Action(
    "confidentiality.open_box", run=anonymous.open_box, needs=_HANDLE, register=_LEAKS, mnemonic="x",
    rules=("confidentiality-27", "confidentiality-51"),
)  # fmt: skip
OF_REPORT = (
    _on("acknowledge_leak", acts.acknowledge, "a", None, acts.received_only, "confidentiality-27"),
    _on("investigate_leak", acts.investigate, "i", Investigate, acts.held_only, "confidentiality-27"),
    _on("confirm_leak", acts.confirm, "y", Confirm, acts.held_only, "confidentiality-27", "confidentiality-30"),
    _on("unfounded_leak", acts.unfounded, "n", Unfounded, acts.held_only, "confidentiality-27"),
    _on("escalate_leak", upward.escalate, "e", Escalate, upward.escalate_blocked, "confidentiality-48", settles=False),
    _on("note_leak", upward.take_note, "t", TakeNote, upward.note_blocked, "confidentiality-48"),
    _on("add_witness", acts.add_witness, "w", AddWitness, acts.held_or_confirmed, "confidentiality-28", settles=False),
    _on("open_case_of_leak", acts.open_case_of, "c", OpenCaseOfLeak, acts.so_only, "confidentiality-38", "money-10",
        prefill=acts.case_prefill, settles=False),
    _on("decide_late", acts.decide_late, "d", DecideLate, acts.late_blocked, "confidentiality-27",
        "confidentiality-28"),
    _on("propose_reward", rewards.propose, "p", Reward, rewards.reward_blocked, "confidentiality-35",
        "confidentiality-36"),
    _on("decline_reward", rewards.decline, "o", NoReward, rewards.reward_blocked, "confidentiality-35"),
    _on("answer_reporter", acts.answer, "s", AnswerReporter, reach.barred, settles=False),
    _on("hand_over_leak", acts.hand_over, "h", HandOver, acts.not_closed, settles=False),
    _on("close_leak", acts.close, "k", None, acts.close_blocked),
)  # fmt: skip
SILENCE = Action(
    "confidentiality.open_silence_case", run=acts.silence_case, needs=_HANDLE, input=ClearWitness, target="row",
    register=_WITNESSES, mnemonic="c", rules=("confidentiality-28", "money-10"), blocked=acts.witness_blocked,
    separate=(Separation("staff_id"),),
)  # fmt: skip
CLEAR = Action(
    "confidentiality.clear_witness", run=acts.clear_witness, needs=_HANDLE, input=ClearWitness, target="row",
    register=_WITNESSES, mnemonic="x", rules=("confidentiality-28",), blocked=acts.witness_blocked,
    separate=(Separation("staff_id"),),
)  # fmt: skip

REGISTERS = (LEAKS, WITNESSES)
ACTIONS = (REPORT, ANONYMOUSLY, FOLLOW_UP, OPEN_BOX, *OF_REPORT, SILENCE, CLEAR)
DUE = (leaks_due, witnesses_due)
CONSEQUENCES = (Consequence("site.reveal", acts.look_at),)
