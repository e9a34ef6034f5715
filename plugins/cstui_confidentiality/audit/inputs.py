"""What is filled in about the audit and its findings."""

from __future__ import annotations

from typing import Annotated

from cstui.api import Context, Day, Input, Ref, Words
from cstui_confidentiality.inputs import Reason, Reference
from cstui_confidentiality.kinds import Ground
from cstui_confidentiality.models import OperationRequest


def approved(ctx: Context, requests: object) -> object:
    """Requests that were ever approved."""
    return requests.filter(approved_at__isnull=False)  # type: ignore[attr-defined]


class RunAudit(Input):
    """`since`: everything from that day on is looked at again."""

    since: Day | None = None


class Explain(Input):
    """Why it was in order: a permit on paper, an order of the supervisor."""

    reason: Reason
    reference: Reference = ""


class Warn(Input):
    """What was said to the person."""

    reason: Reason


class Match(Input):
    request: Annotated[OperationRequest, Ref("confidentiality.requests", only=approved)]


class OpenCase(Input):
    ground: Ground = Ground.BREACH
    facts: Words
