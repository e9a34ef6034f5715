"""Which checks of their own place people owe, and which of these are missing (hygiene-08, hygiene-09)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cstui.api import Context, utc
from cstui.people import Staff
from cstui_hygiene.models import PersonalCheck
from cstui_hygiene.roster import DAY, SERVICE, Roster


@dataclass(frozen=True, slots=True)
class Owed:
    """The check of a person on a day on duty, from the begin of their first shift to the end of the last."""

    staff: Staff
    day: date
    start: datetime
    end: datetime
    check: PersonalCheck | None

    @property
    def told(self) -> bool:
        """Whether they were told already that it is missing."""
        return self.check is not None and self.check.reminded_at is not None


async def owed(ctx: Context, people: Sequence[Staff] | None = None) -> list[Owed]:
    """The checks since the month of yesterday began, of everybody of customer service whom the roster has at work.

    Who is absent owes nothing, nor anybody before the site's first check. A constant number of queries.
    """
    began = await PersonalCheck.all().order_by("day").first()
    if began is None or began.day > ctx.today:
        return []
    first = max((ctx.today - DAY).replace(day=1), began.day)
    roster = await Roster.read(ctx, first, ctx.today)
    wanted = None if people is None else {person.pk for person in people}
    made = PersonalCheck.filter(day__gte=first, day__lte=ctx.today)
    checks = {(one.staff_id, one.day): one for one in await made}
    found: list[Owed] = []
    for day in sorted(roster.rostered):
        if not first <= day <= ctx.today:
            continue
        times: dict[int, list[datetime]] = defaultdict(list)
        working = [one for one in roster.working(day) if one.staff.department == SERVICE]
        for one in working:
            times[one.staff.pk] += [one.start, one.end]
        for person in {one.staff.pk: one.staff for one in working}.values():
            if wanted is None or person.pk in wanted:
                span = times[person.pk]
                found.append(Owed(person, day, min(span), max(span), checks.get((person.pk, day))))
    return found


def missing(ctx: Context, all_owed: Iterable[Owed]) -> Mapping[int, list[Owed]]:
    """Of each person the checks that weren't made by the end of the shift, in the month of the last of them."""
    found: dict[int, list[Owed]] = defaultdict(list)
    for one in all_owed:
        if _unmade(ctx, one) and utc(ctx.now) >= one.end:
            found[one.staff.pk].append(one)
    return {
        person: [one for one in some if one.day.replace(day=1) == some[-1].day.replace(day=1)]
        for person, some in found.items()
    }


def at_work(ctx: Context, all_owed: Iterable[Owed]) -> list[Owed]:
    """The checks on leaving that those at work haven't made yet."""
    return [one for one in all_owed if _unmade(ctx, one) and one.start <= utc(ctx.now) < one.end]


def _unmade(ctx: Context, one: Owed) -> bool:
    rule = ctx.rule("hygiene-08", one.day)
    done = one.check is not None and (one.check.left_at is not None or bool(one.check.excused))
    return rule.on and bool(rule.personal_desk_frequency) and not done


def late_arrivals(ctx: Context, all_owed: Iterable[Owed]) -> list[Owed]:
    """Those at work who didn't look at dress and own area in time."""
    found = []
    for one in all_owed:
        rule = ctx.rule("hygiene-09", one.day)
        done = one.check is not None and (one.check.arrived_at is not None or bool(one.check.excused))
        if rule.on and not done and one.start + rule.self_check_due < utc(ctx.now) < one.end:
            found.append(one)
    return found
