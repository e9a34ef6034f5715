"""What bars somebody from the honours of a year: acts against the team, too much leave. Unknown is for a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from cstui.api import UNKNOWN, Context
from cstui_rewards.kinds import Veto
from cstui_rewards.nominations.measure import figure

AGAINST = "discipline.against_team"
LEAVE = ("attendance.term_personal_days", "attendance.term_sick_days", "attendance.absent_count")
"""Facts of other areas: acts against the team in a year; the most days of leave in one of its terms, absences without
leave."""


def barred(
    personal_days: Decimal | None, sick_days: Decimal | None, absences: Decimal | None, limits: tuple[int, int]
) -> bool | None:
    """Whether attendance bars from honours: over, not from, the limits; None where nobody knows (rewards-48)."""
    known = [(personal_days, limits[0]), (sick_days, limits[1]), (absences, 0)]
    if any(value is not None and value > limit for value, limit in known):
        return True
    return None if any(value is None for value, _ in known) else False


async def against_team(ctx: Context, person_id: int, year: int) -> bool | None:
    """Whether somebody acted against the team that year, where that bars (rewards-47); None: nobody reports it."""
    rule = ctx.rule("rewards-47")
    if not (rule.on and rule.veto_annual):
        return False
    told: Any = await ctx.fact(AGAINST, person_id, date(year, 1, 1), date(year, 12, 31))
    return None if told is UNKNOWN else bool(told)


async def absent(ctx: Context, person_id: int, year: int) -> bool | None:
    """Whether somebody was away too much that year, where the site has that bar (rewards-48); None: not reported."""
    rule = ctx.rule("rewards-48")
    if not (rule.on and rule.attendance_vetoes):
        return False
    first, last = date(year, 1, 1), date(year, 12, 31)
    personal, sick, absences = [figure(await ctx.fact(fact, person_id, first, last)) for fact in LEAVE]
    return barred(personal, sick, absences, (rule.award_max_personal, rule.award_max_sick))


async def veto(ctx: Context, person_id: int, year: int) -> Veto:
    """What is known of both."""
    team, away = await against_team(ctx, person_id, year), await absent(ctx, person_id, year)
    if team:
        return Veto.AGAINST_TEAM
    if away:
        return Veto.ABSENT
    return Veto.UNKNOWN if None in (team, away) else Veto.FREE
