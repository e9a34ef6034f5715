"""Owners at the counter of the sample department: keys signed for, one who couldn't prove who he was, one who waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cstui_keys.models import Key, OwnerKeyIssue, Space
from cstui_keys.owners import stock
from cstui_keys.stage import Act, Moments

DAY = timedelta(days=1)
_OWNERS = ("郑雅琴", "方志远", "苏培文")
_STRANGER = "邱某"


def plans(stage: Any, clerk: str, tags: list[str]) -> Moments:
    """When what happens; `tags` are keys of owners' units, `clerk` is somebody of customer service."""
    today = stage.today
    counter = _Counter(stage, clerk)
    first, second, third, fourth = tags[20], tags[27], tags[34], tags[41]
    return [
        (today - 45 * DAY, "10:20", counter.issuing(first, 1, "签领单 0316")),
        (today - 44 * DAY, "09:10", counter.filing("住户档案 3 柜 2 层")),
        (today - 21 * DAY, "15:35", counter.issuing(second, 2, "签领单 0322")),
        (today - 14 * DAY, "11:05", counter.taking_back(first)),
        (today - 9 * DAY, "16:45", counter.refusing(third)),
        (today - 4 * DAY, "09:50", counter.issuing(fourth, 3, "")),
    ]


class _Counter:
    def __init__(self, stage: Any, clerk: str) -> None:
        self.stage, self.clerk = stage, clerk

    async def run(self, action: str, raw: dict[str, Any], target: str) -> None:
        await self.stage.run(action, raw, self.clerk, target=[target])

    async def prepare(self, tag: str, more: dict[str, Any]) -> None:
        space = await Space.get(id=(await Key.get(tag_no=tag)).space_id)
        ready = await stock.countable(await self.stage.context(), space.id)
        if ready:
            raw = {"owner_name": _STRANGER, **{kind: f"{count}" for kind, count in ready.items()}, **more}
            await self.run("keys.issue", raw, space.code)

    def issuing(self, tag: str, number: int, signature: str) -> Act:
        seen = {
            "owner_name": _OWNERS[number - 1],
            "id_card": f"尾号 {2210 + number}",
            "move_in_notice": f"入住 {740 + number}",
            "checked_by": self.clerk,
        }

        async def act() -> None:
            await self.prepare(tag, {**seen, "signature_ref": signature})

        return act

    def filing(self, place: str) -> Act:
        async def act() -> None:
            for issue in await OwnerKeyIssue.filter(state="signed"):
                await self.run("keys.close_issue", {"archive_ref": place}, issue.issue_no)

        return act

    def taking_back(self, tag: str) -> Act:
        async def act() -> None:
            if await Key.filter(tag_no=tag, state="issued_to_owner").exists():
                await self.run("keys.take_back", {"reason": "装修期间寄存一把", "condition": "ok"}, tag)

        return act

    def refusing(self, tag: str) -> Act:
        async def act() -> None:
            await self.prepare(tag, {})
            for issue in await OwnerKeyIssue.filter(state="prepared"):
                await self.run("keys.refuse_issue", {"reason": "来人不是业主，也没有委托书"}, issue.issue_no)

        return act
