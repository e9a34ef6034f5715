"""What narrows a register: words that are looked for as one types, a filter line, and a past moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widgets import Input

from cstui import conditions
from cstui.cells import clip
from cstui.contract.errors import BadInput, Fault
from cstui.contract.text import Text
from cstui.tui import kept
from cstui.tui.leaving import in_peace
from cstui.tui.paint import Run
from cstui.tui.screens.searching import Searching

if TYPE_CHECKING:
    from cstui.tui.window import Window

PAUSE = 0.08
"""Seconds of silence after which what was typed is looked for."""
OFFERED = 8
"""Completions told at once."""


class Narrowing(Searching):
    """A subclass has the fields `#search` and `#line` in its body, and the window over its rows."""

    register_id: str
    window: Window
    fresh = True
    """Whether the rows must be read from the first one."""
    line = ""
    """The filter in force, whatever the language."""

    def __init__(self) -> None:
        super().__init__()
        self._asks = ""
        """What the line is for: "filter" or "past"."""
        self._sought = self._found = 0
        self._seeking = asyncio.Event()
        self._seeking.set()

    def on_unmount(self) -> None:
        if self.window.then:
            self.window.then.close()

    async def narrowed(self) -> None:
        """Something else is asked for: read from the first row."""
        self.fresh = True
        await self.load()

    def nothing(self) -> str:
        """Id of the text for a list without rows."""
        return f"tui.register.{'none' if self.window.search or self.window.conditions else 'empty'}"

    def told_narrow(self) -> Sequence[Run]:
        """By what the list is narrowed."""
        runs: list[Run] = []
        if self.window.then:
            runs.append((self.app.say("tui.record.as_of", at=self.window.then.moment) + "  ", "warning"))
        if self.line:
            runs.append((f"{clip(self.said, max(16, self.size.width // 3))}  ", "accent"))
        if self.window.search:
            runs.append((f"/{self.window.search}  ", "accent"))
        return runs

    @property
    def said(self) -> str:
        """The filter in force, in the reader's language."""
        register = self.host.registers[self.register_id]
        return conditions.said(self.host, register, self.window.conditions, self.app.lang)

    async def widen(self) -> bool:
        """Take back one thing by which the list is narrowed; whether there was any."""
        if self.window.search:
            await self.seek("")
        elif self.line:
            self.take_line("")
            await self.narrowed()
        elif self.window.then:
            self.window.then.close()
            self.window.then = None
            await self.narrowed()
        else:
            return False
        return True

    # words, as they are typed

    @property
    def sought(self) -> str:
        return self.window.search

    async def seek(self, words: str) -> None:
        """Look for these words in a moment, without keeping the keys waiting: only the last ones count."""
        self.window.search = words
        self._sought += 1
        if self._seeking.is_set():
            self._seeking.clear()
            self.run_worker(self._seek(), group="seek")

    async def _seek(self) -> None:
        try:
            while self._found != self._sought:
                begun = self._sought
                await asyncio.sleep(PAUSE if self.focused else 0)
                if begun == self._sought:
                    with in_peace(self):
                        await self.narrowed()
                    self._found = begun
        finally:
            self._seeking.set()

    async def found(self) -> None:
        await self._seeking.wait()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "line":
            await self._entered(event.value.strip())

    # the line

    async def do_filter(self) -> None:
        """Type a filter; what could stand there is told while one types."""
        self._open("filter", self.said)

    async def do_past(self) -> None:
        """Type a moment, and see the register as it was."""
        self._open("past", "")

    def _open(self, asks: str, value: str) -> None:
        self._asks = asks
        self._show_line(value)
        self.call_later(self._tell_line, value)

    def _show_line(self, value: str) -> None:
        field = self.query_one("#line", Input)
        field.display, field.value, field.cursor_position = True, value, len(value)
        field.placeholder = self.app.say(f"tui.register.{self._asks}")
        self.set_focus(field)

    async def follow(self) -> None:
        """What is told under an open line is told anew, in another language perhaps."""
        await super().follow()
        field = self.query_one("#line", Input)
        if field.display:
            field.placeholder = self.app.say(f"tui.register.{self._asks}")
            await self._tell_line(field.value)

    def _close(self) -> None:
        self.set_focus(None)
        self.query_one("#line", Input).display = False
        self.status()

    async def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "line":
            await self._tell_line(event.value)

    async def _tell_line(self, typed: str) -> None:
        """Under the line: how it may go on, or what a past moment is understood to be."""
        if self._asks == "past":
            moment = self._moment(typed)
            self.status(Text("tui.record.as_of", at=moment) if moment else Text("tui.register.past_how"), "dim")
            return
        offered = await self._offered(typed)
        told = "   ".join(piece if piece == called else f"{piece} {called}" for piece, called in offered[:OFFERED])
        if not told or not typed:
            told = f"{self.app.say('tui.register.filter_how')}   {told}"
        self.status(told, "dim")

    async def _offered(self, typed: str) -> list[tuple[str, str]]:
        """How the line may go on; kept filters stand for an empty one."""
        if typed.startswith("@") or not typed:
            lines = await kept.filters(self.app, self.register_id)
            names = [(f"@{name}", line) for name, line in lines.items() if f"@{name}".startswith(typed)]
            if names:
                return names
        register = self.host.registers[self.register_id]
        return [*conditions.completions(self.host, register, typed, self.app.lang)]

    async def on_key(self, event: events.Key) -> None:
        line = self.query_one("#line", Input)
        if self.focused is not line:
            return
        if event.key == "escape":
            self._close()
        elif event.key == "tab" and self._asks == "filter":
            await self._complete(line)
        elif event.key not in {"tab", "shift+tab", "up", "down"}:
            return
        event.stop()
        event.prevent_default()

    async def _complete(self, field: Input) -> None:
        offered = await self._offered(field.value)
        if not offered:
            return
        whole = field.value
        if offered[0][0].startswith("@") or not whole:
            begun = ""
        else:
            last = "" if whole[-1].isspace() else conditions.pieces(whole)[-1]
            begun = whole[: len(whole) - len(last)]
        field.value = begun + offered[0][0]
        field.cursor_position = len(field.value)

    async def _entered(self, typed: str) -> None:
        """Take what was typed; where it can't be taken it stays, with the reason, and so does what was shown."""
        before, line = self.window.conditions, self.line
        try:
            if self._asks == "past":
                await self._go_back_to(typed)
            else:
                self.take_line(await kept.line_of(self.app, self.register_id, typed))
            self._close()
            await self.narrowed()
        except Fault as fault:
            self.window.conditions, self.line, self.fresh = before, line, False
            self._show_line(typed)
            self.status(self._labelled(fault.text), "critical")

    def _labelled(self, fault: Text) -> Text:
        """A fault that names a column: by its label."""
        register, name = self.host.registers[self.register_id], fault.args.get("field")
        if name not in {column.name for column in (*register.columns, *register.sections)}:
            return fault
        return Text(fault.id, **{**fault.args, "field": self.app.label(register.id.partition(".")[0], str(name))})

    def take_line(self, line: str) -> None:
        """Filter by a line. Raises BadInput."""
        self.window.conditions = conditions.parse(self.host, self.host.registers[self.register_id], line)
        self.line = " ".join(str(one) for one in self.window.conditions)

    def renew(self) -> None:
        super().renew()
        try:
            self.take_line(self.line)
        except BadInput:  # it names a field that is no more
            self.take_line("")
        if self.window.sort not in {"", *(one.name for one in self.host.registers[self.register_id].columns)}:
            self.window.sort = ""
        if then := self.window.then:
            then.close()
            self.window.then = None
            self.run_worker(self._back_at(then.moment))

    # the past

    def _moment(self, typed: str) -> Any:
        from cstui.store.past import moment_named

        moment = moment_named(typed, self.host.clock(), self.host.zone)
        return moment if moment and moment <= self.host.clock() else None

    async def _go_back_to(self, typed: str) -> None:
        """See the register as it was. Raises BadInput, StoreFault."""
        from cstui.store.past import Then

        moment = self._moment(typed)
        if moment is None:
            raise BadInput("cli.usage.moment", field="at", value=typed)
        self.status(Text("tui.register.going_back"), "dim")
        then = await Then.open(self.host, moment)
        if self.window.then:
            self.window.then.close()
        self.window.then = then

    async def _back_at(self, moment: datetime) -> None:
        """The past that was shown, made anew."""
        from cstui.store.past import Then

        with suppress(Fault):
            self.window.then = await Then.open(self.host, moment)
            await self.narrowed()
