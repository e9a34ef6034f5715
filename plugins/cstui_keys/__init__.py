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
    papers,
    register,
    rules,
    takeover,
)

ROOMS: tuple[Any, ...] = (register, loans, losses, keeping, owners, copies, takeover, counts, closing)
"""Each matter of key custody has a room of its own, with its actions, and its registers and due items if any."""


async def due(ctx: Context) -> list[DueItem]:
    """All matters of the area at `ctx.now`."""
    return [item for room in ROOMS for matters in getattr(room, "DUE", ()) for item in await matters(ctx)]


AREA = Area(
    "keys",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui_keys.models",
    migrations="cstui_keys.migrations",
    rules=rules.RULES,
    registers=tuple(one for room in ROOMS for one in getattr(room, "REGISTERS", ())),
    actions=tuple(one for room in ROOMS for one in room.ACTIONS),
    due=due,
    approvals=tuple(one for room in ROOMS for one in getattr(room, "APPROVALS", ())),
    consequences=tuple(one for room in ROOMS for one in getattr(room, "CONSEQUENCES", ())),
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loan" ON "keys_loan_line" ("key_id") '
        'WHERE "back_at" IS NULL',
        'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_loss" ON "keys_loss" ("key_id") '
        "WHERE \"state\" = 'reported'",
        *(one for room in ROOMS for one in getattr(room, "CONSTRAINTS", ())),
    ),
    papers=(*papers.PAPERS, *counts.PAPERS),
    facts=tuple(one for room in ROOMS for one in getattr(room, "FACTS", ())),
    demo=demo.fill,
)


@hookimpl
def cstui_area() -> Area:
    return AREA
