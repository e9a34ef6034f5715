"""What is filled in about a case."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Context, Fen, Input, Known, Line, Reason, Ref, Reference, Sealed, Text, Whole, Words
from cstui.people import Person
from cstui_confidentiality import rules
from cstui_confidentiality.kinds import Ground, Harm, Intent, Measure
from cstui_confidentiality.models import LeakReport


async def articles(ctx: Context) -> dict[str, Text]:
    """The rules somebody may have broken, in their own words."""
    return {rule.id: Text(rule.words) for rule in rules.RULES}


Facts = Annotated[Words, Field(min_length=1, max_length=500)]
Sum = Annotated[Fen, Field(ge=0)]
Percent = Annotated[Whole, Field(ge=0, le=100)]


class OpenCase(Input):
    """A case by hand. `report`: the leak it is about, if one was reported; `loss` as far as it is known."""

    subject: Person
    article: Annotated[Code, Field(max_length=24), Known(articles)]
    ground: Ground
    facts: Facts
    report: Annotated[LeakReport, Ref("confidentiality.leaks")] | None = None
    loss: Sum = 0


class Hear(Input):
    """What the person said; or, `waived`, where it is written that they don't want to say anything."""

    statement: Annotated[Words, Field(min_length=1, max_length=1000)]
    waived: bool = False


class Propose(Input):
    """What was found to be so; the tier follows from it. `legal`: the law may have been broken.

    Intent and harm are chosen by a person: a form begins with neither.
    """

    confirmed: bool = True
    intent: Intent | None = None
    consequence: Harm | None = None
    loss: Sum = 0
    recovered: Sum = 0
    remedied: bool = False
    mitigation: Line = ""
    legal: bool = False


class Decide(Input):
    """`bonus`: that of this month, of which `bonus_share` per cent is withheld. Damages: a share of the loss, with its
    proof. `monthly_wage` is only for the plan of instalments and isn't kept."""

    outcome: Measure
    reasons: Facts
    bonus: Sum | None = None
    bonus_share: Percent | None = None
    damages_share: Percent | None = None
    loss_proof: Reference = ""
    monthly_wage: Annotated[Sum | None, Sealed] = None


class Drop(Input):
    reason: Annotated[Reason, Field(max_length=200)]


class ReferLegal(Input):
    reference: Annotated[Reference, Field(min_length=1)]


class CloseCase(Input):
    note: Line = ""
