"""What one fills in to post, and on a charge's way from proposal to posting."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from cstui.contract.declare import Known, Ref
from cstui.contract.inputs import Code, Day, Fen, Input, Line, Reference, Sealed, Words, half_width
from cstui.contract.records import held
from cstui.ledger.models import Charge, ChargeKind, DayKind
from cstui.people import Staff

Person = Annotated[Staff, Ref("people.staff")]
Sum = Annotated[Fen, Field(ge=0)]
Said = Annotated[Words, Field(min_length=1, max_length=500)]
Rule = Annotated[Code, Field(min_length=1, max_length=48)]


class Post(Input):
    person: Person
    points: Annotated[Decimal, BeforeValidator(half_width), Field(max_digits=9, decimal_places=2)]
    rule: Rule
    note: Annotated[Words, Field(max_length=500)]


class Reverse(Input):
    reason: Annotated[Words, Field(max_length=500)]


class ProposeCharge(Input):
    """A regulation's figure for something done; `same_act` where another charge is about the same."""

    person: Person
    act: Annotated[Line, Field(min_length=1, max_length=200)]
    act_on: Day
    rule: Rule
    regulation_amount: Sum
    kind: ChargeKind = ChargeKind.PENALTY
    same_act: Annotated[Charge | None, Ref("ledger.charges")] = None


class DecideCharge(Input):
    """What of the figure holds, with reasons; 0: nothing. Of damages `share` is decided, with proof and clause.

    The three days are for variable pay, `legal_basis` and `confirmed_by` for the sum as written.
    """

    kind: ChargeKind
    amount: Sum
    reasons: Said
    share: Annotated[int, BeforeValidator(half_width), Field(ge=0, le=100)] | None = None
    loss_proof: Annotated[Reference, Field(max_length=100)] = ""
    legal_basis: Annotated[Line, Field(max_length=200)] = ""
    adopted_on: Day | None = None
    published_on: Day | None = None
    acknowledged_on: Day | None = None
    confirmed_by: Person | None = None


class Hear(Input):
    """What the person says, or that they waived it in writing."""

    statement: Annotated[Words, Field(max_length=500)] = ""
    waived: bool = False


class Appeal(Input):
    appeal: Said


class DecideAppeal(Input):
    upheld: bool
    reasons: Said


class PostCharge(Input):
    """Only for what lowers pay: the month's wage, what is left of it before these lines, its variable part.

    They serve the guards and aren't kept.
    """

    month: Annotated[Code, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    wage: Annotated[Sum | None, Sealed] = None
    net: Annotated[Sum | None, Sealed] = None
    variable: Annotated[Sum | None, Sealed] = None


class SetBasePay(Input):
    """Base pay by contract; where it is less than before, with the person's written consent."""

    person: Person
    first_day: Day
    base: Annotated[Fen, Field(gt=0)]
    contract: Annotated[Reference, Field(min_length=1, max_length=100)]
    consent: Annotated[Reference, Field(max_length=100)] = ""


class PayOvertime(Input):
    """Approved overtime of a day: `written` is the regulation's sum for it, 0 where it gives none."""

    person: Person
    day: Day
    day_kind: DayKind
    hours: Annotated[Decimal, BeforeValidator(half_width), Field(gt=0, le=24, decimal_places=2)]
    approval: Annotated[Reference, Field(min_length=1, max_length=100)]
    written: Sum = 0
    time_off: bool = False


class ChargeDepartment(Input):
    department: Annotated[Line, Field(min_length=1, max_length=32), Known(held(Staff, "department"))]
    act: Annotated[Line, Field(min_length=1, max_length=200)]
    act_on: Day
    rule: Rule
    budget: Sum = 0
    points: Annotated[Decimal, BeforeValidator(half_width), Field(ge=0, max_digits=9, decimal_places=2)] = Decimal(0)
