"""A form's fields: what was typed in each, and beneath it its fault, what may be chosen, or how it was understood."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from cstui import naming, registers
from cstui.cells import clean, clip
from cstui.contract.action import Action
from cstui.contract.errors import BadInput
from cstui.contract.search import fold, matches
from cstui.contract.text import Text
from cstui.engine import Outcome
from cstui.inputs import is_secret, read
from cstui.tui.fields import kinds_of, understood
from cstui.tui.paint import Run, hanging, lines
from cstui.tui.reading import completions, named
from cstui.tui.widgets.choice import Choice
from cstui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

COMMA = re.compile("[,，、;；]")
OFFERED = 5
"""Completions shown under a field."""
TELLING = 5
"""Columns of a record that a completion tells: those tell namesakes apart."""


class Completing(ModalScreen[Outcome | None]):
    """Fields `field-NAME`, each with a line `under-NAME`, for the fields of an action's input that aren't `given`."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, action: Action, given: Collection[str]) -> None:
        super().__init__(classes="dialog")
        model: Any = action.input
        self.action = action
        self.infos = {n: i for n, i in model.model_fields.items() if n not in given}
        self.kinds = {n: kind for n, kind in kinds_of(model).items() if n in self.infos}
        self.offered: list[tuple[str, str]] = []
        self.taken = 0
        """Which of the completions stands marked."""
        self.called: dict[str, str] = {}
        """Labels of the records that were chosen, by what stands in the field."""
        self.unknown: dict[str, str] = {}
        """What was typed that names no record, by field."""
        self.at_first: dict[str, str] = {}
        """What stood in a field at first, by field."""
        self.proposed: set[str] = set()
        """The fields of these that hold a proposal, and not what the record holds already."""
        self.faults: dict[str, Text] = {}
        """What is wrong with a field, or (named otherwise) with the whole."""
        self.busy = False

    def _field(self, name: str) -> Any:
        return self.query_one(f"#field-{name}")

    def _typed(self, name: str) -> str:
        return str(self._field(name).value)

    @property
    def at(self) -> str:
        """The field one is in, or ""."""
        return _name(self.focused)

    # while one types

    async def on_input_changed(self, event: Input.Changed) -> None:
        name = _name(event.input)
        if name not in self.infos:
            return
        if self.kinds[name].offers and event.input.has_focus:
            typed = COMMA.split(event.value)[-1].strip() if self.kinds[name].many else event.value.strip()
            found = await self.app.call(self._found(name, typed)) if typed else []
            exact = len(found) == 1 and found[0][0] == typed
            self.offered, self.taken = [] if exact else found, 0
            self.called |= dict(found if exact else [])
            self.unknown[name] = event.value if self.kinds[name].ref and typed and not found else ""
        self._changed(name)

    def on_text_area_changed(self, event: Writing.Changed) -> None:
        self._changed(_name(event.text_area))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._changed(_name(event.choice))

    def _changed(self, name: str) -> None:
        self.faults.pop(name, None)  # what is changed is no longer what was wrong
        self._beneath(name)

    async def _found(self, name: str, typed: str) -> list[tuple[str, str]]:
        """What may be chosen: (what to type, how it is called)."""
        assert self.app.host and self.app.actor
        if self.kinds[name].kind == "file":
            return completions(self.app, typed)[:OFFERED]
        ctx = await self.app.host.context(self.app.actor)
        if known := self.kinds[name].known:
            return self._usual(await known.values(ctx), typed)
        ref = self.kinds[name].ref
        assert ref
        found = await naming.choices(self.app.host, ctx, ref, typed, OFFERED)
        register, area = self.app.host.registers[ref.register], ref.register.split(".", 1)[0]
        columns = [column for column in register.columns[:TELLING] if not column.secret]
        told = []
        for key, _, record in found:
            values = [registers.cell(ctx, column, record, area) for column in columns]
            words = [self.app.value(value, area) for value in values if isinstance(value, str | Text) and value]
            told.append((key, "  ".join(dict.fromkeys([key, *words]))))
        return told

    async def _recall(self, name: str) -> None:
        """Remember how the record is called that stands in a field before one types there."""
        if self.kinds[name].ref and (typed := self._typed(name).strip()):
            self.called |= {key: label for key, label in await self._found(name, typed) if key == typed}

    def _usual(self, values: Mapping[str, Text], typed: str) -> list[tuple[str, str]]:
        """Those of the known texts that fit what was typed; what begins so stands first."""
        told = {one: "  ".join(dict.fromkeys([one, self.app.say(called)])) for one, called in values.items()}
        fits = [(one, label) for one, label in told.items() if matches(typed, label)]
        return sorted(fits, key=lambda fit: not fold(fit[0]).startswith(fold(typed)))[:OFFERED]

    async def _list(self) -> bool:
        """Show what an empty field may hold; whether there is anything to show."""
        name = self.at
        if not (name and self.kinds[name].offers) or self._typed(name).strip() or self.offered:
            return False
        self.offered, self.taken = await self.app.call(self._found(name, "")), 0
        self._beneath(name)
        return bool(self.offered)

    def _complete(self) -> bool:
        """Take the marked completion of the focused field; whether there was one to take."""
        widget = self.focused
        if not isinstance(widget, Input) or not self.offered:
            return False
        name = _name(widget)
        before, (key, label) = "", self.offered[self.taken]
        if self.kinds[name].many:
            before = "".join(f"{one.strip()}, " for one in COMMA.split(widget.value)[:-1])
        fresh = widget.value != before + key
        with widget.prevent(Input.Changed):
            widget.value = before + key
        widget.cursor_position = len(widget.value)
        self.offered, self.taken, self.called[key] = [], 0, label
        if self.kinds[name].kind == "file" and key.endswith("/"):
            self.offered = completions(self.app, key)[:OFFERED]
        self._changed(name)
        return fresh

    # beneath a field

    def _beneath(self, name: str) -> None:
        """Its fault, else what may be chosen, else how what was typed is understood."""
        if name not in self.infos:
            return
        told: list[Sequence[Run]] = []
        if name in self.faults:
            said = self.app.say(self.faults[name])
            cells = self._field(name).size.width or self.size.width  # it has no size before it was laid out
            [[(first, style)], *more] = hanging([], said, "critical", 2, cells)
            told = [[(f"! {first}", style)], *more]
        elif name == self.at and self.offered:
            room = self._field(name).size.width - 2
            told = [
                [(f"{'>' if n == self.taken else ' '} {clip(clean(label), room)}", "" if n == self.taken else "dim")]
                for n, (_, label) in enumerate(self.offered)
            ]
        elif self._typed(name) and self.unknown.get(name) == self._typed(name):
            told = [[(self.app.say("tui.form.none"), "warning")]]
        else:
            told = [[(said, "dim")] for said in [self._understood(name)] if said]
        under = self.query_one(f"#under-{name}", Static)
        under.display = bool(told)
        under.update(lines(told))
        self.call_after_refresh(self._in_sight)

    def _named(self, fault: Text) -> Text:
        """A fault that names a field of this form: by its label, in whatever language it will be said."""
        name = fault.args.get("field")
        ids = (f"{self.action.area}.field.{name}", f"field.{name}")
        label = next((one for one in ids if name in self.infos and self.app.words.find(one, self.app.lang)), "")
        return Text(fault.id, **{**fault.args, "field": Text(label)}) if label else fault

    def _understood(self, name: str) -> str:
        """How what was typed is read, where that isn't plain; and whether it is only a proposal."""
        typed, parts = self._typed(name).strip(), []
        if not typed or is_secret(self.infos[name]):
            return ""
        try:
            said = self.called.get(typed, "") or understood(self.app, self.kinds[name], self._read(name))
        except BadInput:  # it isn't finished yet, or is told when the field is left
            said = ""
        if said and said != typed:
            parts.append(f"= {said}")
        if name in self.proposed and self.at_first[name] == typed and not isinstance(self._field(name), Choice):
            parts.append(self.app.say("tui.form.proposed"))
        return "   ".join(parts)

    def _read(self, name: str) -> Any:
        assert self.app.host
        host = self.app.host
        now = host.clock()
        place = {"zone": host.zone, "today": now.astimezone(host.zone).date(), "now": now}
        typed: Any = self._raw_of(name)
        if self.kinds[name].kind == "file":
            return named(self.app, typed, name)
        return read(self.action, name, typed, place, self.app.words)

    def _raw_of(self, name: str) -> Any:
        """What was typed; where several may be named they stand apart by commas."""
        typed = self._typed(name)
        return [one.strip() for one in COMMA.split(typed) if one.strip()] if self.kinds[name].many else typed

    # when a field is left

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        name = _name(event.widget)
        if name not in self.infos or self.busy or self.app.screen is not self:
            return
        self.offered = []
        if fault := self._fault(name):
            self.faults[name] = fault
        self._beneath(name)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._beneath(_name(event.widget))

    def _fault(self, name: str) -> Text | None:
        """What is wrong with a field as far as it shows without the store."""
        if not self._typed(name).strip():
            missing = self.infos[name].is_required()
            return self._named(Text("input.missing", field=name)) if missing else None
        try:
            self._read(name)
        except BadInput as fault:
            return self._named(fault.text)
        return None

    def _in_sight(self) -> None:
        """The field one is in stays in sight, with its label and what is beneath."""
        if self.focused and self.at:
            self.query_one(f"#row-{self.at}").scroll_visible(animate=False)
            self.focused.scroll_visible(animate=False)


def _name(widget: Widget | None) -> str:
    """The field of a widget."""
    return (widget.id or "").removeprefix("field-") if widget else ""
