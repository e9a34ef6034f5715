"""A department that rewards: two teams with leaders, chief, head and assistant, people of elsewhere; made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import desk
import pytest
from conftest import SHANGHAI

from cstui.api import utc
from cstui_rewards.kinds import AwardKind, AwardState
from cstui_rewards.models import AwardType

MEMBERS = ["an", "bo", "cai", "dan", "er", "fei", "gu", "hai", "ji", "kai", "lan"]


def moment(text: str) -> datetime:
    """2026-11-24 09:00 in Shanghai, as UTC."""
    return utc(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


class Desk(desk.Desk):
    """T1 has eleven members and its leader (a place for ten), T2 has two; `xu` and `yu` are of other departments."""

    area = "rewards"
    acting = "deng"
    agreeing = "head"
    roles = """
supervisor = ["rewards.*", "people.look", "review.*", "approvals.*", "ledger.look"]
deputy = ["rewards.*", "people.look", "review.*", "approvals.*"]
department_head = ["rewards.*", "people.look", "review.*", "approvals.*"]
team_leader = ["rewards.look", "rewards.own", "rewards.nominate", "review.look"]
assistant = ["rewards.look", "rewards.own", "rewards.keep", "review.look", "approvals.withdraw"]
staff = ["rewards.look", "rewards.own", "review.look"]
"""
    people = (
        *((login, "T1", "staff") for login in MEMBERS), ("lead", "T1", "team_leader"), ("mo", "T2", "staff"),
        ("two", "T2", "team_leader"), ("zhu", "", "assistant"), ("deng", "", "supervisor"), ("fu", "", "deputy"),
        ("head", "", "department_head"), ("xu", "", "staff"), ("yu", "", "staff"),
    )  # fmt: skip
    elsewhere = ("xu", "yu")

    async def make_row(self, model: Any, **values: Any) -> Any:
        """A record as some earlier act would have made it."""

        async def make() -> Any:
            return await model.create(**values)

        return await self.host.call(make())

    async def award(self, code: str = "service_star", **more: Any) -> AwardType:
        """An adopted award."""
        values = {"name": code, "kind": AwardKind.INDIVIDUAL, "purpose": "for good service", "cash": 10_000,
                  "points": 500, "proposed_at": moment("2026-10-01 09:00"), "state": AwardState.ADOPTED, **more}  # fmt: skip
        made: AwardType = await self.make_row(AwardType, code=code, **values)
        return made


@asynccontextmanager
async def rewards_desk(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Desk]:
    """The department on a copy of its template's store; it is Tuesday, 24 November 2026, 09:02."""
    async with Desk.opened(request, tmp_path, reward_template) as opened:
        yield opened
