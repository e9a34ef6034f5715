"""Lists of requests, decisions, findings, deputies and what was done in an emergency."""

from __future__ import annotations

from cstui.approvals import overrides
from cstui.approvals.models import Decision, Deputy, Finding, Request, RequestState
from cstui.contract.context import Context
from cstui.contract.declare import Column, Register, Related
from cstui.contract.text import Login, Text
from cstui.people import role_name, standing


def _title(ctx: Context, row: Request | Finding) -> Text | str:
    return row.told if row.words else row.title


REGISTERS = (
    Register(
        "approvals.requests",
        model=Request,
        noun="request",
        natural_key=("id",),
        columns=(
            Column("title", _title, width=30),
            Column("requester_login", width=14),
            Column("state", width=10),
            Column("step", lambda ctx, row: row.step + (row.state != RequestState.APPROVED), 6, align="right"),
            Column("opened_at", width=16),
        ),
        related=(Related("approvals.decisions", "request_id", told=True),),
    ),
    Register(
        "approvals.decisions",
        model=Decision,
        noun="decision",
        natural_key=("id",),
        query=lambda ctx: Decision.all().select_related("request", "by", "instead_of"),
        columns=(
            Column("title", lambda ctx, row: _title(ctx, row.request), width=30),
            Column("step", value=lambda ctx, row: row.step + 1, width=6, align="right"),
            Column("requester_login", lambda ctx, row: Login(row.request.requester_login), width=12),
            Column("by", value=lambda ctx, row: row.by.name if row.by else row.by_login, width=12),
            Column("instead_of", value="instead_of.name", width=12, narrow=False),
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
            Column("title", _title, width=30),
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
            Column("role", lambda ctx, row: role_name(row.role), width=16, sort="role"),
            Column("first_day", width=10),
            Column("last_day", width=10),
            Column("state", lambda ctx, row: standing(row, ctx.today), width=10),
        ),
    ),
    overrides.REGISTER,
)
