"""Completion of a form's fields that name a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cstui import registers
from cstui.contract.declare import Ref
from cstui.contract.text import Text
from cstui.engine import Outcome
from cstui.inputs import ref_of
from cstui.tui.fields import many
from cstui.tui.paint import Run, lines

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cstui.tui.app import Dashboard

COMMA = re.compile("[,，、;；]")
OFFERED = 5
"""Completions shown under a field."""


class Completing(ModalScreen[Outcome | None]):
    """Fields `field-NAME`, each with a line `under-NAME`, for the fields `infos` of an input."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, infos: Mapping[str, FieldInfo]) -> None:
        super().__init__(classes="dialog")
        self.infos = infos
        self.offered: list[tuple[str, str]] = []
        self.taken = 0
        """Which of the completions stands marked."""
        self.faults: dict[str, Text] = {}
        """What is wrong with a field, or (named otherwise) with the whole."""

    def _typed(self, name: str) -> str:
        return str(self.query_one(f"#field-{name}").value)  # type: ignore[attr-defined]

    async def on_input_changed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("field-")
        ref = ref_of(self.infos[name]) if name in self.infos else None
        if self.faults.pop(name, None):  # what is changed is no longer what was wrong
            self._under(name, [])
        if ref and event.input.has_focus:
            typed = COMMA.split(event.value)[-1].strip() if many(self.infos[name]) else event.value.strip()
            found = await self.app.call(self._found(ref, typed)) if typed else []
            exact = len(found) == 1 and found[0][0] == typed
            self.offered, self.taken = [] if exact else [(key, label) for key, label, _ in found], 0
            if exact or not typed:
                self._under(name, [])
            else:
                self._show_offered(name)

    def _show_offered(self, name: str) -> None:
        if not self.offered and self._typed(name):
            self._under(name, [[(self.app.say("tui.form.none"), "warning")]])
            return
        told = [
            [(f"{'>' if n == self.taken else ' '} {label}", "" if n == self.taken else "dim")]
            for n, (_, label) in enumerate(self.offered)
        ]
        self._under(name, told)

    def _under(self, name: str, told: Sequence[Sequence[Run]]) -> None:
        """What stands under a field: completions, or its fault."""
        under = self.query_one(f"#under-{name}", Static)
        under.display = bool(told)
        under.update(lines(told))

    async def _found(self, ref: Ref, typed: str) -> list[tuple[str, str, Any]]:
        assert self.app.host and self.app.actor
        ctx = await self.app.host.context(self.app.actor)
        return await registers.choices(self.app.host, ctx, ref, typed, OFFERED)

    def _complete(self) -> bool:
        """Take the marked completion of the focused field; whether there was one to take."""
        widget = self.focused
        if not isinstance(widget, Input) or not self.offered:
            return False
        name = (widget.id or "").removeprefix("field-")
        before, key = "", self.offered[self.taken][0]
        if many(self.infos[name]):
            before = "".join(f"{one.strip()}, " for one in COMMA.split(widget.value)[:-1])
        fresh = widget.value != before + key
        with widget.prevent(Input.Changed):
            widget.value = before + key
        widget.cursor_position = len(widget.value)
        self.offered = []
        self.faults.pop(name, None)
        self._under(name, [])
        return fresh
