"""The journal, newest first, and one entry with what it changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.widget import Widget

from cstui import journal, registers
from cstui.cells import pad
from cstui.contract.context import ANONYMOUS
from cstui.contract.text import Text, unpack
from cstui.inputs import ref_of
from cstui.journal import Told
from cstui.journal.chain import Checkpoint, read_checkpoints
from cstui.journal.verify import check, snapshot_of_file, snapshot_of_store
from cstui.tui.page import Page
from cstui.tui.paint import Run, columns
from cstui.tui.screens.reader import Reader
from cstui.tui.widgets.rows import Rows

CHUNK = 200
LABEL = 16
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


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
        self.entries = []
        assert self.app.actor
        if self.app.actor.may("review.all"):
            await self._more()
        else:
            self.status(Text("tui.no_permission", value="review.all"), "warning")
        await self.offer(())

    async def _more(self) -> None:
        before = self.entries[-1].seq if self.entries else None
        self.entries += await self.app.call(journal.page(self.host, before, CHUNK))
        self.query_one(Rows).set_count(len(self.entries))

    async def moved(self) -> None:
        if self.query_one(Rows).cursor >= len(self.entries) - 20 and self.entries[-1].seq > 1:
            await self._more()

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        entry = self.entries[index]
        area, _, name = entry.action.partition(".")
        refused = entry.outcome == "refused"
        mark = ">" if index == self.query_one(Rows).cursor else " "
        what = self.app.say(entry.text) if entry.text else ""
        act = ("x " if refused else "") + self.app.say(f"{area}.action.{name}")
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
            self.app.push_screen(Entry(await self.app.call(journal.entry(self.host, seq))))


def _points(file: Path) -> list[Checkpoint]:
    """The site's own checkpoints, where there are any yet."""
    return read_checkpoints(file.read_text("utf-8", "replace")) if file.is_file() else []


class Entry(Reader):
    def __init__(self, entry: Told) -> None:
        super().__init__()
        self.entry = entry

    def heading(self) -> str:
        return f"{self.app.say('tui.core.journal')} {self.entry.seq}"

    async def told(self) -> list[Sequence[Run]]:
        entry, say = self.entry, self.app.say
        area, _, what = entry.action.partition(".")
        told: list[Sequence[Run]] = [
            [(say(f"{area}.action.{what}"), "strong"), (f"  {entry.action}", "dim")],
            [(f"{self.app.value(entry.at)}  {entry.name} ({entry.actor})", "")],
        ]
        if entry.outcome == "refused":
            told.append([(say("tui.journal.refused"), "warning")])
        if entry.text:
            told.append([(say(entry.text), "")])
        if entry.rules and any(entry.rules):
            told.append([(", ".join(entry.rules), "dim")])
        if entry.blanked:
            told.append([(say("tui.journal.blanked"), "warning")])
        action = self.host.actions.get(entry.action)
        model: Any = action.input if action else None
        for name, packed in entry.input.items():
            value = unpack(packed)
            ref = ref_of(model.model_fields[name]) if model and name in model.model_fields else None
            if ref:
                value = await self.app.call(self._named(ref.register, value if isinstance(value, list) else [value]))
            if value not in (None, "", []):
                told.append([(pad(self.app.label(area, name), LABEL) + "  ", "dim"), (self.app.value(value, area), "")])
        for change in entry.changes[:200]:
            gone = "" if change["after"] else f"  {say('tui.journal.deleted')}"
            told += [[], [(f"{change['table']} {change['key']}{gone}", "accent")], *self._difference(change)]
        if len(entry.changes) > 200:
            told += [[], [(say("tui.journal.more", n=len(entry.changes) - 200), "dim")]]
        return told

    async def _named(self, register_id: str, refs: Sequence[str]) -> list[str]:
        """Records as people name them; one that is gone keeps its number."""
        ctx = await self.host.context(self.app.actor or ANONYMOUS)
        register = self.host.registers.get(register_id)
        named = []
        for ref in refs:
            pk = int(ref.removeprefix("#"))
            found = await registers.base_query(ctx, register).filter(id=pk).first() if register else None
            named.append(registers.name_of(register, found) if register and found else ref)
        return named

    def _difference(self, change: Any) -> Iterable[Sequence[Run]]:
        area = change["table"].split("_", 1)[0]
        before, after = change["before"] or {}, change["after"] or {}
        for name in after or before:
            old, new = before.get(name), after.get(name)
            if name in {"search", "version"} or old == new or (new in (None, "") and not before):
                continue
            label = (pad(f"  {self.app.label(area, name)}", LABEL + 2) + "  ", "dim")
            if not after:
                yield [label, (self._stored(area, old), "dim")]
            else:
                was = [(f"{self._stored(area, old)} -> ", "dim")] if before else []
                yield [label, *was, (self._stored(area, new), "")]

    def _stored(self, area: str, value: Any) -> str:
        """A value as the store holds it, in the user's words."""
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return self.app.value(datetime.fromisoformat(value))
        if isinstance(value, str) and value:
            return self.app.words.choice(area, value, self.app.lang)
        return self.app.value(value, area)
