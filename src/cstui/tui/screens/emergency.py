"""Why an act is an emergency: asked for where a permission or a role is lacking, before the act itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from cstui.contract.text import Text
from cstui.tui.paint import lines, rich
from cstui.tui.widgets.entry import Field

if TYPE_CHECKING:
    from cstui.contract.action import Action
    from cstui.tui.app import Dashboard


class Emergency(ModalScreen[str | None]):
    """Answers the reason, or None for leaving it to those who may."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, action: Action, lacking: Text) -> None:
        super().__init__(classes="dialog")
        self.action, self.lacking = action, lacking
        self.empty = False
        """Whether it was left without a reason."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="told", markup=False)
            yield Field(id="asked", max_length=200)
            yield Static(id="answers", markup=False)

    def on_mount(self) -> None:
        self.reword()
        self.query_one(Field).focus()

    def reword(self) -> None:
        say = self.app.say
        what = Text(f"{self.action.area}.action.{self.action.name}")
        told = [
            [(say("tui.emergency.title", what=what), "accent")],
            [(say(self.lacking), "")],
            [],
            [(say("tui.emergency.settled"), "")],
            [],
            [(say("tui.emergency.reason"), "critical" if self.empty else "dim")],
        ]
        self.query_one("#told", Static).update(lines(told))
        self.query_one("#answers", Static).update(rich([(say("tui.emergency.keys"), "dim")]))

    def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:
            self.app.type_ahead(event)
            return
        if event.key not in {"enter", "escape"}:
            return
        event.stop()
        event.prevent_default()
        reason = self.query_one(Field).value.strip()
        if event.key == "escape":
            self.dismiss(None)
        elif reason:
            self.dismiss(reason)
        else:
            self.empty = True
            self.reword()
