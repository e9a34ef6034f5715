"""What the rooms' parts of the sample history share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cstui.people import Duty, RoleGrant, Staff, Team
from cstui_hygiene.roster import LEADER, SERVICE

Act = Callable[[], Awaitable[None]]
Moments = list[tuple[date, str, Act]]
"""Day, time of day, and what is done then."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays, and on which days."""

    stage: Any
    leaders: tuple[str, ...]
    members: tuple[Staff, ...]
    """Those of customer service, without leaders and supervisors, in the order of their numbers."""
    teams: tuple[Team, ...]

    @classmethod
    async def begin(cls, stage: Any) -> Part:
        people = await Staff.filter(department=SERVICE).order_by("number").select_related("team")
        grants = await RoleGrant.filter(role__in=[LEADER, "supervisor", "deputy"])
        organising = {grant.staff_id for grant in grants}
        leading = {grant.staff_id for grant in grants if grant.role == LEADER}
        return cls(
            stage,
            tuple(one.login for one in people if one.pk in leading),
            tuple(one for one in people if one.pk not in organising),
            tuple({one.team_id: one.team for one in people if one.team}.values()),
        )

    @property
    def today(self) -> date:
        day: date = self.stage.today
        return day

    @property
    def random(self) -> Random:
        made: Random = self.stage.random
        return made

    def days(self, first: date | None = None) -> list[date]:
        """Each day of the history from one on, today included."""
        made: list[date] = self.stage.days(first)
        return made

    def workdays(self, first: date | None = None) -> list[date]:
        made: list[date] = self.stage.workdays(first)
        return made

    def leader(self, day: date) -> str:
        """The team leaders take turns in keeping the books."""
        return self.leaders[day.toordinal() % len(self.leaders)] if self.leaders else self.stage.supervisor

    async def at_noon(self, day: date) -> list[Staff]:
        """Who of customer service works by day."""
        noon = self.stage.moment(day, "12:00")
        duties = Duty.filter(start_at__lte=noon, end_at__gt=noon, staff__department=SERVICE)
        return [duty.staff for duty in await duties.order_by("staff__number").select_related("staff")]


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())
