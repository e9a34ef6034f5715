"""What one fills in to praise somebody, and to note a good deed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from cstui.api import Input, Line, half_width
from cstui_rewards.inputs import Person

What = Annotated[Line, Field(min_length=1, max_length=300)]


class GivePraise(Input):
    person: Person
    words: What


class GoodDeed(Input):
    """`points` are typed by a person, as the site counts good deeds."""

    person: Person
    words: What
    witness: Person
    points: Annotated[Decimal, BeforeValidator(half_width), Field(gt=0, max_digits=5, decimal_places=2)]
