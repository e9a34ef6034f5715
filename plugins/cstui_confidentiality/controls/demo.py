"""Controls of the sample department: one a week, with a thing that was missing once; the next is due."""

from __future__ import annotations

from functools import partial

from cstui_confidentiality.models import ControlCheck, ControlLine
from cstui_confidentiality.stage import Moments, Part


def moments(part: Part) -> Moments:
    stage, days = part.stage, part.workdays()

    async def begin() -> None:
        await stage.run("confidentiality.begin_check", {})

    async def look(missing: bool) -> None:
        lines = await ControlLine.filter(check__state="draft").order_by("line_no")
        gone = lines[1:2] if missing else []
        for line in gone:
            raw = {"remark": "柜里没有，登记本也没有借出记录"}
            await stage.run("confidentiality.line_missing", raw, target=[line.pk])
        await stage.run("confidentiality.line_in_order", {}, target=[line.pk for line in lines if line not in gone])

    async def sign() -> None:
        if check := await ControlCheck.filter(state="draft").first():
            await stage.run("confidentiality.sign_check", {}, target=[check.pk])

    weekly = days[4:-4:5]
    plan: Moments = []
    for week, day in enumerate(weekly):
        missing = week == len(weekly) - 1
        plan += [(day, "15:05", begin), (day, "15:30", partial(look, missing)), (day, "15:40", sign)]
    return plan
