"""One record: its fields and sections, what belongs to it, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from cstui import journal, registers
from cstui.contract.errors import Fault
from cstui.tui.detail import fields, history_line
from cstui.tui.paint import Run, columns
from cstui.tui.screens.reader import Reader


class Record(Reader):
    def __init__(self, register_id: str, pk: int) -> None:
        super().__init__()
        self.register_id, self.pk = register_id, pk
        self.row_name = ""

    def subject(self) -> tuple[str, tuple[int, ...]]:
        return self.register_id, (self.pk,)

    async def subject_name(self) -> str:
        return self.row_name

    def heading(self) -> str:
        area, name = self.register_id.split(".", 1)
        return f"{self.app.say(f'{area}.register.{name}')}  {self.row_name}"

    async def load(self) -> None:
        await super().load()
        here = [a for a in self.host.actions.values() if a.register == self.register_id and a.target != "none"]
        await self.offer(action for action in here if not action.hidden)

    async def told(self) -> list[Sequence[Run]]:
        try:
            return await self.app.call(self._told())
        except Fault as fault:  # it is gone meanwhile, or hidden from this actor
            return [[(self.app.say(fault.text), "warning")]]

    async def _told(self) -> list[Sequence[Run]]:
        assert self.app.actor
        ctx = await self.host.context(self.app.actor)
        row = await registers.one(self.host, ctx, self.register_id, self.pk)
        self.row_name = registers.name_of(self.host.registers[self.register_id], row.record)
        told = fields(self.app, self.register_id, row, self.size.width - 2)
        for other, page in (await registers.related(self.host, ctx, self.register_id, self.pk)).items():
            if not page.rows:
                continue
            area, name = other.split(".", 1)
            told += [[], [(self.app.say(f"{area}.register.{name}"), "accent")]]
            shown = self.host.registers[other].columns[:5]
            for found in page.rows:
                cells = ((self.app.value(found.values[c.name], area), c.width, "", c.align) for c in shown)
                told.append(columns(cells))
        entries = await journal.history(self.host, self.register_id, self.pk)
        told += [[], [(self.app.say("tui.detail.history"), "accent")], *(history_line(self.app, e) for e in entries)]
        return told
