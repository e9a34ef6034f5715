"""What is filled in when an owner gets keys, and when they come back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line, Reason, Reference, Whole
from cstui.people import Person
from cstui_keys.kinds import DoorKind
from cstui_keys.loans.inputs import Returned

Number = Annotated[Whole, Field(ge=0, le=99)]
OwnerName = Annotated[Line, Field(min_length=1, max_length=64)]
DOORS = tuple(kind for kind in DoorKind if kind is not DoorKind.EQUIPMENT_ROOM)
"""Kinds of doors that a household may have; `IssueKeys` has a field for each."""
DOCUMENTS = ("id_card", "move_in_notice", "power_of_attorney")
"""Documents by which an owner shows the right to move in; `Documents` and the issue have a field for each."""


class Owner(Input):
    owner_name: OwnerName


class Documents(Input):
    """What the owner shows; a document's number or reference says that it was seen."""

    id_card: Reference = ""
    move_in_notice: Reference = ""
    power_of_attorney: Reference = ""

    @property
    def shown(self) -> dict[str, str]:
        """Documents seen, with their references."""
        return {name: getattr(self, name) for name in DOCUMENTS if getattr(self, name)}


class CheckOwner(Documents):
    checked_by: Person | None = None


class IssueKeys(Documents, Owner):
    """The whole way at a counter, in the order in which it is filled in: the owner, what the owner shows and signs.

    Who checked and how many keys of each kind of door is proposed. What comes later is left empty.
    """

    signature_ref: Reference = ""
    checked_by: Person | None = None
    security_gate: Number = 0
    unit_door: Number = 0
    inner_door: Number = 0
    intercom_door: Number = 0
    letter_box: Number = 0
    window: Number = 0
    other: Number = 0

    @property
    def counts(self) -> dict[DoorKind, int]:
        """How many keys of each kind of door are asked for."""
        return {kind: getattr(self, kind.value) for kind in DOORS if getattr(self, kind.value)}


class SignIssue(Input):
    signature_ref: Reference = ""


class CloseIssue(Input):
    archive_ref: Annotated[Reference, Field(min_length=1)]


class RefuseIssue(Input):
    reason: Reason


class TakeBack(Input):
    """Owners bring keys back; a label that came off is owed again."""

    reason: Reason
    condition: Returned
    remark: Line = ""
    label_on: bool = True
