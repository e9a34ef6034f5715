"""Taking a spreadsheet in: what its columns are, a dry run with its report, and then the act."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from textual.widgets import Static

from cstui import engine
from cstui.bulk import MARKS, BulkOutcome
from cstui.cells import clean, clip
from cstui.contract.action import Action
from cstui.contract.errors import BadInput, Fault
from cstui.contract.text import Text, Verbatim
from cstui.sheet import Sheet, read
from cstui.sheet.columns import Headers, Match, Raw
from cstui.sheet.model import Unreadable
from cstui.site import mapped_headers
from cstui.tui.paint import Run, hanging, lines
from cstui.tui.report import bar, report
from cstui.tui.screens.pick import Choice, Pick
from cstui.tui.screens.reader import Reader
from cstui.words import LANGUAGES

State = Literal["reading", "asking", "trying", "tried", "storing", "stored", "stopped", "failed"]
RUNNING = ("reading", "trying", "storing")
LEAVE_OUT, LEAVE_REST = "-", "--"
SAMPLES = 3
PAUSE = 0.2
"""Seconds between two paintings of the bar."""


class Import(Reader):
    """Reads, asks what unknown columns are, tries, reports; Enter stores. Answers with what was stored."""

    def __init__(self, register_id: str, path: Path) -> None:
        super().__init__()
        self.register_id, self.path = register_id, path
        self.area = register_id.split(".", 1)[0]
        self.state: State = "reading"
        self.done, self.total = 0, 0
        self.sheet: Sheet | None = None
        self.raw: Raw | None = None
        self.headers: Headers | None = None
        self._remembered: Mapping[str, str] = {}
        self.said: dict[str, str] = {}
        """What was answered about headers: header → field, or ""."""
        self.outcome: BulkOutcome | None = None
        self.remembered: Text | None = None
        self.fault: Fault | None = None
        self._stop = threading.Event()

    @property
    def action(self) -> Action:
        action = self.host.importing(self.register_id)
        assert action
        return action

    def heading(self) -> str:
        return self.app.say("tui.core.import")

    async def on_mount(self) -> None:
        self.set_interval(PAUSE, self._tick)
        self.call_later(self._begin)

    def _begin(self) -> None:
        self.run_worker(self._safely(self._try()), exclusive=True)

    def on_unmount(self) -> None:
        self._stop.set()
        if self.sheet:
            self.sheet.close()

    async def _tick(self) -> None:
        if self.state in RUNNING:
            self.query_one("#lines", Static).update(lines(await self.told()))

    async def _turn(self, state: State) -> None:
        self.state, self.done, self.total = state, 0, 0
        keys = {"tried": self._keys_of_report(), "stored": ("back",), "stopped": ("back",), "failed": ("back",)}
        self.CORE = keys.get(state, ("stop",))
        self.status("")
        await self._reread()

    def _keys_of_report(self) -> tuple[str, ...]:
        if not self.outcome or not self._good:
            return ("back",)
        return ("store_good", "back") if self.outcome.count("refused") else ("store", "back")

    @property
    def _good(self) -> int:
        return self.outcome.count("created") + self.outcome.count("updated") if self.outcome else 0

    def _progress(self, done: int, total: int | None = None) -> None:
        """Called while rows are read (in a thread) and inside the transaction: nothing of the screen happens here."""
        if self._stop.is_set():
            raise engine.Stopped
        self.done, self.total = done, total or 0

    # the way through

    async def _try(self) -> None:
        if await self._read() and await self._ask():
            await self._run(dry_run=True)
        else:
            self.dismiss(None)

    async def _safely(self, work: Awaitable[None]) -> None:
        try:
            await work
        except engine.Stopped:
            await self._turn("stopped")
        except Fault as fault:
            self.fault = fault
            await self._turn("failed")

    def _known(self, said: Mapping[str, str] | None = None) -> Headers:
        own = self.host.registers[self.register_id]
        return Headers(self.action, self.host.words, own, self._remembered, said)

    async def _read(self) -> bool:
        """Read the sheet, of several the one that is chosen; whether one was."""
        self._remembered = await self.app.call(mapped_headers(self.register_id))
        self.headers = self._known()
        self.sheet = await self._sheet()
        if len(self.sheet.sheets) > 1:
            await self._turn("asking")
            first = self.sheet.name
            names = sorted(self.sheet.sheets, key=lambda name: name != first)
            chosen = await self.app.push_screen_wait(
                Pick(Text("tui.import.which_sheet"), lambda: [Choice(name, name) for name in names])
            )
            if chosen is None:
                return False
            if chosen != first:
                await self._turn("reading")
                self.sheet.close()
                self.sheet = await self._sheet(chosen)
        return True

    async def _sheet(self, name: str = "") -> Sheet:
        assert self.headers
        return await asyncio.to_thread(read, self.path, "", self.headers.known, name, self._progress)

    async def _ask(self) -> bool:
        """Ask what each unknown column is, then where the required fields are; whether all is answered."""
        assert self.sheet and self.headers
        await self._turn("asking")
        found = self.headers.match(self.sheet)
        taken = set(found.places)
        for at in found.unknown:
            header = self.sheet.headers[at]
            chosen = await self._which_field(header, at, taken)
            if chosen is None:
                return False
            if chosen == LEAVE_REST:
                self.said |= {self.sheet.headers[rest]: "" for rest in found.unknown if rest >= at}
                break
            self.said[header] = "" if chosen == LEAVE_OUT else chosen
            taken.add(self.said[header])
        for name in found.missing:
            if name in taken:
                continue
            chosen = await self._which_column(name, found)
            if chosen is None:
                return False
            self.said[chosen] = name
        self.headers = self._known(self.said)
        self.raw = self.headers.rows(self.sheet)
        return True

    async def _which_field(self, header: str, at: int, taken: set[str]) -> str | None:
        assert self.headers
        headers, guess = self.headers, self.headers.nearest(header)

        def choices() -> list[Choice]:
            made = [
                Choice(LEAVE_OUT, self.app.say("tui.import.leave_out")),
                Choice(LEAVE_REST, self.app.say("tui.import.leave_rest")),
            ]
            fields = [self._field(name) for name in headers.fields if name not in taken]
            fields.sort(key=lambda one: one.id != guess)
            return [fields[0], *made, *fields[1:]] if fields and fields[0].id == guess else [*made, *fields]

        question = Text("tui.import.which_field", header=Verbatim(header), samples=Verbatim(self._samples(at)))
        return await self.app.push_screen_wait(Pick(question, choices))

    async def _which_column(self, name: str, found: Match) -> str | None:
        """The column of a required field, among those that are no other field."""
        assert self.sheet and self.headers
        sheet, used = self.sheet, {*found.places.values()}
        label = self.headers.label(name)
        free = [
            (at, header)
            for at, header in enumerate(sheet.headers)
            if header and at not in used and not self.said.get(header)
        ]
        if not free:
            headers = "、".join(header for header in sheet.headers if header)
            raise BadInput("tui.import.no_column", field=name, label=label, line=sheet.header_line, headers=headers)
        made = [Choice(header, header, "", self._samples(at)) for at, header in free]
        return await self.app.push_screen_wait(Pick(Text("tui.import.which_column", field=label), lambda: made))

    def _field(self, name: str) -> Choice:
        other = next(lang for lang in LANGUAGES if lang != self.app.lang)
        needed = self.headers is not None and self.headers.fields[name].required
        remark = self.app.say("tui.import.required") if needed else ""
        return Choice(
            name, self.app.label(self.area, name), "", remark, also=self.app.words.label(self.area, name, other)
        )

    def _samples(self, at: int) -> str:
        """The first values of a column."""
        assert self.sheet
        cells = (cells[at] for _, cells in islice(self.sheet.rows, 200) if at < len(cells))
        said = (self.app.value(cell) for cell in cells if cell is not None and not isinstance(cell, Unreadable))
        return self.app.say("value.join").join(clip(clean(one), 20) for one in islice(said, SAMPLES)) or "-"

    async def _run(self, dry_run: bool, skip_bad: bool = False) -> None:
        assert self.raw and self.app.actor
        await self._turn("trying" if dry_run else "storing")
        async with self.host.trial() if dry_run else self.host.beside() as host:
            self.outcome = await engine.run_bulk(
                host, self.action.id, self.raw.rows, self.app.actor, dry_run=dry_run, skip_bad=skip_bad,
                progress=self._progress,
            )  # fmt: skip
        if self.outcome.entry:
            await self._remember()
        await self._turn("tried" if dry_run or not self.outcome.entry else "stored")

    async def _remember(self) -> None:
        """What was answered holds for the next import by anybody."""
        assert self.headers and self.app.actor
        if self.headers.news:
            raw = {"register_id": self.register_id, "headers": self.headers.news}
            try:
                self.remembered = (await engine.run(self.host, "site.map_headers", raw, self.app.actor)).text
            except Fault as fault:  # what was imported stands
                self.remembered = fault.text

    # keys

    async def key(self, key: str) -> bool:
        names = {"enter": "store", "s": "store_good"}
        if names.get(key) in self.CORE and self.state == "tried":
            self.run_worker(self._safely(self._run(dry_run=False, skip_bad=key == "s")), exclusive=True)
            return True
        if key == "enter" and "store_good" in self.CORE:
            self.status(Text("tui.import.mend", good=self._good), "warning")
            return True
        return await super().key(key)

    async def key_back(self) -> bool:
        if self.state in RUNNING:
            self._stop.set()
            self.status(Text("tui.import.stopping"), "warning")
        else:
            stored = self.state == "stored" and self.outcome
            self.dismiss(Text("engine.imported", **self._counts()) if stored else None)
        return True

    # painting

    def _counts(self) -> dict[str, int]:
        assert self.outcome
        return {mark: self.outcome.count(mark) for mark in MARKS}

    async def told(self) -> list[Sequence[Run]]:
        say = self.app.say
        register = Text(f"{self.area}.register.{self.register_id.split('.', 1)[1]}")
        made: list[Sequence[Run]] = [[(clean(self.path.name), "strong"), (f"  > {say(register)}", "dim")], []]
        if self.raw:
            for note in self.raw.notes:
                made += hanging([], say(note), "dim", 0, self.size.width - 2)
            made += [[]] if self.raw.notes else []
        if self.state in RUNNING:
            return [*made, [(say(f"tui.import.{self.state}"), "")], [(bar(self.app, self.done, self.total), "accent")]]
        if self.state == "failed" and self.fault:
            made += hanging([], say(self.fault.text), "critical", 0, self.size.width - 2)
        elif self.state in ("tried", "stored") and self.raw and self.outcome:
            made += report(self.app, self.area, self.raw, self.outcome, self.size.width - 2)
        return [*made, *self._ending()]

    def _ending(self) -> list[Sequence[Run]]:
        """What can be done now, or what has become of it."""
        say, outcome = self.app.say, self.outcome
        if self.state == "tried" and outcome:
            refused = outcome.count("refused")
            text_id = ("mend" if refused else "ready") if self._good else ("mend_all" if refused else "nothing")
            return [[], [(say(f"tui.import.{text_id}", good=self._good), "accent" if self._good else "warning")]]
        if self.state == "stored":
            told = [[(say(self.remembered), "dim")]] if self.remembered else []
            return [[], [(say("tui.import.stored"), "good")], *told]
        return [[(say("tui.import.stopped"), "warning")]] if self.state == "stopped" else []
