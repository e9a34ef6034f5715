"""A form out of an action's input: the right field by type, faults at the field, the rule it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from cstui import registers
from cstui.cells import clean, width
from cstui.contract.action import Action
from cstui.contract.text import Text
from cstui.inputs import is_masked, most
from cstui.tui.fields import LONG, held_by, hint, options, written
from cstui.tui.leaf import name_of
from cstui.tui.leaving import in_peace
from cstui.tui.paint import hanging, lines, rich
from cstui.tui.screens.drafting import Drafting
from cstui.tui.screens.field_help import FieldHelp
from cstui.tui.widgets.choice import Choice
from cstui.tui.widgets.entry import Entry, Left
from cstui.tui.widgets.row import Row
from cstui.tui.widgets.writing import Writing

LOW = 18
"""Terminal lines below which the rules stand in the help only, and nothing around the form."""
TINY = 8
"""Terminal lines below which the keys aren't told."""
BOX = 72
"""Cells of the form, where the terminal has them (cstui.tcss)."""
TYPED = (Input, Writing)


class Form(Drafting):
    """Fill in an action's input and do it. What was typed is kept as a draft until it is done."""

    DEFAULT_CSS = "Form .fields { height: auto; scrollbar-size: 1 0; }"

    def __init__(
        self, action: Action, target: Sequence[int], given: dict[str, Any], typed: dict[str, str] | None = None
    ) -> None:
        """`typed` is what stands in it at first, instead of the draft."""
        super().__init__(action, target, given)
        self.typed = typed
        self.seen: int | None = None
        """The version of the record that the form saw of which this one takes the place."""
        self.names = ""
        """Those of the records it is about."""
        self.subject = (*self.target, *given.values())
        """What the act is about: each has a draft of its own."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="title", markup=False)
            with VerticalScroll(classes="fields", can_focus=False):
                yield Static(id="about", markup=False, classes="hint")
                for name in self.infos:
                    with Row(classes="field", id=f"row-{name}"):
                        yield Static(classes="label", markup=False)
                        with Vertical(classes="widget"):
                            yield self._widget(name)
                            yield Static(id=f"under-{name}", markup=False, classes="hint under")
            yield Static(id="fault", markup=False, classes="error")
            yield Static(id="keys", markup=False)

    def _widget(self, name: str) -> Widget:
        field, info = self.kinds[name], self.infos[name]
        if chosen := options(self.app, self.action.area, field):
            default = {True: "true", False: "false"}.get(field.default, field.default)
            return Choice(chosen, str(getattr(default, "value", default) or ""), id=f"field-{name}")
        told = hint(self.app, self.action, field)
        if field.kind == "words":
            return Writing(most(info) > LONG, id=f"field-{name}", placeholder=told)
        return Entry(password=is_masked(info), id=f"field-{name}", placeholder=told, select_on_focus=False)

    async def on_mount(self) -> None:
        with in_peace(self):
            await self.app.call(self._prefill())
            self._focus(self._waiting() or next(iter(self.infos)))

    async def _prefill(self) -> None:
        """First values: what the action proposes, and over it the draft of before."""
        assert self.app.host and self.app.actor
        host, rows, held = self.app.host, list[Any](), dict[str, str]()
        ctx = await host.context(self.app.actor)
        if self.target:
            register = host.registers[self.action.register]
            rows = await self._rows(ctx)
            told = await registers.rows_of(ctx, register, rows[:4])
            names = self.app.say("value.join").join(name_of(self.app, register, row) for row in told)
            if len(rows) == 1:
                self.version, held = self.seen or rows[0].version, held_by(self.app, self.kinds, rows[0])
            self.names = names + (f" +{len(rows) - 4}" if len(rows) > 4 else "")
        self._about()
        values = dict(await self.action.prefill(ctx, rows)) if self.action.prefill else {}
        for name in self.infos:
            if values.get(name) not in (None, ""):
                self._fill(name, values[name])
                self.at_first[name] = self._typed(name)
        self.proposed = {name for name, words in self.at_first.items() if words != held.get(name)}
        await self.app.drafts.read()
        if self.typed is not None:
            for name in self.infos.keys() & self.typed.keys():
                self._put(name, self.typed[name])
        elif draft := self.app.drafts.of(self.action.id, self.subject):
            for name in self.infos.keys() & draft["typed"].keys():
                self._put(name, draft["typed"][name])
            self._tell({}, (Text("tui.form.draft", at=datetime.fromisoformat(draft["at"])), "dim"))
        for name in self.infos:
            await self._recall(name)
            self._beneath(name)

    def _about(self) -> None:
        """What is done to what, and under which rules."""
        assert self.app.host
        title = self.app.say(f"{self.action.area}.action.{self.action.name}")
        why = self.app.say("tui.emergency.of", reason=self.override) if self.override else ""
        runs = [(title, "accent"), (f"  {self.names}", "strong"), (f"  {why}", "critical")]
        self.query_one("#title", Static).update(rich(runs))
        rules = [rule for rule_id in self.action.rules[:3] if (rule := self.app.host.rules.get(rule_id))]
        told = [[(f"{rule.id} {self.app.say(rule.words)}", "dim")] for rule in rules]
        self.query_one("#about", Static).update(lines(told))

    def _fill(self, name: str, value: Any) -> None:
        """A value that was proposed, as one would type it."""
        if isinstance(self._field(name), Choice):
            self._put(name, str({True: "true", False: "false"}.get(value, getattr(value, "value", value))))
        else:
            values = value if isinstance(value, list | tuple) else [value]
            self._put(name, ", ".join(written(self.app, self.kinds[name], one) for one in values))

    # size and language

    @property
    def room(self) -> int:
        """Cells inside the box."""
        return min(BOX, self.size.width) - self.query_one(".box").gutter.width

    @property
    def low(self) -> bool:
        return self.size.height < LOW

    def on_resize(self) -> None:
        with in_peace(self):
            self._lay_out()

    def _lay_out(self) -> None:
        """The labels leave room for the fields, and the field one types in stays in sight."""
        self._label()
        self.query_one(".box").styles.padding = (0, 1) if self.low else None
        self.query_one("#about").display = bool(self.action.rules) and not self.low
        for name, edge in (("#title", (0, 0, 1, 0)), ("#keys", (1, 0, 0, 0))):
            self.query_one(name).styles.margin = 0 if self.low else edge
        self._fit()

    def _label(self) -> None:
        """The fields' names, those that must be filled in with a sign; a long one goes on below its first letter."""
        called = {name: clean(self.app.label(self.action.area, name)) for name in self.infos}
        cells = min(26, max(map(width, called.values())) + 2, max(4, self.size.width // 3))
        for name, info in self.infos.items():
            label = self.query_one(f"#row-{name} .label", Static)
            label.styles.width = cells
            sign = "*" if info.is_required() else " "
            label.update(lines(hanging([(sign, "")], called[name], "", 1, cells - 1)))

    def _fit(self) -> None:
        """The fields have the lines that the rest doesn't take."""
        self._keys()
        if self.offered:
            self._beneath(self.at)
        told = [line for words, style in self._remarked() for line in hanging([], words, style, 0, self.room)]
        foot = self.query_one("#fault", Static)
        foot.display = bool(told)
        foot.styles.margin = (0 if self.low else 1, 0, 0, 0)
        foot.update(lines(told))
        around = self.query_one(".box").gutter.height + foot.styles.margin.height * foot.display
        taken = 1 + len(told) + (self.size.height >= TINY) + around + (0 if self.low else 2)
        self.query_one(".fields").styles.max_height = max(2, self.size.height - taken)
        self.call_after_refresh(self._in_sight)

    def _keys(self) -> None:
        """The keys that mean something in this field, as many as there is room for."""
        at, names = self.focused, ["next", "enter", "help", "leave"]
        if isinstance(at, Writing) and at.lines:
            names = ["enter_line", "do", "next", "help", "leave"]
        elif isinstance(at, Writing | Choice):
            names.insert(0, "choose" if isinstance(at, Choice) else "newline")
        elif self.at and self.kinds[self.at].offers:
            names.insert(0, "list")
        said = ""
        for name in names:
            if name == "leave" and self.action.anonymous:  # nothing of it is kept
                continue
            piece = self.app.say(f"tui.form.key.{name}")
            if width(said) + 3 + width(piece) <= self.room:
                said += f"{'   ' if said else ''}{piece}"
        told = self.query_one("#keys", Static)
        told.display = self.size.height >= TINY
        told.update(rich([(said, "dim")]))

    def reword(self) -> None:
        """The same in another language: what was typed stays, and where."""
        self.call_later(self._reworded)

    async def _reworded(self) -> None:
        typed, at = self.all_typed(), self.at
        with self.app.batch_update():
            await self.recompose()
            for name, words in typed.items():
                self._put(name, words)
            self._about()
            self._focus(at)
            self._tell(self.faults, *self.remarks)
            self.on_resize()

    # keys

    async def on_key(self, event: events.Key) -> None:
        at = self.focused
        await self._struck(event)
        if isinstance(at, Left):
            for key in at.left(event):
                self.app.type_ahead(key)

    async def _struck(self, event: events.Key) -> None:
        if self.app.screen is not self:
            self.app.type_ahead(event)
            return
        at = self.focused
        if self.busy:
            self._wait(event)
        elif event.key == "escape":
            self._keep_draft(open_=False)
            self.dismiss(None)
        elif event.key == "ctrl+r":
            self._afresh()
        elif event.key == "f1" or (event.character in {"?", "？"} and not isinstance(at, TYPED)):
            self._help()
        elif event.key in {"down", "up"} and isinstance(at, Writing) and at.within(event.key):
            return
        elif event.key in {"down", "up"} and self.offered and self.at:
            self.taken = (self.taken + (1 if event.key == "down" else -1)) % len(self.offered)
            self._beneath(self.at)
        elif event.key == "down" and await self._list():
            pass
        elif event.key in {"down", "tab"}:
            if not (self._complete() and self.offered):  # a folder: what lies in it is offered
                self.focus_next()
        elif event.key in {"up", "shift+tab"}:
            self._complete()
            self.focus_previous()
        elif event.key == "ctrl+s" or event.key == "enter":
            await self._enter(event.time)
        elif event.character and event.is_printable and isinstance(at, Input):
            at.insert_text_at_cursor(event.character)  # typed before the field had the focus
        elif event.character and event.is_printable and isinstance(at, Writing):
            at.insert(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _focus(self, name: str) -> None:
        """Go to a field; one types on at its end."""
        if name in self.infos:
            field = self._field(name)
            field.focus()
            if isinstance(field, Input):
                field.cursor_position = len(field.value)
            self._keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._keys()

    def _help(self) -> None:
        if self.at:
            self.app.push_screen(FieldHelp(self.action, self.kinds[self.at], self.infos[self.at]))
