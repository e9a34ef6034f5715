"""The audit: what the logs tell held against rosters, permits and requests; findings, each decided by a person."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Consequence, Context, Register, Related, Separation, Text
from cstui_confidentiality.audit import deciding, running
from cstui_confidentiality.audit.charts import CHARTS
from cstui_confidentiality.audit.due import findings_due, state_of
from cstui_confidentiality.audit.gathering import JUDGED
from cstui_confidentiality.audit.inputs import Explain, Match, OpenCase, RunAudit, Warn
from cstui_confidentiality.models import AuditFinding

__all__ = ["ACTIONS", "CHARTS", "CONSEQUENCES", "DUE", "REGISTERS"]


def _what(ctx: Context, finding: AuditFinding) -> Text:
    return Text(f"confidentiality.found.{finding.way}") if finding.way else finding.told


def _why(ctx: Context, finding: AuditFinding) -> Text:
    return finding.told


def _severity(ctx: Context, finding: AuditFinding) -> Any:
    return Text(f"severity.{finding.severity}")


FINDINGS = Register(
    "confidentiality.findings", AuditFinding,
    (
        Column("finding_no", width=14, sort="finding_no"), Column("finding_day", "day", width=10, sort="day"),
        Column("found_person", "staff.name", width=8), Column("found_what", _what, width=22),
        Column("account_no", width=14, narrow=False), Column("count", width=5, align="right"),
        Column("finding_state", state_of, width=8, sort="state"), Column("severity", _severity, width=6, narrow=False),
    ),
    noun="finding", natural_key=("finding_no",), sort="-id", needs="confidentiality.audit",
    query=lambda ctx: AuditFinding.all().select_related("staff"),
    sections=(
        Column("rule"), Column("why", _why), Column("found_at"), Column("found_by"),
        Column("disposed_by", section="decision"), Column("disposed_at", section="decision"),
        Column("reason", section="decision"),
    ),
    related=(Related("confidentiality.events", "found__finding"),),
)  # fmt: skip
OWN = (Separation("staff"),)
"""Nobody decides what was found of themselves."""
AUDIT = Action(
    "confidentiality.audit", run=running.run_audit, needs="confidentiality.audit", input=RunAudit,
    register="confidentiality.findings", mnemonic="a",
    rules=JUDGED,
)  # fmt: skip
EXPLAIN = Action(
    "confidentiality.explain_finding", run=deciding.explain, needs="confidentiality.audit", input=Explain,
    target="rows", register="confidentiality.findings", mnemonic="x", blocked=deciding.decided, separate=OWN,
)  # fmt: skip
WARN = Action(
    "confidentiality.warn_finding", run=deciding.warn, needs="confidentiality.audit", input=Warn, target="rows",
    register="confidentiality.findings", mnemonic="w", blocked=deciding.nobody, separate=OWN,
)  # fmt: skip
MATCH = Action(
    "confidentiality.match_finding", run=deciding.match, needs="confidentiality.audit", input=Match, target="rows",
    register="confidentiality.findings", mnemonic="m", blocked=deciding.match_blocked, separate=OWN,
    rules=("confidentiality-13", "confidentiality-15", "confidentiality-16"),
)  # fmt: skip
CASE = Action(
    "confidentiality.open_case_of_finding", run=deciding.open_case, needs="confidentiality.audit", input=OpenCase,
    target="row", register="confidentiality.findings", mnemonic="c", blocked=deciding.nobody,
    prefill=deciding.case_prefill, separate=OWN,
)  # fmt: skip

REGISTERS = (FINDINGS,)
ACTIONS = (AUDIT, EXPLAIN, WARN, MATCH, CASE)
DUE = (findings_due,)
CONSEQUENCES = (Consequence("confidentiality.import_log", running.after_import),)
