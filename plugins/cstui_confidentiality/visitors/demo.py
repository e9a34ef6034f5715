"""Visitors of the sample department: two by leave, one without, one that is asked for."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui.approvals import Request
from cstui_confidentiality.stage import Moments, Part
from cstui_confidentiality.visitors.acts import REQUESTED

DAY = timedelta(days=1)


def moments(part: Part) -> Moments:
    stage, today = part.stage, part.today

    async def ask(visitor: str, scope: str, purpose: str, days: int, number: int) -> None:
        day = today + days * DAY
        raw = {"visitor": visitor, "scope": scope, "purpose": purpose, "start_at": f"{day} 14:00",
               "end_at": f"{day} 16:30"}  # fmt: skip
        await stage.run("confidentiality.request_visit", raw, part.agents[number].login)

    async def approve() -> None:
        if request := await Request.filter(kind=REQUESTED, state="asked").order_by("id").first():
            await stage.run("approvals.approve", {"note": "同意，全程陪同"}, target=[request.pk])

    async def seen() -> None:
        raw = {"visitor": "上门维修的师傅", "scope": "computer", "what": "在 KF-10 上自行查看邮箱",
               "host": part.agents[9].login}  # fmt: skip
        await stage.run("confidentiality.visitor_seen", raw, part.leaders[0] if part.leaders else None)

    return [
        (today - 47 * DAY, "09:20", partial(ask, "耿工（系统厂商）", "computer", "升级坐席客户端", -46, 2)),
        (today - 47 * DAY, "11:00", approve),
        (today - 20 * DAY, "09:50", partial(ask, "审计事务所 秦审计", "material", "查阅上半年投诉档案", -19, 6)),
        (today - 20 * DAY, "13:30", approve),
        (today - 3 * DAY, "15:15", seen),
        (today, "08:25", partial(ask, "耿工（系统厂商）", "computer", "排查录音系统故障", 1, 3)),
    ]
