"""What the rooms' parts of the sample history share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cstui.people import RoleGrant, Staff, Team

Act = Callable[[], Awaitable[None]]
Moments = list[tuple[date, str, Act]]
"""Day, time of day, and what is done then."""
SERVICE = "customer_service"


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of a month's round, all of them working days."""

    month: date
    """Its first day."""
    opened: date
    """In the morning; the round before was published the day before."""
    nominated: date
    confirmed: date
    reviewed: date
    """And opinions open in the afternoon."""
    heard: date
    """The last day of opinions."""
    closed: date
    """The month's figures are final: the first working day of the next month, after opinions."""
    published: date
    granted: date
    """When objections are over."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays, and on which days. Logins, but for `members`."""

    stage: Any
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

    def plans(self) -> list[Plan]:
        """Of each month that began since the history did. Days to come are days to come."""
        months = sorted({day.replace(day=1) for day in self.stage.days()} - {self.stage.first.replace(day=1)})
        return [self._plan(month) for month in months]

    def _plan(self, month: date) -> Plan:
        nominated, review = self._from(month.replace(day=16)), self._from(month.replace(day=25))
        closed = self._closed(month)
        before = self._closed((month - timedelta(days=1)).replace(day=1))
        return Plan(
            month, self._from(before, 2), nominated, self._from(nominated, 1), review, self._heard(month), closed,
            self._from(closed, 1), self._from(closed, 5),
        )  # fmt: skip

    def _heard(self, month: date) -> date:
        return self._from(self._from(month.replace(day=25)), 3)

    def _closed(self, month: date) -> date:
        """In the next month, and not before opinions have ended."""
        following = (month + timedelta(days=31)).replace(day=1)
        return self._from(max(following, self._heard(month) + timedelta(days=1)))

    def _from(self, day: date, further: int = 0) -> date:
        """The first working day from a day on, or so many working days later."""
        while not (works := self.stage.calendar.is_workday(day)) or further:
            further -= works
            day += timedelta(days=1)
        return day

    def workdays(self, first: date | None = None) -> list[date]:
        """Each working day of the history from one on, today included."""
        made: list[date] = self.stage.workdays(first)
        return made
