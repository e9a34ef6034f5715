"""What other rooms ask about people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any, Protocol

from tortoise.expressions import Q

from cstui.contract.context import Actor, Context
from cstui.contract.errors import BadInput, Refusal
from cstui.contract.records import utc
from cstui.contract.text import Text, Verbatim, choice
from cstui.people.models import Absence, Duty, Pin, RoleGrant, Staff

NAMED_ROLES = frozenset(
    {
        "admin", "supervisor", "deputy", "team_leader", "custodian", "engineering_manager", "engineering_supervisor",
        "account_custodian", "department_head", "company_leader", "assistant", "hygiene_monitor", "staff",
    }
)  # fmt: skip
"""The roles of the config.toml to begin with; rules speak of some of them."""


DAY = timedelta(days=1)
GRANTING = "people.grant_role"
"""The permission of those who grant roles: the administrators."""


def covering(day: date) -> Q:
    """Grants that cover a day."""
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))


class Dated(Protocol):
    """What holds from a day to a day, both included; without a last day until it is ended."""

    first_day: Any
    last_day: Any


def voided(one: Dated) -> bool:
    """Whether it covers no day: it was taken back, or ended before it began."""
    return one.last_day is not None and one.last_day < one.first_day


def standing(one: Dated, today: date) -> Text:
    """How it stands on a day."""
    if voided(one):
        return choice("people", "taken_back")
    if today < one.first_day:
        return choice("people", "ahead")
    return choice("people", "in_force" if one.last_day is None or today <= one.last_day else "ended")


async def roles_of(login: str, day: date) -> tuple[Staff | None, frozenset[str]]:
    """The member of staff behind a login and the roles they hold on a day; nobody who is gone holds any."""
    person = await Staff.filter(login=login).first()
    if person is None or is_gone(person, day):
        return person, frozenset()
    grants = await RoleGrant.filter(covering(day), staff_id=person.pk)
    return person, frozenset(grant.role for grant in grants)


async def holders_of(role: str, day: date) -> list[Staff]:
    """Who holds a role on a day."""
    grants = await RoleGrant.filter(covering(day), role=role).select_related("staff")
    return [grant.staff for grant in grants if not is_gone(grant.staff, day)]


async def holders(day: date) -> dict[str, list[str]]:
    """The names of those who hold a role on a day, by role."""
    found: dict[str, list[str]] = {}
    for grant in await RoleGrant.filter(covering(day)).select_related("staff").order_by("id"):
        if not is_gone(grant.staff, day):
            found.setdefault(grant.role, []).append(grant.staff.name)
    return found


async def outlasting(person: Staff, day: date) -> list[RoleGrant]:
    """Roles of somebody that would outlast a day."""
    return await RoleGrant.filter(Q(last_day__isnull=True) | Q(last_day__gt=day), staff=person)


async def end_grants(ctx: Context, grants: Sequence[RoleGrant], last: date) -> None:
    """Roles end on a day. Raises Refusal where nobody would hold one without end that may grant roles."""
    for grant in grants:
        grant.last_day = last
        await grant.save(update_fields=["last_day"])
    able = roles_with(ctx.services.roles, GRANTING)
    if not any(grant.role in able for grant in grants):
        return
    first = max(last + DAY, ctx.today)
    stay = RoleGrant.filter(role__in=able, first_day__lte=first, last_day__isnull=True, staff__left_on__isnull=True)
    if not await stay.exists():
        raise Refusal("people.refusal.last_admin", value=[role_name(role) for role in able])


def roles_with(roles: Mapping[str, Collection[str]], permission: str) -> list[str]:
    """Those of a site's roles, given with what they may do, that have a permission."""
    return [role for role, granted in roles.items() if Actor("", permissions=frozenset(granted)).may(permission)]


def role_name(role: str) -> Text:
    """A role in the reader's language; one of the site's own is called as the site calls it."""
    return Text(f"people.role.{role}") if role in NAMED_ROLES else Verbatim(role)


async def roles_known(ctx: Context) -> dict[str, Text]:
    """The roles of the site, with how they are called."""
    return {role: role_name(role) for role in ctx.services.roles}


def check_role(ctx: Context, role: str) -> None:
    """Raises BadInput with the nearest ones for a role that the site doesn't know: it would give nothing."""
    known = sorted(NAMED_ROLES.union(ctx.services.roles))
    if role not in known:
        near = get_close_matches(role, known, 3, 0.5) or known
        raise BadInput("people.refusal.no_role", field="role", value=role, near=near)


async def names_of(logins: Iterable[str]) -> dict[str, str]:
    """The names behind logins; a login nobody on the staff list has stands for itself."""
    asked = set(logins)
    known = await Staff.filter(login__in=sorted(asked)).values_list("login", "name") if asked else []
    return {login: login for login in asked} | {str(login): str(name) for login, name in known}


def is_gone(person: Staff, day: date) -> bool:
    """Whether somebody has left by that day (the last day itself still counts)."""
    return person.left_on is not None and person.left_on < day


async def is_absent(person: Staff, day: date) -> bool:
    return await Absence.filter(staff_id=person.pk, first_day__lte=day, last_day__gte=day).exists()


async def duty_on(day: date) -> list[Duty]:
    """All shifts on duty that begin on a day, earliest first, with their people."""
    return await Duty.filter(day=day).select_related("staff", "shift").order_by("start_at", "id")


async def on_duty(at: datetime) -> list[Duty]:
    """Who is on duty at a moment (start included, end excluded)."""
    return await Duty.filter(start_at__lte=utc(at), end_at__gt=utc(at)).select_related("staff", "shift")


async def shift_end(ctx: Context, person: Staff, at: datetime) -> datetime | None:
    """When the shift ends that the person is on at a moment, or else the next one of that local day; UTC."""
    at = utc(at)
    now = await Duty.filter(staff_id=person.pk, start_at__lte=at, end_at__gt=at).order_by("-end_at").first()
    if now is None:
        today = ctx.local(at).date()
        now = await Duty.filter(staff_id=person.pk, day=today, start_at__gt=at).order_by("start_at").first()
    return now.end_at if now else None


async def pin_of(staff_id: int) -> Pin | None:
    """The PIN that somebody has set."""
    return await Pin.filter(staff_id=staff_id).first()


def fits(kept: Pin, pin: str) -> bool:
    """Whether this is the PIN that was set. It takes its time: not for the loop on which a screen waits."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept.hash, pin)
    except VerificationError:
        return False
