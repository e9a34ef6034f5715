"""What is filled in about a lost key."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Fen, Input, Line, Moment, Reason


class ReportLoss(Input):
    circumstances: Reason
    noticed_at: Moment | None = None


class FindKeys(Input):
    remark: Line = ""


class ChangeLock(Input):
    """`cost` in fen."""

    conclusion: Line = ""
    cost: Annotated[Fen | None, Field(ge=0)] = None


class WaiveLock(Input):
    reason: Reason
