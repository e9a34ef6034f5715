"""What is filled in when something secret is destroyed."""

from __future__ import annotations

from cstui.api import Input, Moment
from cstui.people import Person
from cstui_confidentiality.kinds import DestructionMethod


class Destroy(Input):
    """Before the eyes of another person."""

    method: DestructionMethod
    witness: Person | None = None


class PlanDestruction(Destroy):
    planned_for: Moment


class CarryOut(Input):
    witness: Person | None = None
