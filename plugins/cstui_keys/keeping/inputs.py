"""What is filled in about rings, cabinets and custodians."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input
from cstui.people import Person
from cstui_keys.kinds import Medium


class GroupKeys(Input):
    """Left empty, each key goes to the ring of its household, floor or equipment room."""

    ring: Annotated[Code, Field(max_length=64)] = ""
    hook: Annotated[Code, Field(max_length=32)] = ""
    medium: Medium = Medium.RING


class Appoint(Input):
    custodian: Person | None = None
    deputy: Person | None = None


class HandOver(Input):
    receiver: Person
