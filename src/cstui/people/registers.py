"""Lists of people, teams, roles, shifts and absences."""

from __future__ import annotations

from cstui.contract.context import Context
from cstui.contract.declare import Column, Register, Related
from cstui.contract.text import Login, Text, choice
from cstui.people.enrol import department_name
from cstui.people.models import Absence, Duty, RoleGrant, ShiftType, Staff, Team
from cstui.people.service import role_name, standing, voided


def _clock(minute: int) -> str:
    """540 → 09:00; an end past midnight as hours over 24, as rosters write it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _department(ctx: Context, row: Staff | Team) -> Text | str:
    return department_name(row.department)


REGISTERS = (
    Register(
        "people.staff",
        model=Staff,
        noun="person",
        natural_key=("login",),
        lookup=("number", "name"),
        sort="number",
        query=lambda ctx: Staff.all().select_related("team"),
        columns=(
            Column("login", width=14, sort="login"),
            Column("name", width=10, sort="name"),
            Column("number", width=8, sort="number"),
            Column("department", value=_department, width=16, section="work"),
            Column("team", value="team.name", width=10, section="work"),
            Column("post", width=12, section="work"),
            Column("phone", width=13, narrow=False, secret=True),
            Column("left_on", width=10, narrow=False, section="work"),
        ),
        sections=(Column("hired_on", width=10, section="work"),),
        related=(
            Related("people.roles", "staff_id", told=True),
            Related("people.duties", "staff_id"),
            Related("people.absences", "staff_id", told=True),
        ),
    ),
    Register(
        "people.teams",
        model=Team,
        noun="team",
        natural_key=("code",),
        lookup=("name",),
        sort="code",
        columns=(
            Column("code", width=12, sort="code"),
            Column("team_name", value="name", width=16),
            Column("department", value=_department, width=16),
        ),
    ),
    Register(
        "people.roles",
        model=RoleGrant,
        noun="grant",
        natural_key=("id",),
        query=lambda ctx: RoleGrant.all().select_related("staff"),
        columns=(
            Column("staff", value="staff.name", width=10),
            Column("role", lambda ctx, row: role_name(row.role), width=16, sort="role"),
            Column("first_day", width=10, sort="first_day"),
            Column("last_day", lambda ctx, row: None if voided(row) else row.last_day, width=10),
            Column("state", lambda ctx, row: standing(row, ctx.today), width=10),
            Column("granted_by", lambda ctx, row: Login(row.granted_by), width=14, narrow=False),
        ),
    ),
    Register(
        "people.shifts",
        model=ShiftType,
        noun="shift",
        natural_key=("code",),
        lookup=("name",),
        sort="code",
        columns=(
            Column("code", width=8, sort="code"),
            Column("shift_name", value="name", width=12),
            Column("start_minute", value=lambda ctx, row: _clock(row.start_minute), width=6),
            Column("end_minute", value=lambda ctx, row: _clock(row.end_minute), width=6),
        ),
    ),
    Register(
        "people.duties",
        model=Duty,
        noun="duty",
        natural_key=("id",),
        sort="day",
        query=lambda ctx: Duty.all().select_related("staff", "shift"),
        columns=(
            Column("day", width=10, sort="day"),
            Column("staff_name", value="staff.name", width=10),
            Column("shift_name", value="shift.name", width=10),
            Column("start_at", width=16),
            Column("end_at", width=16),
        ),
        sections=(Column("staff", value="staff.login"), Column("shift", value="shift.code")),
    ),
    Register(
        "people.absences",
        model=Absence,
        noun="absence",
        natural_key=("id",),
        sort="first_day",
        query=lambda ctx: Absence.all().select_related("staff"),
        columns=(
            Column("staff", value="staff.name", width=10),
            Column("first_day", width=10, sort="first_day"),
            Column("last_day", width=10, sort="last_day"),
            Column("kind", value=lambda ctx, row: choice("people", row.kind), width=10),
            Column("note", width=20, secret=True),
        ),
    ),
)
