"""Which group works on which day of a week (hygiene-38). Pure: days and zones in, days of groups out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date


def week_plan(
    zones: Sequence[int], days: Sequence[date], often: int, is_workday: Callable[[date], bool]
) -> list[tuple[date, int]]:
    """Each group (1, 2, …; `zones` are how many each has) goes to the day with the fewest zones, so `often`.

    Of days that are alike a working day comes first, then the earlier one: five groups work from Monday to Friday,
    seven one a day, and an eighth joins the one with the least to do.
    """
    load = dict.fromkeys(days, 0)
    plan: list[tuple[date, int]] = []
    for _ in range(often):
        for group, count in enumerate(zones, 1):
            free = [day for day in days if (day, group) not in plan]
            if free:
                day = min(free, key=lambda day: (load[day], not is_workday(day), day))
                load[day] += count
                plan.append((day, group))
    return sorted(plan)
