"""Pairs who approve each other's requests: counted for a chart, and put before the head where it happens often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from cstui.approvals.models import Decision, Verdict
from cstui.contract.chart import Chart, Datum, Figures, Period, Series
from cstui.contract.context import Context
from cstui.contract.declare import DueItem
from cstui.contract.records import utc
from cstui.contract.text import Text
from cstui.people import Staff

Approved = Mapping[tuple[int, int], list[Decision]]
"""(approver, requester) → the decisions, oldest first."""


async def approved(ctx: Context, first: date, last: date) -> Approved:
    """What was approved on these days, by whom and for whom."""
    found: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    rows = Decision.filter(
        verdict=Verdict.APPROVED,
        at__gte=utc(ctx.moment(first)),
        at__lt=utc(ctx.moment(last + timedelta(days=1))),
        by_id__isnull=False,
        request__requester_id__isnull=False,
    )
    for one in await rows.select_related("request").order_by("id"):
        if one.by_id and one.request.requester_id:
            found[one.by_id, one.request.requester_id].append(one)
    return found


def mutual(found: Approved, least: int = 1) -> list[tuple[int, int]]:
    """The pairs of whom each approved at least so much for the other, most first."""
    pairs = [
        (a, b)
        for a, b in found
        if a < b and min(len(found[a, b]), len(found.get((b, a), ()))) >= least
    ]  # fmt: skip
    return sorted(pairs, key=lambda pair: (-len(found[pair]) - len(found[pair[1], pair[0]]), pair))


async def _names(pairs: list[tuple[int, int]]) -> dict[int, str]:
    listed = {one for pair in pairs for one in pair}
    return {person.pk: person.name for person in await Staff.filter(id__in=sorted(listed))} if listed else {}


def _datum(decisions: list[Decision]) -> Datum:
    return Datum(len(decisions), tuple(one.pk for one in decisions))


async def chart(ctx: Context, period: Period) -> Figures:
    found = await approved(ctx, period.first, period.last)
    pairs = mutual(found)
    names = await _names(pairs)
    counted = {
        "first_for_second": [found[a, b] for a, b in pairs],
        "second_for_first": [found[b, a] for a, b in pairs],
    }
    return Figures(
        tuple(Text("approvals.value.pair", a=names[a], b=names[b]) for a, b in pairs),
        tuple(Series(Text(f"approvals.value.{name}"), tuple(map(_datum, made))) for name, made in counted.items()),
        register="approvals.decisions",
    )


async def due(ctx: Context) -> list[DueItem]:
    """Pairs who did so often, told a while after each further time, and to neither of the two."""
    rule = ctx.rule("approvals-01")
    if not rule.on:
        return []
    found = await approved(ctx, ctx.today - rule.mutual_span, ctx.today)
    pairs = [pair for pair in mutual(found, rule.mutual_times) if ctx.actor.staff_id not in pair]
    names = await _names(pairs)
    items = []
    for a, b in pairs:
        one, other = found[a, b], found[b, a]
        last = max(one[-1].at, other[-1].at)
        if ctx.now - last < rule.mutual_told:
            items.append(
                DueItem(
                    f"approvals.mutual:{a}-{b}",
                    "warning",
                    Text("approvals.due.mutual", a=names[a], b=names[b]),
                    rule=rule.id,
                    due=last,
                    state=Text("approvals.due.times", n=len(one), m=len(other)),
                    register="approvals.decisions",
                    records=tuple(decision.pk for decision in (*one, *other)),
                    proof=(
                        Text("approvals.proof.for", a=names[a], b=names[b], n=len(one), days=rule.mutual_span),
                        Text("approvals.proof.for", a=names[b], b=names[a], n=len(other), days=rule.mutual_span),
                    ),
                )
            )
    return items


CHARTS = (Chart("approvals.mutual", "bars", chart, needs="approvals.mutual"),)
