"""Papers of the key account: labels to cut out (keys-13), and the register of key use in its form (keys-21)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Labels, Paper, Refusal, Table, Text, choice
from cstui.people import names_of
from cstui_keys.kinds import GONE, Dept
from cstui_keys.models import Key, Loan

BLANK_LINES = 8
"""Empty lines at the foot of the register, for what is written by hand first."""


async def label_sheet(ctx: Context, keys: Sequence[Key]) -> list[Content]:
    """The labels of keys still kept, with their tag numbers."""
    kept = [key for key in keys if key.state not in GONE]
    if not kept:
        raise Refusal("keys.refusal.no_labels", field="key", value=keys[0].tag_no, rule="keys-13")
    return [Content(Text("keys.paper.labels"), [Labels([(key.label_text, key.tag_no) for key in kept])])]


async def register_of_use(ctx: Context, loans: Sequence[Loan]) -> list[Content]:
    """房屋钥匙管理记录表: one line a key, from the hand-out to the return."""
    lines = [(loan, line) for loan in loans for line in loan.lines]
    names = await names_of({loan.issued_by for loan in loans} | {line.received_by for _, line in lines})
    rows = [
        (
            loan.loan_no,
            f"{line.key.label_text} ({line.key.tag_no})",
            f"{loan.borrower.name} {loan.contractor}".strip(),
            choice("keys", loan.department) if loan.department in {*Dept} else loan.department,
            f"{loan.work_reason} {loan.work_order}".strip(),
            loan.out_at,
            names[loan.issued_by],
            loan.signature_ref or loan.signed,
            loan.due_at,
            line.back_at,
            names.get(line.received_by, ""),
            line.condition,
            line.remark,
        )
        for loan, line in lines
    ]
    fields = (
        "loan_no", "key", "borrower", "department", "work_reason", "out_at", "issued_by", "borrower_signature",
        "due_at", "back_at", "received_by", "condition", "remark",
    )  # fmt: skip
    table = Table(tuple(Text(f"keys.field.{name}") for name in fields), rows, blank=BLANK_LINES)
    return [Content(Text("keys.paper.register_of_use"), [table], wide=True)]


PAPERS = (
    Paper("keys.labels", "keys.keys", label_sheet, rules=("keys-12", "keys-13"), needs="keys.keep"),
    Paper("keys.register_of_use", "keys.loans", register_of_use, rules=("keys-21",), needs="keys.lend"),
)
