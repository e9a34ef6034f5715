"""Defects: what is to be put right, by whom and until when, and looked at again by another person."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Separation, Text, choice
from cstui_hygiene.defects import acts
from cstui_hygiene.defects.due import defects_due, monitors_due
from cstui_hygiene.defects.inputs import NameResponsible, Raise, Recheck, RefuseReport
from cstui_hygiene.defects.terms import is_overdue
from cstui_hygiene.models import HygieneDefect


def _state(ctx: Context, defect: HygieneDefect) -> Any:
    """Its state; past its time it is overdue, though nothing was written."""
    return choice("hygiene", "overdue" if is_overdue(ctx, defect) else defect.state.value)


DEFECTS = Register(
    "hygiene.defects", HygieneDefect,
    (
        Column("defect_no", width=14, sort="defect_no"), Column("defect_area", "area.name", width=12),
        Column("item", width=12), Column("remark", width=14),
        Column("responsible", "responsible.name", width=8), Column("defect_due", "due_at", width=16, sort="due_at"),
        Column("defect_state", _state, width=8, sort="state"),
        Column("found_at", width=16, sort="found_at", narrow=False),
    ),
    noun="defect", natural_key=("defect_no",), sort="-id",
    query=lambda ctx: HygieneDefect.all().select_related("area", "responsible", "inspection", "fixed_by"),
    sections=(
        Column("rule"), Column("place"), Column("phone"), Column("named"),
        Column("severity", lambda ctx, defect: Text(f"severity.{defect.severity}")),
        Column("found_by"),
        Column("inspection", "inspection.inspection_no"), Column("counted_from"), Column("passed_on"),
        Column("fixed_at", section="second_look"), Column("fixed_by", "fixed_by.name", section="second_look"),
        Column("rechecked_by", section="second_look"), Column("closed_at", section="second_look"),
        Column("reopened", section="second_look"), Column("note", section="second_look"),
    ),
)  # fmt: skip
RAISE = Action(
    "hygiene.raise_defect", run=acts.raise_defect, needs="hygiene.inspect", input=Raise, register="hygiene.defects",
    mnemonic="d", rules=("hygiene-47",),
)  # fmt: skip
REPORT = Action(
    "hygiene.report_defect", run=acts.report, needs="hygiene.report", input=Raise, register="hygiene.defects",
    mnemonic="r", rules=("hygiene-42",),
)  # fmt: skip
ACCEPT = Action(
    "hygiene.accept_defect", run=acts.accept, needs="hygiene.decide", target="row", register="hygiene.defects",
    mnemonic="a", rules=("hygiene-42",), blocked=acts.reported_only,
)  # fmt: skip
REFUSE = Action(
    "hygiene.refuse_defect", run=acts.refuse, needs="hygiene.decide", input=RefuseReport, target="row",
    register="hygiene.defects", mnemonic="o", rules=("hygiene-42",), blocked=acts.reported_only,
)  # fmt: skip
FIX = Action(
    "hygiene.fix_defect", run=acts.fix, needs="hygiene.own", target="rows", register="hygiene.defects", mnemonic="f",
    rules=("hygiene-47",), blocked=acts.open_only,
)  # fmt: skip
RECHECK = Action(
    "hygiene.recheck_defect", run=acts.recheck, needs="hygiene.inspect", input=Recheck, target="row",
    register="hygiene.defects", mnemonic="x", rules=("hygiene-47",), blocked=acts.fixed_only,
    separate=(Separation("fixed_by", "hygiene-47"),),
)  # fmt: skip
NAME = Action(
    "hygiene.name_responsible", run=acts.name_responsible, needs="hygiene.inspect", input=NameResponsible, target="row",
    register="hygiene.defects", mnemonic="n", rules=("hygiene-13", "hygiene-20"), blocked=acts.name_blocked,
    settles=False,
)  # fmt: skip
PASS_ON = Action(
    "hygiene.pass_on_defect", run=acts.pass_on, needs="hygiene.decide", target="row", register="hygiene.defects",
    mnemonic="p", rules=("hygiene-47",), blocked=acts.pass_on_blocked,
)  # fmt: skip

REGISTERS = (DEFECTS,)
ACTIONS = (
    RAISE,
    REPORT,
    ACCEPT,
    REFUSE,
    FIX,
    RECHECK,
    NAME,
    PASS_ON,
)
DUE = (defects_due, monitors_due)
