"""Passes of the sample department: two that came back, one overdue, one that waits."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui.approvals import Request
from cstui_confidentiality.models import RemovalPass
from cstui_confidentiality.removal.acts import KIND
from cstui_confidentiality.scope.demo import keeper, number
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)


def moments(part: Part) -> Moments:
    stage, days = part.stage, part.workdays()

    async def ask(place: int, purpose: str) -> None:
        raw = {"asset": number(place), "purpose": purpose}
        await stage.run("confidentiality.request_pass", raw, keeper(part, place))

    async def approve() -> None:
        if request := await Request.filter(kind=KIND, state="asked").order_by("id").first():
            await stage.run("approvals.approve", {"note": "同意"}, target=[request.pk])

    async def out() -> None:
        if one := await RemovalPass.filter(state="approved").order_by("-id").select_related("carrier").first():
            await stage.run("confidentiality.take_out", {}, one.carrier.login, target=[one.pk])

    async def back() -> None:
        if one := await RemovalPass.filter(state="out").order_by("id").first():
            await stage.run("confidentiality.give_back", {}, target=[one.pk])

    def trip(at: int, place: int, purpose: str, returned: bool = True) -> Moments:
        came = [(days[at + 1], "10:10", back)] if returned else []
        return [
            (days[at], "09:05", partial(ask, place, purpose)), (days[at], "09:30", approve), (days[at], "13:10", out),
            *came,
        ]  # fmt: skip

    third = len(days) // 3
    return [
        *trip(third, 3, "送集团回访中心核对"),
        *trip(2 * third, 0, "到外包公司讲课"),
        *trip(-4, 8, "送律师事务所核对条款", returned=False),
        (part.today, "08:35", partial(ask, 5, "到派出所配合核对找回记录")),
    ]
