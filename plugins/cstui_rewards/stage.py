"""What the rooms' parts of the sample history share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from cstui.people import RoleGrant, Staff, Team

Act = Callable[[], Awaitable[None]]
Moments = list[tuple[date, str, Act]]
"""Day, time of day, and what is done then."""
SERVICE = "customer_service"


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays, and on which days. Logins, but for `members`."""

    stage: Any
    is_workday: Callable[[date], bool]
    chief: str
    head: str
    assistant: str
    leaders: dict[int, str]
    """Of each team, by its id."""
    members: tuple[Staff, ...]
    """Those of customer service in teams, without leaders, in the order of their numbers."""
    teams: tuple[Team, ...]

    @classmethod
    async def begin(cls, stage: Any) -> Part:
        people = await Staff.filter(department=SERVICE).order_by("number").select_related("team")
        grants = await RoleGrant.all().order_by("id").select_related("staff")
        held = [(grant.role, grant.staff.login) for grant in grants]
        leading = {login for role, login in held if role == "team_leader"}
        return cls(
            stage,
            (await stage.context()).calendar.is_workday,
            stage.supervisor,
            next(login for role, login in held if role == "department_head"),
            next((one.login for one in people if "档案" in one.post), people[-1].login),
            {one.team_id: one.login for one in people if one.login in leading and one.team_id},
            tuple(one for one in people if one.team_id and one.login not in leading),
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

    def workdays(self, first: date | None = None) -> list[date]:
        """Each working day of the history from one on, today included."""
        return [day for day in self.stage.days(first) if self.is_workday(day)]
