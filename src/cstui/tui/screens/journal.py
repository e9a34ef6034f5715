"""The journal, newest first, and one entry with what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.widget import Widget

from cstui import journal
from cstui.contract.text import Text
from cstui.journal import Told
from cstui.tui.page import Page
from cstui.tui.paint import Run, columns
from cstui.tui.screens.reader import Reader
from cstui.tui.widgets.rows import Rows

CHUNK = 200


class Journal(Page):
    CORE = ("menu", "palette", "help", "back")

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

    async def on_rows_moved(self) -> None:
        if self.query_one(Rows).cursor >= len(self.entries) - 20 and self.entries[-1].seq > 1:
            await self._more()

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        entry = self.entries[index]
        area, _, name = entry.action.partition(".")
        refused = entry.outcome == "refused"
        mark = ">" if index == self.query_one(Rows).cursor else " "
        what = self.app.say(entry.text) if entry.text else ""
        return columns(
            (
                (mark, 1, "accent", "left"),
                (str(entry.seq), 6, "dim", "right"),
                (self.app.value(entry.at), 17, "dim", "left"),
                (entry.name, 10, "", "left"),
                (("x " if refused else "") + self.app.say(f"{area}.action.{name}"), 18, "warning" if refused else "", "left"),
                (what, max(0, width - 58), "dim", "left"),
            )
        )

    async def do_menu(self) -> None:
        if self.entries:
            self.app.push_screen(Entry(self.entries[self.query_one(Rows).cursor]))


class Entry(Reader):
    def __init__(self, entry: Told) -> None:
        super().__init__()
        self.entry = entry

    def heading(self) -> str:
        return f"{self.app.say('tui.core.journal')} {self.entry.seq}"

    async def told(self) -> list[Sequence[Run]]:
        entry, say = self.entry, self.app.say
        area, _, name = entry.action.partition(".")
        told: list[Sequence[Run]] = [
            [(say(f"{area}.action.{name}"), "strong"), (f"  {entry.action}", "dim")],
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
        for field, value in entry.input.items():
            told.append([(f"{self.app.label(area, field)}  ", "dim"), (self.app.value(value, area), "")])
        for change in entry.changes[:200]:
            told += [[], [(f"{change['table']} {change['key']}", "accent")], *self._difference(change)]
        if len(entry.changes) > 200:
            told += [[], [(say("tui.journal.more", n=len(entry.changes) - 200), "dim")]]
        return told

    def _difference(self, change: Any) -> Iterable[Sequence[Run]]:
        before, after = change["before"] or {}, change["after"] or {}
        for name in after or before:
            if name not in {"search", "version"} and before.get(name) != after.get(name):
                old = "" if not before else f"{before.get(name)} -> "
                new = self.app.say("tui.journal.deleted") if not after else str(after.get(name))
                yield [(f"  {name}  ", "dim"), (old, "dim"), (new, "")]
