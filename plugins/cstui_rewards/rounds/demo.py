"""The rounds of the sample department: one each month, opened once the one before is published."""

from __future__ import annotations

from cstui_rewards.stage import Moments, Part


def moments(part: Part) -> Moments:
    async def begin() -> None:
        await part.stage.run("rewards.open_round", {}, part.assistant)

    return [(plan.opened, "09:10", begin) for plan in part.plans()]
