"""What is filled in when a place was used, or is going to be."""

from __future__ import annotations

from typing import Annotated, Any

from cstui.api import Context, Input, Line, Moment, Ref
from cstui_hygiene.inputs import Group, Person, in_use
from cstui_hygiene.kinds import Frequency
from cstui_hygiene.models import CleaningArea


def after_use(ctx: Context, areas: Any) -> Any:
    """Areas in use that are put in order after each use."""
    return in_use(ctx, areas).filter(frequency=Frequency.AFTER_USE)


class Used(Input):
    """`ended_at`: now unless told. `begins_at` and `team`: of meetings, when it begins and which team hosts it.

    `assignee`: who puts it in order; without a name it is found by the rules.
    """

    area: Annotated[CleaningArea, Ref("hygiene.areas", only=after_use)]
    ended_at: Moment | None = None
    begins_at: Moment | None = None
    team: Group | None = None
    assignee: Person | None = None
    note: Line = ""
