"""Loans as pictures: who has which keys and how late, and at which hours keys go out and come back."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from cstui.api import (
    Board,
    Card,
    Chart,
    Context,
    Datum,
    Figures,
    Lane,
    Period,
    Series,
    Severity,
    Text,
    Verbatim,
    utc,
)
from cstui_keys.models import Loan, LoanLine

LANES: tuple[tuple[str, Severity], ...] = (
    ("very_late", "critical"), ("late", "warning"), ("today", "warning"), ("out", "info")
)  # fmt: skip
SHOWN = 3
"""Keys that a card names."""


async def holders(ctx: Context, period: Period) -> Board:
    """Every loan that isn't back in a column by its lateness, the latest first (keys-22)."""
    lines = LoanLine.filter(back_at__isnull=True).select_related("loan__borrower", "key").order_by("loan__due_at", "id")
    loans: dict[int, list[LoanLine]] = defaultdict(list)
    for line in await lines:
        loans[line.loan_id].append(line)
    cards: dict[str, list[Card]] = {name: [] for name, _ in LANES}
    severity = dict(LANES)
    for group in loans.values():
        lane = _lane(ctx, group[0].loan)
        cards[lane].append(_card(ctx, group, lane, severity[lane]))
    return Board(tuple(Lane(Text(f"keys.lane.{name}"), tuple(cards[name])) for name, _ in LANES), register="keys.loans")


def _lane(ctx: Context, loan: Loan) -> str:
    rule = ctx.rule("keys-22")
    late = utc(ctx.now) - loan.due_at
    if rule.on and late > timedelta(0):
        return "very_late" if late > rule.loan_overdue_critical else "late"
    return "today" if rule.on and ctx.local(loan.due_at).date() == ctx.today else "out"


def _card(ctx: Context, lines: list[LoanLine], lane: str, severity: Severity) -> Card:
    loan: Loan = lines[0].loan
    keys = "、".join(line.key.label_text for line in lines[:SHOWN])
    more = f" +{len(lines) - SHOWN}" if len(lines) > SHOWN else ""
    state = Text("keys.state.due", due=loan.due_at)
    if lane in {"very_late", "late"}:
        state = Text("keys.state.late", late=utc(ctx.now) - loan.due_at)
    remark = Text("keys.chart.card", state=state, keys=keys + more)
    return Card(Verbatim(loan.borrower.name), remark, severity, (loan.id,))


async def load_by_hour(ctx: Context, period: Period) -> Figures:
    """Keys handed out and taken back in a period, by the hour of the day: when the desk is busy."""
    first, last = (utc(ctx.moment(day, minutes)) for day, minutes in ((period.first, 0), (period.last, 24 * 60)))
    out = await LoanLine.filter(loan__out_at__gte=first, loan__out_at__lt=last).values_list("loan__out_at", "loan_id")
    back = await LoanLine.filter(back_at__gte=first, back_at__lt=last).values_list("back_at", "loan_id")
    hours = [(ctx.local(at).hour, loan) for at, loan in (*out, *back)]
    begin, end = min((hour for hour, _ in hours), default=0), max((hour for hour, _ in hours), default=-1)
    return Figures(
        tuple(f"{hour:02}:00" for hour in range(begin, end + 1)),
        (
            Series(Text("keys.chart.lent"), _by_hour(ctx, out, begin, end)),
            Series(Text("keys.chart.returned"), _by_hour(ctx, back, begin, end)),
        ),
        register="keys.loans",
    )


def _by_hour(ctx: Context, moments: list[tuple[datetime, int]], begin: int, end: int) -> tuple[Datum, ...]:
    """How many keys in each hour, and in which loans."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, loan in moments:
        found[ctx.local(at).hour].append(loan)
    return tuple(Datum(len(found[hour]), tuple(dict.fromkeys(found[hour]))) for hour in range(begin, end + 1))


CHARTS = (
    Chart("keys.holders", "board", holders, span="now"),
    Chart("keys.load_by_hour", "bars", load_by_hour, span="month"),
)
