"""The rounds of the sample department: one each month, opened on its first working day."""

from __future__ import annotations

from cstui_rewards.stage import Moments, Part


def moments(part: Part) -> Moments:
    first = {day.replace(day=1): day for day in reversed(part.workdays())}

    async def begin() -> None:
        await part.stage.run("rewards.open_round", {}, part.assistant)

    return [(day, "09:10", begin) for month, day in sorted(first.items()) if month > part.stage.first]
