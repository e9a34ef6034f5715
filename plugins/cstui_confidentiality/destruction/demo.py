"""Destructions of the sample department: one confirmed, one to be confirmed, one paper past due and one due today."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui_confidentiality.models import SecureDestruction
from cstui_confidentiality.scope.demo import keeper, number
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
PAPERS = (("过期排班表底稿", "S06"), ("作废的充值申请", "S04"), ("旧客户名单打印件", "S04"), ("会议纪要复印件", "S09"))


def moments(part: Part) -> Moments:
    stage, days = part.stage, part.workdays()
    witness = part.agents[5].login

    async def enter() -> None:
        rows = [
            {"asset_no": f"BM-1{at:02}", "title": title, "category": code, "medium": "paper",
             "keeper": keeper(part, at), "location": "碎纸间待毁柜", "personal_data": code == "S04"}
            for at, (title, code) in enumerate(PAPERS, 1)
        ]  # fmt: skip
        await stage.run_bulk("confidentiality.set_asset", rows)

    async def mark(asset: str) -> None:
        await stage.run("confidentiality.mark_for_destruction", {}, target=[asset])

    async def destroy(asset: str) -> None:
        raw = {"method": "shred", "witness": witness}
        await stage.run("confidentiality.destroy", raw, target=[asset])

    async def confirm() -> None:
        if done := await SecureDestruction.filter(state="done").order_by("id").first():
            await stage.run("confidentiality.verify_destruction", {}, witness, target=[done.pk])

    early, late = days[len(days) // 3], days[-2]
    return [
        (stage.first, "09:40", enter),
        (early, "10:05", partial(mark, "BM-101")),
        (early, "16:30", partial(destroy, "BM-101")),
        (early, "16:50", confirm),
        (days[-5], "15:10", partial(mark, number(13))),
        (late, "10:20", partial(mark, "BM-102")),
        (late, "16:40", partial(destroy, "BM-102")),
        (part.today, "08:30", partial(mark, "BM-103")),
    ]
