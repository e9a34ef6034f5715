"""Copies of keys, with leave only; and keys that are destroyed or not accepted."""

from __future__ import annotations

from cstui.api import Action, ApprovalKind, Column, Register, Separation
from cstui_keys.copies import acts, demo, ends
from cstui_keys.copies.due import copies_unmatched
from cstui_keys.copies.inputs import (
    CloseCopies,
    DestroyKeys,
    DestroySurplus,
    KeepSurplus,
    LapseCopies,
    ReceiveCopies,
    RejectKeys,
    RequestCopies,
)
from cstui_keys.models import KeyDuplication

__all__ = ["ACTIONS", "APPROVALS", "DUE", "REGISTERS", "demo"]

_COPIES = "keys.duplications"
DUPLICATIONS = Register(
    _COPIES, KeyDuplication,
    (
        Column("duplication_no", width=16, sort="duplication_no"),
        Column("copy_state", "state", width=10, sort="state"),
        Column("key", "key.label_text", width=22),
        Column("copies", width=8, align="right", total="copies"),
        Column("copies_received", "received", width=8, align="right", total="received"),
        Column("requested_at", width=16, sort="requested_at", narrow=False),
        Column("reason", width=24, narrow=False),
    ),
    noun="duplication", natural_key=("duplication_no",), sort="id",
    query=lambda ctx: KeyDuplication.all().select_related("key__space", "requester", "witness"),
    sections=(
        Column("tag_no", "key.tag_no"), Column("registered"), Column("destroyed_copies", "destroyed"),
        Column("requester", lambda ctx, copies: copies.requester.name if copies.requester else copies.requested_by),
        Column("copy_consent_ref", "consent_ref"), Column("approved_by"), Column("approved_at"), Column("made_by"),
        Column("made_at"), Column("witness", "witness.name"), Column("remark"),
    ),
)  # fmt: skip

REQUEST = Action(
    "keys.request_copies", run=acts.request, needs="keys.lend", input=RequestCopies, target="row", register="keys.keys",
    mnemonic="d", rules=("keys-20", "keys-26"), blocked=acts.request_blocked,
)  # fmt: skip
RECEIVE = Action(
    "keys.receive_copies", run=acts.receive, needs="keys.keep", input=ReceiveCopies, target="row", register=_COPIES,
    mnemonic="r", rules=("keys-20", "keys-26", "keys-12"), prefill=acts.receive_prefill, blocked=acts.receive_blocked,
    settles=False,
)  # fmt: skip
KEEP_SURPLUS = Action(
    "keys.keep_surplus", run=acts.keep_surplus, needs="keys.keep", input=KeepSurplus, target="row", register=_COPIES,
    mnemonic="k", rules=("keys-20", "keys-26"), blocked=acts.surplus_blocked,
)  # fmt: skip
DESTROY_SURPLUS = Action(
    "keys.destroy_surplus", run=acts.destroy_surplus, needs="keys.keep", input=DestroySurplus, target="row",
    register=_COPIES, mnemonic="z", rules=("keys-20", "keys-26"), blocked=acts.surplus_blocked,
    effect=acts.destroy_surplus_effect, separate=(Separation("witness"),), dangerous=True,
)  # fmt: skip
CLOSE = Action(
    "keys.close_copies", run=acts.close, needs="keys.keep", input=CloseCopies, target="row", register=_COPIES,
    mnemonic="c", rules=("keys-20", "keys-26", "keys-12"), blocked=acts.close_blocked,
)  # fmt: skip
LAPSE = Action(
    "keys.lapse_copies", run=acts.lapse, needs="keys.keep", input=LapseCopies, target="row", register=_COPIES,
    mnemonic="e", rules=("keys-20", "keys-26"), blocked=acts.lapse_blocked,
)  # fmt: skip
DESTROY = Action(
    "keys.destroy", run=ends.destroy, needs="keys.decide", input=DestroyKeys, target="rows", register="keys.keys",
    mnemonic="z", rules=("keys-07",), blocked=ends.destroy_blocked, effect=ends.destroy_effect,
    separate=(Separation("witness"),), dangerous=True,
)  # fmt: skip
REJECT = Action(
    "keys.reject", run=ends.reject, needs="keys.keep", input=RejectKeys, target="rows", register="keys.keys",
    mnemonic="j", rules=("keys-07",), blocked=ends.reject_blocked,
)  # fmt: skip

REGISTERS = (DUPLICATIONS,)
ACTIONS = (REQUEST, RECEIVE, KEEP_SURPLUS, DESTROY_SURPLUS, CLOSE, LAPSE, DESTROY, REJECT)
DUE = (copies_unmatched,)
APPROVALS = (
    ApprovalKind(
        acts.COMMON, (lambda ctx: ctx.rule("keys-20").duplication_approver,), acts.approved, acts.refused,
        rule="keys-20", withdrawn=acts.withdrawn, deadline=acts.deadline,
    ),
    ApprovalKind(
        acts.OWNERS, ("supervisor",), acts.approved, acts.refused, rule="keys-26", withdrawn=acts.withdrawn,
        deadline=acts.deadline,
    ),
)  # fmt: skip
