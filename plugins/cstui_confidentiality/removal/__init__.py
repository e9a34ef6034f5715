"""Something secret is taken out of the house with a pass, and comes back."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Action, ApprovalKind, Column, Context, Register, Separation, choice, utc
from cstui_confidentiality.kinds import PassState
from cstui_confidentiality.models import RemovalPass
from cstui_confidentiality.removal import acts, demo, due
from cstui_confidentiality.removal.inputs import Lost, ReportRemoval, RequestPass
from cstui_confidentiality.waiting import deadline

__all__ = ["ACTIONS", "APPROVALS", "DUE", "REGISTERS", "demo"]

_PASSES = "confidentiality.passes"


def _state(ctx: Context, one: RemovalPass) -> Any:
    late = one.state is PassState.OUT and one.due_back is not None and utc(ctx.now) >= one.due_back
    return choice("confidentiality", "out_overdue" if late else one.state)


def _seen(ctx: Context) -> Any:
    """All passes to those who look after confidentiality; to others those that they carry, asked for, or wait for."""
    rows = RemovalPass.all().select_related("asset__category", "asset__keeper", "carrier")
    if ctx.may("confidentiality.look"):
        return rows
    mine = Q(requested_by=ctx.actor.login)
    if (me := ctx.actor.staff_id) is not None:
        mine |= Q(carrier_id=me) | Q(asset__keeper_id=me)
    return rows.filter(mine)


PASSES = Register(
    _PASSES, RemovalPass,
    (
        Column("removal_no", "pass_no", width=14, sort="pass_no"), Column("pass_state", _state, 12, "state"),
        Column("asset", "asset.asset_no", width=12), Column("asset_title", "asset.title", width=18),
        Column("carrier", "carrier.name", width=10), Column("due_back", width=16, sort="due_back"),
        Column("purpose", width=20, narrow=False),
    ),
    noun="removal", natural_key=("pass_no",), sort="-id", needs="confidentiality.own", private=True,
    query=_seen,
    sections=(
        Column("requested_by"), Column("requested_at"), Column("approved_by"), Column("out_at"), Column("back_at"),
    ),
)  # fmt: skip

REQUEST = Action(
    "confidentiality.request_pass", run=acts.request, needs="confidentiality.own", input=RequestPass,
    register=_PASSES, mnemonic="n", rules=(acts.RULE, "confidentiality-43"),
)  # fmt: skip
TAKE_OUT = Action(
    "confidentiality.take_out", run=acts.take_out, needs="confidentiality.own", target="row", register=_PASSES,
    mnemonic="o", rules=(acts.RULE,), blocked=acts.take_out_blocked,
)  # fmt: skip
GIVE_BACK = Action(
    "confidentiality.give_back", run=acts.give_back, needs="confidentiality.own", target="row", register=_PASSES,
    mnemonic="r", rules=(acts.RULE,), blocked=acts.give_back_blocked, separate=(Separation("carrier", acts.RULE),),
)  # fmt: skip
LOST = Action(
    "confidentiality.lost", run=acts.lost, needs="confidentiality.own", input=Lost, target="row", register=_PASSES,
    mnemonic="l", rules=(acts.RULE, "confidentiality-27"), blocked=acts.lost_blocked, prefill=acts.lost_prefill,
)  # fmt: skip
REPORT = Action(
    "confidentiality.report_removal", run=acts.report, needs="confidentiality.audit", input=ReportRemoval,
    register=_PASSES, mnemonic="x", rules=(acts.RULE,),
)  # fmt: skip

REGISTERS = (PASSES,)
ACTIONS = (REQUEST, TAKE_OUT, GIVE_BACK, LOST, REPORT)
DUE = (due.out,)
APPROVALS = (
    ApprovalKind(
        acts.KIND, (lambda ctx: ctx.rule(acts.RULE).removal_approver,), acts.approved, acts.refused, rule=acts.RULE,
        withdrawn=acts.withdrawn, deadline=deadline,
    ),
)  # fmt: skip
