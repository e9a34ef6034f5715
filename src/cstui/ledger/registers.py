"""The lists of the ledger: postings, balances, charges. Who may only see their own is shown their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tortoise.expressions import RawSQL

from cstui.contract.context import Context
from cstui.contract.declare import Column, Register, Related
from cstui.ledger.charges import appeal_until, held, paid_out
from cstui.ledger.models import BasePay, Charge, ChargeState, DepartmentEntry, Overtime, Posting, PostingKind
from cstui.people import Staff
from cstui.people.enrol import department_name


def _hundredth(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-2)


def _sum(kind: PostingKind) -> RawSQL:
    """One sum a person, in the register's own query (Staff has no way back to its postings)."""
    return RawSQL(
        'coalesce((SELECT sum("amount") FROM "ledger_posting"'
        f' WHERE "person_id"="people_staff"."id" AND "kind"=\'{kind.value}\'), 0)'
    )


def _theirs(ctx: Context, rows: Any) -> Any:
    return rows if ctx.may("ledger.look") else rows.filter(person_id=ctx.actor.staff_id or 0)


def _until(ctx: Context, charge: Charge) -> Any:
    return appeal_until(ctx, charge) if charge.notified_on and charge.state is ChargeState.NOTIFIED else None


POSTINGS = Register(
    "ledger.postings",
    model=Posting,
    noun="posting",
    natural_key=("id",),
    query=lambda ctx: _theirs(ctx, Posting.all().select_related("person")),
    columns=(
        Column("id", width=6, align="right"),
        Column("day", width=10, sort="day"),
        Column("person", value="person.name", width=10),
        Column("kind", width=8),
        Column("amount", width=10, align="right"),
        Column("rule", width=12),
        Column("note", width=24),
        Column("reverses", value="reverses_id", width=8, narrow=False),
    ),
    sections=(Column("source"), Column("month"), Column("posted_by")),
    needs="ledger.own",
    private=True,
)

BALANCES = Register(
    "ledger.balances",
    model=Staff,
    noun="balance",
    natural_key=("login",),
    lookup=("number", "name"),
    sort="number",
    query=lambda ctx: Staff.all().annotate(points=_sum(PostingKind.POINTS), money=_sum(PostingKind.MONEY)),
    columns=(
        Column("number", width=8, sort="number"),
        Column("person", value="name", width=12),
        Column("points", value=lambda ctx, row: _hundredth(row.points), width=10, align="right"),
        Column("money", value=lambda ctx, row: _hundredth(row.money), width=12, align="right"),
    ),
    related=(Related("ledger.postings", "person_id", told=True), Related("ledger.charges", "person_id")),
)

CHARGES = Register(
    "ledger.charges",
    model=Charge,
    noun="charge",
    natural_key=("charge_no",),
    sort="-id",
    query=lambda ctx: _theirs(ctx, Charge.all().select_related("person")),
    columns=(
        Column("charge_no", width=14, sort="charge_no"),
        Column("person", value="person.name", width=8),
        Column("act", value=lambda ctx, row: row.told, width=18),
        Column("regulation_amount", width=9, align="right"),
        Column("amount", width=9, align="right"),
        Column("effect", width=10, narrow=False),
        Column("charge_state", value="state", width=10, sort="state"),
        Column("act_on", width=10, narrow=False),
        Column("rule", width=12, narrow=False),
    ),
    sections=(
        Column("charge_kind", value="kind"),
        Column("article"),
        Column("act_key"),
        Column("source"),
        Column("proposed_by"),
        Column("proposed_on"),
        Column("decided_by"),
        Column("decided_on"),
        Column("reasons"),
        Column("adopted_on"),
        Column("published_on"),
        Column("acknowledged_on"),
        Column("legal_basis"),
        Column("confirmed_by"),
        Column("loss_proof"),
        Column("notified_on"),
        Column("statement"),
        Column("heard_on"),
        Column("appealed_on"),
        Column("appeal"),
        Column("appeal_decided_by"),
        Column("appeal_reasons"),
        Column("appeal_until", value=_until),
        Column("held", value=lambda ctx, row: _hundredth(held(ctx, row) or None)),
        Column("taken"),
        Column("lapsed"),
        Column("paid_out", value=lambda ctx, row: _hundredth(paid_out(row))),
    ),
    needs="ledger.own",
    private=True,
)

BASE_PAYS = Register(
    "ledger.base_pays",
    model=BasePay,
    noun="base_pay",
    natural_key=("id",),
    query=lambda ctx: BasePay.all().select_related("person"),
    sort="-first_day",
    columns=(
        Column("id", width=6, align="right"),
        Column("person", value="person.name", width=12),
        Column("first_day", width=10, sort="first_day"),
        Column("base", width=10, align="right", secret=True),
        Column("contract", width=16),
        Column("consent", width=16, narrow=False),
    ),
    sections=(Column("entered_by"),),
    needs="ledger.pay",
)

OVERTIME = Register(
    "ledger.overtime",
    model=Overtime,
    noun="overtime",
    natural_key=("id",),
    query=lambda ctx: _theirs(ctx, Overtime.all().select_related("person")),
    sort="-day",
    columns=(
        Column("id", width=6, align="right"),
        Column("person", value="person.name", width=10),
        Column("day", width=10, sort="day"),
        Column("day_kind", width=12),
        Column("hours", width=6, align="right"),
        Column("written", width=9, align="right"),
        Column("floor", width=9, align="right"),
        Column("paid", value=lambda ctx, row: _hundredth(max(row.written, row.floor)), width=9, align="right"),
    ),
    sections=(Column("approval"), Column("posting", value="posting_id"), Column("entered_by")),
    needs="ledger.own",
    private=True,
)

DEPARTMENT_ENTRIES = Register(
    "ledger.department_entries",
    model=DepartmentEntry,
    noun="entry",
    natural_key=("id",),
    sort="-id",
    columns=(
        Column("id", width=6, align="right"),
        Column("day", width=10, sort="day"),
        Column("department", lambda ctx, row: department_name(row.department), width=16),
        Column("act", width=20),
        Column("budget", width=10, align="right", total="budget"),
        Column("points", width=8, align="right", total="points"),
        Column("rule", width=12, narrow=False),
        Column("reverses", value="reverses_id", width=8, narrow=False),
    ),
    sections=(Column("act_on"), Column("entered_by")),
)

REGISTERS = (POSTINGS, BALANCES, CHARGES, BASE_PAYS, OVERTIME, DEPARTMENT_ENTRIES)
