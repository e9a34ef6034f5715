"""The field force: groups that clean ground and drains, one a day, each day led and put on record."""

from __future__ import annotations

from cstui.api import Action, Column, Register
from cstui_hygiene.field import acts
from cstui_hygiene.field import due as matters
from cstui_hygiene.field.inputs import MoveGroup, NameOfficer, PlanWeek, RecordLabour
from cstui_hygiene.models import FieldCleaningDay

DAYS = Register(
    "hygiene.field_days", FieldCleaningDay,
    (
        Column("day", width=10, sort="day"), Column("group", width=5),
        Column("zones", width=20),
        Column("officer", "officer.name", width=8),
        Column("people_present", width=8, align="right", total="people_present"),
        Column("field_state", "state", width=13, sort="state"),
        Column("result", width=24, narrow=False),
    ),
    noun="labour", natural_key=("field_no",), sort="-day",
    query=lambda ctx: FieldCleaningDay.all().select_related("officer"),
    sections=(Column("field_no"), Column("recorded_by"), Column("recorded_at"), Column("countersigned_by")),
)  # fmt: skip
PLAN = Action(
    "hygiene.plan_week", run=acts.plan, needs="hygiene.arrange", input=PlanWeek, register="hygiene.field_days",
    mnemonic="n", rules=("hygiene-38",), prefill=acts.plan_prefill,
)  # fmt: skip
OFFICER = Action(
    "hygiene.name_officer", run=acts.name_officer, needs="hygiene.arrange", input=NameOfficer, target="rows",
    register="hygiene.field_days", mnemonic="a", rules=("hygiene-37",), blocked=acts.open_blocked,
)  # fmt: skip
MOVE = Action(
    "hygiene.move_group", run=acts.move, needs="hygiene.arrange", input=MoveGroup, target="row",
    register="hygiene.field_days", mnemonic="m", rules=("hygiene-38",), blocked=acts.open_blocked,
)  # fmt: skip
RECORD = Action(
    "hygiene.record_labour", run=acts.record, needs="hygiene.own", input=RecordLabour, target="row",
    register="hygiene.field_days", mnemonic="l", rules=("hygiene-40",), blocked=acts.record_blocked,
    prefill=acts.record_prefill,
)  # fmt: skip
COUNTERSIGN = Action(
    "hygiene.countersign_field", run=acts.countersign, needs="hygiene.inspect", target="rows",
    register="hygiene.field_days", mnemonic="c", rules=("hygiene-40",), blocked=acts.countersign_blocked,
)  # fmt: skip

REGISTERS = (DAYS,)
ACTIONS = (
    PLAN,
    OFFICER,
    MOVE,
    RECORD,
    COUNTERSIGN,
)
DUE = (matters.field,)
