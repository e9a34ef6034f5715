"""Duties: each area on each day in one person's name, from due to done, looked at, excused or missed."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Consequence, Context, Register, Separation, choice
from cstui_hygiene.duties import acts, assigning, carrying, leaving, plan
from cstui_hygiene.duties.due import duties_due
from cstui_hygiene.duties.inputs import Assign, Because, EnterDone, Note
from cstui_hygiene.duties.state import is_missed, lateness
from cstui_hygiene.kinds import DutyState
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.rota.why import why_told


def _state(ctx: Context, duty: DutyAssignment) -> Any:
    """Its state; past its time it is missed, though nothing was written."""
    away = duty.away and duty.state is DutyState.DUE
    return choice("hygiene", "away" if away else "missed" if is_missed(ctx, duty) else duty.state.value)


DUTIES = Register(
    "hygiene.duties", DutyAssignment,
    (
        Column("day", width=10, sort="day"),
        Column("area", "area.name", width=16),
        Column("slot", width=8),
        Column("assignee", "assignee.name", width=10),
        Column("due_at", width=16, sort="due_at"),
        Column("duty_state", _state, width=8, sort="state"),
        Column("late", lateness, width=8, narrow=False),
        Column("done_by", "done_by.name", width=10, narrow=False),
        Column("rota", "rota.rota_no", width=12, narrow=False),
    ),
    noun="duty", natural_key=("id",), sort="-day",
    query=lambda ctx: DutyAssignment.all().select_related(
        "area", "assignee", "rota", "done_by", "verified_by", "swap_of__assignee"
    ),
    sections=(
        Column("done_at"), Column("verified_by", "verified_by.name"), Column("rejections"), Column("note"),
        Column("moved_from", section="why"), Column("instead_of", "swap_of.assignee.name", section="why"),
        Column("carried", lambda ctx, duty: bool(duty.carried_from_id) or None, section="why"),
        Column("why", lambda ctx, duty: why_told(duty), section="why"),
    ),
)  # fmt: skip
DONE = Action(
    "hygiene.done", run=acts.done, needs="hygiene.own", target="rows", register="hygiene.duties", mnemonic="d",
    rules=("hygiene-01", "hygiene-02", "hygiene-11"), blocked=acts.done_blocked, inverse="hygiene.take_back_duty",
)  # fmt: skip
ENTER = Action(
    "hygiene.enter_done", run=acts.enter_done, needs="hygiene.arrange", input=EnterDone, target="rows",
    register="hygiene.duties", mnemonic="e", rules=("hygiene-02",), blocked=acts.enter_blocked,
    inverse="hygiene.take_back_duty",
)  # fmt: skip
ASSIGN = Action(
    "hygiene.assign_duty", run=assigning.assign, needs="hygiene.arrange", input=Assign, target="rows",
    register="hygiene.duties", mnemonic="a", rules=("hygiene-10",), blocked=acts.open_blocked,
    prefill=assigning.assign_prefill,
)  # fmt: skip
SKIP = Action(
    "hygiene.skip_duty", run=acts.skip, needs="hygiene.arrange", input=Because, target="rows",
    register="hygiene.duties", mnemonic="s", rules=("hygiene-10",), blocked=acts.open_blocked,
    inverse="hygiene.take_back_duty",
)  # fmt: skip
TAKE_BACK = Action(
    "hygiene.take_back_duty", run=acts.take_back, needs="hygiene.own", target="rows", register="hygiene.duties",
    mnemonic="t", blocked=acts.take_back_blocked, settles=False,
)  # fmt: skip
VERIFY = Action(
    "hygiene.verify_duty", run=acts.verify, needs="hygiene.inspect", target="rows", register="hygiene.duties",
    mnemonic="v", blocked=acts.verify_blocked, separate=(Separation("done_by_id"),),
)  # fmt: skip
REJECT = Action(
    "hygiene.reject_duty", run=acts.reject, needs="hygiene.inspect", input=Because, target="rows",
    register="hygiene.duties", mnemonic="x", blocked=acts.verify_blocked, separate=(Separation("done_by_id"),),
)  # fmt: skip
CARRY = Action(
    "hygiene.carry_duty", run=carrying.carry, needs="hygiene.arrange", target="row", register="hygiene.duties",
    mnemonic="c", rules=("hygiene-11",), blocked=carrying.carry_blocked,
)  # fmt: skip
NOTE = Action(
    "hygiene.note_duty", run=acts.note, needs="hygiene.arrange", input=Note, target="rows", register="hygiene.duties",
    mnemonic="n",
)  # fmt: skip
PASS_ON = Action(
    "hygiene.pass_on_duty", run=acts.pass_on, needs="hygiene.decide", target="row", register="hygiene.duties",
    mnemonic="p", rules=("hygiene-01", "hygiene-11"), blocked=acts.pass_on_blocked,
)  # fmt: skip

REGISTERS = (DUTIES,)
ACTIONS = (
    DONE,
    ENTER,
    ASSIGN,
    SKIP,
    TAKE_BACK,
    VERIFY,
    REJECT,
    CARRY,
    NOTE,
    PASS_ON,
)
DUE = (duties_due,)
CONSEQUENCES = (
    Consequence("people.leave", leaving.left),
    Consequence("people.record_absence", leaving.goes_away),
    Consequence("people.end_absence", leaving.comes_back),
)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_hygiene_one_duty" ON "hygiene_duty" ("area_id", "day", "slot") '
    'WHERE "state" <> \'excused\' AND "slot" <> \'after_use\' AND "carried_from_id" IS NULL',
)
CHARTS = plan.CHARTS
