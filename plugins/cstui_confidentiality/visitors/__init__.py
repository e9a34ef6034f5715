"""Visitors at company computers or material: by leave, given beforehand."""

from __future__ import annotations

from cstui.api import Action, ApprovalKind, Column, Register
from cstui_confidentiality.models import OutsiderPass
from cstui_confidentiality.own import own
from cstui_confidentiality.visitors import acts, demo
from cstui_confidentiality.visitors.inputs import RequestVisit, VisitSeen
from cstui_confidentiality.waiting import deadline

__all__ = ["ACTIONS", "APPROVALS", "REGISTERS", "demo"]

_VISITS = "confidentiality.visits"
VISITS = Register(
    _VISITS, OutsiderPass,
    (
        Column("pass_no", width=13, sort="pass_no"), Column("visit_state", acts.state_of, width=8, sort="state"),
        Column("visitor", width=14), Column("scope", width=8), Column("host_name", "host.name", width=8),
        Column("start_at", width=16, sort="start_at"), Column("end_at", width=16),
        Column("purpose", width=20, narrow=False),
    ),
    noun="visit", natural_key=("pass_no",), sort="-id", needs="confidentiality.own", private=True,
    query=lambda ctx: own(ctx, OutsiderPass.all(), "host_id").select_related("host"),
    sections=(Column("requested_at"), Column("approved_by"), Column("approved_at")),
)  # fmt: skip

REQUEST = Action(
    "confidentiality.request_visit", run=acts.request, needs="confidentiality.own", input=RequestVisit,
    register=_VISITS, mnemonic="n", rules=("confidentiality-45",), settles=False,
)  # fmt: skip
SEEN = Action(
    "confidentiality.visitor_seen", run=acts.seen, needs="confidentiality.own", input=VisitSeen, register=_VISITS,
    mnemonic="v", rules=("confidentiality-45",), settles=False,
)  # fmt: skip

REGISTERS = (VISITS,)
ACTIONS = (REQUEST, SEEN)
APPROVALS = (
    ApprovalKind(
        acts.REQUESTED, (lambda ctx: ctx.rule("confidentiality-45").outsider_approval,), acts.approved, acts.refused,
        rule="confidentiality-45", withdrawn=acts.withdrawn, deadline=deadline,
    ),
)  # fmt: skip
