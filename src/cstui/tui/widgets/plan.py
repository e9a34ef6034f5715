"""A plan: people or places by the days of a month, each with its sign, and below in words what one is at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cstui.calendar import Calendar
from cstui.cells import clean, pad, width, wrap
from cstui.contract.chart import Mark, Period, Plan
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
LESS, MORE = "^", "v"
"""There are more rows on this side."""


class Planned(Drawing):
    """Rows by days. Days of rest have no weekday but a sign of their own; it scrolls by itself, the head stays."""

    def __init__(self, plan: Plan, period: Period, calendar: Calendar, today: date, say: Say) -> None:
        self.plan, self.days, self.today, self.say = plan, period.days, today, say
        self.rests = [calendar.why(day) not in WORKS for day in self.days]
        self.names = [clean(say(row.name)) for row in plan.rows]
        self.spots = len(plan.rows) * len(self.days)
        self.start = self.days.index(today) if today in self.days else 0
        self.top = 0

    def place(self, at: int) -> tuple[int, int]:
        """The row and the day of a spot."""
        return divmod(at, len(self.days))

    def mark(self, at: int) -> Mark | None:
        row, day = self.place(at)
        return self.plan.rows[row].marks.get(self.days[day])

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        row, day = self.place(at)
        least, most = NAME
        name = min(most, max(map(width, self.names)))
        cells = max(CELLS[0], min(CELLS[1], (room - 2 - name) // len(self.days)))
        name = max(least, min(name, room - 2 - cells * len(self.days)))
        seen = max(1, min(len(self.names), height - HEAD - TOLD))
        self.top = max(0, min(max(self.top, row - seen + 1), row, len(self.names) - seen))
        shown = range(self.top, self.top + seen)
        made = [self._head(name, cells, day), self._weekdays(name, cells, day, shown)]
        made += [self._row(number, name, cells, row, day) for number in shown]
        return [*made, *self._below(at, room, height - len(made))]

    def _head(self, name: int, cells: int, here: int) -> Sequence[Run]:
        runs: list[Run] = [(" " * (name + 2), "")]
        for number, day in enumerate(self.days):
            style = (
                HERE if number == here else "accent" if day == self.today else "dim" if self.rests[number] else "head"
            )
            runs.append((pad(f"{day.day:>2}", cells), style))
        return runs

    def _weekdays(self, name: int, cells: int, here: int, shown: range) -> Sequence[Run]:
        more = (LESS if shown.start else "") + (MORE if shown.stop < len(self.names) else "")
        runs: list[Run] = [(pad(f" {more}", name + 2), "dim")]
        for number, day in enumerate(self.days):
            word = "rest" if self.rests[number] else WEEKDAYS[day.weekday()]
            told = pad(self.say(Text(f"charts.plan.{word}")), cells)
            runs.append((told, HERE if number == here else "dim" if self.rests[number] else "head"))
        return runs

    def _row(self, number: int, name: int, cells: int, row: int, day: int) -> Sequence[Run]:
        mine = number == row
        runs: list[Run] = [
            (">" if mine else " ", "accent"),
            (pad(self.names[number], name) + " ", "strong" if mine else ""),
        ]
        marks, free = self.plan.rows[number].marks, self.plan.rows[number].free
        for at, one in enumerate(self.days):
            mark = marks.get(one)
            sign = clean(self.say(mark.sign)) if mark else " " if (one in free if free else self.rests[at]) else "."
            style = (mark.severity or "") if mark else "dim"
            runs.append((pad(sign, cells), HERE if mine and at == day else style))
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
