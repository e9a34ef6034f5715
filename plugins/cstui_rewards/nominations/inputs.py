"""What a member, a leader and a witness fill in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Day, Input, Line, Reason, Reference, Words
from cstui_rewards.inputs import Award, Person
from cstui_rewards.kinds import Met

Why = Annotated[Line, Field(min_length=1, max_length=500)]
Title = Annotated[Line, Field(min_length=1, max_length=100)]
Story = Annotated[Words, Field(min_length=1, max_length=1000)]


class GiveTip(Input):
    award: Award
    nominee: Person
    case: Why


class Nominate(Input):
    """With a first case and its witnesses it is handed in at once, unless it is to stay a draft."""

    award: Award
    nominee: Person
    reason: Why
    title: Title
    day: Day
    description: Story
    attachment: Reference = ""
    witnesses: Annotated[list[Person], Field(min_length=1, max_length=6)]
    draft: bool = False


class AddCase(Input):
    title: Title
    day: Day
    description: Story
    attachment: Reference = ""


class AddWitnesses(Input):
    witnesses: Annotated[list[Person], Field(min_length=1, max_length=6)]


class ChangeReason(Input):
    reason: Why


class AdmitLate(Input):
    reason: Reason


class Confirm(Input):
    remark: Line = ""


class Deny(Input):
    remark: Annotated[Line, Field(min_length=1)]


class Tick(Input):
    """`met`: met or not met; with a sentence that says why."""

    met: Met
    remark: Annotated[Line, Field(min_length=1)]
