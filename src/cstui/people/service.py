"""What other rooms ask about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches

from cstui.contract.context import Context
from cstui.contract.errors import BadInput
from cstui.contract.records import utc
from cstui.contract.text import Text, Verbatim
from cstui.people.models import Absence, Duty, Pin, RoleGrant, Staff

NAMED_ROLES = frozenset(
    {
        "admin", "supervisor", "deputy", "team_leader", "custodian", "engineering_manager", "engineering_supervisor",
        "account_custodian", "department_head", "company_leader", "assistant", "hygiene_monitor", "staff",
    }
)  # fmt: skip
"""The roles of the config.toml to begin with; rules speak of some of them."""


async def roles_of(login: str, day: date) -> tuple[Staff | None, frozenset[str]]:
    """The member of staff behind a login and the roles they hold on a day; nobody who is gone holds any."""
    person = await Staff.filter(login=login).first()
    if person is None or is_gone(person, day):
        return person, frozenset()
    grants = await RoleGrant.filter(staff_id=person.pk, first_day__lte=day)
    return person, frozenset(grant.role for grant in grants if grant.last_day is None or grant.last_day >= day)


async def holders_of(role: str, day: date) -> list[Staff]:
    """Who holds a role on a day."""
    grants = await RoleGrant.filter(role=role, first_day__lte=day).select_related("staff")
    return [g.staff for g in grants if (g.last_day is None or g.last_day >= day) and not is_gone(g.staff, day)]


async def holders(day: date) -> dict[str, list[str]]:
    """The names of those who hold a role on a day, by role."""
    found: dict[str, list[str]] = {}
    for grant in await RoleGrant.filter(first_day__lte=day).select_related("staff").order_by("id"):
        if (grant.last_day is None or grant.last_day >= day) and not is_gone(grant.staff, day):
            found.setdefault(grant.role, []).append(grant.staff.name)
    return found


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


async def has_pin(staff_id: int) -> bool:
    return await Pin.filter(staff_id=staff_id).exists()


async def verify_pin(person: Staff, pin: str) -> bool:
    """Whether this is the person's PIN (rate limiting is the engine's)."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    kept = await Pin.filter(staff_id=person.pk).first()
    try:
        return kept is not None and PasswordHasher().verify(kept.hash, pin)
    except VerificationError:
        return False
