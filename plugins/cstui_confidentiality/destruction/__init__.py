"""Secret things destroyed by one person before the eyes of another."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Action, Column, Register, Separation
from cstui_confidentiality.destruction import acts, demo, due
from cstui_confidentiality.destruction.inputs import CarryOut, Destroy, PlanDestruction
from cstui_confidentiality.models import SecureDestruction

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]

_DESTRUCTIONS, _ASSETS = "confidentiality.destructions", "confidentiality.assets"


def _assets(ctx: Any, one: SecureDestruction) -> Any:
    return "、".join(line.asset.asset_no for line in one.assets)


def _own(ctx: Any) -> Any:
    """All of them to those who look after confidentiality; to others those that they did or saw."""
    rows = SecureDestruction.all().select_related("by", "witness").prefetch_related("assets__asset")
    me = ctx.actor.staff_id or 0
    return rows if ctx.may("confidentiality.look") else rows.filter(Q(by_id=me) | Q(witness_id=me))


DESTRUCTIONS = Register(
    _DESTRUCTIONS, SecureDestruction,
    (
        Column("destruction_no", width=14, sort="destruction_no"),
        Column("destruction_state", "state", width=10, sort="state"),
        Column("destroyed_assets", _assets, width=24), Column("method", width=10), Column("at", width=16, sort="at"),
        Column("by", "by.name", width=10), Column("witness", "witness.name", width=10),
        Column("verified_by", width=10, narrow=False),
    ),
    noun="destruction", natural_key=("destruction_no",), sort="-id", query=_own, private=True,
    needs="confidentiality.own",
)  # fmt: skip

DESTROY = Action(
    "confidentiality.destroy", run=acts.destroy, needs="confidentiality.own", input=Destroy, target="rows",
    register=_ASSETS, mnemonic="d", rules=(acts.RULE,), blocked=acts.destroy_blocked, effect=acts.destroy_effect,
    separate=(Separation("witness", acts.RULE),), dangerous=True,
)  # fmt: skip
PLAN = Action(
    "confidentiality.plan_destruction", run=acts.plan, needs="confidentiality.own", input=PlanDestruction,
    target="rows", register=_ASSETS, mnemonic="z", rules=(acts.RULE,), blocked=acts.destroy_blocked,
    separate=(Separation("witness", acts.RULE),), settles=False,
)  # fmt: skip
CARRY_OUT = Action(
    "confidentiality.carry_out_destruction", run=acts.carry_out, needs="confidentiality.own", input=CarryOut,
    target="row", register=_DESTRUCTIONS, mnemonic="d", rules=(acts.RULE,), blocked=acts.carry_out_blocked,
    prefill=acts.carry_out_prefill, separate=(Separation("witness", acts.RULE),), effect=acts.carry_out_effect,
    dangerous=True,
)  # fmt: skip
VERIFY = Action(
    "confidentiality.verify_destruction", run=acts.verify, needs="confidentiality.own", target="row",
    register=_DESTRUCTIONS, mnemonic="b", rules=(acts.RULE,), blocked=acts.verify_blocked,
    separate=(Separation("by", acts.RULE),),
)  # fmt: skip

REGISTERS = (DESTRUCTIONS,)
ACTIONS = (DESTROY, PLAN, CARRY_OUT, VERIFY)
DUE = (due.to_destroy, due.to_verify)
