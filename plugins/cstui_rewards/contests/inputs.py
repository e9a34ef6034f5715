"""What one fills in about a contest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Fen, Input, Line, Ref, Reference, Whole
from cstui_rewards.inputs import Person
from cstui_rewards.kinds import Contest, ContestUnit, Place
from cstui_rewards.models import ContestResult

Rank = Annotated[Whole, Field(ge=1, le=9999)]
Result = Annotated[ContestResult, Ref("rewards.contests")]


class EnterResult(Input):
    contest: Contest
    period: Annotated[Code, Field(min_length=4, max_length=16)]
    ended_on: Day
    unit: ContestUnit
    unit_name: Annotated[Line, Field(min_length=1, max_length=64)]
    rank: Rank
    evidence: Annotated[Reference, Field(min_length=1)]
    training_places: Annotated[Whole, Field(ge=0, le=99)] | None = None


class AddShare(Input):
    """`rank` among the staff, empty for a manager; `elsewhere` is what the municipal company gives for the same."""

    result: Result
    staff: Person
    place: Place = Place.STAFF
    rank: Rank | None = None
    elsewhere: Annotated[Fen, Field(ge=0)] = 0


class Compute(Input):
    """`chosen`: who of those tied on the last place gets it."""

    chosen: list[Person] = []
