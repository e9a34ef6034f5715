"""Choosing one of several by typing or arrows, and a plain question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cstui.bindings import plain_key
from cstui.contract.search import matches
from cstui.tui.paint import Run, columns, rich
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` is what is answered; `label`, the key and a remark are shown; `id`, label and initials are searched."""

    id: str
    label: str
    key: str = ""
    remark: str = ""
    dim: bool = False


class Pick(ModalScreen[str | None]):
    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(classes="dialog")
        self.question, self.choices, self.shown = title, list(choices), list(choices)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(rich([(self.question, "accent")]), markup=False)
            yield Input(id="asked", placeholder=self.app.say("tui.pick.type"), select_on_focus=False)
            yield Rows(self._paint, id="choices")

    def on_mount(self) -> None:
        self._show()
        self.query_one(Input).focus()

    def _show(self) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = max(1, min(len(self.shown), self.app.size.height - 8, 16))
        rows.set_count(len(self.shown), 0)

    def on_input_changed(self, event: Input.Changed) -> None:
        asked = "".join(plain_key(char) for char in event.value)
        self.shown = [c for c in self.choices if matches(asked, c.label) or asked.casefold() in c.id.casefold()]
        self._show()

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        one = self.shown[index]
        mark = ">" if index == self.query_one(Rows).cursor else " "
        remark = min(34, width // 2) if width >= 50 else 0
        return columns(
            (
                (mark, 1, "accent", "left"),
                (one.key, 5, "dim" if one.dim else "accent", "left"),
                (one.label, max(4, width - 9 - (remark + 1 if remark else 0)), "dim" if one.dim else "", "left"),
                (one.remark, remark, "dim", "left"),
            )
        )

    def on_key(self, event: events.Key) -> None:
        rows = self.query_one(Rows)
        steps = {"down": 1, "up": -1, "pagedown": rows.page(), "pageup": -rows.page()}
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in steps:
            rows.move(steps[event.key])
        elif event.key == "enter":
            self._choose()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    def _choose(self) -> None:
        if self.shown:
            self.dismiss(self.shown[self.query_one(Rows).cursor].id)


class Confirm(ModalScreen[bool]):
    """A question before what can't simply be taken back: y or Enter, n or Escape."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, question: str, about: str) -> None:
        super().__init__(classes="dialog")
        self.question, self.about = question, about

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(rich([(f"{self.question}?", "accent")]), markup=False)
            if self.about:
                yield Static(rich([(self.about, "")]), markup=False)
            yield Static(rich([(self.app.say("tui.pick.confirm"), "dim")]), markup=False)

    def on_key(self, event: events.Key) -> None:
        key = plain_key(event.character or "") or event.key
        if event.key in {"enter", "escape"} or key in {"y", "n"}:
            event.stop()
            self.dismiss(event.key == "enter" or key == "y")
