"""One quarter's contest of the sample department, entered and settled; another that waits."""

from __future__ import annotations

from datetime import timedelta

from cstui_rewards.kinds import GrantState
from cstui_rewards.models import ContestResult, Grant
from cstui_rewards.stage import Moments, Part


def moments(part: Part) -> Moments:
    stage = part.stage
    settled = part.workdays(stage.first + timedelta(days=30))[0]
    handed = part.workdays(settled + timedelta(days=6))[0]
    visit = part.workdays(part.today - timedelta(days=9))[0]

    async def enter() -> None:
        raw = {"contest": "municipal_quarterly", "period": "2026Q3", "unit": "department", "unit_name": "客服部",
               "ended_on": settled - timedelta(days=2), "rank": 2, "evidence": "市公司通报 37 号",
               "training_places": 2}  # fmt: skip
        made = await stage.run("rewards.enter_result", raw, part.assistant)
        number = (await ContestResult.get(id=made.rows[0])).result_no
        rows: list[dict[str, object]] = [{"result": number, "staff": part.chief, "place": "manager"}]
        rows += [
            {"result": number, "staff": one.login, "place": "staff", "rank": rank}
            for rank, one in enumerate(part.members[:17], 1)
        ]
        for row in rows:
            await stage.run("rewards.share", row, part.assistant)

    async def settle() -> None:
        result = await ContestResult.all().order_by("id").first()
        assert result
        await stage.run("rewards.confirm_result", {}, target=[result.result_no])
        await stage.run("rewards.compute_shares", {}, part.head, target=[result.result_no])

    async def hand() -> None:
        due = Grant.filter(occasion__startswith="contest:", state=GrantState.DUE).order_by("id")
        numbers = [one.grant_no for one in await due]
        await stage.run("rewards.hand_over", {}, part.assistant, target=numbers)
        await stage.run("rewards.acknowledge", {"receipt_ref": "竞赛签收单"}, part.assistant, target=numbers)

    async def wait() -> None:
        raw = {"contest": "hall_mystery", "period": "2026-11", "unit": "hall", "unit_name": "前台",
               "ended_on": visit, "rank": 3, "evidence": "暗访报告 11-2"}  # fmt: skip
        await stage.run("rewards.enter_result", raw, part.assistant)

    return [(settled, "15:10", enter), (settled, "16:40", settle), (handed, "15:30", hand), (visit, "11:20", wait)]
