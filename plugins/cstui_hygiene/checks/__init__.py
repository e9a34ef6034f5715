"""One's own look at dress, desk and surroundings, on arrival and on leaving, on each day on duty."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, choice
from cstui_hygiene.checks import acts
from cstui_hygiene.checks.due import checks_due
from cstui_hygiene.checks.inputs import Arriving, Excuse, Leaving
from cstui_hygiene.models import PersonalCheck


def _state(ctx: Context, check: PersonalCheck) -> Any:
    """Made, excused, still open, or missed once its day is over."""
    if check.excused:
        return choice("hygiene", "excused")
    if check.left_at:
        return choice("hygiene", "done")
    return choice("hygiene", "due" if check.day == ctx.today else "missed")


CHECKS = Register(
    "hygiene.checks", PersonalCheck,
    (
        Column("day", width=12, sort="day"), Column("staff", "staff.name", width=10),
        Column("check_state", _state, width=8), Column("arrived_at", width=16), Column("left_at", width=16),
        Column("check_no", width=18, sort="check_no", narrow=False),
    ),
    noun="check", natural_key=("check_no",), sort="-day",
    query=lambda ctx: PersonalCheck.all().select_related("staff"),
    sections=(
        Column("dress_ok"), Column("tidy_ok"), Column("desk_ok"), Column("rubbish_ok"), Column("chair_ok"),
        Column("reminded_at"), Column("excused"),
    ),
)  # fmt: skip
ARRIVE = Action(
    "hygiene.arrive", run=acts.arrive, needs="hygiene.own", input=Arriving, register="hygiene.checks", mnemonic="a",
    rules=("hygiene-07", "hygiene-09", "hygiene-23", "hygiene-46"),
)  # fmt: skip
LEAVE = Action(
    "hygiene.leave", run=acts.leave, needs="hygiene.own", input=Leaving, register="hygiene.checks", mnemonic="l",
    rules=("hygiene-04", "hygiene-05", "hygiene-08", "hygiene-12"),
)  # fmt: skip
REMIND = Action(
    "hygiene.remind_check", run=acts.remind, needs="hygiene.arrange", target="rows", register="people.staff",
    mnemonic="m", rules=("hygiene-08",),
)  # fmt: skip
EXCUSE = Action(
    "hygiene.excuse_check", run=acts.excuse, needs="hygiene.arrange", input=Excuse, target="rows",
    register="people.staff", mnemonic="u", rules=("hygiene-08",),
)  # fmt: skip

REGISTERS = (CHECKS,)
ACTIONS = (
    ARRIVE,
    LEAVE,
    REMIND,
    EXCUSE,
)
DUE = (checks_due,)
CONSTRAINTS = ('CREATE UNIQUE INDEX IF NOT EXISTS "uq_hygiene_one_check" ON "hygiene_check" ("staff_id", "day")',)
