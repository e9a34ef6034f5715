"""Rewards: awards proposed and adopted, the monthly choice with anonymous opinions, grants, the list of honours."""

from __future__ import annotations

from typing import Any

from cstui.api import Area, hookimpl
from cstui_rewards import (
    awards,
    contests,
    demo,
    granting,
    honours,
    nominations,
    opinions,
    praise,
    reports,
    review,
    rounds,
    rules,
)

ROOMS: tuple[Any, ...] = (awards, rounds, nominations, review, opinions, reports, honours, granting, praise, contests)
"""Each matter has a room of its own, with its actions, and its registers and due items if any."""

AREA = Area.of("rewards", __name__, ROOMS, rules=rules.RULES, demo=demo.fill)


@hookimpl
def cstui_area() -> Area:
    return AREA
