"""Figures as pictures: bars by label, columns over days, and a heat map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from cstui.cells import clean, pad, width
from cstui.charts.table import amount
from cstui.contract.chart import Datum, Figures
from cstui.contract.text import Text
from cstui.tui.paint import Run
from cstui.tui.theme import HERE
from cstui.tui.widgets.drawing import FILLS, NOWHERE, Drawing, Lead, Say, fill, grid_step, number

LABEL = 24
"""Most cells for a label."""
TALL = (3, 16)
"""Fewest and most lines of a column chart's band."""
COLUMN = (3, 8)
"""Fewest and most cells of a column with the gap beside it: a day's number fits below."""
LESS, MORE = "<", ">"
"""There are more labels on this side."""
LEVELS = 4
"""Shades of a heat map."""


class Figured(Drawing):
    """Series over labels."""

    def __init__(self, figures: Figures, unit: str, say: Say) -> None:
        self.figures, self.unit, self.say = figures, unit, say
        self.labels = [clean(say(label)) for label in figures.labels]
        self.names = [clean(say(one.name)) for one in figures.series]
        self.spots = len(self.labels) * len(self.names)
        self.margin, self.cells, self.shown = 0, 1, range(len(self.labels))
        """As painted last: cells to the left, those of a place, and the labels in sight."""
        values = [number(one.value) for each in figures.series for one in each.data if one.value is not None]
        self.most, self.least = max(values, default=0.0), min(values, default=0.0)

    def place(self, at: int) -> tuple[int, int]:
        """The series and the label of a spot."""
        return at % len(self.names), at // len(self.names)

    def datum(self, at: int) -> Datum:
        series, label = self.place(at)
        return self.figures.series[series].data[label]

    def figure(self, datum: Datum) -> str:
        return clean(amount(datum.value, self.say))

    def told(self, at: int) -> str:
        series, label = self.place(at)
        return f"{self.labels[label]}  {self.names[series]}  {self.figure(self.datum(at))} {self.unit}".rstrip()

    def lead(self, at: int) -> Lead:
        records = self.datum(at).records
        return (self.figures.register, records) if self.figures.register and records else NOWHERE

    def figure_cells(self) -> int:
        return max((width(self.figure(datum)) for one in self.figures.series for datum in one.data), default=1)


