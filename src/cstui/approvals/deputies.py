"""Deputies: somebody decides in another's place, in a role of theirs, from a day to a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from cstui.approvals.models import Deputy
from cstui.contract.action import Action
from cstui.contract.context import Context
from cstui.contract.declare import Known, Ref
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal
from cstui.contract.inputs import Code, Day, Input
from cstui.contract.text import Text
from cstui.people import (
    GRANTING,
    Person,
    Staff,
    check_role,
    covering,
    holders_of,
    is_gone,
    role_name,
    roles_of,
    roles_with,
)
from cstui.people.service import DAY, roles_known

DECIDING = "approvals.decide"

ByRole = Mapping[str, Mapping[int, str]]
"""Role → those whom somebody stands in for, by id with their names."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Whom the actor stands in for; and by the id of each of these, whom that one stands in for."""

    roles: ByRole = field(default_factory=dict)
    further: Mapping[int, Collection[int]] = field(default_factory=dict)


class Depute(Input):
    staff: Annotated[Staff, Ref("people.staff")]
    deputy: Person
    role: Annotated[Code, Field(max_length=32), Known(roles_known)]
    first_day: Day
    last_day: Day


async def stood_for(ctx: Context) -> Stands:
    """Whom the actor stands in for today, by role, as far as they hold it."""
    if ctx.actor.staff_id is None:
        return Stands()
    roles = (await _standing(ctx, {ctx.actor.staff_id})).get(ctx.actor.staff_id, {})
    behind = await _standing(ctx, {pk for some in roles.values() for pk in some})
    return Stands(roles, {pk: {one for some in by_role.values() for one in some} for pk, by_role in behind.items()})


async def _standing(ctx: Context, deputies: Collection[int]) -> dict[int, dict[str, dict[int, str]]]:
    """By deputy and role those for whom they stand in today."""
    if not deputies:
        return {}
    named = Deputy.filter(covering(ctx.today), deputy_id__in=sorted(deputies)).order_by("id")
    rows = await named.values_list("deputy_id", "role", "staff_id")
    holding = {
        role: {holder.pk: holder.name for holder in await holders_of(role, ctx.today)}
        for role in {row[1] for row in rows}
    }
    found: dict[int, dict[str, dict[int, str]]] = {}
    for deputy, role, staff in rows:
        if staff in holding[role]:
            found.setdefault(deputy, {}).setdefault(role, {})[staff] = holding[role][staff]
    return found


async def name_deputy(ctx: Context, data: Depute) -> Text:
    """By the person themselves or an administrator, never by the deputy."""
    first = max(data.first_day, ctx.today)
    if data.last_day < data.first_day:
        raise BadInput("people.refusal.period", field="last_day", value=data.last_day)
    if data.last_day < ctx.today:
        raise BadInput("approvals.refusal.passed", field="last_day", value=data.last_day)
    if data.staff.pk == data.deputy.pk:
        raise BadInput("approvals.refusal.own_deputy", field="deputy", value=data.deputy.name)
    if data.deputy.pk == ctx.actor.staff_id:
        raise NotPermitted("approvals.refusal.deputy_oneself", field="deputy", value=data.deputy.name)
    if not _in_charge(ctx, data.staff.pk):
        raise NotPermitted("approvals.refusal.others_deputy", field="staff", value=data.staff.name)
    check_role(ctx, data.role)
    if data.staff.pk not in {holder.pk for holder in await holders_of(data.role, first)}:
        raise Refusal(
            "approvals.refusal.not_held", field="role", value=role_name(data.role), name=data.staff.name, day=first
        )
    if is_gone(data.deputy, data.last_day):
        raise Refusal("people.refusal.gone", field="deputy", value=data.deputy.name, day=data.deputy.left_on)
    _, roles = await roles_of(data.deputy.login, first)
    if roles.isdisjoint(able := roles_with(ctx.services.roles, DECIDING)):
        raise Refusal(
            "approvals.refusal.cannot_decide", field="deputy", value=data.deputy.name,
            roles=[role_name(role) for role in able],
        )  # fmt: skip
    named: dict[str, Any] = {"staff": data.staff, "deputy": data.deputy, "role": data.role}
    if await Deputy.filter(**named, first_day__lte=data.last_day, last_day__gte=data.first_day).exists():
        raise Refusal("approvals.refusal.deputy_already", field="deputy", value=data.deputy.name)
    await Deputy.create(**named, first_day=data.first_day, last_day=data.last_day)
    return Text("approvals.done.deputy", name=data.deputy.name, staff=data.staff.name, role=role_name(data.role))


async def oneself(ctx: Context, rows: Any) -> Mapping[str, Any]:
    """Most often one names a deputy for oneself, from today."""
    person = await Staff.filter(id=ctx.actor.staff_id).first() if ctx.actor.staff_id else None
    return {"staff": person, "first_day": ctx.today}


async def end_deputy(ctx: Context, deputy: Deputy, data: None) -> Text:
    """At once; what the deputy decided stays decided."""
    if fault := why_not_ended(ctx, deputy):
        raise fault
    deputy.last_day = ctx.today - DAY
    await deputy.save(update_fields=["last_day"])
    return Text("approvals.done.deputy_ended")


def why_not_ended(ctx: Context, deputy: Deputy) -> Fault | None:
    if deputy.last_day < ctx.today:
        return Refusal("approvals.refusal.deputy_over", value=deputy.last_day)
    if not (_in_charge(ctx, deputy.staff_id) or deputy.deputy_id == ctx.actor.staff_id):
        return NotPermitted("approvals.refusal.not_your_deputy")
    return None


async def still_stands(ctx: Context, deputy: Deputy) -> Text | None:
    fault = why_not_ended(ctx, deputy)
    return fault.text if fault else None


def _in_charge(ctx: Context, staff_id: int) -> bool:
    """Whether the actor is that person, or an administrator."""
    return staff_id == ctx.actor.staff_id or ctx.may(GRANTING)


ACTIONS = (
    Action("approvals.name_deputy", run=name_deputy, needs=DECIDING, input=Depute, register="approvals.deputies",
           mnemonic="n", prefill=oneself),
    Action("approvals.end_deputy", run=end_deputy, needs=DECIDING, target="row", register="approvals.deputies",
           mnemonic="e", blocked=still_stands),
)  # fmt: skip
