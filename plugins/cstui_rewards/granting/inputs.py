"""What the head, the assistant and a leader fill in about winners and what they get."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Fen, Input, Line, Reason, Reference, Whole
from cstui_rewards.inputs import Award, Person

Sum = Annotated[Fen, Field(gt=0)]


class Choose(Input):
    reason: Annotated[Line, Field(max_length=300)] = ""


class Because(Input):
    reason: Reason


class HandOver(Input):
    """`gift` and what it is worth: in place of the cash."""

    gift: Annotated[Line, Field(max_length=100)] = ""
    gift_value: Sum | None = None


class Acknowledge(Input):
    """Where the signed receipt is."""

    receipt_ref: Annotated[Reference, Field(min_length=1)]


class ProposePrize(Input):
    """A prize outside the round. An `award` gives what it always gives; else `cash`."""

    person: Person
    reason: Annotated[Line, Field(min_length=1, max_length=100)]
    award: Award | None = None
    cash: Sum | None = None


class TakeFinding(Input):
    """What an accepted proposal gives. `person` where it names nobody, as it protects who reported."""

    person: Person | None = None
    cash: Sum | None = None
    points: Annotated[Whole, Field(gt=0, le=100)] | None = None
