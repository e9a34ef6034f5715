"""A chart: its picture, of which days it is, and from each figure to what it counts."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widget import Widget
from tortoise.expressions import Q

from cstui import charts, registers
from cstui.calendar import Calendar
from cstui.contract.chart import Board, Chart, Dated, Period, Plan
from cstui.contract.declare import SEVERITIES, DueItem
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.plugins.faults import cause
from cstui.tui import files
from cstui.tui.page import Page
from cstui.tui.paint import SIGNS, Run
from cstui.tui.screens.pick import Choice, Pick
from cstui.tui.widgets.boards import Lanes, Month
from cstui.tui.widgets.drawing import Drawing
from cstui.tui.widgets.figures import Bars, Columns, Heat
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.plan import Planned
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.contract.context import Context

log = logging.getLogger(__name__)
PICTURES = {"bars": Bars, "line": Columns, "heat": Heat}


def calendar_of(ctx: Context) -> Calendar:
    assert isinstance(ctx.calendar, Calendar)
    return ctx.calendar


class ChartPage(Page):
    CORE = ("menu", "write", "copy", "go", "palette", "help", "back")

    def __init__(self, chart_id: str) -> None:
        super().__init__()
        self.chart_id = chart_id
        self.period: Period | None = None
        """The days that are shown; None: those around today."""
        self.answer: charts.Answer | None = None
        self.drawing = Drawing()
        self.at = self.top = 0
        """The spot of the cursor, and the first line in sight below the head."""
        self.lines: list[Sequence[Run]] = []
        self.refused = ""
        """Why nothing is shown."""

    @property
    def chart(self) -> Chart:
        return self.host.charts[self.chart_id]

    def heading(self) -> str:
        return self.app.say(self.chart.text)

    def body(self) -> Iterable[Widget]:
        yield Line(id="areas")
        yield Line(id="columns")
        yield Rows(self._paint, lambda index: True, id="rows")

    # reading

    async def load(self) -> None:
        """Ask the area, and paint what it gave."""
        first = self.answer is None
        await self.app.call(self._ask())
        if first:
            self.at = self.drawing.start
        self.at = max(0, min(self.at, self.drawing.spots - 1))
        await self.offer(())
        self.draw()

    async def _ask(self) -> None:
        assert self.app.actor
        ctx = await self.host.context(self.app.actor)
        self.refused, self.drawing = "", Drawing()
        try:
            chart = charts.chart_of(self.host, ctx, self.chart_id)
            self.period = self.period or charts.period_of(chart, ctx.today)
            self.answer = await charts.drawn(self.host, ctx, chart, self.period)
            self.drawing = self._drawing(ctx, self.period, self.answer)
        except Fault as fault:
            self.answer, self.refused = None, self.app.say(fault.text)
        except Exception as error:
            log.exception("chart %s failed", self.chart_id)
            self.answer, self.refused = None, self.app.say("tui.chart.failed", reason=cause(error))

    def _drawing(self, ctx: Context, period: Period, answer: charts.Answer) -> Drawing:
        if isinstance(answer, Board):
            return Lanes(answer, self._say)
        if isinstance(answer, Dated):
            items: dict[date, list[DueItem]] = defaultdict(list)
            for item in charts.dated(answer):
                items[charts.day_of(item, ctx.zone)].append(item)
            for found in items.values():
                found.sort(key=lambda item: SEVERITIES.index(item.severity))
            return Month(period, items, calendar_of(ctx), ctx.today, self._say)
        if isinstance(answer, Plan):
            return Planned(answer, period, calendar_of(ctx), ctx.today, self._say)
        return PICTURES[self.chart.kind](answer, self.unit, self._say)

    @property
    def unit(self) -> str:
        return self.app.say(f"{self.chart.text}.unit") if self.chart.kind in PICTURES else ""

    def _say(self, value: Any) -> str:
        return self.app.value(value, self.chart.area)

    # painting

    def draw(self) -> None:
        """The picture, with the cursor where it is now, as far as it fits in sight."""
        rows = self.query_one(Rows)
        height = max(1, rows.size.height)
        if self.drawing.spots:
            self.lines = self.drawing.lines(self.at, max(20, self.size.width - 2), height)
            self.status(self.drawing.told(self.at), "")
        else:
            self.lines = [
                [(f"  {self.refused or self.app.say('tui.chart.empty')}", "warning" if self.refused else "dim")]
            ]
            self.status()
        said = self._window(height)
        rows.set_count(len(self.lines))
        rows.refresh()
        self._about(said)
        self.paint_footer()
        self.call_after_refresh(self._fit, height)

    def _fit(self, height: int) -> None:
        """Draw again where what is said below the picture has taken lines from it, or left some."""
        if self.is_attached and max(1, self.query_one(Rows).size.height) != height:
            self.draw()

    def _window(self, height: int) -> str:
        """Leave the lines that fit, those of the cursor among them, below the head; say which where not all do."""
        if not self.drawing.spots:
            return ""
        head, whole = self.lines[: self.drawing.head], self.lines[self.drawing.head :]
        room = max(1, height - len(head))
        first, last = (line - len(head) for line in self.drawing.line_of(self.at))
        self.top = max(0, min(first, max(self.top, last - room + 1), len(whole) - room))
        if len(whole) <= room:
            return ""
        shown = whole[self.top : self.top + room]
        self.lines = [*head, *shown]
        return self.app.say("tui.chart.lines", first=self.top + 1, last=self.top + len(shown), n=len(whole))

    def _about(self, said: str) -> None:
        told: list[Run] = [(self._period(), "strong")]
        if isinstance(self.drawing, Month) and self.period and not self.drawing.published:
            told.append((f"  {self.app.say('tui.chart.unpublished', year=self.period.first.year)}", "warning"))
        if self.chart.span != "now":
            told.append((f"  {self.app.say('tui.chart.moves')}", "dim"))
        unit = self.app.say("tui.chart.unit", unit=self.unit) if self.unit else ""
        self.query_one("#areas", Line).say(told, [(f"  {one}", "dim") for one in (unit, said) if one])
        self.query_one("#columns", Line).say([(self.app.say(f"{self.chart.text}.help"), "dim")])

    def _period(self) -> str:
        period = self.period
        if period is None or self.chart.span == "now":
            return self.app.say("tui.chart.now")
        if self.chart.span == "month":
            return f"{period.first:%Y-%m}"
        return f"{period.first} .. {period.last:%m-%d}"

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        return self.lines[index] if index < len(self.lines) else []

    def on_resize(self) -> None:
        if self.stands:
            self.call_after_refresh(self.draw)

    # keys

    def on_click(self, event: events.Click) -> None:
        """A click goes to what stands there; a second one there is Enter."""
        rows = self.query_one(Rows)
        if not rows.region.contains(event.screen_x, event.screen_y):
            return
        line = event.screen_y - rows.region.y
        spot = self.drawing.spot(line if line < self.drawing.head else line + self.top, event.screen_x)
        if spot is not None and spot < self.drawing.spots:
            self.at = spot
            self.draw()
            if event.chain == 2:
                self.app.post_message(events.Key("enter", "\r"))

    async def key(self, key: str) -> bool:
        if key in {"pageup", "pagedown"} and self.chart.span != "now":
            await self._go(-1 if key == "pageup" else 1)
        elif key == "home" and self.chart.span != "now":
            self.period, self.answer = None, None
            await self.load()
        elif self.drawing.spots and (after := self.drawing.step(key, self.at)) is not None:
            await self._step(after)
        else:
            return await super().key(key)
        return True

    def move(self, key: str) -> bool:
        return False

    async def _step(self, after: int) -> None:
        spots = self.drawing.spots
        if 0 <= after < spots:
            self.at = after
            self.draw()
        elif self.drawing.flows:
            await self._go(-1 if after < 0 else 1)
            self.at = max(0, min(after + self.drawing.spots if after < 0 else after - spots, self.drawing.spots - 1))
            self.draw()

    async def _go(self, step: int) -> None:
        """The days before or after; the cursor stays at its place as far as there is one."""
        assert self.period
        self.period = charts.moved(self.chart, self.period, step)
        await self.load()

    def _leads(self) -> bool:
        """Whether there is anything to open where the cursor stands."""
        if isinstance(self.drawing, Month):
            return bool(self.drawing.on(self.at))
        return bool(self.drawing.spots and self.drawing.lead(self.at)[1])

    async def do_menu(self) -> None:
        """Open what the figure counts."""
        if isinstance(self.drawing, Month):
            self._day(self.drawing)
        else:
            await self._open(*self.drawing.lead(self.at), self.drawing.told(self.at))

    def _day(self, month: Month) -> None:
        """The matters of a day, to choose one and open what it is about."""
        items = {item.id: item for item in month.on(self.at)}

        def choices() -> list[Choice]:
            return [
                Choice(item.id, self.app.say(item.title), SIGNS[item.severity], self.app.say(item.state or ""))
                for item in items.values()
            ]

        async def go(chosen: str | None) -> None:
            if chosen:
                item = items[chosen]
                await self._open(item.register, item.records, self.app.say(item.title))

        self.app.push_screen(Pick(Text("tui.chart.on", day=month.day(self.at)), choices), go)

    async def _open(self, register_id: str, records: Sequence[int], of: str) -> None:
        from cstui.tui.screens.record import Record
        from cstui.tui.screens.register import Register

        assert self.app.actor
        if not (register_id and records):
            self.status(Text("tui.chart.nothing"), "warning")
            return
        try:
            ctx = await self.app.call(self.host.context(self.app.actor))
            registers.register_of(self.host, ctx, register_id)
        except Fault as fault:
            self.status(fault.text, "warning")
        else:
            one = len(records) == 1
            page = Record(register_id, records[0]) if one else Register(register_id, Q(id__in=list(records)), of)
            self.app.push_screen(page)

    # as words

    def copied(self) -> str:
        """The chart as a table in words."""
        if self.answer is None:
            return ""
        told = charts.table(self.chart, self.answer, self._say)
        return "\n".join([f"{self.heading()}  {self._period()}", "", *charts.plain(told)])

    def core_reason(self, name: str) -> Text | None:
        if name in {"write", "copy"}:
            return None if self.answer else Text("tui.chart.nothing_told")
        if name == "menu" and not self._leads():
            return Text("tui.chart.nothing")
        return super().core_reason(name)

    async def do_write(self) -> None:
        """The same table, in a file."""
        stem = f"{self.chart_id.replace('.', '-').replace('_', '-')}-{self.period.first if self.period else ''}"
        files.write(self, stem, "txt", (self.copied() + "\n").encode("utf-8", "replace"))
