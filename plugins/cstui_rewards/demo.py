"""A quarter of rewards for the sample department: the same for a seed and a day. Each room has a part of its own."""

from __future__ import annotations

from typing import Any

from cstui_rewards import awards, contests, granting, nominations, opinions, praise, reports, review, rounds
from cstui_rewards.stage import Part

ROOMS: tuple[Any, ...] = (awards, rounds, nominations, review, opinions, reports, granting, praise, contests)
"""Those with a `demo` that has `moments(part)`, in the order in which they begin."""


async def fill(stage: Any) -> None:
    """Play the part of rewards on a `cstui.demo.Stage`."""
    part = await Part.begin(stage)
    await stage.play([moment for room in ROOMS for moment in room.demo.moments(part)])
