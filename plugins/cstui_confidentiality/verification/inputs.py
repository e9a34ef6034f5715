"""What is filled in when somebody asks for a customer's data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input, Line
from cstui_confidentiality.kinds import Factor

Items = Annotated[list[Annotated[Line, Field(min_length=1, max_length=40)]], Field(min_length=1, max_length=20)]
"""What was told: telephone number, address, balance …, never its value."""


class OpenVerification(Input):
    """Somebody asks for data of this customer."""

    customer_ref: Annotated[Code, Field(min_length=1)]
    ticket: Code = ""


class PassVerification(Input):
    """By what they showed to be that customer."""

    factors: Annotated[list[Factor], Field(min_length=1)]


class ReleaseItems(Input):
    released_items: Items
