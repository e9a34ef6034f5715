"""The year's ranking, down which its performance honours go (rewards-57): computed, with what bars marked."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from tortoise.expressions import Q

from cstui.api import (
    Action,
    BadInput,
    Column,
    Context,
    Input,
    Reason,
    Refusal,
    Register,
    Separation,
    Text,
    Whole,
    half_width,
)
from cstui.people import Staff
from cstui_rewards.contests.shares import year_score
from cstui_rewards.honours.vetoes import veto
from cstui_rewards.kinds import Veto
from cstui_rewards.models import YearCandidate
from cstui_rewards.nominations.measure import figure

POINTS, PERFORMANCE = "performance.quarter_points", "performance.quarter_score"
"""Facts of another area, for each quarter."""

Figure = Annotated[Decimal, BeforeValidator(half_width), Field(ge=0, le=9999, max_digits=6, decimal_places=2)]


class RankYear(Input):
    year: Annotated[Whole, Field(ge=2000, le=2100)]


class EnterYear(Input):
    """The year's means of the quarters' points and performance, where nobody reports them."""

    points: Figure
    performance: Figure


class DecideVeto(Input):
    """Whether something bars, which no other area reports; with the reason."""

    barred_by: Veto
    reason: Reason


async def rank(ctx: Context, data: RankYear) -> Text:
    """Everybody there in that year, with the figures that are reported; those entered by hand stay."""
    if data.year > ctx.today.year:
        raise BadInput("rewards.refusal.year_to_come", field="year", value=data.year)
    first, last = date(data.year, 1, 1), date(data.year, 12, 31)
    there = Staff.filter(Q(hired_on=None) | Q(hired_on__lte=last), Q(left_on=None) | Q(left_on__gte=last))
    actor = await Staff.get_or_none(id=ctx.actor.staff_id)
    people = await (there.filter(department=actor.department) if actor else there).order_by("number")
    known = {one.staff_id: one for one in await YearCandidate.filter(year=data.year)}
    for person in people:
        row = known.get(person.pk) or YearCandidate(year=data.year, staff=person)
        if not row.entered_by:
            points, performance = [await _quarters(ctx, fact, person.pk, first) for fact in (POINTS, PERFORMANCE)]
            _take(ctx, row, points, performance)
        if not row.decided_by:
            row.veto = await veto(ctx, person.pk, data.year)
        await row.save()
    return Text("rewards.done.year_ranked", year=data.year, count=len(people))


async def _quarters(ctx: Context, fact: str, person_id: int, first: date) -> list[Decimal]:
    """A figure of each quarter of the year that is over; nothing where one of them isn't known."""
    ends = [date(first.year, month, monthrange(first.year, month)[1]) for month in (3, 6, 9, 12)]
    over = [end for end in ends if end < ctx.today]
    told = [figure(await ctx.fact(fact, person_id, end.replace(month=end.month - 2, day=1), end)) for end in over]
    return [one for one in told if one is not None] if None not in told else []


def _take(ctx: Context, row: YearCandidate, points: list[Decimal], performance: list[Decimal]) -> None:
    rule = ctx.rule("rewards-57")
    weights = (Decimal(rule.year_points_weight) / 100, Decimal(rule.year_performance_weight) / 100)
    score = year_score(points, performance, weights) if rule.on else None
    row.points, row.performance = _mean(points), _mean(performance)
    row.score = None if score is None else int(score * 100)


def _mean(told: list[Decimal]) -> int | None:
    return round(sum(told) / len(told) * 100) if told else None


async def enter(ctx: Context, row: YearCandidate, data: EnterYear) -> Text:
    """Figures entered by hand; they stay when the ranking is made again."""
    _take(ctx, row, [data.points], [data.performance])
    row.entered_by = ctx.actor.login
    await row.save()
    return Text("rewards.done.year_entered", person=row.staff.name, score=Decimal(row.score or 0) / 100)


async def decide_blocked(ctx: Context, row: YearCandidate) -> Text | None:
    """What another area reports isn't decided here."""
    if row.veto is Veto.UNKNOWN or row.decided_by:
        return None
    return Text("rewards.refusal.veto_known", person=row.staff.name)


async def decide(ctx: Context, row: YearCandidate, data: DecideVeto) -> Text:
    """A person decides what nobody reports."""
    Refusal.because(await decide_blocked(ctx, row), field="candidate", value=row.staff.name)
    row.veto, row.decided_by, row.decided_because = data.barred_by, ctx.actor.login, data.reason
    await row.save()
    return Text("rewards.done.veto_decided", person=row.staff.name)


async def _figures(ctx: Context, rows: Any) -> dict[str, Any]:
    (row,) = rows
    return {name: Decimal(value) / 100 for name in ("points", "performance") if (value := getattr(row, name))}


CANDIDATES = Register(
    "rewards.year_ranking", YearCandidate,
    (
        Column("year", width=6), Column("candidate", "staff.name", width=10),
        Column("year_score", "score", width=8, sort="score", align="right"),
        Column("year_points", "points", width=8, align="right"),
        Column("performance", width=8, align="right"), Column("veto", width=16),
    ),
    noun="candidate", natural_key=("id",), sort="-score", needs="rewards.keep",
    query=lambda ctx: YearCandidate.all().select_related("staff"),
    sections=(Column("entered_by"), Column("decided_by"), Column("decided_because")),
)  # fmt: skip

ACTIONS = (
    Action("rewards.rank_year", run=rank, needs="rewards.keep", input=RankYear, register="rewards.year_ranking",
           mnemonic="n", rules=("rewards-47", "rewards-48", "rewards-57"), settles=False),
    Action("rewards.enter_year", run=enter, needs="rewards.keep", input=EnterYear, target="row",
           register="rewards.year_ranking", mnemonic="e", rules=("rewards-57",), prefill=_figures,
           separate=(Separation("staff_id"),)),
    Action("rewards.decide_veto", run=decide, needs="rewards.approve", input=DecideVeto, target="row",
           register="rewards.year_ranking", mnemonic="d", rules=("rewards-47", "rewards-48"), blocked=decide_blocked,
           separate=(Separation("staff_id"),)),
)  # fmt: skip
