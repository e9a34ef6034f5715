"""Things in their places: a board of cards in columns, and a month of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from cstui.calendar import Calendar
from cstui.cells import clean, clip, pad, width, wrap
from cstui.contract.chart import Board, Card, Period
from cstui.contract.declare import SEVERITIES, DueItem
from cstui.contract.text import Text
from cstui.tui.paint import SIGNS, Run
from cstui.tui.theme import HERE
from cstui.tui.widgets.drawing import NOWHERE, Drawing, Lead, Say

MOST = 2
"""Lines that a part of a card's remark takes at most."""
CARD = 8
"""Fewest cells of a card."""
TITLED = 14
"""Cells of a day from which there is room for its matters' titles."""
TALL = (2, 4)
"""Fewest and most lines of a day."""
LISTED = 6
"""Lines left below the month for the matters of the day one is at."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = 7
MARKED = {"holiday": "off", "site_off": "off", "makeup": "work", "site_work": "work"}
"""The word beside a day, by why it is or isn't one of work."""


class Lanes(Drawing):
    """Cards in columns, the number of them above each."""

    head = 2

    def __init__(self, board: Board, say: Say) -> None:
        self.board, self.say = board, say
        self.cards = [(lane, row) for lane, one in enumerate(board.lanes) for row in range(len(one.cards))]
        self.spots = len(self.cards)
        self.rows: dict[int, tuple[int, int]] = {}
        self.cells = CARD

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        self.cells = cells = max(CARD, (room - 1) // max(len(self.board.lanes), 1) - 1)
        columns = [self._lane(lane, cells, at) for lane in range(len(self.board.lanes))]
        empty: Sequence[Run] = [(" " * cells, "")]
        made: list[Sequence[Run]] = []
        for parts in zip_longest(*columns, fillvalue=empty):
            made.append([(" ", ""), *(run for part in parts for run in (*part, (" ", "")))])
        return made

    def _lane(self, number: int, cells: int, at: int) -> list[Sequence[Run]]:
        lane = self.board.lanes[number]
        style = next((card.severity for card in lane.cards), "dim")
        made: list[Sequence[Run]] = [
            [(pad(f"{self.say(lane.name)}  {len(lane.cards)}", cells), "strong" if lane.cards else "dim")],
            [("-" * cells, style)],
        ]
        for row, card in enumerate(lane.cards):
            spot = self.cards.index((number, row))
            made += [[(" " * cells, "")]] if row else []
            begin = len(made)
            made += self._card(card, cells, spot == at)
            self.rows[spot] = (begin, len(made) - 1)
        return made

    def _card(self, card: Card, cells: int, here: bool) -> Iterator[Sequence[Run]]:
        sign = SIGNS[card.severity]
        if here:
            yield [(pad(f"> {self.say(card.title)}", cells), HERE)]
        else:
            yield [(f"{sign} ", card.severity), (pad(self.say(card.title), cells - 2), "strong")]
        if card.remark:
            for part in clean(self.say(card.remark), lines=True).split("\n"):
                told = wrap(part, cells - 2)
                if len(told) > MOST:
                    told = [*told[: MOST - 1], clip(f"{told[MOST - 1]}   ", cells - 2)]
                for line in told:
                    yield [("  ", ""), (pad(line, cells - 2), "dim")]

    def line_of(self, at: int) -> tuple[int, int]:
        return self.rows.get(at, (0, 0))

    def spot(self, line: int, cell: int) -> int | None:
        lane = (cell - 1) // (self.cells + 1)
        here = (at for at, (first, last) in self.rows.items() if first <= line <= last and self.cards[at][0] == lane)
        return next(here, None)

    def step(self, key: str, at: int) -> int | None:
        lane, row = self.cards[at]
        if key in {"up", "down"}:
            after = (lane, row + (1 if key == "down" else -1))
            return self.cards.index(after) if after in self.cards else at
        if key not in {"left", "right"}:
            return None
        way = range(lane + 1, len(self.board.lanes)) if key == "right" else range(lane - 1, -1, -1)
        onward = next((one for one in way if self.board.lanes[one].cards), None)
        if onward is None:
            return at
        return self.cards.index((onward, min(row, len(self.board.lanes[onward].cards) - 1)))

    def card(self, at: int) -> Card:
        lane, row = self.cards[at]
        return self.board.lanes[lane].cards[row]

    def told(self, at: int) -> str:
        card = self.card(at)
        lane = self.say(self.board.lanes[self.cards[at][0]].name)
        parts = self.say(card.remark).split("\n") if card.remark else []
        return clean("  ".join([lane, self.say(card.title), *parts]))

    def lead(self, at: int) -> Lead:
        records = self.card(at).records
        return (self.board.register, records) if self.board.register and records else NOWHERE


class Month(Drawing):
    """The days of a month by weeks from Monday, each with what is due on it by severity."""

    flows = True

    def __init__(
        self, period: Period, items: Mapping[date, Sequence[DueItem]], calendar: Calendar, today: date, say: Say
    ) -> None:
        self.period, self.items, self.calendar, self.today, self.say = period, items, calendar, today, say
        self.spots = len(period.days)
        self.start = max(0, min((today - period.first).days, self.spots - 1))
        self.published = calendar.published(period.first)
        """Whether it is known which days are holidays."""
        self.before = period.first.weekday()
        """Days of the first week that aren't of the month."""
        self.tall, self.cells = 3, 3

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        weeks = (self.before + self.spots + WEEK - 1) // WEEK
        self.cells = cells = max(3, (room - 1) // WEEK - 1)
        least, most = TALL
        self.tall = max(least, min(most, (height - 1 - LISTED) // weeks)) if cells >= TITLED else least
        names = [self.say(Text(f"tui.weekday.{name}")) for name in WEEKDAYS]
        made: list[Sequence[Run]] = [[(" ", ""), *((pad(name, cells) + " ", "head") for name in names)]]
        for week in range(weeks):
            days = [week * WEEK + weekday - self.before for weekday in range(WEEK)]
            boxes = [self._day(day, cells, day == at) for day in days]
            for line in range(self.tall):
                made.append([(" ", ""), *(run for box in boxes for run in (*box[line], (" ", "")))])
        return [*made, *self._listed(at, room, max(LISTED, height - len(made)))]

    def _listed(self, at: int, room: int, height: int) -> Iterator[Sequence[Run]]:
        """The matters of a day in full, as many as there is room for."""
        items = self.on(at)
        shown = items if len(items) < height else items[: height - 2]
        yield []
        for item in shown:
            state = self.say(item.state) if item.state else ""
            cells = min(width(state), room // 3)
            told = pad(self.say(item.title), max(4, room - cells - 6))
            yield [(f" {SIGNS[item.severity]} ", item.severity), (told, ""), (f"  {pad(state, cells, 'right')}", "dim")]
        if len(shown) < len(items):
            yield [("   " + self.say(Text("tui.chart.more", n=len(items) - len(shown))), "dim")]

    def _day(self, index: int, cells: int, here: bool) -> list[Sequence[Run]]:
        """A day's lines, each of so many cells."""
        if not 0 <= index < self.spots:
            return [[(" " * cells, "")] for _ in range(self.tall)]
        day = self.period.days[index]
        items = self.items.get(day, ())
        made = [self._head(day, cells), self._counts(items, cells)]
        if self.tall > len(made):
            made += [[(pad(self.say(one.title), cells), one.severity)] for one in items]
        made = made[: self.tall]
        made += [[(" " * cells, "")] for _ in range(self.tall - len(made))]
        return [[("".join(text for text, _ in line), HERE)] for line in made] if here else made

    def _head(self, day: date, cells: int) -> Sequence[Run]:
        """The day's number, and whether it is today, a holiday, or a day of work where one would rest."""
        why = self.calendar.why(day)
        word = "today" if day == self.today else MARKED.get(why, "")
        told = f"{day.day:>2}"
        if word and width(beside := f" {self.say(Text(f'tui.chart.{word}'))}") <= cells - len(told):
            told += beside
        works = why in {"workday", "makeup", "site_work"}
        return [(pad(told, cells), "accent" if day == self.today else "strong" if works else "dim")]

    def _counts(self, items: Sequence[DueItem], cells: int) -> Sequence[Run]:
        runs: list[Run] = []
        for severity in SEVERITIES:
            if count := sum(item.severity == severity for item in items):
                runs.append((f" {SIGNS[severity]}{count}", severity))
        used = sum(width(text) for text, _ in runs)
        return (
            [*runs, (" " * (cells - used), "")]
            if used <= cells
            else [(pad(f" {len(items)}", cells), items[0].severity)]
        )

    def line_of(self, at: int) -> tuple[int, int]:
        week = (at + self.before) // WEEK
        first = 1 + week * self.tall
        return first, first + self.tall - 1

    def spot(self, line: int, cell: int) -> int | None:
        week, weekday = (line - 1) // self.tall, (cell - 1) // (self.cells + 1)
        day = week * WEEK + weekday - self.before
        return day if 0 <= weekday < WEEK and 0 <= day < self.spots else None

    def step(self, key: str, at: int) -> int | None:
        steps = {"left": -1, "right": 1, "up": -WEEK, "down": WEEK}
        return at + steps[key] if key in steps else None

    def day(self, at: int) -> date:
        return self.period.first + timedelta(days=at)

    def on(self, at: int) -> Sequence[DueItem]:
        """What is due on a day."""
        return self.items.get(self.day(at), ())

    def told(self, at: int) -> str:
        day = self.day(at)
        named = Text(f"tui.weekday.{WEEKDAYS[day.weekday()]}")
        return self.say(Text("tui.chart.day", day=day, weekday=named, n=len(self.on(at))))
