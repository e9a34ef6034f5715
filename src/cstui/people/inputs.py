"""People as fields of forms, here and in other areas."""

from __future__ import annotations

from typing import Annotated, Any

from tortoise.expressions import Q

from cstui.contract.context import Context
from cstui.contract.declare import Ref
from cstui.people.models import Staff


def in_service(ctx: Context, staff: Any) -> Any:
    """Staff who haven't left."""
    return staff.filter(Q(left_on__isnull=True) | Q(left_on__gte=ctx.today))


Person = Annotated[Staff, Ref("people.staff", only=in_service)]
"""Somebody who hasn't left."""
