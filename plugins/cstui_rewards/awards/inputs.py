"""What one fills in to propose an award, and to change its criteria."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Fen, Input, Line, Reason, Words
from cstui_rewards.kinds import AwardKind

Lines = Annotated[Words, Field(min_length=1)]
"""One criterion a line."""


class ProposeAward(Input):
    """Sums and points empty: what the regulations give for an individual award."""

    code: Annotated[Code, Field(min_length=2, max_length=32)]
    name: Annotated[Line, Field(min_length=1, max_length=64)]
    kind: AwardKind = AwardKind.INDIVIDUAL
    purpose: Annotated[Line, Field(min_length=1)]
    criteria: Lines
    cash: Fen | None = None
    points: Annotated[int, Field(ge=0, le=100)] | None = None
    certificate: bool = True
    monthly: bool = True


class SetCriteria(Input):
    criteria: Lines


class RetireAward(Input):
    reason: Reason
