"""From a filled-in form to the act: what is wrong is told at once, its effect is shown first, and it is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from cstui import engine, naming, registers
from cstui.contract.action import Action
from cstui.contract.errors import BadInputs, Fault, Refusal, Stale
from cstui.contract.files import File
from cstui.contract.text import Text, choice
from cstui.inputs import parse
from cstui.timeline import timeline
from cstui.tui.paint import Run
from cstui.tui.reading import named
from cstui.tui.screens.completing import Completing

if TYPE_CHECKING:
    from cstui.timeline import Event

PATIENCE = 0.5
"""Seconds after which it is said that an act is still being stored."""
LATEST = 5
"""Acts of others that are told when a record has changed meanwhile."""


class Submitting(Completing):
    """`target` are the records that the act is about."""

    def __init__(self, action: Action, target: Sequence[int], given: dict[str, Any]) -> None:
        super().__init__(action, given)
        self.target, self.given = tuple(target), given
        self.version: int | None = None
        self.override = ""
        """Why it is done in an emergency, where it is one."""
        self.confirmed: dict[str, Any] | None = None
        """What was typed when the effect of a dangerous act was shown: only that is done by a second Enter."""
        self.asked_at = 0.0
        """When that was shown: a key pressed before doesn't answer it."""
        self.remarks: tuple[tuple[Text, str], ...] = ()
        self.sent: dict[str, Any] = {}
        """What was handed to the engine."""
        self.slow = False
        self.stop, self.done = False, 0
        """Of a long act: whether it is asked to stop, and how far it is."""
        self.ahead: list[events.Key] = []
        """Keys pressed while the act is done: they are for what comes after the form."""

    def _raw(self) -> dict[str, Any]:
        """What was typed, by field."""
        return self.given | {name: self._raw_of(name) for name in self.infos if self._typed(name).strip()}

    def _forget_draft(self) -> None:
        """The act is done."""

    async def _enter(self, pressed: float) -> None:
        """Enter takes a completion and goes on to the next field that waits, else does the act."""
        if self.busy:
            return
        if not self._complete():
            await self._submit(pressed)
            return
        if self.offered:  # a folder: what lies in it is offered
            return
        waiting = self._waiting()
        self._focus(waiting)
        if not waiting:
            self._tell(self.faults, (Text("tui.form.ready"), "dim"))

    def _waiting(self) -> str:
        """The first field that must be filled in and isn't, or ""."""
        return next((n for n, i in self.infos.items() if i.is_required() and not self._typed(n).strip()), "")

    async def _submit(self, pressed: float) -> None:
        """Do the action once; a fault is told at its field, and nothing typed is lost."""
        if self.busy or pressed < self.asked_at:
            return
        raw = self.sent = self._raw()
        faults = {name: fault for name in self.infos if (fault := self._fault(name))}
        if faults:
            self._tell(faults)
            self._focus(next(iter(faults)))
            return
        self.busy = True
        back = self.at
        if (self.action.effect or self.action.dangerous) and self.confirmed != raw:
            try:
                await self._ask(raw)
            except Fault as fault:
                self._tell_fault(fault)
            finally:
                self.busy = False
            if self.confirmed == raw or self.faults:
                return
            self.busy = True
        self.set_focus(None)
        self.run_worker(self._act(raw, back))

    async def _ask(self, raw: dict[str, Any]) -> None:
        """Show what the act would do, for a second look before it."""
        effect = await self.app.call(self._effect(raw)) if self.action.effect else None
        if effect or self.action.dangerous:
            told = [(effect, "warning")] if effect else []
            self._tell({}, *told, (Text("tui.form.again"), "warning"))
            self.confirmed, self.asked_at = raw, monotonic()

    async def _act(self, raw: dict[str, Any], back: str) -> None:
        """Hand it to the engine, while the form stands still; `back` is the field one was in."""
        assert self.app.host and self.app.actor
        timer = self.set_interval(PATIENCE, self._storing)
        self.stop, self.done = False, 0
        act = asyncio.create_task(self._run(raw))
        act.add_done_callback(self._done)
        self.app.handing_in = None if self.long else act
        try:
            outcome = await (act if self.long else asyncio.shield(act))  # the dashboard's end waits for it
        except engine.Stopped:
            self.busy = self.slow = False
            self._focus(back)
            self._tell({}, (Text("tui.import.stopped"), "warning"))
        except Fault as fault:
            changed = await self.app.call(self._changed_meanwhile()) if isinstance(fault, Stale) else []
            if isinstance(fault, Refusal) and fault.finding:
                self.app.tried = fault
            self.busy = self.slow = False
            self.ahead.clear()
            self._focus(back)
            self._tell_fault(fault, *changed)
        else:
            self.app.handed_in = monotonic()
            self.dismiss(outcome)
            self.app.call_later(self._hand_on)
        finally:
            timer.stop()

    def _done(self, act: asyncio.Task[engine.Outcome]) -> None:
        """Also when the form was taken down meanwhile: what was done is offered to nobody again."""
        self.app.handing_in = None
        if not act.cancelled() and not act.exception():
            self._forget_draft()
            self.app.call_later(self.app.drafts.save)  # at once: who is cut off now isn't offered what is done

    async def _run(self, raw: dict[str, Any]) -> engine.Outcome:
        """Through the door; a long act on a connection of its own, so that the dashboard goes on meanwhile."""
        host, actor = self.app.host, self.app.actor
        assert host and actor
        if not self.long:
            return await engine.run(
                host, self.action.id, raw, actor, target=self.target, version=self.version, override=self.override
            )
        raw = await asyncio.to_thread(self._with_files, raw)
        async with host.beside() as beside:
            return await engine.run(
                beside, self.action.id, raw, actor, target=self.target, version=self.version, progress=self._progress,
                override=self.override,
            )  # fmt: skip

    @property
    def long(self) -> bool:
        """Whether a file is read for the act."""
        return any(self.kinds[name].kind == "file" and self._typed(name).strip() for name in self.infos)

    def _with_files(self, raw: dict[str, Any]) -> dict[str, Any]:
        """What was typed, with the files that are named opened. Raises BadInput."""
        named_ = {name: raw[name] for name in raw.keys() & self.infos.keys() if self.kinds[name].kind == "file"}
        return raw | {name: File.open(named(self.app, typed, name), name) for name, typed in named_.items()}

    def _progress(self, done: int, total: int | None = None) -> None:
        """Called inside the transaction: nothing of the screen happens here."""
        if self.stop:
            raise engine.Stopped
        self.done = done

    def _storing(self) -> None:
        """It takes its time: say so, of a long act how far it is."""
        if self.busy:
            self.slow = True
            said = Text("tui.form.reading", done=self.done) if self.long else Text("tui.form.storing")
            self._tell({}, (said, "dim"))

    def _wait(self, event: events.Key) -> None:
        """A key while the act is done: no second one comes of it, and what is meant for the page goes there."""
        if event.key == "escape" and self.long:
            self.stop = True
        elif not self.slow and event.key not in {"enter", "ctrl+s"}:
            self.ahead.append(event)

    def _hand_on(self) -> None:
        """The form is gone: the keys pressed meanwhile reach what stands there now."""
        for event in self.ahead:
            self.app.type_ahead(event)

    async def _rows(self, ctx: Any) -> list[Any]:
        """The records that the act is about."""
        assert self.app.host
        if not self.target:
            return []
        query = registers.base_query(ctx, self.app.host.registers[self.action.register])
        return list(await query.filter(id__in=list(self.target)))

    async def _effect(self, raw: dict[str, Any]) -> Text | None:
        assert self.app.host and self.app.actor and self.action.effect
        ctx = await self.app.host.context(self.app.actor)
        finder = naming.Finder(self.app.host, ctx)
        raw = await asyncio.to_thread(self._with_files, raw)
        data = await parse(self.action, raw, ctx, finder)
        return await self.action.effect(ctx, await self._rows(ctx), data)

    # a record that changed meanwhile

    async def _changed_meanwhile(self) -> list[tuple[Text, str]]:
        """What others changed of the record since the form was opened; the next Enter is on the record as it is now."""
        assert self.app.host and self.app.actor
        host = self.app.host
        if self.version is None:  # the store was busy
            return []
        ctx = await host.context(self.app.actor)
        rows = await self._rows(ctx)
        if not rows or rows[0].version == self.version:
            return []
        register = host.registers[self.action.register]
        events_, _ = await timeline(host, ctx, register, rows[0].pk, limit=LATEST)
        told = [line for event in events_ if self._since(event, rows[0].pk) for line in self._told(event)]
        self.version, self.confirmed = rows[0].version, None
        return [*((text, "") for text in told), (Text("tui.form.still"), "warning")]

    def _since(self, event: Event, pk: int) -> bool:
        """Whether an act changed the record after the version that the form saw."""
        own = [one["before"] for one in event.entry.changes if one["key"] == str(pk) and one["before"]]
        return any(before.get("version", -1) >= (self.version or 0) for before in own)

    def _told(self, event: Event) -> list[Text]:
        area, _, name = event.entry.action.partition(".")
        who = Text("tui.form.by", at=event.entry.at, name=event.entry.name, what=Text(f"{area}.action.{name}"))
        return [who] + [
            Text(
                "tui.form.difference",
                label=self.app.label(changed.area, one.name),
                before=_worded(changed.area, one.before),
                after=_worded(changed.area, one.after),
            )
            for changed in event.changes
            if changed.register and changed.register.id == self.action.register and not changed.created
            for one in changed.differences
        ]

    # telling

    def _tell_fault(self, fault: Fault, *remarks: tuple[Text, str]) -> None:
        faults = fault.faults if isinstance(fault, BadInputs) else [fault]
        self._tell({one.field: self._named(one.text) for one in faults}, *remarks)
        self._focus(faults[0].field)

    def _tell(self, faults: dict[str, Text], *remarks: tuple[Text, str]) -> None:
        """Faults at their fields, or of the whole form where they have none here; then remarks (text, style)."""
        self.faults, self.remarks = faults, remarks
        for name in self.infos:
            self._beneath(name)
        self._fit()

    def _remarked(self) -> list[Run]:
        """What is said of the whole form."""
        elsewhere = [(text, "critical") for name, text in self.faults.items() if name not in self.infos]
        return [(self.app.say(text), style) for text, style in (*elsewhere, *self.remarks)]

    def _focus(self, name: str) -> None:
        """Go to a field; one types on at its end."""

    def _fit(self) -> None:
        """Show what is said of the whole form, and leave the fields the other lines."""


def _worded(area: str, value: Any) -> Any:
    """A value of a record, as it is said in the language of whoever reads it."""
    if value in (None, ""):
        return Text("tui.record.nothing")
    return choice(area, str(value.value)) if isinstance(value, Enum) else value
