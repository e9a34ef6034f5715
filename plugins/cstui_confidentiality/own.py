"""What of a register somebody sees: those who look after confidentiality all of it, anybody else their own."""

from __future__ import annotations

from typing import Any

from cstui.api import Context

NOBODY = 0


def own(ctx: Context, rows: Any, path: str) -> Any:
    """All rows for those who may look; for a member only those whose `path` (a person's id) is theirs."""
    return rows if ctx.may("confidentiality.look") else rows.filter(**{path: ctx.actor.staff_id or NOBODY})
