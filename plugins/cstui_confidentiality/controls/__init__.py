"""Controls of documents, led by management: is the sample there, are its readers right?"""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Related
from cstui_confidentiality.controls import acts, demo, due
from cstui_confidentiality.controls.inputs import Wrong
from cstui_confidentiality.kinds import ControlState
from cstui_confidentiality.models import ControlCheck, ControlLine
from cstui_confidentiality.scope.circle import HIDDEN, within

__all__ = ["ACTIONS", "CONSTRAINTS", "DUE", "REGISTERS", "demo"]

_CHECKS, _LINES, KEEP = "confidentiality.checks", "confidentiality.check_lines", "confidentiality.keep"


def _place(ctx: Context, line: ControlLine) -> Any:
    """Where to look: whoever makes a control has to know, as long as it goes on."""
    if line.asset is None:
        return None
    looks = line.check.state is ControlState.DRAFT and line.check.inspector_id == ctx.actor.staff_id
    return line.asset.location if looks or within(ctx, line.asset) else HIDDEN


def _readers(ctx: Context, line: ControlLine) -> Any:
    return line.asset and "、".join(one.staff.name for one in line.asset.readers if one.until is None)


CHECKS = Register(
    _CHECKS, ControlCheck,
    (
        Column("check_no", width=14, sort="check_no"), Column("day", width=10, sort="day"),
        Column("check_state", "state", width=10, sort="state"), Column("inspector", "inspector.name", width=10),
        Column("check_signed_at", "signed_at", width=16),
    ),
    noun="check", natural_key=("check_no",), sort="-id", needs=KEEP,
    query=lambda ctx: ControlCheck.all().select_related("inspector"),
    related=(Related(_LINES, "check"),),
)  # fmt: skip
LINES = Register(
    _LINES, ControlLine,
    (
        Column("asset", "asset.asset_no", width=10), Column("kept_at", _place, width=14),
        Column("readers", _readers, width=12), Column("looked_at", lambda ctx, line: acts.asked(line), width=16),
        Column("located", width=12), Column("keeper_name", "asset.keeper.name", width=8, narrow=False),
        Column("check_remark", "remark", width=18, narrow=False),
    ),
    noun="check_line", natural_key=("line_no",), sort="-check_id", needs=KEEP,
    query=lambda ctx: ControlLine.all().select_related("check__inspector").prefetch_related(
        "asset__keeper", "asset__readers__staff"
    ),
    sections=(Column("line_no"), Column("check", "check.check_no")),
)  # fmt: skip

BEGIN = Action(
    "confidentiality.begin_check", run=acts.begin, needs=KEEP, register=_CHECKS, mnemonic="n", rules=(acts.RULE,),
)  # fmt: skip
SIGN = Action(
    "confidentiality.sign_check", run=acts.sign, needs=KEEP, target="row", register=_CHECKS, mnemonic="s",
    rules=(acts.RULE,), blocked=acts.sign_blocked,
)  # fmt: skip
DROP = Action(
    "confidentiality.drop_check", run=acts.drop, needs=KEEP, target="row", register=_CHECKS, mnemonic="x",
    blocked=acts.drop_blocked, dangerous=True,
)  # fmt: skip
IN_ORDER = Action(
    "confidentiality.line_in_order", run=acts.in_order, needs=KEEP, target="rows", register=_LINES, mnemonic="y",
    rules=(acts.RULE,), blocked=acts.line_blocked, settles=False,
)  # fmt: skip
WRONG = Action(
    "confidentiality.line_wrong_readers", run=acts.wrong_readers, needs=KEEP, input=Wrong, target="rows",
    register=_LINES, mnemonic="w", rules=(acts.RULE,), blocked=acts.line_blocked, settles=False,
)  # fmt: skip
MISSING = Action(
    "confidentiality.line_missing", run=acts.missing, needs=KEEP, input=Wrong, target="rows", register=_LINES,
    mnemonic="m", rules=(acts.RULE,), blocked=acts.line_blocked, settles=False,
)  # fmt: skip

REGISTERS = (CHECKS, LINES)
ACTIONS = (BEGIN, SIGN, DROP, IN_ORDER, WRONG, MISSING)
DUE = (due.checks, due.leadership)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_confidentiality_one_check" ON "confidentiality_check" ("state") '
    "WHERE \"state\" = 'draft'",
)
