"""Leave for acts in back ends: queries, changes, exports, copies, deletions, entering a customer's account."""

from __future__ import annotations

from cstui.api import Action, ApprovalKind, Column, Register, Separation
from cstui_confidentiality.models import OperationRequest
from cstui_confidentiality.own import own
from cstui_confidentiality.requests import acts, demo, due
from cstui_confidentiality.requests.inputs import ExecuteRequest, RequestOperation
from cstui_confidentiality.waiting import deadline

__all__ = ["ACTIONS", "APPROVALS", "DUE", "REGISTERS", "demo"]

_REQUESTS = "confidentiality.requests"
REQUESTS = Register(
    _REQUESTS, OperationRequest,
    (
        Column("request_no", width=13, sort="request_no"),
        Column("request_state", acts.state_of, width=8, sort="state"),
        Column("operation", "kind", width=10),
        Column("system_name", "system.name", width=12),
        Column("requester", "requester.name", width=8),
        Column("subject_ref", width=12, secret=True),
        Column("valid_to", width=16),
        Column("purpose", width=24, narrow=False),
    ),
    noun="request", natural_key=("request_no",), sort="-id", needs="confidentiality.own", private=True,
    query=lambda ctx: own(ctx, OperationRequest.all(), "requester_id").select_related(
        "system", "requester", "executed_event"
    ),
    sections=(
        Column("system", "system.code"), Column("ticket"), Column("requested_at"), Column("approved_by"),
        Column("approved_at"), Column("executed_at"), Column("result"),
        Column("logged_at", "executed_event.at"),
    ),
)  # fmt: skip

REQUEST = Action(
    "confidentiality.request_operation", run=acts.request, needs="confidentiality.own", input=RequestOperation,
    register=_REQUESTS, mnemonic="n", settles=False,
    rules=("confidentiality-12", "confidentiality-13", "confidentiality-15", "confidentiality-16"),
)  # fmt: skip
EXECUTE = Action(
    "confidentiality.execute_request", run=acts.execute, needs="confidentiality.own", input=ExecuteRequest,
    target="row", register=_REQUESTS, mnemonic="e", rules=("confidentiality-15", "confidentiality-16"),
    blocked=acts.execute_blocked,
)  # fmt: skip
CLOSE = Action(
    "confidentiality.close_request", run=acts.close, needs="confidentiality.audit", target="rows", register=_REQUESTS,
    mnemonic="c", rules=("confidentiality-15",), blocked=acts.close_blocked, separate=(Separation("requester_id"),),
)  # fmt: skip

REGISTERS = (REQUESTS,)
ACTIONS = (REQUEST, EXECUTE, CLOSE)
DUE = (due.to_execute, due.to_close)
APPROVALS = (
    ApprovalKind(
        acts.CHANGES, (lambda ctx: ctx.rule("confidentiality-13").modify_approver,), acts.approved, acts.refused,
        rule="confidentiality-13", withdrawn=acts.withdrawn, deadline=deadline,
    ),
    ApprovalKind(
        acts.EXPORTS, (lambda ctx: ctx.rule("confidentiality-16").export_approver,), acts.approved, acts.refused,
        rule="confidentiality-16", withdrawn=acts.withdrawn, deadline=deadline,
    ),
)  # fmt: skip
