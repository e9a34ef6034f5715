"""The written rules of confidentiality, version by version."""

from __future__ import annotations

from cstui.api import Action, Column, Register
from cstui_confidentiality.models import PolicyDocument
from cstui_confidentiality.policy import acts, demo
from cstui_confidentiality.policy.inputs import AddPolicy

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]

POLICIES = Register(
    "confidentiality.policies", PolicyDocument,
    (
        Column("policy_version", width=12, sort="policy_version"), Column("title", width=30),
        Column("in_force_from", width=12, sort="in_force_from"), Column("reviewed_on", width=12, sort="reviewed_on"),
        Column("reviewed_by", width=10, narrow=False), Column("reference", width=16, narrow=False),
    ),
    noun="policy", natural_key=("policy_version",), sort="-in_force_from", needs="confidentiality.own",
)  # fmt: skip
ADD = Action(
    "confidentiality.add_policy", run=acts.add, needs="confidentiality.keep", input=AddPolicy,
    register="confidentiality.policies", mnemonic="n", rules=(acts.RULE,),
)  # fmt: skip
REVIEW = Action(
    "confidentiality.review_policy", run=acts.review, needs="confidentiality.keep", target="row",
    register="confidentiality.policies", mnemonic="r", rules=(acts.RULE,), blocked=acts.review_blocked,
)  # fmt: skip

REGISTERS = (POLICIES,)
ACTIONS = (ADD, REVIEW)
DUE = (acts.due,)
