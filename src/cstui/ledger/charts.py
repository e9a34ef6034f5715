"""What was posted in a period, by person: any days, so a month, a quarter or a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from cstui.contract.chart import Chart, Datum, Figures, Period, Series
from cstui.contract.context import Context
from cstui.contract.text import Verbatim, choice
from cstui.ledger.models import Posting, PostingKind


async def _by_person(period: Period, kind: PostingKind) -> Figures:
    found: dict[str, list[Posting]] = defaultdict(list)
    rows = Posting.filter(kind=kind, day__gte=period.first, day__lte=period.last)
    for one in await rows.order_by("person__number", "id").select_related("person"):
        found[one.person.name].append(one)
    return Figures(
        tuple(Verbatim(name) for name in found),
        (Series(choice("ledger", kind), tuple(_sum(rows) for rows in found.values())),),
        register="ledger.postings",
    )


def _sum(rows: Sequence[Posting]) -> Datum:
    return Datum(Decimal(sum(one.amount for one in rows)).scaleb(-2), tuple(one.pk for one in rows))


async def points(ctx: Context, period: Period) -> Figures:
    return await _by_person(period, PostingKind.POINTS)


async def money(ctx: Context, period: Period) -> Figures:
    return await _by_person(period, PostingKind.MONEY)


CHARTS = (
    Chart("ledger.points_of_period", "bars", points, span="month"),
    Chart("ledger.money_of_period", "bars", money, span="month"),
)
