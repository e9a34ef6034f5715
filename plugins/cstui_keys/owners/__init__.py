"""Owners' keys: issued after a check of identity and against a signature, and taken back."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Consequence, Context, Register, Related, Text, Verbatim, choice
from cstui_keys.models import HouseholdPaper, OwnerKeyIssue, OwnerKeyReturn
from cstui_keys.owners import acts, demo, papers
from cstui_keys.owners.due import issues_waiting
from cstui_keys.owners.inputs import DOCUMENTS, CheckOwner, CloseIssue, IssueKeys, RefuseIssue, SignIssue, TakeBack

__all__ = ["ACTIONS", "CONSEQUENCES", "CONSTRAINTS", "DUE", "PAPERS", "REGISTERS", "demo"]


def _counts(ctx: Context, issue: OwnerKeyIssue) -> Any:
    return [Text("keys.value.count_of", count=line.count, door=choice("keys", line.door_kind)) for line in issue.lines]


def _tags(ctx: Context, row: OwnerKeyIssue | OwnerKeyReturn) -> Any:
    return Verbatim("、".join(line.key.tag_no for line in row.keys))


def _documents(ctx: Context, issue: OwnerKeyIssue) -> Any:
    return [Text(f"keys.field.{name}") for name in DOCUMENTS if getattr(issue, name)]


ISSUES = Register(
    "keys.issues", OwnerKeyIssue,
    (
        Column("issue_no", width=16, sort="issue_no"),
        Column("issue_state", "state", width=16, sort="state"),
        Column("space", "space.code", width=18),
        Column("owner_name", width=12, secret=True),
        Column("counts", _counts, width=24, narrow=False),
        Column("prepared_at", width=16, sort="prepared_at"),
    ),
    noun="issue", natural_key=("issue_no",), sort="id",
    query=lambda ctx: OwnerKeyIssue.all()
    .select_related("space", "identity_checked_by")
    .prefetch_related("lines", "keys__key"),
    sections=(
        Column("keys", _tags), Column("documents", _documents), Column("id_card", secret=True),
        Column("move_in_notice", secret=True), Column("power_of_attorney", secret=True),
        Column("checked_by", "identity_checked_by.name"), Column("verified_at"), Column("signature_ref"),
        Column("signed_at"), Column("issued_by"), Column("prepared_by"), Column("archive_ref"),
        Column("refuse_reason"),
    ),
    related=(Related("keys.owner_returns", "issue", told=True),),
)  # fmt: skip
RETURNS = Register(
    "keys.owner_returns", OwnerKeyReturn,
    (
        Column("return_no", width=16, sort="return_no"), Column("issue_no", "issue.issue_no", width=16),
        Column("keys", _tags, width=24), Column("at", width=16, sort="at"),
        Column("condition", width=10, narrow=False), Column("reason", width=24, narrow=False),
    ),
    noun="owner-return", natural_key=("return_no",), sort="id",
    query=lambda ctx: OwnerKeyReturn.all().select_related("issue").prefetch_related("keys__key"),
    sections=(Column("received_by"), Column("remark")),
)  # fmt: skip
HOUSEHOLD_PAPERS = Register(
    "keys.household_papers", HouseholdPaper,
    (
        Column("space", "space.code", width=20), Column("paper", "kind", width=14),
        Column("number", width=16, sort="number"), Column("day", width=12, sort="day"), Column("archive_ref", width=14),
        Column("retention", lambda ctx, paper: choice("keys", paper.retention), width=18, narrow=False),
    ),
    noun="household-paper", natural_key=("number",), sort="id",
    query=lambda ctx: HouseholdPaper.all().select_related("space"),
)  # fmt: skip

ISSUE = Action(
    "keys.issue", run=acts.issue, needs="keys.lend", input=IssueKeys, target="row", register="keys.spaces",
    mnemonic="i", rules=("keys-15", "keys-16", "keys-17", "keys-18", "keys-12", "keys-31"),
    prefill=acts.issue_prefill, blocked=acts.issue_blocked,
)  # fmt: skip
VERIFY = Action(
    "keys.verify_owner", run=acts.verify, needs="keys.lend", input=CheckOwner, target="row", register="keys.issues",
    mnemonic="i", rules=("keys-15", "keys-18"), prefill=acts.verify_prefill, blocked=acts.verify_blocked,
)  # fmt: skip
SIGN = Action(
    "keys.sign_issue", run=acts.sign, needs="keys.lend", input=SignIssue, target="row", register="keys.issues",
    mnemonic="o", rules=("keys-16", "keys-17", "keys-18", "keys-12", "keys-31"), blocked=acts.sign_blocked,
)  # fmt: skip
CLOSE = Action(
    "keys.close_issue", run=acts.close, needs="keys.lend", input=CloseIssue, target="row", register="keys.issues",
    mnemonic="c", rules=("keys-31",), blocked=acts.close_blocked,
)  # fmt: skip
REFUSE = Action(
    "keys.refuse_issue", run=acts.refuse, needs="keys.lend", input=RefuseIssue, target="row", register="keys.issues",
    mnemonic="n", rules=("keys-15",), blocked=acts.refuse_blocked,
)  # fmt: skip
TAKE_BACK = Action(
    "keys.take_back", run=acts.take_back, needs="keys.lend", input=TakeBack, target="rows", register="keys.keys",
    mnemonic="b", rules=("keys-17", "keys-23", "keys-31"), prefill=acts.take_back_prefill,
    blocked=acts.take_back_blocked,
)  # fmt: skip

REGISTERS = (ISSUES, RETURNS, HOUSEHOLD_PAPERS)
ACTIONS = (ISSUE, VERIFY, SIGN, CLOSE, REFUSE, TAKE_BACK)
DUE = (issues_waiting,)
CONSEQUENCES = (Consequence("keys.report_lost", acts.after_loss),)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_owner" ON "keys_issued_key" ("key_id") WHERE "until" IS NULL',
)
PAPERS = papers.PAPERS
