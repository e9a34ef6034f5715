"""Workplace order: every room, desk, plant and locker kept clean on a named person's account, with proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cstui.api import Area, Context, DueItem, hookimpl
from cstui_hygiene import demo, places, rules

ROOMS: tuple[Any, ...] = (places,)
"""Each matter of workplace order has a room of its own, with its actions, and its registers and due items if any."""


def _all(name: str) -> tuple[Any, ...]:
    """What the rooms declare under a name, in their order."""
    return tuple(one for room in ROOMS for one in getattr(room, name, ()))


async def due(ctx: Context) -> list[DueItem]:
    """All matters of the area at `ctx.now`."""
    return [item for matters in _all("DUE") for item in await matters(ctx)]


AREA = Area(
    "hygiene",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui_hygiene.models",
    migrations="cstui_hygiene.migrations",
    rules=rules.RULES,
    registers=_all("REGISTERS"),
    actions=_all("ACTIONS"),
    due=due,
    consequences=_all("CONSEQUENCES"),
    constraints=_all("CONSTRAINTS"),
    papers=_all("PAPERS"),
    charts=_all("CHARTS"),
    demo=demo.fill,
)


@hookimpl
def cstui_area() -> Area:
    return AREA
