"""What a reviewer fills in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line


class Pass(Input):
    reason: Annotated[Line, Field(max_length=300)] = ""


class Because(Input):
    reason: Annotated[Line, Field(min_length=1, max_length=300)]
