"""A form out of an action's input: the right field by type, faults at the field, the rule it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from cstui import engine, registers
from cstui.cells import width
from cstui.contract.declare import Action
from cstui.contract.errors import BadInputs, Fault
from cstui.contract.text import Text
from cstui.inputs import is_secret
from cstui.tui.fields import hint, many, options, written
from cstui.tui.paint import lines, rich
from cstui.tui.screens.completing import COMMA, Completing
from cstui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


class Form(Completing):
    """Fill in an action's input and do it. Escape keeps what was typed as a draft of this session."""

    def __init__(self, action: Action, target: Sequence[int], given: dict[str, Any]) -> None:
        model: Any = action.input
        super().__init__({n: i for n, i in model.model_fields.items() if n not in given})
        self.action, self.target, self.given = action, tuple(target), given
        self.version: int | None = None
        self.confirmed: dict[str, Any] | None = None
        """What was typed when the effect of a dangerous act was shown: only that is done by a second Enter."""
        self.busy = False
        self.names = ""
        """Those of the records it is about."""
        self.remarks: tuple[tuple[Text, str], ...] = ()
        self.sent: dict[str, Any] = {}
        """What was handed to the engine."""
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
                        yield Static(id=f"under-{name}", markup=False, classes="hint under")
            yield Static(id="fault", markup=False, classes="error")
            yield Static(rich([(self.app.say("tui.form.keys"), "dim")]), markup=False)

    def _widget(self, name: str, info: FieldInfo) -> Input | Choice:
        chosen = options(self.app, self.action.area, info)
        if chosen:
            return Choice(chosen, id=f"field-{name}")
        return Input(
            password=is_secret(info), id=f"field-{name}", placeholder=hint(self.app, info), select_on_focus=False
        )

    def on_resize(self) -> None:
        """The labels leave room for the fields, and the field one types in stays in sight."""
        longest = max(width(self.app.label(self.action.area, name)) for name in self.infos)
        for label in self.query(".label"):
            label.styles.width = min(26, longest + 2, max(4, self.size.width // 3))
        if self.focused:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    async def on_mount(self) -> None:
        await self.app.call(self._prefill())
        self._focus(self._waiting() or next(iter(self.infos)))

    def reword(self) -> None:
        """The same in another language: what was typed stays, and where."""
        self.call_later(self._reworded)

    async def _reworded(self) -> None:
        typed = {name: self._typed(name) for name in self.infos}
        at = (self.focused.id or "").removeprefix("field-") if self.focused else ""
        with self.app.batch_update():
            await self.recompose()
            self.on_resize()
            for name, words in typed.items():
                self._put(name, words)
            self._about()
            self._tell(self.faults, *self.remarks)
            if self.offered:
                self._show_offered(at)
        self._focus(at)

    def _put(self, name: str, typed: str) -> None:
        """What was typed, into a field made anew."""
        widget = self.query_one(f"#field-{name}")
        with widget.prevent(Input.Changed):
            widget.value = typed  # type: ignore[attr-defined]

    async def _prefill(self) -> None:
        """First values: the draft of before, else what the action proposes."""
        assert self.app.host and self.app.actor
        host = self.app.host
        ctx = await host.context(self.app.actor)
        rows: list[Any] = []
        if self.target:
            register = host.registers[self.action.register]
            rows = await self._rows(ctx)
            names = ", ".join(registers.name_of(register, row) for row in rows[:4])
            more = f" +{len(rows) - 4}" if len(rows) > 4 else ""
            self.version = rows[0].version if len(rows) == 1 else None
            self.names = names + more
        self._about()
        values: dict[str, Any] = dict(await self.action.prefill(ctx, rows)) if self.action.prefill else {}
        draft = self.app.drafts.get(self.draft_key)
        if draft:
            values |= draft
            self._tell({}, (Text("tui.form.draft"), "dim"))
        for name in self.infos:
            if values.get(name) not in (None, ""):
                self._fill(name, values[name])

    def _about(self) -> None:
        assert self.app.host
        told = [[(self.names, "strong")]] if self.names else []
        for rule_id in self.action.rules[:3]:
            rule = self.app.host.rules.get(rule_id)
            if rule:
                words = self.app.say(rule.words)
                told.append([(f"{rule_id} {words}", "dim")])
        self.query_one("#about", Static).update(lines(told))

    def _fill(self, name: str, value: Any) -> None:
        widget = self.query_one(f"#field-{name}")
        if isinstance(widget, Choice):
            widget.value = str({True: "true", False: "false"}.get(value, getattr(value, "value", value)))
        elif isinstance(widget, Input):
            values = value if isinstance(value, list | tuple) else [value]
            widget.value = ", ".join(written(self.app, self.infos[name], one) for one in values)

    def _raw(self) -> dict[str, Any]:
        """What was typed, by field; where several may be named they stand apart by commas."""
        made: dict[str, Any] = dict(self.given)
        for name, info in self.infos.items():
            typed = self._typed(name)
            if typed.strip():
                made[name] = [one.strip() for one in COMMA.split(typed) if one.strip()] if many(info) else typed
        return made

    # keys

    async def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:
            self.app.type_ahead(event)
            return
        if event.key == "escape":
            self._keep_draft()
            self.dismiss(None)
        elif event.key in {"down", "up"} and self.offered and self.focused:
            self.taken = (self.taken + (1 if event.key == "down" else -1)) % len(self.offered)
            self._show_offered((self.focused.id or "").removeprefix("field-"))
        elif event.key in {"down", "tab"}:
            self._complete()
            self.focus_next()
        elif event.key in {"up", "shift+tab"}:
            self._complete()
            self.focus_previous()
        elif event.key in {"enter", "ctrl+s"}:
            await self._enter()
        elif event.character and event.is_printable and isinstance(self.focused, Input):
            self.focused.insert_text_at_cursor(event.character)  # typed before the field had the focus
        else:
            return
        event.stop()
        event.prevent_default()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self._enter()

    async def _enter(self) -> None:
        """Enter takes a completion and goes on to the next field that waits, else does the act."""
        if self._complete():
            waiting = self._waiting()
            self._focus(waiting)
            if not waiting:
                self._tell(self.faults, (Text("tui.form.ready"), "dim"))
            return
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
        raw = self.sent = self._raw()
        missing = self._waiting()
        if missing:
            self._tell({missing: Text("input.missing", field=self.app.label(self.action.area, missing))})
            self._focus(missing)
            return
        self.busy = True
        try:
            if (self.action.effect or self.action.dangerous) and self.confirmed != raw:
                effect = await self.app.call(self._effect(raw)) if self.action.effect else None
                if effect or self.action.dangerous:
                    self.confirmed = raw
                    told = [effect] if effect else []
                    self._tell({}, *((text, "warning") for text in (*told, Text("tui.form.again"))))
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

    async def _rows(self, ctx: Any) -> list[Any]:
        """The records that the act is about."""
        assert self.app.host
        if not self.target:
            return []
        query = registers.base_query(ctx, self.app.host.registers[self.action.register])
        return list(await query.filter(id__in=list(self.target)))

    async def _effect(self, raw: dict[str, Any]) -> Text | None:
        """What the act would do, for a second look before it."""
        from cstui.inputs import parse

        assert self.app.host and self.app.actor and self.action.effect
        ctx = await self.app.host.context(self.app.actor)
        finder = registers.Finder(self.app.host, ctx)
        data = await parse(self.action, raw, ctx, finder)
        return await self.action.effect(ctx, await self._rows(ctx), data)

    def _tell(self, faults: dict[str, Text], *remarks: tuple[Text, str]) -> None:
        """Faults at their fields, or of the whole form where they have none here; then remarks (text, style)."""
        faults = {name: self._named(text) for name, text in faults.items()}
        self.faults, self.remarks = faults, remarks
        for name in self.infos:
            self._under(name, [[(self.app.say(faults[name]), "critical")]] if name in faults else [])
        elsewhere = [(text, "critical") for name, text in faults.items() if name not in self.infos]
        told = [[(self.app.say(text), style)] for text, style in (*elsewhere, *remarks)]
        self.query_one("#fault", Static).update(lines(told))

    def _named(self, fault: Text) -> Text:
        """A fault that names a field of this form: by its label."""
        name = fault.args.get("field")
        if name not in self.infos:
            return fault
        return Text(fault.id, **{**fault.args, "field": self.app.label(self.action.area, name)})

    def _waiting(self) -> str:
        """The first field that must be filled in and isn't, or ""."""
        return next((n for n, i in self.infos.items() if i.is_required() and not self._typed(n)), "")

    def _focus(self, name: str) -> None:
        """Go to a field; one types on at its end."""
        if name in self.infos:
            field = self.query_one(f"#field-{name}")
            field.focus()
            if isinstance(field, Input):
                field.cursor_position = len(field.value)
