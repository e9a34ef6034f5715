"""Key custody: an unbroken account of every key of a building taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cstui.api import Area, Context, DueItem, hookimpl
from cstui_keys import (
    closing,
    copies,
    counts,
    demo,
    keeping,
    loans,
    losses,
    owners,
    register,
    rules,
    takeover,
)
from cstui_keys.workdays import Workdays

ROOMS: tuple[Any, ...] = (register, loans, losses, keeping, owners, copies, takeover, counts, closing)
"""Each matter of key custody has a room of its own, with its actions, and its registers and due items if any."""


def _all(name: str) -> tuple[Any, ...]:
    """What the rooms declare under a name, in their order."""
    return tuple(one for room in ROOMS for one in getattr(room, name, ()))


async def due(ctx: Context) -> list[DueItem]:
    """All matters of the area at `ctx.now`. Those of `DAILY` depend on the days on which the site works."""
    days = await Workdays.read(ctx)
    found = [item for matters in _all("DUE") for item in await matters(ctx)]
    return found + [item for matters in _all("DAILY") for item in await matters(ctx, days)]


AREA = Area(
    "keys",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui_keys.models",
    migrations="cstui_keys.migrations",
    rules=rules.RULES,
    registers=_all("REGISTERS"),
    actions=_all("ACTIONS"),
    due=due,
    approvals=_all("APPROVALS"),
    consequences=_all("CONSEQUENCES"),
    constraints=_all("CONSTRAINTS"),
    papers=_all("PAPERS"),
    charts=_all("CHARTS"),
    facts=_all("FACTS"),
    demo=demo.fill,
)


@hookimpl
def cstui_area() -> Area:
    return AREA
