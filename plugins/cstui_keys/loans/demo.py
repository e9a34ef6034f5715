"""A night on which no custodian can be reached: a team leader lends a key all the same, the supervisor confirms it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cstui.approvals.models import Override, OverrideState
from cstui.people import holders_of

REASON = "地下泵房漏水，两位钥匙专管员电话均未接通"


def plans(stage: Any, custodian: str, engineer: str, tag: str) -> list[tuple[date, str, Any]]:
    """Day, time of day, and what is done then."""
    night = stage.workdays()[-8]

    async def lend() -> None:
        leader = (await holders_of("team_leader", night))[0].login
        raw = {"borrower": engineer, "work_reason": "泵房漏水抢修", "signature_ref": "值班登记表 31 页"}
        await stage.run("keys.lend", raw, leader, target=[tag], override=REASON)

    async def give_back() -> None:
        await stage.run("keys.return", {"condition": "ok"}, custodian, target=[tag])

    async def confirm() -> None:
        for one in await Override.filter(state=OverrideState.OPEN):
            await stage.run("approvals.confirm_override", {"note": "情况属实，处置得当"}, target=[one.pk])

    return [(night, "02:10", lend), (night, "08:40", give_back), (night, "09:10", confirm)]
