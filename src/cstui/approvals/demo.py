"""A deputy of the sample department: the supervisor is away for some days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cstui.people import holders_of


async def fill(stage: Any) -> None:
    """Play the part of the approvals on a `cstui.demo.Stage`."""
    await stage.at(stage.today - timedelta(days=1), "16:40")
    others = [one.login for one in await holders_of("deputy", stage.today) if one.login != stage.supervisor]
    if others:
        days = {"first_day": stage.today + timedelta(days=1), "last_day": stage.today + timedelta(days=3)}
        raw = {"staff": stage.supervisor, "deputy": others[0], "role": "supervisor", **days}
        await stage.run("approvals.name_deputy", raw)
