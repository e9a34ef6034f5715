"""Roles: granted from a day to a day, renewed, ended, and taken back where one was granted by mistake.

A grant that was taken back covers no day: its last day lies before its first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cstui.contract.action import Action
from cstui.contract.context import Context
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.contract.inputs import Day, Input, Reason
from cstui.contract.text import Text
from cstui.people.enrol import Role
from cstui.people.models import RoleGrant, Staff
from cstui.people.service import DAY, GRANTING, check_role, end_grants, is_gone, role_name, voided


class Grant(Input):
    role: Role
    first_day: Day | None = None
    last_day: Day | None = None


class Until(Input):
    last_day: Day | None = None


class TakeBackRole(Input):
    reason: Reason


async def grant_role(ctx: Context, person: Staff, data: Grant) -> Text:
    check_role(ctx, data.role)
    return await _grant(ctx, person, data.role, data.first_day or ctx.today, data.last_day)


async def _grant(ctx: Context, person: Staff, role: str, first: date, last: date | None) -> Text:
    """Raises NotPermitted for oneself; Refusal for somebody gone by then, or who holds the role on one of the days."""
    if last and last < first:
        raise BadInput("people.refusal.period", field="last_day", value=last)
    if person.pk == ctx.actor.staff_id:
        raise NotPermitted("people.refusal.own_role", field="role", value=role_name(role))
    if is_gone(person, first):
        raise Refusal("people.refusal.gone", field="staff", value=person.name, day=person.left_on)
    for other in await RoleGrant.filter(staff=person, role=role):
        begins, ends = max(first, other.first_day), min(last or date.max, other.last_day or date.max)
        if begins <= ends:
            raise Refusal("people.refusal.has_role", field="role", value=role_name(role), name=person.name, day=begins)
    await RoleGrant.create(staff=person, role=role, first_day=first, last_day=last, granted_by=ctx.actor.login)
    return Text("people.done.granted", name=person.name, role=role_name(role), day=first)


async def renew_role(ctx: Context, grant: RoleGrant, data: Until) -> Text:
    """The same role anew, from the day after its last; today where that has passed."""
    Refusal.because(await lasting(ctx, grant))
    assert grant.last_day
    return await _grant(ctx, await grant.staff, grant.role, max(grant.last_day + DAY, ctx.today), data.last_day)


async def lasting(ctx: Context, grant: RoleGrant) -> Text | None:
    """Why a grant can't be renewed: it has no end, or was never meant."""
    if grant.last_day is None:
        return Text("people.refusal.endless", value=role_name(grant.role))
    return await taken_back(ctx, grant)


async def taken_back(ctx: Context, grant: RoleGrant) -> Text | None:
    """Why a grant can't be taken back: it was."""
    return Text("people.refusal.taken_back", value=role_name(grant.role)) if voided(grant) else None


async def end_role(ctx: Context, grant: RoleGrant, data: Until) -> Text:
    """A role may be cut short; to lengthen it is to renew it."""
    last = data.last_day or ctx.today
    Refusal.because(await ended(ctx, grant))
    if grant.last_day is not None and last > grant.last_day:
        raise Refusal("people.refusal.ends_earlier", field="last_day", value=last, day=grant.last_day)
    if last < grant.first_day:
        raise BadInput("people.refusal.period", field="last_day", value=last)
    await end_grants(ctx, [grant], last)
    return Text("people.done.role_ended", role=role_name(grant.role), day=last)


async def take_back_role(ctx: Context, grant: RoleGrant, data: TakeBackRole) -> Text:
    """Granted by mistake. What was done in the role stays as it was done."""
    Refusal.because(await taken_back(ctx, grant))
    await end_grants(ctx, [grant], grant.first_day - DAY)
    person = await grant.staff
    return Text("people.done.taken_back", name=person.name, role=role_name(grant.role), reason=data.reason)


async def take_back_effect(ctx: Context, rows: Sequence[RoleGrant], data: TakeBackRole) -> Text:
    grant = rows[0]
    return Text("people.effect.take_back_role", role=role_name(grant.role), day=grant.first_day)


async def ended(ctx: Context, grant: RoleGrant) -> Text | None:
    """Why a grant can't be ended now: it has ended, or was taken back."""
    if grant.last_day and not voided(grant) and grant.last_day < ctx.today:
        return Text("people.refusal.ended", value=role_name(grant.role), day=grant.last_day)
    return await taken_back(ctx, grant)


ACTIONS = (
    Action("people.grant_role", run=grant_role, needs=GRANTING, input=Grant, target="row", register="people.staff",
           mnemonic="g"),
    Action("people.renew_role", run=renew_role, needs=GRANTING, input=Until, target="row",
           register="people.roles", mnemonic="n", blocked=lasting),
    Action("people.end_role", run=end_role, needs=GRANTING, input=Until, target="row", register="people.roles",
           mnemonic="e", blocked=ended),
    Action("people.take_back_role", run=take_back_role, needs=GRANTING, input=TakeBackRole, target="row",
           register="people.roles", mnemonic="b", blocked=taken_back, effect=take_back_effect, dangerous=True),
)  # fmt: skip
