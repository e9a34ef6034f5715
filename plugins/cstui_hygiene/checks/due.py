"""Checks of people's own places that aren't made, one matter for each person (hygiene-08, hygiene-09)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, DueItem, Text
from cstui_hygiene.checks.missing import Owed, at_work, late_arrivals, missing, owed

TOLD = ("hygiene.remind_check", "hygiene.excuse_check")


async def checks_due(ctx: Context) -> list[DueItem]:
    """Whose check is missing and who wasn't told yet, who is late to look on arrival, and one's own on leaving."""
    all_owed = await owed(ctx)
    found = [_missing(ctx, some) for some in missing(ctx, all_owed).values() if not all(one.told for one in some)]
    found += [_late(ctx, one) for one in late_arrivals(ctx, all_owed)]
    return found + [_leaving(ctx, one) for one in at_work(ctx, all_owed) if one.staff.pk == ctx.actor.staff_id]


def _missing(ctx: Context, some: Sequence[Owed]) -> DueItem:
    last = some[-1]
    rule = ctx.rule("hygiene-08", last.day)
    often = len(some) >= rule.personal_check_misses_warn
    return DueItem(
        id=f"hygiene.check.{last.staff.pk}.{last.day:%Y-%m}",
        severity="warning" if often else "info",
        title=Text("hygiene.due.check_missing", person=last.staff.name,
                   days="、".join(f"{one.day:%m-%d}" for one in some)),
        rule=rule.id,
        person=last.staff.name,
        person_id=last.staff.pk,
        due=last.end,
        state=Text("hygiene.state.misses", count=len(some)),
        register="people.staff",
        records=(last.staff.pk,),
        actions=TOLD,
        proof=(
            Text("hygiene.proof.shift_end", end=last.end),
            Text("hygiene.proof.misses", count=len(some), warn=rule.personal_check_misses_warn),
        ),
    )  # fmt: skip


def _late(ctx: Context, one: Owed) -> DueItem:
    rule = ctx.rule("hygiene-09", one.day)
    due = one.start + rule.self_check_due
    return DueItem(
        id=f"hygiene.arrival.{one.staff.pk}.{one.day}",
        severity="info",
        title=Text("hygiene.due.check_arrival", person=one.staff.name),
        rule=rule.id,
        person=one.staff.name,
        person_id=one.staff.pk,
        due=due,
        state=Text("hygiene.state.not_looked"),
        register="people.staff",
        records=(one.staff.pk,),
        actions=("hygiene.arrive",),
        proof=(Text("hygiene.proof.arrival", start=one.start, within=rule.self_check_due, due=due),),
    )


def _leaving(ctx: Context, one: Owed) -> DueItem:
    return DueItem(
        id=f"hygiene.leaving.{one.staff.pk}.{one.day}",
        severity="info",
        title=Text("hygiene.due.check_leaving"),
        rule=ctx.rule("hygiene-08", one.day).id,
        person=one.staff.name,
        person_id=one.staff.pk,
        due=one.end,
        register="people.staff",
        records=(one.staff.pk,),
        actions=("hygiene.leave",),
        proof=(Text("hygiene.proof.leaving", end=one.end),),
        mine=True,
    )
