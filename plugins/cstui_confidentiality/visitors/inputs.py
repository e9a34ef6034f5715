"""What is filled in about visitors at company computers or material."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line, Moment
from cstui_confidentiality.inputs import Person, Reason
from cstui_confidentiality.kinds import VisitScope

Visitor = Annotated[Line, Field(min_length=1, max_length=64)]


class RequestVisit(Input):
    """Who comes, what they use, what for; whoever asks stays with them."""

    visitor: Visitor
    scope: VisitScope
    purpose: Reason
    start_at: Moment
    end_at: Moment


class VisitSeen(Input):
    """A visitor was at a computer or material. `host`: who let them, where that is known."""

    visitor: Visitor
    scope: VisitScope
    what: Reason
    host: Person | None = None
    at: Moment | None = None
