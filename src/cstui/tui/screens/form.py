"""A form out of an action's input: the right field by type, faults at the field, the rule it stands under."""

from __future__ import annotations

import enum
import types
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cstui import engine, registers
from cstui.contract.declare import Action, Ref
from cstui.contract.errors import BadInputs, Fault
from cstui.contract.text import Text
from cstui.inputs import is_secret, ref_of
from cstui.tui.paint import lines, rich
from cstui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cstui.engine import Outcome
    from cstui.tui.app import Dashboard

OFFERED = 5
"""Completions shown under a field that names a record."""


class Form(ModalScreen["Outcome | None"]):
    """Fill in an action's input and do it. Escape keeps what was typed as a draft of this session."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...

    def __init__(self, action: Action, target: Sequence[int], given: dict[str, Any]) -> None:
        super().__init__(classes="dialog")
        assert action.input
        self.action, self.target, self.given = action, tuple(target), given
        model: Any = action.input
        self.infos: dict[str, FieldInfo] = {n: i for n, i in model.model_fields.items() if n not in given}
        self.version: int | None = None
        self.confirmed = False
        self.busy = False
        self.offered: list[str] = []
        self.draft_key = (action.id, (*self.target, *map(str, given.values())))

    def compose(self) -> ComposeResult:
        area = self.action.area
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(rich([(self.app.say(f"{area}.action.{self.action.name}"), "accent")]), markup=False)
            yield Static(id="about", markup=False, classes="hint")
            for name, info in self.infos.items():
                with Horizontal(classes="field"):
                    star = "*" if info.is_required() else " "
                    yield Static(rich([(f"{star}{self.app.label(area, name)}", "")]), classes="label", markup=False)
                    with Vertical(classes="widget"):
                        yield self._widget(name, info)
                        yield Static(id=f"under-{name}", markup=False, classes="hint")
            yield Static(id="fault", markup=False, classes="error")
            yield Static(rich([(self.app.say("tui.form.keys"), "dim")]), markup=False)

    def _widget(self, name: str, info: FieldInfo) -> Input | Choice:
        options = self._options(info)
        if options:
            return Choice(options, id=f"field-{name}")
        return Input(password=is_secret(info), id=f"field-{name}", placeholder=self._hint(info), select_on_focus=False)

    def _options(self, info: FieldInfo) -> list[tuple[str, str]]:
        """The values of a field with few of them, with their words."""
        kind, optional = _plain(info.annotation)
        if kind is bool:
            values = [("true", self.app.value(True)), ("false", self.app.value(False))]
            if info.default is False:
                values.reverse()
        elif isinstance(kind, type) and issubclass(kind, enum.Enum):
            values = [(str(one.value), self.app.words.choice(self.action.area, str(one.value), self.app.lang)) for one in kind]
        elif get_origin(kind) is Literal:
            values = [(str(one), self.app.words.choice(self.action.area, str(one), self.app.lang)) for one in get_args(kind)]
        else:
            return []
        return [("", ""), *values] if optional else values

    def _hint(self, info: FieldInfo) -> str:
        kind, _ = _plain(info.annotation)
        if ref_of(info):
            return self.app.say("tui.form.hint.record")
        hints = {date: "day", datetime: "moment", time: "clock", timedelta: "span"}
        return self.app.say(f"tui.form.hint.{hints[kind]}") if kind in hints else ""

    async def on_mount(self) -> None:
        await self.app.call(self._prefill())
        first = next((n for n, i in self.infos.items() if not self._typed(n) and i.is_required()), next(iter(self.infos)))
        self.query_one(f"#field-{first}").focus()

    async def _prefill(self) -> None:
        """First values: the draft of before, else what the action proposes."""
        assert self.app.host and self.app.actor
        host = self.app.host
        ctx = await host.context(self.app.actor)
        rows: list[Any] = []
        if self.target:
            register = host.registers[self.action.register]
            rows = await registers.base_query(ctx, register).filter(id__in=list(self.target))
            names = ", ".join(registers.name_of(register, row) for row in rows[:4])
            more = f" +{len(rows) - 4}" if len(rows) > 4 else ""
            self.version = rows[0].version if len(rows) == 1 else None
            self._about(names + more)
        else:
            self._about("")
        values: dict[str, Any] = dict(await self.action.prefill(ctx, rows)) if self.action.prefill else {}
        values |= self.app.drafts.get(self.draft_key, {})
        for name in self.infos:
            if values.get(name) not in (None, ""):
                self._fill(name, values[name])

    def _about(self, names: str) -> None:
        assert self.app.host
        told = [[(names, "strong")]] if names else []
        for rule_id in self.action.rules[:3]:
            rule = self.app.host.rules.get(rule_id)
            if rule:
                words = self.app.say(f"{rule.area}.rule.{rule_id.rsplit('-', 1)[1]}")
                told.append([(f"{rule_id} {words}", "dim")])
        self.query_one("#about", Static).update(lines(told))

    def _fill(self, name: str, value: Any) -> None:
        widget = self.query_one(f"#field-{name}")
        if isinstance(value, datetime):
            assert self.app.host
            value = value.astimezone(self.app.host.zone).strftime("%Y-%m-%d %H:%M")
        elif isinstance(value, enum.Enum):
            value = value.value
        elif hasattr(value, "pk"):
            assert self.app.host
            ref = ref_of(self.infos[name])
            value = registers.name_of(self.app.host.registers[ref.register], value) if ref else value.pk
        if isinstance(widget, Choice):
            widget.index = next((n for n, (one, _) in enumerate(widget.options) if one == str(value)), widget.index)
            widget.refresh()
        elif isinstance(widget, Input):
            widget.value = str(value)

    def _typed(self, name: str) -> str:
        return str(self.query_one(f"#field-{name}").value)  # type: ignore[attr-defined]

    # completion of fields that name a record

    async def on_input_changed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("field-")
        ref = ref_of(self.infos[name]) if name in self.infos else None
        if ref and event.input.has_focus:
            await self._offer(name, ref, event.value)

    async def _offer(self, name: str, ref: Ref, typed: str) -> None:
        found = await self.app.call(self._found(ref, typed)) if typed else []
        self.offered = [key for key, _, _ in found]
        told = [[(f"  {label}", "dim")] for _, label, _ in found]
        if found:
            told[0] = [(f"> {found[0][1]}", "")]
        self.query_one(f"#under-{name}", Static).update(lines(told))

    async def _found(self, ref: Ref, typed: str) -> list[tuple[str, str, Any]]:
        assert self.app.host and self.app.actor
        ctx = await self.app.host.context(self.app.actor)
        return await registers.choices(self.app.host, ctx, ref, typed, OFFERED)

    def _complete(self) -> None:
        """Take the first completion of the focused field, unless what was typed names a record itself."""
        widget = self.focused
        if isinstance(widget, Input) and self.offered:
            name = (widget.id or "").removeprefix("field-")
            if name in self.infos and ref_of(self.infos[name]) and widget.value not in self.offered:
                widget.value = self.offered[0]
            self.query_one(f"#under-{name}", Static).update("")
            self.offered = []

    # keys

    async def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            self._keep_draft()
            self.dismiss(None)
        elif event.key in {"down", "tab"}:
            self._complete()
            self.focus_next()
        elif event.key in {"up", "shift+tab"}:
            self.focus_previous()
        elif event.key in {"enter", "ctrl+s"}:
            self._complete()
            await self._submit()
        else:
            return
        event.stop()
        event.prevent_default()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._complete()
        await self._submit()

    def _keep_draft(self) -> None:
        typed = {n: self._typed(n) for n, i in self.infos.items() if self._typed(n) and not is_secret(i)}
        if typed:
            self.app.drafts[self.draft_key] = typed

    async def _submit(self) -> None:
        """Do the action once; a fault is told at its field, and nothing typed is lost."""
        if self.busy:
            return
        assert self.app.host and self.app.actor
        raw = {**self.given, **{name: self._typed(name) for name in self.infos if self._typed(name) != ""}}
        missing = next((n for n, i in self.infos.items() if i.is_required() and not self._typed(n)), "")
        if missing:
            self._tell({missing: Text("input.missing")})
            self.query_one(f"#field-{missing}").focus()
            return
        self.busy = True
        try:
            if self.action.effect and not self.confirmed:
                self.confirmed = True
                effect = await self.app.call(self._effect(raw))
                if effect:
                    self.query_one("#fault", Static).update(lines([[(self.app.say(effect), "warning")], [(self.app.say("tui.form.again"), "dim")]]))
                    return
            outcome = await engine.run(
                self.app.host, self.action.id, raw, self.app.actor, target=self.target, version=self.version
            )
        except BadInputs as faults:
            self._tell({fault.field: fault.text for fault in faults.faults})
            self._focus(faults.faults[0].field)
        except Fault as fault:
            self._tell({fault.field: fault.text})
            self._focus(fault.field)
        else:
            self.app.drafts.pop(self.draft_key, None)
            self.dismiss(outcome)
        finally:
            self.busy = False

    async def _effect(self, raw: dict[str, Any]) -> Text | None:
        """What the act would do, for a second look before it."""
        from cstui.inputs import parse

        assert self.app.host and self.app.actor and self.action.effect
        ctx = await self.app.host.context(self.app.actor)
        finder = registers.Finder(self.app.host, ctx)
        data = await parse(self.action, raw, ctx, finder)
        rows: list[Any] = []
        if self.target:
            query = registers.base_query(ctx, self.app.host.registers[self.action.register])
            rows = list(await query.filter(id__in=list(self.target)))
        return await self.action.effect(ctx, rows, data)

    def _tell(self, faults: dict[str, Text]) -> None:
        for name in self.infos:
            told = [[(self.app.say(faults[name]), "critical")]] if name in faults else []
            self.query_one(f"#under-{name}", Static).update(lines(told))
        elsewhere = [[(self.app.say(text), "critical")] for name, text in faults.items() if name not in self.infos]
        self.query_one("#fault", Static).update(lines(elsewhere))

    def _focus(self, name: str) -> None:
        if name in self.infos:
            self.query_one(f"#field-{name}").focus()


def _plain(annotation: Any) -> tuple[Any, bool]:
    """The type without Annotated and None, and whether None was allowed."""
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _plain(parts[0])[0], len(parts) < len(get_args(annotation))
    if hasattr(annotation, "__metadata__"):
        return _plain(annotation.__origin__)
    return annotation, False
