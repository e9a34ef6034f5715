"""Key custody: an unbroken account of every key of a building taken over."""

from __future__ import annotations

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


async def due(ctx: Context) -> list[DueItem]:
    """All matters of the area at `ctx.now`. Those of `DAILY` depend on the days on which the site works."""
    days = await Workdays.read(ctx)
    found = [item for room in ROOMS for matters in getattr(room, "DUE", ()) for item in await matters(ctx)]
    return found + [
        item for room in ROOMS for matters in getattr(room, "DAILY", ()) for item in await matters(ctx, days)
    ]


AREA = Area.of("keys", __name__, ROOMS, rules=rules.RULES, due=due, demo=demo.fill)


@hookimpl
def cstui_area() -> Area:
    return AREA
