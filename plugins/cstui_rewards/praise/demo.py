"""Praise in the sample department: now and then somebody, read out the next morning."""

from __future__ import annotations

from cstui_rewards.models import Praise
from cstui_rewards.stage import Act, Moments, Part

PRAISED = (
    (4, "雨天主动把客户送上车，客户来电感谢"), (9, "高峰时段连续两小时无差错接待"), (1, "把积压的七张工单当天清完"),
    (6, "发现合同金额写错，及时避免客户损失"), (3, "带新人熟悉系统，一周上手"),
)  # fmt: skip
EVERY = 11
"""Working days between two."""


def moments(part: Part) -> Moments:
    days = part.workdays()
    found: Moments = []
    for at, (who, words) in enumerate(PRAISED):
        given = (at + 1) * EVERY
        if given < len(days):
            found.append((days[given], "16:40", _praise(part, who, words)))
        if given + 1 < len(days):
            found.append((days[given + 1], "08:35", _read_out(part)))
    if len(days) > EVERY:
        found.append((days[-1], "08:50", _praise(part, 5, "耐心安抚情绪激动的客户，问题当场解决")))
        found.append((days[-EVERY], "11:10", _deed(part)))
        found.append((days[1 - EVERY], "08:35", _read_out(part)))
    return found


def _praise(part: Part, who: int, words: str) -> Act:
    async def praise() -> None:
        await part.stage.run("rewards.praise", {"person": part.members[who].login, "words": words})

    return praise


def _read_out(part: Part) -> Act:
    async def read_out() -> None:
        rows = [one.praise_no for one in await Praise.filter(read_out_at=None).order_by("id")]
        if rows:
            await part.stage.run("rewards.read_out", {}, target=rows)

    return read_out


def _deed(part: Part) -> Act:
    async def deed() -> None:
        raw = {"person": part.members[7].login, "witness": part.members[8].login, "points": "2",
               "words": "捡到客户手机，当面交还"}  # fmt: skip
        await part.stage.run("rewards.good_deed", raw)

    return deed
