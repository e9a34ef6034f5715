"""The help of one field of a form: what it takes, and the rules that the act stands under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from cstui.cells import clean
from cstui.tui.detail import rule_lines
from cstui.tui.fields import expected, options
from cstui.tui.leaving import in_peace
from cstui.tui.paint import Run, lines, rich

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cstui.contract.action import Action
    from cstui.sheet.fields import InputField
    from cstui.tui.app import Dashboard

LOW = 18
"""Terminal lines below which nothing is left free around it."""


async def explained(app: Dashboard, action: Action, field: InputField, info: FieldInfo) -> list[Sequence[Run]]:
    """What a field takes, what the act does, and its rules with the figures in force."""
    assert app.host and app.actor
    ctx = await app.host.context(app.actor)
    must = app.say(f"tui.form.{'required' if field.required else 'optional'}")
    told: list[Sequence[Run]] = [[(app.label(action.area, field.name), "accent"), (f"   {must}", "dim")]]
    told += [[(line, "")] for line in expected(app, action, field, info)]
    told += [[(f"  {clean(label)}", "")] for _, label in options(app, action.area, field) if label]
    told += [[], [(app.say(f"{action.area}.action.{action.name}"), "accent")]]
    about = f"{action.area}.action.{action.name}.help"
    if app.words.find(about, app.lang):
        told.append([(app.say(about), "")])
    for rule_id in action.rules:
        told += [[], *rule_lines(app, ctx, rule_id)]
    return told


class FieldHelp(ModalScreen[None]):
    """Arrows scroll; any other key goes back to the form, where nothing has changed."""

    BINDINGS = []
    DEFAULT_CSS = "FieldHelp .told { height: auto; scrollbar-size: 1 0; }"

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, action: Action, field: InputField, info: FieldInfo) -> None:
        super().__init__(classes="dialog")
        self.about = (action, field, info)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="told", can_focus=False):
                yield Static(id="text", markup=False)
            yield Static(id="keys", markup=False)

    async def on_mount(self) -> None:
        await self._tell()

    def reword(self) -> None:
        self.call_later(self._tell)

    async def _tell(self) -> None:
        told = await self.app.call(explained(self.app, *self.about))
        with in_peace(self):
            self.query_one("#text", Static).update(lines(told))
            self.query_one("#keys", Static).update(rich([(self.app.say("tui.form.key.back"), "dim")]))

    def on_resize(self) -> None:
        box = self.query_one(".box")
        low = self.size.height < LOW
        box.styles.padding = (0, 1) if low else None
        self.query_one("#keys").styles.margin = 0 if low else (1, 0, 0, 0)
        self.query_one(".told").styles.max_height = max(1, self.size.height - box.gutter.height - (1 if low else 2))

    async def on_key(self, event: events.Key) -> None:
        told = self.query_one(VerticalScroll)
        steps = {"up": told.scroll_up, "down": told.scroll_down, "pageup": told.scroll_page_up}
        if event.key in {*steps, "pagedown"}:
            steps.get(event.key, told.scroll_page_down)(animate=False)
        elif self.app.screen is self:
            self.dismiss(None)
        event.stop()
        event.prevent_default()
