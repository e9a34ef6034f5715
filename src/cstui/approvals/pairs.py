"""Pairs who approve each other's requests: counted for a chart, and put before the head where it happens often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from cstui.approvals.models import Decision, Verdict
from cstui.contract.chart import Chart, Datum, Figures, Period, Series
from cstui.contract.context import Context, RuleInForce
from cstui.contract.declare import DueItem
from cstui.contract.records import utc
from cstui.contract.text import Text
from cstui.people import Staff

Approvals = list[tuple[int, datetime]]
"""Decisions by id and moment, oldest first."""
Approved = Mapping[tuple[int, int], Approvals]
"""By (approver, requester)."""


async def approved(ctx: Context, first: date, last: date) -> Approved:
    """What was approved on these days, by whom and for whom."""
    found: dict[tuple[int, int], Approvals] = defaultdict(list)
    begin, end = utc(ctx.moment(first)), utc(ctx.moment(last + timedelta(days=1)))
    rows = Decision.filter(
        verdict=Verdict.APPROVED, at__gte=begin, at__lt=end, by_id__isnull=False, request__requester_id__isnull=False
    )
    for by, requester, pk, at in await rows.order_by("id").values_list("by_id", "request__requester_id", "id", "at"):
        found[by, requester].append((pk, at))
    return found


def mutual(found: Approved, least: int = 1) -> list[tuple[int, int]]:
    """The pairs of whom each approved at least so much for the other, most first."""
    pairs = [(a, b) for a, b in found if a < b and min(len(found[a, b]), len(found.get((b, a), ()))) >= least]
    return sorted(pairs, key=lambda pair: (-len(found[pair]) - len(found[pair[1], pair[0]]), pair))


async def _names(pairs: list[tuple[int, int]]) -> dict[int, str]:
    listed = {one for pair in pairs for one in pair}
    return {person.pk: person.name for person in await Staff.filter(id__in=sorted(listed))} if listed else {}


def _datum(decisions: Approvals) -> Datum:
    return Datum(len(decisions), tuple(pk for pk, _ in decisions))


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
    items = [_item(rule, (names[a], names[b]), (a, b), found[a, b], found[b, a]) for a, b in pairs]
    return [item for item in items if item.due and ctx.now - item.due < rule.mutual_told]


def _item(
    rule: RuleInForce, names: tuple[str, str], pair: tuple[int, int], one: Approvals, other: Approvals
) -> DueItem:
    (a, b), (first, second) = names, pair
    return DueItem(
        f"approvals.mutual:{first}-{second}",
        "warning",
        Text("approvals.due.mutual", a=a, b=b),
        rule=rule.id,
        due=max(one[-1][1], other[-1][1]),
        state=Text("approvals.due.times", n=len(one), m=len(other)),
        register="approvals.decisions",
        records=tuple(pk for pk, _ in (*one, *other)),
        proof=(
            Text("approvals.proof.for", a=a, b=b, n=len(one), days=rule.mutual_span),
            Text("approvals.proof.for", a=b, b=a, n=len(other), days=rule.mutual_span),
        ),
    )


CHARTS = (Chart("approvals.mutual", "bars", chart, needs="approvals.mutual"),)
