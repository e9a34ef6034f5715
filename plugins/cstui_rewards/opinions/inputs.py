"""What is filled in about an opinion. Codes are never journalled; at the command line they are asked for, not typed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input, PaperCode, Sealed, Whole, Words

Slip = Annotated[PaperCode, Field(min_length=1)]
Receipt = Annotated[PaperCode, Field(min_length=1)]


class Cast(Input):
    """`receipt` is made up where it is left empty."""

    slip: Slip
    score: Annotated[Whole, Field(ge=1, le=5)]
    support: bool = False
    comment: Annotated[Words, Field(max_length=300)] = ""
    receipt: Annotated[Code, Field(max_length=32), Sealed] = ""


class Withdraw(Input):
    slip: Slip
    receipt: Receipt


class CheckReceipt(Input):
    receipt: Receipt
