"""Steps, deputies, separation of duties, emergencies, and the inbox of findings: a host area any area may use."""

from pathlib import Path

from cstui.approvals import demo
from cstui.approvals.actions import ACTIONS, ask, propose
from cstui.approvals.due import due
from cstui.approvals.models import Finding, FindingState, Request, RequestState
from cstui.approvals.pairs import CHARTS
from cstui.approvals.registers import REGISTERS
from cstui.approvals.rules import RULES
from cstui.contract.declare import Area

AREA = Area(
    "approvals",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.approvals.models",
    migrations="cstui.approvals.migrations",
    rules=RULES,
    registers=REGISTERS,
    actions=ACTIONS,
    due=due,
    demo=demo.fill,
    charts=CHARTS,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "approvals_step_once" ON "approvals_decision" ("request_id", "step")',
    ),
)

__all__ = ["AREA", "Finding", "FindingState", "Request", "RequestState", "ask", "propose"]
