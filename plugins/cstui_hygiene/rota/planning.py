"""Whose turn it is: fewest duties first, then the longest time without one, then the staff number (hygiene-10).

Pure: days, people and duties in, choices out (docs/decisions/hygiene.md: whose turn it is).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

DEBT = 1
"""Duties that somebody who was away owes at most."""
BESIDE = 5
"""So many of those who come next are kept with a choice."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A duty of a day: `taken` by somebody, or to be given to one of `among`; asked for by its `key`.

    One that doesn't count (a named person's own) only keeps its holder from another of its slot.
    """

    key: Hashable
    slot: Hashable
    among: frozenset[int] = frozenset()
    taken: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """`present` are those at work who take turns, `away` those who are absent or not of the staff yet."""

    day: date
    turns: tuple[Turn, ...]
    present: frozenset[int]
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """How many duties somebody has, and the day of the last."""

    person: int
    level: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose turn it is (none: nobody could), and who comes next; `busy` have another duty of that slot and day."""

    best: Standing | None
    following: tuple[Standing, ...] = ()
    others: int = 0
    """Further people who could."""
    busy: tuple[int, ...] = ()

    @property
    def person(self) -> int | None:
        return self.best.person if self.best else None


def plan(numbers: Mapping[int, str], days: Iterable[Day]) -> dict[Hashable, Choice]:
    """Choose for each duty that nobody has taken, day by day; `numbers` are the staff numbers of all concerned."""
    level = dict.fromkeys(numbers, 0)
    last = dict.fromkeys(numbers, date.min)
    found: dict[Hashable, Choice] = {}

    def rank(person: int) -> tuple[int, date, str]:
        return level[person], last[person], numbers[person]

    for day in days:
        least = min((level[person] for person in day.present), default=0) - DEBT
        for person in day.away:
            level[person] = max(level[person], least)
        busy: set[tuple[Hashable, int]] = set()
        slots = list(dict.fromkeys(turn.slot for turn in day.turns))
        # Taken ones first, then a named person's own; then slot by slot: else who is busy in one falls behind.
        for turn in sorted(day.turns, key=lambda turn: (turn.taken is None, turn.counts, slots.index(turn.slot))):
            chosen = turn.taken
            if chosen is None:
                free = [person for person in turn.among if (turn.slot, person) not in busy]
                best = nsmallest(1 + BESIDE, free, rank)
                told = [Standing(one, level[one], None if last[one] == date.min else last[one]) for one in best]
                others = max(0, len(free) - len(told))
                left = tuple(sorted(turn.among.difference(free), key=numbers.__getitem__))
                found[turn.key] = Choice(told[0] if told else None, tuple(told[1:]), others, left)
                chosen = found[turn.key].person
            if chosen is not None:
                busy.add((turn.slot, chosen))
                if turn.counts and chosen in level:
                    level[chosen] += 1
                    last[chosen] = max(last[chosen], day.day)
    return found
