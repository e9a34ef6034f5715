"""Copies of keys in the sample department: one matter that went well, one copy too many, one too few, two undecided."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from cstui.api import Refusal
from cstui.approvals import Request
from cstui.people import holders_of
from cstui_keys.copies import acts
from cstui_keys.models import KeyDuplication
from cstui_keys.stage import Act, Moments

DAY = timedelta(days=1)


def plans(stage: Any, clerk: str, tags: list[str]) -> Moments:
    """When what happens; `tags` are keys of public doors, `clerk` is who asks."""
    today = stage.today
    desk = _Desk(stage, clerk)
    well, over, under, late = tags[3], tags[9], tags[15], tags[22]
    return [
        (today - 33 * DAY, "09:45", desk.asking(well, 1, "保洁夜班另备一把")),
        (today - 32 * DAY, "10:30", desk.approving),
        (today - 30 * DAY, "14:20", desk.receiving(1)),
        (today - 30 * DAY, "14:50", desk.closing),
        (today - 9 * DAY, "09:30", desk.asking(over, 2, "门岗和工程部各备一把")),
        (today - 9 * DAY, "15:10", desk.approving),
        (today - 5 * DAY, "11:40", desk.receiving(3)),
        (today - 7 * DAY, "10:05", desk.asking(under, 2, "原钥匙磨损，两班各用一把")),
        (today - 7 * DAY, "16:20", desk.approving),
        (today - 4 * DAY, "15:15", desk.receiving(1)),
        (today - 4 * DAY, "16:40", desk.asking(late, 1, "更换门禁后备用")),
    ]


async def last_day(stage: Any, clerk: str, borrower: str, owners: list[str], public: list[str]) -> None:
    """An owner's wish that waits for the supervisor, and somebody who wanted a key for himself."""
    desk = _Desk(stage, clerk)
    await desk.ask(owners[48], 1, "业主为保姆另配一把", "书面申请 11 号")
    raw = {"borrower": borrower, "work_reason": "周末用一下活动室", "purpose": "private"}
    with suppress(Refusal):  # it leaves a finding
        await stage.run("keys.lend", raw, clerk, target=[public[30]])


class _Desk:
    def __init__(self, stage: Any, clerk: str) -> None:
        self.stage, self.clerk = stage, clerk

    async def ask(self, tag: str, copies: int, reason: str, consent: str = "") -> None:
        raw = {"copies": f"{copies}", "reason": reason, "consent_ref": consent}
        await self.stage.run("keys.request_copies", raw, self.clerk, target=[tag])

    def asking(self, tag: str, copies: int, reason: str) -> Act:
        async def act() -> None:
            await self.ask(tag, copies, reason)

        return act

    async def approving(self) -> None:
        """The newest request is decided by whom the regulation names."""
        ctx = await self.stage.context()
        roles = ctx.rule("keys-20").duplication_approver
        approvers = [one for role in roles for one in await holders_of(role, ctx.today)]
        request = await Request.filter(kind=acts.COMMON, state="asked").order_by("-id").first()
        if approvers and request:
            await self.stage.run("approvals.approve", {"note": "同意"}, approvers[0].login, target=[request.id])

    def receiving(self, count: int) -> Act:
        async def act() -> None:
            copies = await KeyDuplication.filter(state="approved").order_by("id").first()
            if copies:
                raw = {"received": f"{count}", "made_by": "街口开锁 刘师傅"}
                await self.stage.run("keys.receive_copies", raw, self.clerk, target=[copies.id])

        return act

    async def closing(self) -> None:
        for copies in await KeyDuplication.filter(state="tagged"):
            new = await acts.made(copies)
            await self.stage.run("keys.label", {}, self.clerk, target=new)
            await self.stage.run("keys.close_copies", {}, self.clerk, target=[copies.id])
