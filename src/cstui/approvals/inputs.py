"""What is filled in where something is decided."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.contract.inputs import Input, Words


class Say(Input):
    note: Annotated[Words, Field(max_length=500)] = ""


class Opinion(Input):
    note: Annotated[Words, Field(max_length=500)]
