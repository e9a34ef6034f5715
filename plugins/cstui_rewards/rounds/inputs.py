"""What one fills in to open, skip or end a round."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line, Reason
from cstui_rewards.inputs import Award


class Because(Input):
    reason: Reason


class Decided(Input):
    decided: Annotated[Line, Field(min_length=1, max_length=500)]


class IncludeAward(Input):
    award: Award
