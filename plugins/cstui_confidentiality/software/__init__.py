"""Which programs may run on computers of the service, and which do."""

from __future__ import annotations

from cstui.api import Action, ApprovalKind, Bulk, Column, Context, Register, Separation, Text
from cstui_confidentiality.models import FoundSoftware, SoftwareApproval
from cstui_confidentiality.own import own
from cstui_confidentiality.software import certified, demo, due, found
from cstui_confidentiality.software.inputs import (
    FOUND_ALIASES,
    CertifySoftware,
    FindSoftware,
    RequestSoftware,
    Why,
)
from cstui_confidentiality.waiting import deadline

__all__ = ["ACTIONS", "APPROVALS", "DUE", "REGISTERS", "demo"]


def _there(ctx: Context, one: FoundSoftware) -> Text:
    word = "gone" if not found.there(one) else "removal" if one.removal_ordered_at else "there"
    return Text(f"confidentiality.state.{word}")


_SOFTWARE, _FOUND = "confidentiality.software", "confidentiality.found_software"
SOFTWARE = Register(
    _SOFTWARE, SoftwareApproval,
    (
        Column("software", width=26, sort="software"), Column("software_state", "state", width=8, sort="state"),
        Column("certified_by", width=10), Column("certified_on", width=10),
        Column("pcs", width=20), Column("note", width=20, narrow=False),
    ),
    noun="software", natural_key=("software",), sort="software", needs="confidentiality.own",
    sections=(Column("name"), Column("software_version"), Column("requested_by")),
)  # fmt: skip
FOUND = Register(
    _FOUND, FoundSoftware,
    (
        Column("pc", "workstation.pc", width=10), Column("name", width=24, sort="name"),
        Column("software_version", width=12), Column("found_state", _there, width=12),
        Column("seen_on", width=10), Column("first_seen_on", width=10, narrow=False),
    ),
    noun="found", natural_key=("found_no",), sort="found_no", needs="confidentiality.own",
    query=lambda ctx: own(ctx, FoundSoftware.all(), "workstation__seat_user_id").select_related("workstation"),
    sections=(
        Column("found_no"), Column("gone_on"), Column("removal_ordered_at"), Column("removal_ordered_by"),
    ),
)  # fmt: skip

CERTIFY = Action(
    "confidentiality.certify_software", run=certified.certify, needs="confidentiality.accounts", input=CertifySoftware,
    register=_SOFTWARE, mnemonic="k", rules=("confidentiality-17",), settles=False,
)  # fmt: skip
REQUEST = Action(
    "confidentiality.request_software", run=certified.request, needs="confidentiality.own", input=RequestSoftware,
    register=_SOFTWARE, mnemonic="n", rules=("confidentiality-17",), settles=False,
)  # fmt: skip
WITHDRAW = Action(
    "confidentiality.withdraw_certificate", run=certified.withdraw, needs="confidentiality.accounts", input=Why,
    target="rows", register=_SOFTWARE, mnemonic="w", rules=("confidentiality-17",),
    blocked=certified.withdraw_blocked,
)  # fmt: skip
FIND = Action(
    "confidentiality.find_software", run=found.find, needs="confidentiality.accounts", input=FindSoftware,
    register=_FOUND, mnemonic="n", rules=("confidentiality-17",), settles=False,
    bulk=Bulk(
        found.find_all, natural_key=("pc", "name", "software_version"), aliases=FOUND_ALIASES,
    ),
)  # fmt: skip
CERTIFY_FOUND = Action(
    "confidentiality.certify_found", run=found.certify_found, needs="confidentiality.accounts", input=Why,
    target="rows", register=_FOUND, mnemonic="k", rules=("confidentiality-17",), blocked=found.certify_blocked,
    separate=(Separation("workstation.seat_user_id"),),
)  # fmt: skip
REMOVE = Action(
    "confidentiality.order_removal", run=found.order_removal, needs="confidentiality.accounts", target="rows",
    register=_FOUND, mnemonic="u", rules=("confidentiality-17",), blocked=found.removal_blocked,
)  # fmt: skip
TAKEN_OFF = Action(
    "confidentiality.taken_off", run=found.taken_off, needs="confidentiality.accounts", target="rows", register=_FOUND,
    mnemonic="d", rules=("confidentiality-17",), blocked=found.taken_off_blocked,
)  # fmt: skip

REGISTERS = (SOFTWARE, FOUND)
ACTIONS = (CERTIFY, REQUEST, WITHDRAW, FIND, CERTIFY_FOUND, REMOVE, TAKEN_OFF)
DUE = (due.uncertified,)
APPROVALS = (
    ApprovalKind(
        certified.REQUESTED, (lambda ctx: ctx.rule("confidentiality-17").certifier,), certified.approved,
        certified.refused, rule="confidentiality-17", withdrawn=certified.withdrawn, deadline=deadline,
    ),
)  # fmt: skip
