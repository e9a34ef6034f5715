"""Staff, teams, roles, shifts on duty, absences: the people service, a host area other areas may point to."""

from pathlib import Path

from cstui.contract.declare import Area
from cstui.people import due
from cstui.people.actions import ACTIONS
from cstui.people.inputs import Person
from cstui.people.models import Absence, Duty, RoleGrant, ShiftType, Staff, Team
from cstui.people.registers import REGISTERS
from cstui.people.service import (
    duty_on,
    has_pin,
    holders,
    holders_of,
    is_absent,
    is_gone,
    names_of,
    on_duty,
    role_name,
    roles_of,
    shift_end,
    verify_pin,
)

AREA = Area(
    "people",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.people.models",
    migrations="cstui.people.migrations",
    registers=REGISTERS,
    actions=ACTIONS,
    due=due.items,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "people_pin_once" ON "people_pin" ("staff_id")',
        'CREATE UNIQUE INDEX IF NOT EXISTS "people_duty_once" ON "people_duty" ("staff_id", "day", "shift_id")',
    ),
)

__all__ = [
    "AREA", "Absence", "Duty", "Person", "RoleGrant", "ShiftType", "Staff", "Team", "duty_on", "has_pin", "holders",
    "holders_of", "is_absent", "is_gone", "names_of", "on_duty", "role_name", "roles_of", "shift_end", "verify_pin",
]  # fmt: skip
