"""Fields that the inputs of several rooms share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from tortoise.expressions import Q

from cstui.api import Context, Line, Ref
from cstui.people import Staff, Team
from cstui_hygiene.kinds import AreaState
from cstui_hygiene.models import CleaningArea


def in_service(ctx: Context, staff: Any) -> Any:
    """Staff who haven't left."""
    return staff.filter(Q(left_on__isnull=True) | Q(left_on__gte=ctx.today))


def in_use(ctx: Context, areas: Any) -> Any:
    """Areas that are still cleaned."""
    return areas.filter(state=AreaState.ACTIVE)


Person = Annotated[Staff, Ref("people.staff", only=in_service)]
Group = Annotated[Team, Ref("people.teams")]
AreaInUse = Annotated[CleaningArea, Ref("hygiene.areas", only=in_use)]
Reason = Annotated[Line, Field(min_length=1)]
