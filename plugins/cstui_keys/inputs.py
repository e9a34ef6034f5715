"""Fields that the inputs of several rooms share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from tortoise.expressions import Q

from cstui.api import Context, Line, Ref
from cstui.people import Staff


def in_service(ctx: Context, staff: Any) -> Any:
    """Staff who haven't left."""
    return staff.filter(Q(left_on__isnull=True) | Q(left_on__gte=ctx.today))


Person = Annotated[Staff, Ref("people.staff", only=in_service)]
Reason = Annotated[Line, Field(min_length=1)]
Reference = Annotated[Line, Field(max_length=100)]
