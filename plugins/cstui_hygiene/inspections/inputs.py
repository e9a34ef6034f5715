"""What an inspector fills in."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from cstui.api import Input, Line, half_width
from cstui_hygiene.inputs import AreaInUse, Person
from cstui_hygiene.kinds import InspectionKind

Points = Annotated[Decimal, BeforeValidator(half_width), Field(ge=0, max_digits=6, decimal_places=2)]
Place = Annotated[Line, Field(max_length=64)]


class BeginInspection(Input):
    """Of an area, or of one person's place."""

    area: AreaInUse | None = None
    staff: Person | None = None
    kind: InspectionKind = InspectionKind.DAILY


class NamePlace(Input):
    place: Annotated[Place, Field(min_length=1)]


class Fail(Input):
    """`deduction` empty: all points of the item. `person`: whose it is, if that is known."""

    remark: Line = ""
    deduction: Points | None = None
    place: Place = ""
    person: Person | None = None
    phone: bool = False
