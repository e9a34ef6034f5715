"""What proxy and scanner tell of risky downloads and sites (confidentiality-18)."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Register, Separation
from cstui_confidentiality.alerts import acts, demo, due
from cstui_confidentiality.alerts.inputs import ALIASES, EnterAlert, SettleAlert
from cstui_confidentiality.models import SecurityAlert

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]

_ALERTS = "confidentiality.alerts"
ALERTS = Register(
    _ALERTS, SecurityAlert,
    (
        Column("alert_no", width=14, sort="alert_no"), Column("at", width=16, sort="at"),
        Column("pc", "workstation.pc", width=10), Column("alert_kind", "kind", width=6),
        Column("alert_what", "what", width=24), Column("alert_state", "state", width=8, sort="state"),
    ),
    noun="alert", natural_key=("alert_no",), sort="-at",
    query=lambda ctx: SecurityAlert.all().select_related("workstation__seat_user"),
    sections=(Column("seat_name", "workstation.seat_user.name"), Column("settled_by"), Column("note")),
)  # fmt: skip

ENTER = Action(
    "confidentiality.enter_alert", run=acts.enter, needs="confidentiality.accounts", input=EnterAlert,
    register=_ALERTS, mnemonic="n", rules=("confidentiality-18",), settles=False,
    bulk=Bulk(acts.enter_all, natural_key=("alert_no",), aliases=ALIASES),
)  # fmt: skip
SETTLE = Action(
    "confidentiality.settle_alert", run=acts.settle, needs="confidentiality.audit", input=SettleAlert, target="rows",
    register=_ALERTS, mnemonic="x", rules=("confidentiality-18",), blocked=acts.settle_blocked,
    separate=(Separation("workstation.seat_user_id"),),
)  # fmt: skip

REGISTERS = (ALERTS,)
ACTIONS = (ENTER, SETTLE)
DUE = (due.alerts,)
