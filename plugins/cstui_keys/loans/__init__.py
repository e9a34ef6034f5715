"""Work loans: out against a signature, back under the eyes of the custodian."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Separation, Signature, Verbatim, choice, utc
from cstui_keys.kinds import LoanState
from cstui_keys.loans import acts, charts, papers
from cstui_keys.loans.due import loans_out
from cstui_keys.loans.inputs import ExtendLoan, LendKeys, ReturnKeys
from cstui_keys.models import Loan


def _late(ctx: Context, loan: Loan) -> Any:
    """How far a loan is past its due time, while keys of it are out."""
    now = utc(ctx.now)
    return now - loan.due_at if loan.state is LoanState.OUT and now > loan.due_at else None


def _loan_keys(ctx: Context, loan: Loan) -> Any:
    return Verbatim("、".join(line.key.tag_no for line in loan.lines))


LOANS = Register(
    "keys.loans", Loan,
    (
        Column("loan_no", width=16, sort="loan_no"),
        Column("loan_state", "state", width=8),
        Column("borrower", "borrower.name", width=12),
        Column("keys", _loan_keys, width=22),
        Column("out_at", width=16, sort="out_at"),
        Column("due_at", width=16, sort="due_at", section="term"),
        Column("late", _late, width=10, narrow=False, section="term"),
        Column("work_reason", width=24, narrow=False),
    ),
    noun="loan", natural_key=("loan_no",), sort="out_at",
    query=lambda ctx: Loan.all().select_related("borrower").prefetch_related("lines__key"),
    sections=(
        Column("department", lambda ctx, loan: choice("keys", loan.department)),
        Column("work_order"), Column("contractor"),
        Column("due_basis", lambda ctx, loan: choice("keys", loan.due_basis), section="term"),
        Column("extended", section="term"),
        Column("extend_reason", section="term"), Column("reminders", section="term"),
        Column("reminded_at", section="term"), Column("back_at", section="term"),
        Column("issued_by", section="signed"), Column("signed", section="signed"),
        Column("signature_ref", section="signed"), Column("consent_ref", section="signed"),
    ),
)  # fmt: skip
LEND = Action(
    "keys.lend", run=acts.lend, needs="keys.lend", input=LendKeys, target="rows", register="keys.keys", mnemonic="l",
    rules=("keys-06", "keys-07", "keys-12", "keys-22", "keys-24", "keys-25"), blocked=acts.lend_blocked,
    signatures=(Signature("pin", "borrower", "keys-07"),), inverse="keys.return",
)  # fmt: skip
RETURN = Action(
    "keys.return", run=acts.give_back, needs="keys.lend", input=ReturnKeys, target="rows", register="keys.keys",
    mnemonic="r", rules=("keys-22", "keys-23"), blocked=acts.return_blocked, prefill=acts.return_prefill,
    separate=(Separation("holder", "keys-23"),),
)  # fmt: skip
REMIND = Action(
    "keys.remind", run=acts.remind, needs="keys.lend", target="rows", register="keys.keys", mnemonic="m",
    rules=("keys-22",), blocked=acts.out_only,
)  # fmt: skip
EXTEND = Action(
    "keys.extend", run=acts.extend, needs="keys.lend", input=ExtendLoan, target="rows", register="keys.keys",
    mnemonic="t", rules=("keys-22",), blocked=acts.extend_blocked, prefill=acts.extend_prefill,
)  # fmt: skip

REGISTERS = (LOANS,)
ACTIONS = (
    LEND,
    RETURN,
    REMIND,
    EXTEND,
)
DUE = (loans_out,)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loan" ON "keys_loan_line" ("key_id") WHERE "back_at" IS NULL',
)
PAPERS = papers.PAPERS
CHARTS = charts.CHARTS
