"""Something secret is handed out with leave only; what went out without is a finding."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, ApprovalKind, Column, Context, Register, choice
from cstui_confidentiality.disclosure import acts, demo, reports
from cstui_confidentiality.disclosure.inputs import ReportDisclosure, ReportMisuse, RequestDisclosure
from cstui_confidentiality.models import DisclosureApproval
from cstui_confidentiality.own import own
from cstui_confidentiality.waiting import deadline

__all__ = ["ACTIONS", "APPROVALS", "REGISTERS", "demo"]

_DISCLOSURES = "confidentiality.disclosures"


def _state(ctx: Context, one: DisclosureApproval) -> Any:
    return choice("confidentiality", "expired" if acts.expired(ctx, one) else one.state)


DISCLOSURES = Register(
    _DISCLOSURES, DisclosureApproval,
    (
        Column("disclosure_no", width=14, sort="disclosure_no"), Column("disclosure_state", _state, 10, "state"),
        Column("of_no", lambda ctx, one: one.asset.asset_no if one.asset else one.category.code, width=12),
        Column("recipient", width=16), Column("channel", width=12), Column("valid_to", width=10, sort="valid_to"),
        Column("requested_by", width=10, narrow=False),
    ),
    noun="disclosure", natural_key=("disclosure_no",), sort="-id", needs="confidentiality.own", private=True,
    query=lambda ctx: own(ctx, DisclosureApproval.all().select_related("asset", "category"), "requester_id"),
    sections=(
        Column("handed_out", lambda ctx, one: acts.thing(one)), Column("third_party"), Column("legal_duty"),
        Column("purpose"), Column("requested_at"), Column("approved_by"),
        Column("handed_out_at", "released_at"), Column("handed_out_by", "released_by"),
    ),
)  # fmt: skip

REQUEST = Action(
    "confidentiality.request_disclosure", run=acts.request, needs="confidentiality.own", input=RequestDisclosure,
    register=_DISCLOSURES, mnemonic="n",
    rules=("confidentiality-03", "confidentiality-04", "confidentiality-06", "confidentiality-11"),
)  # fmt: skip
RELEASE = Action(
    "confidentiality.release", run=acts.release, needs="confidentiality.own", target="row", register=_DISCLOSURES,
    mnemonic="r", rules=("confidentiality-03", "confidentiality-06"), blocked=acts.release_blocked,
)  # fmt: skip
CLOSE = Action(
    "confidentiality.close_disclosure", run=acts.close, needs="confidentiality.own", target="row",
    register=_DISCLOSURES, mnemonic="c", blocked=acts.close_blocked,
)  # fmt: skip
REPORT = Action(
    "confidentiality.report_disclosure", run=reports.report, needs="confidentiality.audit", input=ReportDisclosure,
    register=_DISCLOSURES, mnemonic="x", rules=("confidentiality-09", "confidentiality-03"),
)  # fmt: skip
MISUSE = Action(
    "confidentiality.report_misuse", run=reports.report_misuse, needs="confidentiality.audit", input=ReportMisuse,
    register=_DISCLOSURES, mnemonic="o", rules=(reports.RESIDENTS,),
)  # fmt: skip

REGISTERS = (DISCLOSURES,)
ACTIONS = (REQUEST, RELEASE, CLOSE, REPORT, MISUSE)
APPROVALS = (
    ApprovalKind(
        acts.KIND, (lambda ctx: ctx.rule(acts.RULE).disclosure_approver,), acts.approved, acts.refused, rule=acts.RULE,
        withdrawn=acts.withdrawn, deadline=deadline,
    ),
)  # fmt: skip
