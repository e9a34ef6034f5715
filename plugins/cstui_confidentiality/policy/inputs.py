"""What is filled in about the written rules."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Input, Of, Reference
from cstui_confidentiality.models import PolicyDocument


class AddPolicy(Input):
    """A version of the written rules; `reviewed_on`: when it was last looked through, the first day unless told."""

    policy_version: Annotated[Code, Field(max_length=24, min_length=1)]
    title: Annotated[str, Of(PolicyDocument, "title"), Field(min_length=1)]
    in_force_from: Day
    reviewed_on: Day | None = None
    reference: Reference = ""
