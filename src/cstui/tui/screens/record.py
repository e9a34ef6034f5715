"""One record, now or as it was: its fields, what belongs to it, and its timeline; most of its lines lead on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cstui import dossier, registers
from cstui.contract.action import Action
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.filters import area_of, equals
from cstui.store.past import past
from cstui.timeline import timeline
from cstui.tui.leaf import Leaf, led, name_of
from cstui.tui.screens.reader import Leader, Leading

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.engine import Outcome

REVEAL = "site.reveal"
ACTS = 20
"""Acts told of the timeline at first; as many more each time."""


class Record(Leader):
    CORE = ("menu", "write", "palette", "help", "back")

    def __init__(self, register_id: str, pk: int, at: datetime | None = None) -> None:
        """`at`: as it was at that moment (UTC), with nothing to be done about it."""
        super().__init__()
        self.register_id, self.pk, self.at = register_id, pk, at
        self.row_name = ""
        self.acts = ACTS
        self.in_full = False
        """Whether its secret fields are shown, until this page is left."""

    def subject(self) -> tuple[str, tuple[int, ...]]:
        return ("", ()) if self.at else (self.register_id, (self.pk,))

    def revealed(self) -> frozenset[str]:
        return frozenset({f"{self.register_id}:{self.pk}"} if self.in_full else ())

    async def subject_name(self) -> str:
        return self.row_name

    def heading(self) -> str:
        if self.at:
            return f"{self.row_name}  {self.app.say('tui.record.as_of', at=self.at)}"
        area, name = self.register_id.split(".", 1)
        return f"{self.app.say(f'{area}.register.{name}')}  {self.row_name}"

    async def load(self) -> None:
        await super().load()
        if self.at is None:
            here = [a for a in self.host.actions.values() if a.register == self.register_id and a.target != "none"]
            await self.offer([*(action for action in here if not action.hidden), *self._reveal()])

    def _reveal(self) -> list[Action]:
        """What shows its secret fields, where it has any."""
        register = self.host.registers[self.register_id]
        secret = any(column.secret for column in (*register.columns, *register.sections))
        return [replace(self.host.actions[REVEAL], needs=f"{area_of(register)}.reveal")] if secret else []

    async def perform(
        self, action: Action, raw: dict[str, Any] | None = None, target: Sequence[int] | None = None
    ) -> None:
        if action.id == REVEAL:
            raw = {"register_id": self.register_id, "record": self.pk, "count": None, "asked": ""}
        await super().perform(action, raw, target)

    async def _performed(
        self, outcome: Outcome | None, action: Action, raw: dict[str, Any], target: Sequence[int]
    ) -> None:
        if outcome and action.id == REVEAL:
            self.in_full = True
        await super()._performed(outcome, action, raw, target)

    async def led(self) -> list[Leading]:
        try:
            return await self.app.call(self._led())
        except Fault as fault:  # it is gone meanwhile, hidden from this actor, or the past can't be shown here
            return led([[(self.app.say(fault.text), "warning")]])

    async def _led(self) -> list[Leading]:
        assert self.app.actor
        leaf = Leaf(self.app, self.size.width - 3)
        async with AsyncExitStack() as then:
            if self.at:
                await then.enter_async_context(past(self.host, self.at))
            ctx = await self.host.context(self.app.actor, self.at)
            ctx = replace(ctx, revealed=self.revealed())
            register = registers.register_of(self.host, ctx, self.register_id)
            row = await registers.one(self.host, ctx, self.register_id, self.pk)
            self.row_name = name_of(self.app, register, row)
            fields = dossier.sections(self.host, ctx, register, row)
            belonging = await dossier.belonging(self.host, ctx, register, self.pk)
        told: list[Leading] = [self._title()]
        told += leaf.fields(register, fields)
        for one in belonging:
            told += leaf.belonging(one, "" if self.at else f"within:{one.register.id}:{one.field}")
        return [*told, *await self._timeline(ctx, leaf)]

    def _title(self) -> Leading:
        if self.at:
            return [(self.row_name, "strong"), (f"  {self.app.say('tui.record.as_of', at=self.at)}", "warning")], ""
        key = self.app.say("tui.record.menu", key=self.key_of("menu"))
        return [(self.row_name, "strong"), (f"  {key}", "dim")], "core:menu"

    async def _timeline(self, ctx: Context, leaf: Leaf) -> list[Leading]:
        register = self.host.registers[self.register_id]
        shown, older = await timeline(self.host, ctx, register, self.pk, until=self.at, limit=self.acts)
        told = led([[], [(self.app.say("tui.record.history"), "accent")]])
        for event in shown:
            moment = "" if event.entry.at == self.at else f"past:{event.entry.at.isoformat()}"
            told += leaf.event(event, (register, self.pk), moment)
        if older:
            told.append(([(self.app.say("tui.record.older"), "dim")], "older:"))
        return [*told, *leaf.rules(shown)]

    # keys

    def core_reason(self, name: str) -> Text | None:
        return None if name == "write" else super().core_reason(name)

    async def do_menu(self) -> None:
        """Follow the current line; on the first one choose what to do."""
        kind, _, rest = self.lead.partition(":")
        if kind in ("", "core"):
            await super().do_menu()
        elif kind == "older":
            self.acts += ACTS
            await self.load()
        elif kind == "past":
            self.app.push_screen(Record(self.register_id, self.pk, datetime.fromisoformat(rest)))
        elif kind == "within":
            from cstui.tui.screens.register import Register

            register_id, _, field = rest.partition(":")
            self.app.push_screen(Register(register_id, equals(field, self.pk), self.row_name))
        else:
            register_id, _, pk = rest.partition(":")
            self.app.push_screen(Record(register_id, int(pk), self.at))

    async def do_write(self) -> None:
        """Its papers, or all that is told here as plain text."""
        from cstui.tui.printing import choose

        await choose(self, self.copied())
