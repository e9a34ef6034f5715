"""The journal, newest first, and one entry with what it changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from pathlib import Path
from typing import Any

from textual.widget import Widget

from cstui import journal
from cstui.cells import pad
from cstui.contract.context import ANONYMOUS
from cstui.contract.text import Text
from cstui.journal import Told
from cstui.journal.chain import Checkpoint, read_checkpoints
from cstui.journal.verify import check, snapshot_of_file, snapshot_of_store
from cstui.timeline import Changed, Event, Telling
from cstui.tui.leaf import Leaf, led
from cstui.tui.page import Page
from cstui.tui.paint import Run, columns, hanging
from cstui.tui.permitted import forbidden
from cstui.tui.screens.reader import Leader, Leading
from cstui.tui.widgets.rows import Rows
from cstui.veil import veiled

CHUNK = 200
LABEL = 16
MOST = 200
"""Changes told of one entry."""


class Journal(Page):
    CORE = ("menu", "verify", "palette", "help", "back")

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Told] = []

    def heading(self) -> str:
        return self.app.say("tui.core.journal")

    def body(self) -> Iterable[Widget]:
        yield Rows(self._paint, id="entries")

    async def load(self) -> None:
        if reason := forbidden(self.app, "review.all"):
            self.status(reason, "warning")
        self._show([] if reason else await self._read(None))
        await self.offer(())

    async def _read(self, before: int | None) -> list[Told]:
        return await self.app.call(self._readable(journal.page(self.host, before, CHUNK)))

    def _show(self, entries: list[Told]) -> None:
        self.entries = entries  # not before they are read: it may be painted meanwhile
        self.query_one(Rows).set_count(len(entries))

    async def moved(self) -> None:
        if self.query_one(Rows).cursor >= len(self.entries) - 20 and self.entries[-1].seq > 1:
            self._show([*self.entries, *await self._read(self.entries[-1].seq)])

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        entry = self.entries[index]
        area, _, name = entry.action.partition(".")
        refused = entry.outcome == "refused"
        mark = ">" if index == self.query_one(Rows).cursor else " "
        what = self.app.say(entry.text) if entry.text else ""
        act = ("x " if refused else "") + (self.app.say(f"{area}.action.{name}") if name else "")
        return columns(
            (
                (mark, 1, "accent", "left"),
                (str(entry.seq), 6, "dim", "right"),
                (self.app.value(entry.at), 17, "dim", "left"),
                (entry.name, 10 if width >= 60 else 0, "", "left"),
                (act, 18, "warning" if refused else "", "left"),
                (what, max(0, width - (58 if width >= 60 else 47)), "dim", "left"),
            )
        )

    async def do_verify(self) -> None:
        """Whether the journal is whole, against the site's own checkpoints."""
        self.status(Text("tui.journal.verifying"), "dim")
        file, points = self.host.settings.store_file, _points(self.host.settings.checkpoints)
        if file:
            report = await asyncio.to_thread(lambda: check(snapshot_of_file(file), points))
        else:
            report = check(await self.app.call(snapshot_of_store(self.host.store)), points)
        if not report.good:
            since = report.anchored.at[:10] if report.anchored else "-"
            told = Text(f"cli.verdict.{report.verdict}", seq=report.seq, detail=report.detail, since=since)
        elif report.anchored:
            at, anchored = report.anchored.at[:16], report.anchored.count
            told = Text("cli.verdict.intact", count=report.count, at=at, anchored=anchored)
        else:
            told = Text("tui.journal.consistent", count=report.count)
        self.status(told, "good" if report.good else "critical")

    async def do_menu(self) -> None:
        if self.entries:
            seq = self.entries[self.query_one(Rows).cursor].seq
            self.app.push_screen(Entry((await self.app.call(self._readable(self._one(seq))))[0]))

    async def _one(self, seq: int) -> list[Told]:
        return [await journal.entry(self.host, seq)]

    async def _readable(self, entries: Awaitable[list[Told]]) -> list[Told]:
        """As this actor may read them."""
        return await veiled(self.host, await self.host.context(self.app.actor or ANONYMOUS), await entries)


def _points(file: Path) -> list[Checkpoint]:
    """The site's own checkpoints, where there are any yet."""
    return read_checkpoints(file.read_text("utf-8", "replace")) if file.is_file() else []


class Entry(Leader):
    """One act: what was typed, and what it changed of which record; those lead to the record."""

    def __init__(self, entry: Told) -> None:
        super().__init__()
        self.entry = entry

    def heading(self) -> str:
        return f"{self.app.say('tui.core.journal')} {self.entry.seq}"

    async def led(self) -> list[Leading]:
        entry, say = self.entry, self.app.say
        area, _, what = entry.action.partition(".")
        leaf = Leaf(self.app, self.size.width - 3)
        told: list[Sequence[Run]] = [
            [(say(f"{area}.action.{what}"), "strong"), (f"  {entry.action}", "dim")],
            [(f"{self.app.value(entry.at)}  {entry.name} ({entry.actor})", "")],
        ]
        if entry.outcome == "refused":
            told.append([(say("tui.journal.refused"), "warning")])
        if entry.text:
            told += hanging([], say(entry.text), "", 0, leaf.room)
        if entry.blanked:
            told.append([(say("tui.journal.blanked"), "warning")])
        made = led(told)
        inputs, changed = await self.app.call(self._read())
        for name, value in inputs:
            label = pad(self.app.label(area, name), LABEL) + "  "
            made += led(hanging([(label, "dim")], self.app.value(value, area), "", LABEL + 2, leaf.room))
        for one in changed:
            made += leaf.changed(one)
        if len(entry.changes) > MOST:
            made += led([[], [(say("tui.journal.more", n=len(entry.changes) - MOST), "dim")]])
        return [*made, *leaf.rules([Event(entry, ())])]

    async def _read(self) -> tuple[list[tuple[str, Any]], list[Changed]]:
        """What was typed, and what was changed, as this actor may see it."""
        ctx = await self.host.context(self.app.actor or ANONYMOUS)
        telling = Telling(self.host, ctx)
        typed = [(name, value) async for name, value in telling.inputs(self.entry)]
        return typed, [await telling.changed(change) for change in self.entry.changes[:MOST]]

    async def do_menu(self) -> None:
        from cstui.tui.palette import follow

        if self.lead:
            await follow(self, self.lead)
