"""Fields that the inputs of several rooms share."""

from __future__ import annotations

from typing import Annotated, Any

from cstui.api import Context, Reason, Ref
from cstui.people import Person, Team
from cstui_hygiene.kinds import AreaState
from cstui_hygiene.models import CleaningArea


def in_use(ctx: Context, areas: Any) -> Any:
    """Areas that are still cleaned."""
    return areas.filter(state=AreaState.ACTIVE)


Group = Annotated[Team, Ref("people.teams")]
AreaInUse = Annotated[CleaningArea, Ref("hygiene.areas", only=in_use)]

__all__ = ["AreaInUse", "Group", "Person", "Reason"]
