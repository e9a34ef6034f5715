"""Staff, teams, roles, shifts on duty, absences: the people service, a host area other areas may point to."""

from pathlib import Path

from cstui.contract.declare import Area
from cstui.people import demo, due
from cstui.people.actions import ACTIONS
from cstui.people.inputs import Person
from cstui.people.models import Absence, Duty, RoleGrant, ShiftType, Staff, Team
from cstui.people.registers import REGISTERS
from cstui.people.rules import RULES
from cstui.people.service import (
    GRANTING,
    check_role,
    covering,
    duty_on,
    fits,
    holders,
    holders_of,
    is_absent,
    is_gone,
    names_of,
    on_duty,
    pin_of,
    role_name,
    roles_of,
    roles_with,
    shift_end,
    standing,
    voided,
)

AREA = Area(
    "people",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.people.models",
    migrations="cstui.people.migrations",
    rules=RULES,
    registers=REGISTERS,
    actions=ACTIONS,
    due=due.items,
    demo=demo.fill,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "people_pin_once" ON "people_pin" ("staff_id")',
        'CREATE UNIQUE INDEX IF NOT EXISTS "people_duty_once" ON "people_duty" ("staff_id", "day", "shift_id")',
    ),
)

__all__ = [
    "AREA", "GRANTING", "Absence", "Duty", "Person", "RoleGrant", "ShiftType", "Staff", "Team", "check_role",
    "covering", "duty_on", "fits", "holders", "holders_of", "is_absent", "is_gone", "names_of", "on_duty", "pin_of",
    "role_name", "roles_of", "roles_with", "shift_end", "standing", "voided",
]  # fmt: skip
