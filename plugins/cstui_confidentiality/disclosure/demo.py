"""Disclosures of the sample department: some every month, one by legal duty, one refused, a post, one that waits."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from cstui.approvals import Request
from cstui_confidentiality.disclosure.acts import KIND
from cstui_confidentiality.models import DisclosureApproval
from cstui_confidentiality.scope.demo import number
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
ASKED = (
    ({"asset": number(8)}, "外部审计师", "paper", "年度审计核对外包费用"),
    ({"asset": number(0)}, "外包客服公司", "mail", "新外包坐席上岗培训"),
    ({"category": "S09"}, "合作律师", "paper", "续签合同审阅条款"),
    ({"asset": number(9)}, "集团财务", "mail", "预算汇总上报"),
)


def moments(part: Part) -> Moments:
    stage, days = part.stage, part.workdays()
    today, agents = part.today, [one.login for one in part.agents]

    async def ask(at: int, login: str, **more: Any) -> None:
        what, recipient, channel, purpose = ASKED[at % len(ASKED)]
        raw = {**what, "recipient": recipient, "third_party": recipient != "集团财务", "channel": channel,
               "purpose": purpose, "valid_to": f"{stage.timeline.moment.date() + 3 * DAY}", **more}  # fmt: skip
        await stage.run("confidentiality.request_disclosure", raw, login)

    async def decide(word: str = "approve", note: str = "同意，按最小范围提供") -> None:
        if request := await Request.filter(kind=KIND, state="asked").order_by("id").first():
            await stage.run(f"approvals.{word}", {"note": note}, target=[request.pk])

    async def finish(action: str) -> None:
        state = "approved" if action == "release" else "released"
        if one := await DisclosureApproval.filter(state=state).order_by("id").first():
            await stage.run(f"confidentiality.{action}", {}, one.requested_by, target=[one.pk])

    async def lawful() -> None:
        raw = {"category": "S04", "recipient": "市公安局网安支队", "third_party": True, "channel": "paper",
               "purpose": "依调取证据通知书提供一名客户的充值记录", "legal_duty": True,
               "valid_to": f"{stage.timeline.moment.date() + 2 * DAY}"}  # fmt: skip
        await stage.run("confidentiality.request_disclosure", raw, part.head)

    async def post() -> None:
        raw = {"asset": number(1), "recipient": "本地生活论坛", "third_party": True, "channel": "forum",
               "happened_at": stage.moment(days[-3], "21:30"), "person": agents[13 % len(agents)],
               "what": "发帖贴出问题汇总表的一页截图"}  # fmt: skip
        await stage.run("confidentiality.report_disclosure", raw)

    plan: Moments = []
    for at, day in enumerate(days[6:-6:12]):
        plan += [
            (day, "10:02", partial(ask, at, agents[at * 3 % len(agents)])),
            (day, "11:20", decide),
            (day, "15:00", partial(finish, "release")),
            (day, "17:30", partial(finish, "close_disclosure")),
        ]
    middle = days[len(days) // 2]
    return [
        *plan,
        (middle, "13:40", lawful),
        (middle, "14:10", decide),
        (middle, "16:20", partial(finish, "release")),
        (days[-4], "09:40", partial(ask, 1, agents[2], channel="chat")),
        (days[-4], "10:30", partial(decide, "refuse", "聊天软件留存在对方手机里，改用纸质当面交")),
        (days[-2], "09:15", post),
        (today, "08:25", partial(ask, 2, agents[5])),
    ]
