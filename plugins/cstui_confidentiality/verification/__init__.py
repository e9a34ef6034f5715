"""Whether somebody who asks for a customer's data is that customer."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, choice
from cstui_confidentiality.models import IdentityVerification
from cstui_confidentiality.own import own
from cstui_confidentiality.verification import acts, demo, due
from cstui_confidentiality.verification.inputs import OpenVerification, PassVerification, ReleaseItems

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]


def _factors(ctx: Context, check: IdentityVerification) -> Any:
    return [choice("confidentiality", one) for one in check.factors]


def _items(ctx: Context, check: IdentityVerification) -> str:
    return "、".join(check.released_items)


_CHECKS = "confidentiality.verifications"
VERIFICATIONS = Register(
    _CHECKS, IdentityVerification,
    (
        Column("verification_no", width=13, sort="verification_no"),
        Column("verification_state", "state", width=8, sort="state"),
        Column("agent_name", "agent.name", width=8),
        Column("customer_ref", width=12, secret=True),
        Column("factors", _factors, width=20),
        Column("asked_at", width=16, sort="asked_at", narrow=False),
        Column("released_items", _items, width=20, narrow=False),
    ),
    noun="verification", natural_key=("verification_no",), sort="-id", needs="confidentiality.own", private=True,
    query=lambda ctx: own(ctx, IdentityVerification.all(), "agent_id").select_related("agent"),
    sections=(Column("ticket"), Column("passed"), Column("decided_at"), Column("released_at")),
)  # fmt: skip


def _on(name: str, run: Any, mnemonic: str, blocked: Any, model: Any = None, **more: Any) -> Action:
    return Action(
        f"confidentiality.{name}", run=run, needs="confidentiality.own", input=model, target="row", register=_CHECKS,
        mnemonic=mnemonic, rules=("confidentiality-05",), blocked=blocked, **more,
    )  # fmt: skip


OPEN = Action(
    "confidentiality.open_verification", run=acts.begin, needs="confidentiality.own", input=OpenVerification,
    register=_CHECKS, mnemonic="n", rules=("confidentiality-05",), settles=False,
)  # fmt: skip

REGISTERS = (VERIFICATIONS,)
ACTIONS = (
    OPEN,
    _on("pass_verification", acts.pass_check, "y", acts.open_blocked, PassVerification, settles=False),
    _on("fail_verification", acts.fail_check, "f", acts.open_blocked, settles=False),
    _on("release_items", acts.release, "r", acts.release_blocked, ReleaseItems),
    _on("refuse_customer", acts.refuse, "x", acts.refuse_blocked),
    _on("told_unverified", acts.told_anyway, "t", acts.told_blocked, ReleaseItems),
)
DUE = (due.unfinished,)
