"""Inspections: a walk through the items of a sheet, signed with a score; what failed becomes a defect."""

from __future__ import annotations

from cstui.api import Action, Column, Register, Related, Separation
from cstui_hygiene.inspections import acts
from cstui_hygiene.inspections.due import inspections_due
from cstui_hygiene.inspections.inputs import BeginInspection, Fail, NamePlace
from cstui_hygiene.models import HygieneInspection, InspectionItem
from cstui_hygiene.sheets import asked, told

INSPECTIONS = Register(
    "hygiene.inspections", HygieneInspection,
    (
        Column("inspection_no", width=14, sort="inspection_no"), Column("day", width=10, sort="day"),
        Column("inspected_area", "area.name", width=14), Column("staff", "staff.name", width=8),
        Column("inspection_kind", "kind", width=8), Column("inspection_state", "state", width=6, sort="state"),
        Column("score", width=7, align="right"),
        Column("inspector", "inspector.name", width=8, narrow=False),
    ),
    noun="inspection", natural_key=("inspection_no",), sort="-id",
    query=lambda ctx: HygieneInspection.all().select_related("area", "staff", "inspector"),
    sections=(Column("area", "area.code"), Column("signed_at")),
    related=(Related("hygiene.items", "inspection"), Related("hygiene.defects", "inspection")),
)  # fmt: skip
ITEMS = Register(
    "hygiene.items", InspectionItem,
    (
        Column("item", width=14),
        Column("verdict", width=10),
        Column("points", width=6, align="right"),
        Column("deduction", lambda ctx, item: told(item.deduction) if item.deduction else None, width=6, align="right"),
        Column("place", width=10), Column("remark", width=16),
        Column("item_no", width=26, sort="item_no", narrow=False),
    ),
    noun="item", natural_key=("item_no",), sort="-inspection_id",
    query=lambda ctx: InspectionItem.all().select_related("inspection__inspector", "person"),
    sections=(
        Column("asked", lambda ctx, item: asked(ctx, item.item, item.inspection.day)),
        Column("named_person", "person.name"), Column("phone"), Column("inspection", "inspection.inspection_no"),
    ),
)  # fmt: skip
BEGIN = Action(
    "hygiene.begin_inspection", run=acts.begin, needs="hygiene.inspect", input=BeginInspection,
    register="hygiene.inspections", mnemonic="i", rules=("hygiene-47",),
    separate=(Separation("staff"),),
)  # fmt: skip
SIGN = Action(
    "hygiene.sign_inspection", run=acts.sign, needs="hygiene.inspect", target="row", register="hygiene.inspections",
    mnemonic="s", rules=("hygiene-47",), blocked=acts.sign_blocked,
)  # fmt: skip
DROP = Action(
    "hygiene.drop_inspection", run=acts.drop, needs="hygiene.inspect", target="row", register="hygiene.inspections",
    mnemonic="x", blocked=acts.drop_blocked, dangerous=True,
)  # fmt: skip
PASS = Action(
    "hygiene.pass_item", run=acts.pass_items, needs="hygiene.inspect", target="rows", register="hygiene.items",
    mnemonic="y", blocked=acts.item_blocked, settles=False,
)  # fmt: skip
FAIL = Action(
    "hygiene.fail_item", run=acts.fail, needs="hygiene.inspect", input=Fail, target="rows", register="hygiene.items",
    mnemonic="n", blocked=acts.item_blocked, settles=False,
)  # fmt: skip
NOT_APPLICABLE = Action(
    "hygiene.no_such_item", run=acts.not_applicable, needs="hygiene.inspect", target="rows", register="hygiene.items",
    mnemonic="o", blocked=acts.item_blocked, settles=False,
)  # fmt: skip
PLACE = Action(
    "hygiene.name_place", run=acts.name_place, needs="hygiene.inspect", input=NamePlace, target="rows",
    register="hygiene.items", mnemonic="p", rules=("hygiene-03",), blocked=acts.item_blocked, settles=False,
)  # fmt: skip

REGISTERS = (INSPECTIONS, ITEMS)
ACTIONS = (
    BEGIN,
    SIGN,
    DROP,
    PASS,
    FAIL,
    NOT_APPLICABLE,
    PLACE,
)
DUE = (inspections_due,)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_hygiene_one_walk" ON "hygiene_inspection" ("area_id") '
    'WHERE "state" = \'draft\' AND "area_id" IS NOT NULL',
)
