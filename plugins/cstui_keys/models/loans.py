"""Records of work loans. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import Condition, LoanState, Signed

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Key


class Loan(Record):
    """A work loan: keys handed to a member of staff for work, signed for, to be back by `due_at`."""

    search_fields = ("loan_no", "work_order", "contractor")
    plain_fields = ("work_reason",)
    logins = ("issued_by",)

    loan_no = fields.CharField(max_length=24, unique=True)
    state = fields.CharEnumField(LoanState, max_length=12, default=LoanState.OUT, db_index=True)
    borrower: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    borrower_id: int
    department = fields.CharField(max_length=32)
    work_reason = fields.CharField(max_length=200)
    work_order = fields.CharField(max_length=64, default="")
    contractor = fields.CharField(max_length=100, default="")
    out_at = fields.DatetimeField(db_index=True)
    issued_by = fields.CharField(max_length=64)
    signed = fields.CharEnumField(Signed, max_length=8)
    signature_ref = fields.CharField(max_length=100, default="")
    consent_ref = fields.CharField(max_length=100, default="")
    due_at = fields.DatetimeField(db_index=True)
    due_basis = fields.CharField(max_length=16)
    extended = fields.IntField(default=0)
    extend_reason = fields.CharField(max_length=200, default="")
    reminders = fields.IntField(default=0)
    reminded_at = fields.DatetimeField(null=True)
    back_at = fields.DatetimeField(null=True)
    lines: fields.ReverseRelation[LoanLine]

    class Meta:
        table = "keys_loan"


class LoanLine(Record):
    """One key of a loan, and how it came back."""

    logins = ("received_by",)

    loan: fields.ForeignKeyRelation[Loan] = refers_to("keys.Loan", back="lines")
    loan_id: int
    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key", back="loan_lines")
    key_id: int
    back_at = fields.DatetimeField(null=True)
    received_by = fields.CharField(max_length=64, default="")
    condition = fields.CharEnumField(Condition, max_length=12, null=True)
    remark = fields.CharField(max_length=200, default="")

    class Meta:
        table = "keys_loan_line"
