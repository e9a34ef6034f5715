"""What is filled in about a defect."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line
from cstui_hygiene.inputs import AreaInUse, Person, Reason
from cstui_hygiene.kinds import Item, SecondLook


class Raise(Input):
    """What isn't as it should be, in an area or at somebody's place. `person`: whose it is, if that is known."""

    item: Item
    area: AreaInUse | None = None
    person: Person | None = None
    remark: Line = ""
    place: Annotated[Line, Field(max_length=64)] = ""
    phone: bool = False


class Recheck(Input):
    look: SecondLook
    note: Line = ""


class NameResponsible(Input):
    person: Person


class RefuseReport(Input):
    reason: Reason
