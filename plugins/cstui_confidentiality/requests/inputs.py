"""What is filled in about leave for an act in a back end."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input, Moment, Reason
from cstui_confidentiality.inputs import System
from cstui_confidentiality.kinds import Operation

Subject = Annotated[Code, Field(min_length=1)]
"""The customer's number, or what else the act is about."""


class RequestOperation(Input):
    """Ask for leave for one act: what, in which system, about whom, what for."""

    operation: Operation
    system: System
    subject_ref: Subject
    purpose: Reason
    ticket: Code = ""


class ExecuteRequest(Input):
    """What was done. `executed_at`: now unless told."""

    result: Reason
    executed_at: Moment | None = None
