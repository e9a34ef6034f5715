"""What is filled in at a loan and a return."""

from __future__ import annotations

from enum import StrEnum

from cstui.api import Code, Input, Line, Moment, Pin, Reason, Reference
from cstui.people import Person


class Purpose(StrEnum):
    WORK = "work"
    PRIVATE = "private"


class Returned(StrEnum):
    """How a key comes back."""

    OK = "ok"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"


class LendKeys(Input):
    """The loan form: who takes the keys, for which work, until when; signed with the borrower's PIN, or on paper."""

    borrower: Person
    work_reason: Reason
    work_order: Code = ""
    purpose: Purpose = Purpose.WORK
    contractor: Reference = ""
    due_at: Moment | None = None
    consent_ref: Reference = ""
    pin: Pin = ""
    signature_ref: Reference = ""


class ReturnKeys(Input):
    condition: Returned
    remark: Line = ""


class ExtendLoan(Input):
    due_at: Moment
    reason: Reason
