"""A plan: people or places by the days of a month, each with its sign, and below in words what one is at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cstui.calendar import Calendar
from cstui.cells import clean, pad, width, wrap
from cstui.contract.chart import Period, Plan, PlanMark
from cstui.contract.text import Text
from cstui.tui.paint import Run
from cstui.tui.theme import HERE
from cstui.tui.widgets.boards import WEEKDAYS
from cstui.tui.widgets.drawing import NOWHERE, Drawing, Lead, Say, grid_step

NAME = (6, 16)
"""Fewest and most cells of a name."""
CELLS = (2, 4)
"""Fewest and most cells of a day."""
TOLD = 5
"""Lines below for the place one is at, a blank one before them."""
HEAD = 2
WORKS = {"workday", "makeup", "site_work"}


class Planned(Drawing):
    """Rows by days. Days of rest have no weekday but a sign of their own; it scrolls by itself, the head stays."""

    def __init__(self, plan: Plan, period: Period, calendar: Calendar, today: date, say: Say) -> None:
        self.plan, self.days, self.today, self.say = plan, period.days, today, say
        self.rests = [calendar.why(day) not in WORKS for day in self.days]
        self.names = [clean(say(row.name)) for row in plan.rows]
        self.spots = len(plan.rows) * len(self.days)
        self.start = self.days.index(today) if today in self.days else 0
        self.rows, self.shown = range(0), range(0)
        """The rows and the days (by number) in sight."""
        self.name, self.cells = NAME[0], CELLS[0]

    def place(self, at: int) -> tuple[int, int]:
        """The row and the day of a spot."""
        return divmod(at, len(self.days))

    def mark(self, at: int) -> PlanMark | None:
        row, day = self.place(at)
        return self.plan.rows[row].marks.get(self.days[day])

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        row, day = self.place(at)
        count = len(self.days)
        least, most = NAME
        name = min(most, max(map(width, self.names)))
        self.cells = max(CELLS[0], min(CELLS[1], (room - 2 - name) // count))
        self.name = max(least, min(name, room - 2 - self.cells * count))
        self.rows = _window(self.rows.start, row, len(self.names), height - HEAD - TOLD)
        self.shown = _window(self.shown.start, day, count, (room - 2 - self.name) // self.cells)
        made = [self._head(day), self._weekdays(day), *(self._row(number, row, day) for number in self.rows)]
        return [*made, *self._below(at, room, height - len(made))][:height]

    def _head(self, here: int) -> Sequence[Run]:
        runs: list[Run] = [(" " * (self.name + 2), "")]
        for number in self.shown:
            day = self.days[number]
            runs.append((pad(f"{day.day:>2}", self.cells), self._style(number, here, day == self.today)))
        return runs

    def _weekdays(self, here: int) -> Sequence[Run]:
        """Days of the week, and on which sides there is more to be seen."""
        more = [
            sign
            for sign, there in (
                ("^", self.rows.start), ("v", self.rows.stop < len(self.names)),
                ("<", self.shown.start), (">", self.shown.stop < len(self.days)),
            )
            if there
        ]  # fmt: skip
        runs: list[Run] = [(pad(f" {''.join(more)}", self.name + 2), "dim")]
        for number in self.shown:
            word = "rest" if self.rests[number] else WEEKDAYS[self.days[number].weekday()]
            runs.append((self._sign(self.say(Text(f"charts.plan.{word}"))), self._style(number, here)))
        return runs

    def _sign(self, told: str) -> str:
        """A sign below its day's number."""
        return pad(pad(told, CELLS[0], "right"), self.cells)

    def _style(self, number: int, here: int, today: bool = False) -> str:
        return HERE if number == here else "accent" if today else "dim" if self.rests[number] else "head"

    def _row(self, number: int, row: int, day: int) -> Sequence[Run]:
        mine = number == row
        sign, look = (">", "strong") if mine else (" ", "")
        runs: list[Run] = [(sign, "accent"), (pad(self.names[number], self.name) + " ", look)]
        marks, free = self.plan.rows[number].marks, self.plan.rows[number].free
        for at in self.shown:
            mark = marks.get(self.days[at])
            rests = self.days[at] in free if free else self.rests[at]
            told = clean(self.say(mark.sign)) if mark else " " if rests else "."
            style = (mark.severity or "") if mark else "dim"
            runs.append((self._sign(told), HERE if mine and at == day else style))
        return runs

    def _below(self, at: int, room: int, height: int) -> Iterator[Sequence[Run]]:
        """The place in words, as many lines as there is room for; at the end what the signs mean."""
        mark = self.mark(at)
        told = [line for text in (mark.told[1:] if mark else ()) for line in self._wrapped(text, room - 2)]
        space = max(0, height - 2)
        yield []
        for line in told[:space]:
            yield [(f" {line}", "")]
        yield from ([] for _ in range(space - len(told)))
        yield [(pad(f" {clean(self.say(self.plan.legend))}", room), "dim")]

    def _wrapped(self, text: Text, room: int) -> list[str]:
        return [line for part in clean(self.say(text), lines=True).split("\n") for line in wrap(part, room)]

    def spot(self, line: int, cell: int) -> int | None:
        row, day = self.rows.start + line - HEAD, self.shown.start + (cell - 2 - self.name) // self.cells
        return row * len(self.days) + day if row in self.rows and day in self.shown else None

    def step(self, key: str, at: int) -> int | None:
        return grid_step(key, at, len(self.days), self.spots)

    def told(self, at: int) -> str:
        row, number = self.place(at)
        day, mark = self.days[number], self.mark(at)
        weekday = Text(f"tui.weekday.{WEEKDAYS[day.weekday()]}")
        empty = "free" if day in self.plan.rows[row].free else "nothing"
        said = mark.told[0] if mark else Text(f"charts.plan.{empty}")
        return self.say(Text("charts.plan.told", day=day, weekday=weekday, name=self.plan.rows[row].name, told=said))

    def lead(self, at: int) -> Lead:
        mark = self.mark(at)
        return (self.plan.register, mark.records) if mark and mark.records and self.plan.register else NOWHERE


def _window(before: int, at: int, count: int, room: int) -> range:
    """As many as there is room for, that of the cursor among them, moved no further than it has to be."""
    seen = max(1, min(count, room))
    first = max(0, min(max(before, at - seen + 1), at, count - seen))
    return range(first, first + seen)
