"""What people themselves put before the supervisor: roles that end, days nobody is on duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tortoise.expressions import Q

from cstui.contract.context import Context
from cstui.contract.declare import DueItem
from cstui.contract.text import Text
from cstui.people.models import Duty, RoleGrant
from cstui.people.service import is_gone, role_name

KEPT = timedelta(days=7)
"""How long ago duty was last kept on a site that keeps it here."""
SERVICE = "customer_service"


async def items(ctx: Context) -> Sequence[DueItem]:
    return [*await _ending(ctx), *await _unstaffed(ctx)]


async def _ending(ctx: Context) -> list[DueItem]:
    """Roles that end soon and aren't granted anew."""
    rule = ctx.rule("people-01")
    if not rule.on:
        return []
    soon = ctx.today + rule.role_notice
    rows = RoleGrant.filter(last_day__gte=ctx.today, last_day__lte=soon).select_related("staff")
    grants = [grant for grant in await rows.order_by("last_day", "id") if not is_gone(grant.staff, ctx.today)]
    if not grants:
        return []
    anew = RoleGrant.filter(Q(last_day__isnull=True) | Q(last_day__gt=soon))
    lasting = {*await anew.values_list("staff_id", "role")}
    return [
        DueItem(
            f"people.role_ends:{grant.pk}",
            "info",
            Text("people.due.role_ends", name=grant.staff.name, role=role_name(grant.role)),
            rule=rule.id,
            person=grant.staff.name,
            person_id=grant.staff_id,
            due=ctx.moment(grant.last_day, 24 * 60),
            state=Text("people.due.ends_on", day=grant.last_day),
            register="people.roles",
            records=(grant.pk,),
            actions=("people.renew_role", "people.end_role"),
        )
        for grant in grants
        if grant.last_day and (grant.staff_id, grant.role) not in lasting
    ]


async def _unstaffed(ctx: Context) -> list[DueItem]:
    """A working day on which nobody of customer service is on duty, where the site keeps its duties here."""
    today = ctx.today
    if not ctx.calendar.is_workday(today) or await Duty.exists(day=today, staff__department=SERVICE):
        return []
    if not await Duty.exists(day__gte=today - KEPT, day__lt=today):
        return []
    return [
        DueItem(
            f"people.unstaffed:{today.isoformat()}",
            "warning",
            Text("people.due.unstaffed", day=today),
            due=ctx.moment(today),
            state=Text("people.due.to_assign"),
            register="people.duties",
            actions=("people.assign_duty",),
        )
    ]
