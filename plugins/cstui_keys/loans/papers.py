"""房屋钥匙管理记录表, the register of key use in its form (keys-21)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Paper, Table, Text, choice
from cstui.people import names_of
from cstui_keys.kinds import Dept
from cstui_keys.models import Loan

BLANK_LINES = 8
"""Empty lines at the foot, for what is written by hand first."""


async def register_of_use(ctx: Context, loans: Sequence[Loan]) -> list[Content]:
    """One line a key, from the hand-out to the return."""
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


PAPERS = (Paper("keys.register_of_use", "keys.loans", register_of_use, rules=("keys-21",), needs="keys.lend"),)
