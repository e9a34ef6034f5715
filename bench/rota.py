"""A year's cleaning rota for 200 people, against the barest loop that gives each duty to whoever has had the fewest."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

from bench.measure import Row, costs, pairs

PEOPLE, DAYS, OPENING, CLOSING = 200, 365, 8, 4
FIRST = date(2026, 1, 1)


def there(day: int) -> frozenset[int]:
    """Who is at work: five days in seven, each group its own."""
    return frozenset(person for person in range(PEOPLE) if (person + day) % 7 < 5)


def reckoned(number: int) -> float:
    """Seconds for the rota as it is reckoned, absences, slots and the evidence for each choice included."""
    from cstui_hygiene.rota.planning import Day, Turn, plan

    slots = ["opening"] * OPENING + ["closing"] * CLOSING
    days = [
        Day(
            FIRST + timedelta(days=day),
            tuple(Turn((day, job), slot, there(day)) for job, slot in enumerate(slots)),
            there(day),
            frozenset(person for person in range(PEOPLE) if (person * 31 + day) % 90 == 0),
        )
        for day in range(DAYS)
    ]
    began = time.perf_counter()
    found = plan({person: f"{person:04}" for person in range(PEOPLE)}, days)
    assert len(found) == DAYS * len(slots)
    return time.perf_counter() - began


def bare(number: int) -> float:
    """Seconds for fewest duties first and nothing else."""
    people = [there(day) for day in range(DAYS)]
    began = time.perf_counter()
    had = [0] * PEOPLE
    for day in range(DAYS):
        for _ in range(OPENING + CLOSING):
            had[min(people[day], key=had.__getitem__)] += 1
    return time.perf_counter() - began


def measure(folder: Path) -> list[Row]:
    ours, plain = pairs(reckoned, bare)
    what = f"cleaning rota, {PEOPLE} people, {DAYS} days, {OPENING + CLOSING} duties a day"
    return [costs(what, "fewest duties first, nothing else", "s", ours, plain)]
