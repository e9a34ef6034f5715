"""What is filled in about the field force."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Day, Input, Whole, Words
from cstui_hygiene.inputs import Person


class PlanWeek(Input):
    """`week`: any of its days. `zones`: one line for each group, in their order, with its zones separated by 、."""

    week: Day
    zones: Annotated[Words, Field(min_length=1)]


class NameOfficer(Input):
    officer: Person


class MoveGroup(Input):
    day: Day


class RecordLabour(Input):
    """How many were there, and what came of it."""

    people_present: Annotated[Whole, Field(ge=0, le=10_000)]
    result: Annotated[Words, Field(min_length=1, max_length=500)]
