"""What of a declared area is due, in Today: records to be done, and days for which one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cstui.contract.context import Context
from cstui.contract.declare import DueItem
from cstui.contract.text import Text
from cstui.declared import deadlines
from cstui.declared.kept import Kept


async def items(ctx: Context, registers: Sequence[Kept]) -> list[DueItem]:
    """The matters of an area's registers."""
    found: list[DueItem] = []
    for kept in registers:
        if kept.table.due:
            found += await (_by_day(ctx, kept) if kept.table.due.every else _by_field(ctx, kept))
    return found


async def _by_field(ctx: Context, kept: Kept) -> list[DueItem]:
    """Records that are still to be done."""
    assert kept.table.due
    found = []
    for row in await kept.rows(done_at=None, **{f"{kept.table.due.field}__not_isnull": True}):
        due = deadlines.due_of(kept, ctx, row)
        if due and due - deadlines.AHEAD <= ctx.now:
            found.append(_item(ctx, kept, due, row=row))
    return found


async def _by_day(ctx: Context, kept: Kept) -> list[DueItem]:
    """Days for which nothing was entered, or what was isn't done yet."""
    due = kept.table.due
    assert due
    done = {*await kept.model.exclude(done_at=None).values_list(due.day, flat=True)}
    begun = {getattr(row, due.day): row for row in await kept.rows(done_at=None)}
    return [
        _item(ctx, kept, deadlines.moment_of(kept, ctx, day), row=begun.get(day), day=day)
        for day in deadlines.days(kept, ctx, done)
    ]


def _item(ctx: Context, kept: Kept, due: datetime, row: Any = None, day: date | None = None) -> DueItem:
    table = kept.table
    assert table.due
    late = deadlines.late(kept, due, ctx.now)
    person = (
        next((getattr(row, name) for name, one in table.field.items() if one.kind == "person"), None) if row else None
    )
    acts = ("finish", "change") if row else ("add",)
    return DueItem(
        id=f"{kept.id}:{row.pk if row else day}",
        severity=table.due.severity if late else "info",
        title=kept.record(row) if row else Text("declared.due.missing", register=kept.title, day=day),
        rule=kept.rule(table.due.rule),
        person=person.name if person else "",
        person_id=person.pk if person else None,
        due=due,
        state=Text("declared.state.late", late=ctx.now - due) if late else Text("declared.state.by", due=due),
        register=kept.id,
        records=(row.pk,) if row else (),
        actions=tuple(f"{kept.area}.{act}_{kept.name}" for act in acts),
        proof=(_proof(ctx, kept, row, day),),
    )


def _proof(ctx: Context, kept: Kept, row: Any, day: date | None) -> Text:
    """How the due time came about."""
    due = kept.table.due
    assert due
    if not due.field:
        return Text("declared.proof.day", day=day, at=kept.figure(ctx, due.at, day))
    base = getattr(row, due.field)
    after = kept.figure(ctx, due.after, ctx.local(base).date() if isinstance(base, datetime) else base)
    said = "workdays" if isinstance(after, int) else "time"
    return Text(f"declared.proof.{said}", field=Text(f"{kept.area}.field.{due.field}"), since=base, after=after)
