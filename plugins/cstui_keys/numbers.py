"""Numbers of forms: a letter, the day, and a number that begins anew each day (I20261124-001)."""

from __future__ import annotations

from datetime import date

from cstui.api import Record


async def next_number(model: type[Record], field: str, letter: str, day: date) -> str:
    """The next free number of a form. Inside an act nobody else can take it."""
    head = f"{letter}{day:%Y%m%d}-"
    last = await model.filter(**{f"{field}__startswith": head}).order_by("-id").first()
    return f"{head}{int(getattr(last, field).removeprefix(head)) + 1 if last else 1:03}"
