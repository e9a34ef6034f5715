"""Steps, deputies, separation of duties, and the inbox of findings: a host area any area may use."""

from collections.abc import Sequence
from pathlib import Path

from cstui.approvals.actions import ACTIONS, ask, may_decide, propose, why_not
from cstui.approvals.models import Decision, Deputy, Finding, FindingState, Request, RequestState
from cstui.contract.context import Context
from cstui.contract.declare import Area, Column, DueItem, Register, Related
from cstui.contract.text import Text, Verbatim


async def due(ctx: Context) -> Sequence[DueItem]:
    """Open requests and findings, oldest first; those that wait for somebody else for information."""
    items = [
        DueItem(
            f"approvals.request:{request.pk}",
            "info" if await why_not(ctx, request) else "warning",
            Verbatim(request.title),
            rule=ctx.services.kinds[request.kind].rule if request.kind in ctx.services.kinds else "",
            person=request.requester.name if request.requester else request.requester_login,
            person_id=request.requester_id,
            due=request.opened_at,
            state=Text("approvals.due.to_decide"),
            register="approvals.requests",
            records=(request.pk,),
            actions=("approvals.approve", "approvals.refuse"),
        )
        for request in await Request.filter(state=RequestState.ASKED).select_related("requester").order_by("id")
    ]
    items += [
        DueItem(
            f"approvals.finding:{finding.pk}",
            "warning",
            Verbatim(finding.title),
            rule=finding.rule,
            person=finding.person.name if finding.person else "",
            person_id=finding.person_id,
            due=finding.found_at,
            state=Text("approvals.due.to_decide"),
            register="approvals.findings",
            records=(finding.pk,),
            actions=("approvals.accept_finding", "approvals.reject_finding"),
        )
        for finding in await Finding.filter(state=FindingState.OPEN).select_related("person").order_by("id")
    ]
    return items


AREA = Area(
    "approvals",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.approvals.models",
    migrations="cstui.approvals.migrations",
    registers=(
        Register(
            "approvals.requests",
            model=Request,
            noun="request",
            natural_key=("id",),
            columns=(
                Column("title", width=30),
                Column("requester_login", width=14),
                Column("state", width=10),
                Column("step", width=6, align="right"),
                Column("opened_at", width=16),
            ),
            related=(Related("approvals.decisions", "request_id"),),
        ),
        Register(
            "approvals.decisions",
            model=Decision,
            noun="decision",
            natural_key=("id",),
            query=lambda ctx: Decision.all().select_related("request", "by"),
            columns=(
                Column("title", value="request.title", width=30),
                Column("step", value=lambda ctx, row: row.step + 1, width=6, align="right"),
                Column("by", value=lambda ctx, row: row.by.name if row.by else row.by_login, width=12),
                Column("verdict", width=10),
                Column("at", width=16),
                Column("note", width=24, narrow=False),
            ),
        ),
        Register(
            "approvals.findings",
            model=Finding,
            noun="finding",
            natural_key=("id",),
            query=lambda ctx: Finding.all().select_related("person"),
            columns=(
                Column("title", width=30),
                Column("person", value="person.name", width=10),
                Column("rule", width=10),
                Column("state", width=10),
                Column("found_at", width=16, narrow=False),
                Column("decision", width=20, narrow=False),
            ),
        ),
        Register(
            "approvals.deputies",
            model=Deputy,
            noun="deputy",
            natural_key=("id",),
            query=lambda ctx: Deputy.all().select_related("staff", "deputy"),
            columns=(
                Column("staff", value="staff.name", width=10),
                Column("deputy", value="deputy.name", width=10),
                Column("role", width=16),
                Column("first_day", width=10),
                Column("last_day", width=10),
            ),
        ),
    ),
    actions=ACTIONS,
    due=due,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "approvals_step_once" ON "approvals_decision" ("request_id", "step")',
    ),
)

__all__ = ["AREA", "Finding", "Request", "ask", "may_decide", "propose"]
