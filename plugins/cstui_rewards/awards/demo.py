"""The awards of the sample department: those of the regulations, one that was proposed and adopted, one that waits."""

from __future__ import annotations

from datetime import timedelta

from cstui.approvals import Request
from cstui_rewards.stage import Act, Moments, Part


def moments(part: Part) -> Moments:
    stage, first = part.stage, part.stage.first
    proposed = part.workdays(first + timedelta(days=5))[0]

    async def appoint() -> None:
        await stage.run("people.grant_role", {"role": "assistant"}, target=[part.assistant])
        await stage.run("rewards.load_awards", {})

    async def adopt() -> None:
        request = await Request.filter(kind="rewards.award", state="asked").order_by("-id").first()
        if request:
            await stage.run("approvals.approve", {"note": "贴近实际，同意"}, part.head, target=[request.pk])

    return [
        (first, "08:45", appoint),
        (proposed, "10:20", _propose(part, 2, "smile", "微笑窗口", "前台接待热情周到", "客户当面表扬\n无推诿记录")),
        (proposed + timedelta(days=2), "15:00", adopt),
        (
            part.today - timedelta(days=2),
            "14:30",
            _propose(part, 5, "saver", "节约能手", "节水节电有实绩", "有节约数据"),
        ),
    ]


def _propose(part: Part, who: int, code: str, name: str, purpose: str, criteria: str) -> Act:
    async def propose() -> None:
        raw = {"code": code, "name": name, "kind": "ad_hoc", "purpose": purpose, "criteria": criteria}
        await part.stage.run("rewards.propose_award", raw, part.members[who].login)

    return propose
