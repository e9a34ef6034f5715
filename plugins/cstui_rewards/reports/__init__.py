"""Letters without a name, and objections to what is published: examined and answered by whom they don't concern."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Register
from cstui_rewards.models import PublicObjection, Report
from cstui_rewards.reports import acts, demo, letters
from cstui_rewards.reports.due import reports_due
from cstui_rewards.reports.inputs import Answer, Object, ReadAnswer, WriteLetter
from cstui_rewards.reports.seen import objections, reports

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]

REPORTS = Register(
    "rewards.reports", Report,
    (
        Column("report_no", width=14, sort="report_no"), Column("nominee", "nomination.nominee.name", width=10),
        Column("round", "round.round_no", width=8, sort="round_id"), Column("report_state", "state", width=10),
        Column("words", width=36, narrow=False), Column("day", width=10, sort="day"),
    ),
    noun="report", natural_key=("report_no",), sort="-id", query=reports, needs="rewards.review", private=True,
    sections=(Column("examined_by"), Column("decided_by"), Column("decided_at"), Column("answer")),
)  # fmt: skip
OBJECTIONS = Register(
    "rewards.objections", PublicObjection,
    (
        Column("objection_no", width=14, sort="objection_no"), Column("nominee", "nomination.nominee.name", width=10),
        Column("round", "nomination.round.round_no", width=8), Column("objection_state", "state", width=8),
        Column("objector", "by.name", width=10), Column("words", width=32, narrow=False),
        Column("day", width=10, sort="day"),
    ),
    noun="objection", natural_key=("objection_no",), sort="-id", query=objections, needs="rewards.own", private=True,
    sections=(Column("answer"), Column("answered_by"), Column("answered_at")),
)  # fmt: skip


def _decide(name: str, run: Any, mnemonic: str) -> Action:
    return Action(
        f"rewards.{name}", run=run, needs="rewards.review", input=Answer, target="row", register="rewards.reports",
        mnemonic=mnemonic, rules=("rewards-34",), blocked=acts.decide_blocked,
    )  # fmt: skip


REGISTERS = (REPORTS, OBJECTIONS)
ACTIONS = (
    Action("rewards.write_letter", run=letters.write, needs="rewards.own", input=WriteLetter,
           register="rewards.candidates", mnemonic="e", rules=("rewards-34",), prefill=letters.write_prefill,
           effect=letters.write_effect, dangerous=True, anonymous=True),
    Action("rewards.read_answer", run=letters.read_answer, needs="rewards.own", input=ReadAnswer,
           register="rewards.candidates", mnemonic="a", rules=("rewards-34",), anonymous=True),
    Action("rewards.examine", run=letters.examine, needs="rewards.review", register="rewards.reports", mnemonic="e",
           rules=("rewards-34",)),
    _decide("uphold", acts.uphold, "u"),
    _decide("dismiss_report", acts.dismiss, "f"),
    Action("rewards.object", run=acts.object_to, needs="rewards.own", input=Object, target="row",
           register="rewards.candidates", mnemonic="o", rules=("rewards-33",), blocked=acts.object_blocked),
    Action("rewards.answer_objection", run=acts.answer, needs="rewards.review", input=Answer, target="row",
           register="rewards.objections", mnemonic="o", rules=("rewards-33",), blocked=acts.answer_blocked),
)  # fmt: skip
DUE = (reports_due,)
