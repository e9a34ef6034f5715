"""Spot checks of the shop floor: when and where, and whether they were made (hygiene-36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cstui.api import Context, DueItem, Text, utc
from cstui_hygiene.kinds import AreaKind, AreaState, Frequency, InspectionKind
from cstui_hygiene.models import CleaningArea, HygieneInspection
from cstui_hygiene.roster import DAY, Roster

BACK = 7
"""The last day of work before today is looked for within so many days."""
Check = tuple[datetime, CleaningArea]


async def shop(ctx: Context) -> list[DueItem]:
    """Areas that are missing, today's spot checks of which the time has come, and those left out the day before."""
    shop_floor = CleaningArea.filter(
        kind=AreaKind.PUBLIC_ZONE, frequency=Frequency.CONTINUOUS, state=AreaState.ACTIVE, first_day__lte=ctx.today
    )
    areas = await shop_floor.order_by("code")
    rule = ctx.rule("hygiene-36")
    if not areas or not rule.on:
        return []
    found = [_areas_missing(len(areas), rule.shop_areas)] if len(areas) < rule.shop_areas else []
    roster = await Roster.read(ctx, ctx.today - BACK * DAY, ctx.today)
    looks = HygieneInspection.filter(
        kind=InspectionKind.SPOT, area_id__in=[area.pk for area in areas], day__gte=ctx.today - BACK * DAY
    )
    made: list[Any] = [*await looks.values_list("day", flat=True)]
    for day in (ctx.today, _worked_before(ctx, roster)):
        if day is None or day < min(area.first_day for area in areas):
            continue
        checks = spot_checks(ctx, roster, areas, day)
        come = [check for check in checks if check[0] <= utc(ctx.now)]
        if made.count(day) < len(come):
            found.append(_item(ctx, day, checks, made.count(day)))
    return found


def spot_checks(ctx: Context, roster: Roster, areas: Sequence[CleaningArea], day: date) -> list[Check]:
    """The day's spot checks: one at a random time in each equal part of the day shift, each elsewhere.

    The same for everybody who asks: they follow from the site and the day.
    """
    people, count = roster.day_shift(day), ctx.rule("hygiene-36", day).shop_spot_checks
    if not people or not count:
        return []
    start, end = min(one.start for one in people), max(one.end for one in people)
    random = Random(f"{ctx.site} {day}")
    part = max(1, int((end - start) / count / timedelta(minutes=1)))
    times = [start + timedelta(minutes=number * part + random.randrange(part)) for number in range(count)]
    where = random.sample(range(len(areas)), len(areas))
    return [(at, areas[where[number % len(where)]]) for number, at in enumerate(times)]


def _worked_before(ctx: Context, roster: Roster) -> date | None:
    days = (ctx.today - back * DAY for back in range(1, BACK + 1))
    return next((day for day in days if roster.day_shift(day)), None)


def _item(ctx: Context, day: date, checks: Sequence[Check], made: int) -> DueItem:
    """The first check that is owed today, or that fewer were made than planned on a day that is over."""
    at, area = checks[made]
    today = day == ctx.today
    return DueItem(
        id=f"hygiene.shop.{day}.{made}",
        severity="info",
        title=Text("hygiene.due.spot_check", name=area.name)
        if today
        else Text("hygiene.due.spot_checks_left_out", day=day, made=made, count=len(checks)),
        rule="hygiene-36",
        due=at,
        state=Text("hygiene.state.spot_checks", made=made, count=len(checks)),
        register="hygiene.areas",
        records=(area.pk,) if today else (),
        actions=("hygiene.spot_check",) if today else (),
        proof=tuple(
            Text("hygiene.proof.spot_check", at=when, name=where.name) for when, where in checks if when <= utc(ctx.now)
        ),
    )


def _areas_missing(count: int, wanted: int) -> DueItem:
    return DueItem(
        id="hygiene.shop_areas",
        severity="info",
        title=Text("hygiene.due.shop_areas", count=count, wanted=wanted),
        rule="hygiene-36",
        state=Text("hygiene.state.spot_checks", made=count, count=wanted),
        register="hygiene.areas",
        actions=("hygiene.use_preset", "hygiene.set_area"),
    )