class Bars(Figured):
    """A line for each label, a bar for each series on it, all to one scale."""

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        label = min(LABEL, max(map(width, self.labels), default=0))
        each = max(8, (room - label - 3) // len(self.names) - 1)
        self.margin, self.cells = label + 3, each + 1
        bar = max(1, each - self.figure_cells() - 2)
        head: list[Run] = [(" " * (label + 3), "")]
        for number_, name in enumerate(self.names):
            letter, style = FILLS[number_ % len(FILLS)]
            if len(self.names) == 1:  # it needs no mark, and the bar below would grow into it
                letter = ""
            head += [(letter * 2, style), (" " + pad(name, each - 2), "head")]
        made: list[Sequence[Run]] = [head]
        for row, words in enumerate(self.labels):
            here = at // len(self.names) == row
            line: list[Run] = [(f"{'>' if here else ' '} ", "accent"), (pad(words, label) + " ", "")]
            for series, one in enumerate(self.figures.series):
                datum = one.data[row]
                run = fill(series, number(datum.value), self.most, bar)
                told = f" {self.figure(datum)} "
                chosen = here and at % len(self.names) == series
                line += [run, (told, HERE if chosen else "" if datum.value else "dim")]
                line.append((" " * (each + 1 - len(run[0]) - width(told)), ""))
            made.append(line)
        return made

    def line_of(self, at: int) -> tuple[int, int]:
        row = at // len(self.names) + 1
        return row, row

    def spot(self, line: int, cell: int) -> int | None:
        series = max(0, cell - self.margin) // self.cells
        there = 1 <= line <= len(self.labels) and series < len(self.names)
        return (line - 1) * len(self.names) + series if there else None

    def step(self, key: str, at: int) -> int | None:
        return grid_step(key, at, len(self.names), self.spots)


class Columns(Figured):
    """A column for each day, each series in a band of its own, all to one scale."""

    head = 0

    def __init__(self, figures: Figures, unit: str, say: Say) -> None:
        super().__init__(figures, unit, say)
        self.start = max(0, self.spots - len(self.names))
        self.begins: list[int] = []
        """The first line of each band, and of the days below them."""

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        count, bands = len(self.labels), len(self.names)
        cells = max(COLUMN[0], min(COLUMN[1], (room - 2) // max(count, 1)))
        seen = max(1, (room - 2) // cells)
        series, day = self.place(at)
        first = max(0, min(day - seen + 1, count - seen)) if count > seen else 0
        shown = range(first, min(count, first + seen))
        self.margin, self.cells, self.shown = 1, cells, shown
        tall = max(TALL[0], min(TALL[1], (height - 1) // bands - 3))
        made: list[Sequence[Run]] = []
        self.begins = []
        for band in range(bands):
            self.begins.append(len(made))
            made.append([*self._named(band), *self._range(band)])
            made += self._band(band, tall, shown, cells, day if band == series else -1)
        self.begins.append(len(made))
        more = [(MORE, "dim")] if shown.stop < count else []
        made.append([(LESS if first else " ", "dim"), *self._days(shown, cells, day), *more])
        return made

    def _named(self, band: int) -> list[Run]:
        letter, style = FILLS[band % len(FILLS)]
        return [(" ", ""), (letter * 2, style), (f" {self.names[band]}", "strong")]

    def _range(self, band: int) -> list[Run]:
        """The least and the greatest figure: where columns are narrow, they have none on top."""
        known = [datum.value for datum in self.figures.series[band].data if datum.value is not None]
        if not known:
            return []
        least, most = (clean(self.say(one)) for one in (min(known, key=number), max(known, key=number)))
        return [("  " + clean(self.say(Text("tui.chart.range", least=least, most=most))), "dim")]

    def _band(self, band: int, tall: int, shown: range, cells: int, day: int) -> Iterator[Sequence[Run]]:
        """The lines of a series from above: a column for each day, its figure on top where the columns are wide enough.

        They end above the greatest figure of the series; the scale is that of all series.
        """
        data = self.figures.series[band].data
        heights = {at: _height(number(data[at].value), self.most, tall) for at in shown}
        letter, style = FILLS[band % len(FILLS)]
        wide = self.figure_cells() < cells
        for level in range(max(heights.values(), default=0), -1, -1):
            line: list[Run] = [(" ", "")]
            for at in shown:
                told = self.figure(data[at])
                if heights[at] > level:
                    line += [(letter * (cells - 1), style), (" ", "")]
                elif heights[at] == level and (wide or at == day or data[at].value is None):
                    chosen = HERE if at == day else "" if data[at].value else "dim"
                    line += [(pad(told, cells - 1, "right"), chosen), (" ", "")]
                else:
                    line.append((" " * cells, ""))
            yield line
        yield [(" " + "-" * (cells * len(shown) - 1), "dim")]

    def _days(self, shown: range, cells: int, day: int) -> Iterator[Run]:
        """The days below."""
        for at in shown:
            label = self.figures.labels[at]
            words = str(label.day) if isinstance(label, date) else self.labels[at]
            monday = isinstance(label, date) and label.weekday() == 0
            yield pad(words, cells - 1, "right"), HERE if at == day else "accent" if monday else "dim"
            yield " ", ""

    def line_of(self, at: int) -> tuple[int, int]:
        band = self.place(at)[0]
        return self.begins[band], self.begins[band + 1]

    def spot(self, line: int, cell: int) -> int | None:
        day = self.shown.start + (cell - self.margin) // self.cells
        band = max(0, min(bisect_right(self.begins, line), len(self.names)) - 1)
        return day * len(self.names) + band if day in self.shown else None

    def step(self, key: str, at: int) -> int | None:
        bands = len(self.names)
        steps = {"left": -bands, "right": bands, "up": -1, "down": 1}
        if key not in steps:
            return None
        after = at + steps[key]
        crossed = key in {"up", "down"} and after // bands != at // bands
        return at if crossed or not 0 <= after < self.spots else after


def _height(value: float, most: float, tall: int) -> int:
    """Lines of a column: at least one for whatever isn't nothing."""
    return max(round(max(value, 0) / most * tall), int(value > 0)) if most > 0 else 0


class Heat(Figured):
    """A row for each series, a cell for each label: its figure, and as many letters as it is high among all."""

    def place(self, at: int) -> tuple[int, int]:
        return at // len(self.labels), at % len(self.labels)

    def lines(self, at: int, room: int, height: int) -> list[Sequence[Run]]:
        name = min(LABEL, max(map(width, self.names), default=0))
        figure = self.figure_cells()
        days = self.figures.labels
        labels = [
            f"{day:%m-%d}" if isinstance(day, date) else label for day, label in zip(days, self.labels, strict=True)
        ]
        cells = max(figure + 1 + LEVELS, *(min(width(label), figure + 8) for label in labels)) + 2
        seen = max(1, (room - name - 3 - len(MORE)) // cells)
        row, column = self.place(at)
        first = max(0, min(column - seen // 2, len(self.labels) - seen))
        shown = range(first, min(len(self.labels), first + seen))
        self.margin, self.cells, self.shown = name + 3, cells, shown
        head: list[Run] = [(" " * (name + 3), "")]
        head += [(pad(labels[one], cells - 2) + "  ", "accent" if one == column else "head") for one in shown]
        head += [(MORE, "dim")] if shown.stop < len(labels) else []
        head[0] = (LESS.ljust(name + 3), "dim") if first else head[0]
        made: list[Sequence[Run]] = [head]
        for series, words in enumerate(self.names):
            line: list[Run] = [(f"{'>' if series == row else ' '} ", "accent"), (pad(words, name) + " ", "")]
            for one in shown:
                datum = self.figures.series[series].data[one]
                here = (series, one) == (row, column)
                level = self._level(datum)
                line.append((pad(self.figure(datum), figure, "right"), HERE if here else ""))
                line += [(" ", ""), (FILLS[0][0] * level, FILLS[0][1]), (" " * (cells - figure - 1 - level), "")]
            made.append(line)
        return made

    def _level(self, datum: Datum) -> int:
        """From 1 for the least to `LEVELS` for the greatest; 0 for what nobody knows."""
        if datum.value is None:
            return 0
        if self.most == self.least:
            return 1
        return 1 + round((number(datum.value) - self.least) / (self.most - self.least) * (LEVELS - 1))

    def line_of(self, at: int) -> tuple[int, int]:
        row = self.place(at)[0] + 1
        return row, row

    def spot(self, line: int, cell: int) -> int | None:
        column = self.shown.start + (cell - self.margin) // self.cells
        there = 1 <= line <= len(self.names) and column in self.shown
        return (line - 1) * len(self.labels) + column if there else None

    def step(self, key: str, at: int) -> int | None:
        return grid_step(key, at, len(self.labels), self.spots)
