"""Loans that a supervisor should see (keys-22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from cstui.api import Context, DueItem, RuleInForce, Text, utc
from cstui.people import names_of
from cstui_keys.models import Loan, LoanLine

_KEYS = "keys.keys"


async def loans_out(ctx: Context) -> list[DueItem]:
    """Loans not back: overdue (warning, then critical), due today, or just out (keys-22)."""
    lines = await LoanLine.filter(back_at__isnull=True).select_related("loan__borrower", "key").order_by("id")
    by_loan: dict[int, list[LoanLine]] = defaultdict(list)
    for line in lines:
        by_loan[line.loan_id].append(line)
    issuers = await names_of(line.loan.issued_by for line in lines)
    return [_loan_item(ctx, ctx.rule("keys-22"), group, issuers) for group in by_loan.values()]


def _loan_item(ctx: Context, rule: RuleInForce, lines: Sequence[LoanLine], issuers: Mapping[str, str]) -> DueItem:
    loan: Loan = lines[0].loan
    now = utc(ctx.now)
    late = now - loan.due_at
    names = "、".join(line.key.label_text for line in lines[:3]) + (f" +{len(lines) - 3}" if len(lines) > 3 else "")
    overdue = rule.on and late > timedelta(0)
    today = rule.on and not overdue and ctx.local(loan.due_at).date() == ctx.today
    word = "overdue" if overdue else "due_today" if today else "out"
    critical = overdue and late > rule.loan_overdue_critical
    proof = [
        Text("keys.proof.keys", keys="、".join(line.key.tag_no for line in lines)),
        Text("keys.proof.out", at=loan.out_at, loan=loan.loan_no, by=issuers[loan.issued_by]),
        Text("keys.proof.reason", reason=loan.work_reason, order=loan.work_order or "—"),
        Text(f"keys.proof.due_{loan.due_basis}", due=loan.due_at, longest=rule.loan_max, reason=loan.extend_reason),
        Text("keys.proof.now", now=now),
    ]
    if overdue:
        proof.append(Text("keys.proof.late", late=late, critical=rule.loan_overdue_critical))
    if loan.reminders and loan.reminded_at:
        proof.append(Text("keys.proof.reminded", count=loan.reminders, at=loan.reminded_at))
    state = {
        "overdue": Text("keys.state.late", late=late),
        "due_today": Text("keys.state.due", due=loan.due_at),
        "out": Text("keys.state.since", since=loan.out_at),
    }[word]
    return DueItem(
        id=f"keys.loan.{loan.id}.{word}",
        severity="critical" if critical else "warning" if overdue or today else "info",
        title=Text(f"keys.due.{word}", keys=names, person=loan.borrower.name),
        rule=rule.id,
        person=loan.borrower.name,
        person_id=loan.borrower_id,
        due=loan.due_at,
        state=state,
        register=_KEYS,
        records=tuple(line.key_id for line in lines),
        actions=("keys.return", "keys.remind", "keys.extend", "keys.report_lost"),
        proof=tuple(proof),
    )
