"""What is filled in about duties."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Input, Line, Moment
from cstui.people import Person
from cstui_hygiene.inputs import Reason


class Assign(Input):
    """`assignee` empty: whoever is next in turn. `anyway`: also who doesn't work then, or has another duty then."""

    assignee: Person | None = None
    reason: Line = ""
    anyway: bool = False


class EnterDone(Input):
    """`done_by` empty: the one whose duty it is; `done_at` empty: now."""

    done_by: Person | None = None
    done_at: Moment | None = None


class Because(Input):
    reason: Reason


class Note(Input):
    note: Annotated[Line, Field(min_length=1)]
