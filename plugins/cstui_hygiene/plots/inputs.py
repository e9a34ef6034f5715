"""What is filled in about green plots."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Day, Input, Line
from cstui_hygiene.inputs import Person, Reason


class SetPlot(Input):
    """A green plot and its keeper; of a known one only what is given is changed."""

    plot: Annotated[Line, Field(max_length=64, min_length=1)]
    keeper: Person | None = None
    first_day: Day | None = None


class AssignPlot(Input):
    """`first_day`: since when, today unless told."""

    keeper: Person
    first_day: Day | None = None


class RetirePlot(Input):
    reason: Reason


ALIASES = {
    "plot": ("绿地", "地块"),
    "keeper": ("责任人", "包干人"),
    "first_day": ("包干日期",),
}
