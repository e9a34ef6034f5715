"""Leave for back-end acts in the sample department: some every week, two that wait, one that may be used today."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui.approvals import Request
from cstui_confidentiality.models import OperationRequest, SystemRegister
from cstui_confidentiality.requests.acts import CHANGES, EXPORTS
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
ASKED = (
    ("modify", "客户更换绑定手机，已核身"),
    ("export", "导出该客户两个月的咨询记录，供投诉复核"),
    ("customer_login", "客户报障无法登录，代为复现"),
    ("query", "核对充值到账时间"),
    ("modify", "证件号录入有误，按原件更正"),
    ("copy", "问题汇总表转质检组"),
    ("delete", "客户要求注销，删除聊天附件"),
)


def moments(part: Part) -> Moments:
    stage, today = part.stage, part.today
    people = [one.login for one in part.agents]
    plan: Moments = []

    async def ask(number: int) -> None:
        system = await SystemRegister.filter(state="active").order_by("id").first()
        if system is None:
            return
        operation, purpose = ASKED[number % len(ASKED)]
        raw = {"operation": operation, "system": system.code, "subject_ref": f"C{20310 + 37 * number}",
               "purpose": purpose, "ticket": f"W-{1100 + 7 * number}"}  # fmt: skip
        await stage.run("confidentiality.request_operation", raw, people[number % len(people)])

    async def decide(word: str, note: str) -> None:
        waiting = Request.filter(kind__in=(CHANGES, EXPORTS), state="asked")
        if request := await waiting.order_by("id").first():
            await stage.run(f"approvals.{word}", {"note": note}, target=[request.pk])

    async def execute() -> None:
        rows = OperationRequest.filter(state="approved", valid_to__gte=stage.timeline.moment)
        if asked := await rows.order_by("-id").select_related("requester").first():
            done = {"result": "已按申请办理，客户已回访确认"}
            await stage.run("confidentiality.execute_request", done, asked.requester.login, target=[asked.pk])

    async def close() -> None:
        if rows := await OperationRequest.filter(state="executed").values_list("id", flat=True):
            await stage.run("confidentiality.close_request", {}, target=list(rows))

    days = part.workdays()[5:-3]
    for number, day in enumerate(days[:: max(1, len(days) // 12)]):
        refuse = number % 7 == 5
        plan += [
            (day, "10:12", partial(ask, number)),
            (day, "11:05", partial(decide, "refuse", "可在质检系统内查看，无须复制") if refuse else
             partial(decide, "approve", "同意")),
        ]  # fmt: skip
        if not refuse:
            plan += [(day, "14:30", execute), (day, "17:40", close)]
    last = part.workdays()[-2]
    return [
        *plan,
        (last, "15:40", partial(ask, 100)),
        (last, "16:10", partial(decide, "approve", "同意，办完登记")),
        (last, "16:50", partial(ask, 102)),
        (today, "08:20", partial(ask, 103)),
    ]
