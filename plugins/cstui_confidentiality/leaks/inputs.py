"""What is filled in about a leak."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from cstui.api import Code, Fen, Input, Line, Moment, Reason, Sealed, Words, half_width
from cstui.people import Person
from cstui_confidentiality.inputs import Category
from cstui_confidentiality.kinds import Channel, Late

What = Annotated[Words, Field(min_length=1, max_length=2000)]
Told = Annotated[Words, Field(min_length=1, max_length=500)]
Sum = Annotated[Fen, Field(ge=0)]
Receipt = Annotated[Code, Field(max_length=32), Sealed]
Answer = Annotated[Words, Field(max_length=1000)]
Brief = Annotated[Reason, Field(max_length=200)]


class ReportLeak(Input):
    """Moments left empty are now. `suspect`: who let it out, if that is known; that may be oneself. `knew`: others who
    knew before, and `knew_since` when."""

    what: What
    category: Category
    channel: Channel | None = None
    discovered_at: Moment | None = None
    known_since: Moment | None = None
    suspect: Annotated[Person | None, Sealed] = None
    knew: Annotated[list[Person] | None, Sealed] = None
    knew_since: Moment | None = None
    loss: Sum = 0


class ReportAnonymously(Input):
    """`receipt` is the code that proves the report later; it is made up where it is left empty."""

    what: What
    category: Category
    suspect: Annotated[Person | None, Sealed] = None
    receipt: Receipt = ""


class FollowUp(Input):
    """With the code of an anonymous report: read the answer, and add to it."""

    receipt: Annotated[Receipt, Field(min_length=1)]
    note: Annotated[Words, Field(max_length=1000)] = ""


class Investigate(Input):
    actions: Told


class Confirm(Input):
    """`suspect`: who let it out, as far as the investigation shows."""

    conclusion: Told
    suspect: Annotated[Person | None, Sealed] = None
    loss: Sum = 0
    recovered: Sum = 0
    answer: Answer = ""


class Unfounded(Input):
    conclusion: Told
    answer: Answer = ""


class HandOver(Input):
    handler: Person


class AddWitness(Input):
    """Somebody who knew of it, since when, and when they told it, if they did."""

    staff: Annotated[Person, Sealed]
    known_since: Moment
    told_at: Moment | None = None


class AnswerReporter(Input):
    answer: Annotated[Answer, Field(min_length=1)]


class Escalate(Input):
    reason: Brief


class TakeNote(Input):
    instruction: Annotated[Line, Field(max_length=200)] = ""


class DecideLate(Input):
    verdict: Late
    reason: Brief


class ClearWitness(Input):
    reason: Brief


class OpenCaseOfLeak(Input):
    """`subject` is who is named, unless told."""

    subject: Annotated[Person, Sealed]
    article: Annotated[Code, Field(max_length=24)]
    facts: Told


class Reward(Input):
    """The bonus is typed by whoever proposes it: no sum is a default. Points and praise are for a great recovery."""

    bonus: Sum | None = None
    points: Annotated[Decimal | None, BeforeValidator(half_width), Field(ge=0, max_digits=6, decimal_places=2)] = None
    praise: bool = False


class NoReward(Input):
    reason: Brief
