"""What is filled in at a count."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from cstui.api import Input, Pin, Reason, Ref, Reference, Sealed, Words
from cstui.people import Person
from cstui_keys.models import Building, Key


class Scope(StrEnum):
    """Which counts are opened by hand; that of a hand-over is opened with the change of custodian."""

    SPOT = "spot"
    FULL = "full"


class OpenCount(Input):
    """`block`: only the rings of a building, in a full count. Left empty, the counter is who opens it."""

    kind: Scope = Scope.SPOT
    block: Annotated[Building, Ref("keys.buildings")] | None = None
    counter: Person | None = None
    witness: Person


Numbers = Annotated[Words, Field(min_length=1), Sealed]


class EnterNumbers(Input):
    """The numbers of keys present: in the order of the count sheet ("4 4 6"), or by ring ("1-F01=4, 1-F02=4")."""

    numbers: Numbers


class SignCount(Input):
    counter: Person
    counter_pin: Pin = ""
    witness: Person
    witness_pin: Pin = ""
    signature_ref: Reference = ""


class NameMissing(Input):
    keys: Annotated[list[Annotated[Key, Ref("keys.keys")]], Field(min_length=1)]


class NoteSearch(Input):
    search_note: Reason


class ReportMissing(Input):
    circumstances: Reason


class Reconcile(Input):
    conclusion: Reason


class ChangeCustodian(Input):
    """Left empty, the witness is the custodian who hands over."""

    custodian: Person
    witness: Person | None = None
