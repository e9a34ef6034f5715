"""What is filled in when keys are copied, and when one ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Known, Line, Reason, Reference, Whole, held
from cstui.people import Person
from cstui_keys.models import KeyDuplication

Copies = Annotated[Whole, Field(ge=1, le=99)]


class RequestCopies(Input):
    """Ask for copies of a key; for an owner's key with the reference of the owner's written wish."""

    copies: Copies = 1
    reason: Reason
    consent_ref: Reference = ""


class ReceiveCopies(Input):
    received: Copies
    made_by: Annotated[Line, Field(min_length=1, max_length=100), Known(held(KeyDuplication, "made_by"))]


class KeepSurplus(Input):
    reason: Reason


class DestroySurplus(Input):
    witness: Person
    reason: Reason


class CloseCopies(Input):
    remark: Line = ""


class LapseCopies(Input):
    reason: Reason


class DestroyKeys(Input):
    reason: Reason
    witness: Person


class RejectKeys(Input):
    reason: Reason
