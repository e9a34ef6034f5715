"""What the rooms' parts of the sample history share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from cstui.people import RoleGrant, Staff

Act = Callable[[], Awaitable[None]]
Moments = list[tuple[date, str, Act]]
"""Day, time of day, and what is done then."""
SERVICE = "customer_service"


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays, and on which days. Logins, but for `agents`."""

    stage: Any
    supervisor: str
    custodian: str
    """Of the accounts: whoever keeps the files."""
    head: str
    leaders: tuple[str, ...]
    agents: tuple[Staff, ...]
    """Those of customer service in teams, without leaders and supervisors, in the order of their numbers."""

    @classmethod
    async def begin(cls, stage: Any) -> Part:
        people = await Staff.filter(department=SERVICE).order_by("number").select_related("team")
        holding: dict[str, list[str]] = {}
        for grant in await RoleGrant.all().order_by("id").select_related("staff"):
            holding.setdefault(grant.role, []).append(grant.staff.login)
        organising = {login for role in ("team_leader", "supervisor", "deputy") for login in holding.get(role, ())}
        files = next((one.login for one in people if "档案" in one.post), people[-1].login)
        return cls(
            stage,
            stage.supervisor,
            files,
            holding["department_head"][0],
            tuple(holding.get("team_leader", ())),
            tuple(one for one in people if one.login not in organising and one.team_id),
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
        made: list[date] = self.stage.workdays(first)
        return made
