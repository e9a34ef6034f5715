"""Plants that weren't watered (hygiene-29), and leaves to be cleaned (hygiene-30), in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from cstui.api import Context, DueItem, Text, utc
from cstui_hygiene.kinds import AreaKind, AreaState, Frequency, PlantTask
from cstui_hygiene.models import CleaningArea, PlantCare
from cstui_hygiene.plants.acts import times
from cstui_hygiene.roster import DAY, Roster
from cstui_hygiene.rules import WEEKDAYS

BACK = 14
"""So many days are looked back upon."""
SUNDAY = 6
WEEK = 7


async def plants(ctx: Context) -> list[DueItem]:
    """What the day shift owes the plants, from the day on which their area is kept."""
    kept = CleaningArea.filter(kind=AreaKind.PLANTS, frequency=Frequency.CONTINUOUS, state=AreaState.ACTIVE)
    area = await kept.order_by("first_day").first()
    if area is None:
        return []
    first = max(area.first_day, ctx.today - BACK * DAY)
    logs = await PlantCare.filter(day__gte=first).values_list("task", "day")
    done = Counter((PlantTask(task), day) for task, day in logs)
    if _all_done(ctx, done):
        return []
    account = _Account(ctx, first, await Roster.read(ctx, first, ctx.today), done)
    return [*_water(account), *_leaves(account)]


def _all_done(ctx: Context, done: Counter[tuple[PlantTask, date]]) -> bool:
    """Whether they were watered today, and their leaves cleaned since their weekday came last: so on most days."""
    weekday = WEEKDAYS.index(ctx.rule("hygiene-30").leaf_clean_weekday)
    meant = ctx.today - (ctx.today.weekday() - weekday) % WEEK * DAY
    leaves = any(task is PlantTask.LEAF_CLEAN and day >= meant for task, day in done)
    return leaves and done[PlantTask.WATER, ctx.today] >= times(ctx, PlantTask.WATER, ctx.today)


@dataclass(frozen=True, slots=True)
class _Account:
    """Who works by day since `first`, and how often which task was done on each day."""

    ctx: Context
    first: date
    roster: Roster
    done: Counter[tuple[PlantTask, date]]

    def ends(self, day: date) -> datetime | None:
        """When the day shift of a day ends; None: nobody works by day."""
        return max((one.end for one in self.roster.day_shift(day)), default=None)

    def people(self, day: date) -> str:
        return "、".join(one.staff.name for one in self.roster.day_shift(day)[:6])


def _water(account: _Account) -> list[DueItem]:
    """The days in a row, up to the last one that is over, on which nobody watered."""
    ctx, missed = account.ctx, list[date]()
    day = ctx.today
    while day >= account.first:
        rule, ends = ctx.rule("hygiene-29", day), account.ends(day)
        if rule.on and rule.water_frequency and ends:
            if account.done[PlantTask.WATER, day] >= times(ctx, PlantTask.WATER, day):
                break
            if ends <= utc(ctx.now):
                missed.append(day)
        day -= DAY
    if not missed:
        return []
    last, running = missed[0], len(missed) > 1
    return [
        DueItem(
            id=f"hygiene.water.{last}",
            severity="warning" if running else "info",
            title=Text("hygiene.due.dry_running" if running else "hygiene.due.dry", day=last, count=len(missed)),
            rule="hygiene-29",
            due=account.ends(last),
            state=Text("hygiene.choice.missed"),
            register="hygiene.plants",
            actions=("hygiene.water_plants",),
            proof=tuple(
                Text("hygiene.proof.dry", day=day, ends=account.ends(day), people=account.people(day))
                for day in missed
            ),
        )
    ]  # fmt: skip


def _leaves(account: _Account) -> list[DueItem]:
    """The last day on which leaves were to be cleaned, from its morning until they are."""
    ctx = account.ctx
    found = [one for back in (0, WEEK) if (one := _leaf_day(account, ctx.today - back * DAY)) and one[0] <= ctx.today]
    if not found:
        return []
    day, meant = found[0]
    if any(task is PlantTask.LEAF_CLEAN and done >= day for task, done in account.done):
        return []
    ends = account.ends(day)
    late = ends is not None and ends <= utc(ctx.now)
    word = "leaves_missed" if late else "leaves_moved" if day != meant else "leaves"
    proof = [Text("hygiene.proof.leaves", day=day, ends=ends, people=account.people(day))]
    if day != meant:
        proof.append(Text("hygiene.proof.moved", meant=meant, day=day))
    return [
        DueItem(
            id=f"hygiene.leaves.{day}",
            severity="warning",
            title=Text(f"hygiene.due.{word}", day=day, meant=meant),
            rule="hygiene-30",
            due=ends,
            state=Text("hygiene.choice.missed") if late else Text("hygiene.state.due", due=ends),
            register="hygiene.plants",
            actions=("hygiene.clean_leaves",),
            proof=tuple(proof),
        )
    ]


def _leaf_day(account: _Account, of: date) -> tuple[date, date] | None:
    """The day of that week on which leaves are cleaned, and the one for which it was meant.

    Where nobody works by day on its weekday, it is the next day of the week on which somebody does.
    """
    monday = of - of.weekday() * DAY
    meant = monday + WEEKDAYS.index(account.ctx.rule("hygiene-30", of).leaf_clean_weekday) * DAY
    if not account.ctx.rule("hygiene-30", meant).on:
        return None
    day = meant
    while day <= monday + SUNDAY * DAY:
        if day >= account.first and account.ends(day):
            return day, meant
        day += DAY
    return None
