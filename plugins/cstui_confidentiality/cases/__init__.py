"""Cases against persons (泄密处理): heard, proposed, decided by another person. They only ever propose."""

from __future__ import annotations

from cstui.api import Action, Column, Register, Separation
from cstui_confidentiality.cases import acts, deciding
from cstui_confidentiality.cases.due import cases_due
from cstui_confidentiality.cases.inputs import CloseCase, Decide, Drop, Hear, OpenCase, Propose, ReferLegal
from cstui_confidentiality.cases.papers import PAPERS
from cstui_confidentiality.models import ConfidentialityCase

__all__ = ["ACTIONS", "DUE", "PAPERS", "REGISTERS"]

_CASES, _NEEDS = "confidentiality.cases", "confidentiality.decide"
CASES = Register(
    _CASES, ConfidentialityCase,
    (
        Column("case_no", width=14, sort="case_no"), Column("subject", "subject.name", width=8),
        Column("ground", width=8, sort="ground"), Column("case_state", "state", width=8, sort="state"),
        Column("tier", width=4, align="right"), Column("proposed_outcome", width=18),
        Column("opened_at", width=16, sort="opened_at", narrow=False),
    ),
    noun="case", natural_key=("case_no",), sort="-id", needs=_NEEDS, query=acts.seen, private=True,
    sections=(
        Column("article"), Column("facts"), Column("opened_by"), Column("of_report", "report.report_no"),
        Column("of_finding", "finding.finding_no"),
        Column("statement", section="hearing"), Column("waived", section="hearing"),
        Column("heard_at", section="hearing"),
        Column("intent", section="found"), Column("consequence", section="found"), Column("loss", section="found"),
        Column("recovered", section="found"), Column("remedied", section="found"),
        Column("mitigation", section="found"), Column("legal", section="found"), Column("tier_rule", section="found"),
        Column("proposed_by", section="found"),
        Column("outcome", section="decision"), Column("reasons", section="decision"),
        Column("bonus", section="decision"), Column("bonus_withheld", section="decision"),
        Column("damages_share", section="decision"), Column("damages", section="decision"),
        Column("loss_proof", section="decision"), Column("decided_by", section="decision"),
        Column("decided_on", section="decision"), Column("legal_referred_at", section="decision"),
        Column("executed_at", section="decision"), Column("closed_at", section="decision"),
    ),
)  # fmt: skip
OPEN = Action(
    "confidentiality.open_case", run=acts.open_by_hand, needs=_NEEDS, input=OpenCase, register=_CASES, mnemonic="o",
    rules=("confidentiality-30", "money-10"), separate=(Separation("subject"),),
)  # fmt: skip
HEAR = Action(
    "confidentiality.hear_case", run=acts.hear, needs=_NEEDS, input=Hear, target="row", register=_CASES, mnemonic="h",
    rules=("money-06",), blocked=acts.opened_only,
)  # fmt: skip
PROPOSE = Action(
    "confidentiality.propose_case", run=acts.propose, needs=_NEEDS, input=Propose, target="row", register=_CASES,
    mnemonic="p", rules=("confidentiality-29", "confidentiality-31", "confidentiality-32"), blocked=acts.heard_only,
    prefill=acts.propose_prefill,
)  # fmt: skip
DECIDE = Action(
    "confidentiality.decide_case", run=deciding.decide, needs=_NEEDS, input=Decide, target="row", register=_CASES,
    mnemonic="d", rules=("confidentiality-29", "confidentiality-32", "money-09"), blocked=deciding.decide_blocked,
    prefill=deciding.decide_prefill,
)  # fmt: skip
EXECUTE = Action(
    "confidentiality.execute_case", run=acts.execute, needs=_NEEDS, target="row", register=_CASES, mnemonic="x",
    rules=("confidentiality-29", "confidentiality-32", "money-02"), blocked=acts.decided_only,
)  # fmt: skip
REFER = Action(
    "confidentiality.refer_legal", run=acts.refer_legal, needs=_NEEDS, input=ReferLegal, target="row", register=_CASES,
    mnemonic="l", rules=("confidentiality-34", "confidentiality-26"), blocked=acts.refer_blocked, settles=False,
)  # fmt: skip
CLOSE = Action(
    "confidentiality.close_case", run=acts.close, needs=_NEEDS, input=CloseCase, target="row", register=_CASES,
    mnemonic="k", rules=("money-06", "confidentiality-34"), blocked=acts.executed_only,
)  # fmt: skip
DROP = Action(
    "confidentiality.drop_case", run=acts.drop, needs=_NEEDS, input=Drop, target="row", register=_CASES, mnemonic="n",
    blocked=acts.undecided_only,
)  # fmt: skip

REGISTERS = (CASES,)
ACTIONS = (OPEN, HEAR, PROPOSE, DECIDE, EXECUTE, REFER, CLOSE, DROP)
DUE = (cases_due,)
