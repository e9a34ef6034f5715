"""The written rules of the sample department, looked through lately."""

from __future__ import annotations

from cstui_confidentiality.stage import Moments, Part


def moments(part: Part) -> Moments:
    stage, first = part.stage, part.stage.first

    async def add() -> None:
        raw = {"policy_version": "2025-2", "title": "客服部保密管理办法", "in_force_from": "2025-06-01",
               "reviewed_on": f"{first}", "reference": "制度汇编第 9 章"}  # fmt: skip
        await stage.run("confidentiality.add_policy", raw, part.head)

    return [(first, "11:10", add)]
