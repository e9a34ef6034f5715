"""Help: the keys that work on the page below right now, each dimmed one with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.bindings import CORE
from cstui.cells import pad
from cstui.tui.acting import Offer
from cstui.tui.page import FIXED, Page
from cstui.tui.paint import Run, hanging
from cstui.tui.screens.reader import Reader

LABEL = 22
"""Cells for what a key is called."""


class Help(Reader):
    CORE = ("back",)

    def __init__(self, of: Page) -> None:
        super().__init__()
        self.of = of

    def heading(self) -> str:
        return self.app.say("tui.core.help")

    async def told(self) -> list[Sequence[Run]]:
        of, told = self.of, list[Sequence[Run]]()
        if of.offers:
            told.append([(self.app.say("tui.help.here"), "accent")])
            for one in of.offers:
                told += self._line(one.key or "-", one.label, self._about(one), bool(one.reason))
            told.append([])
        told.append([(self.app.say("tui.help.always"), "accent")])
        for name in (*CORE, *FIXED):
            told += self._core(name) if self._works(name) else []
        told += self._line(self.app.say("tui.help.arrows"), "", self.app.say("tui.help.move"))
        if of.allocation.clashes:
            told += [[], [(self.app.say("tui.help.clashes"), "warning")]]
        for clash in of.allocation.clashes:
            said = self.app.say("tui.help.clash", key=clash.key, loser=clash.loser, winner=clash.winner)
            told.append([(said, "dim")])
        return told

    def _works(self, name: str) -> bool:
        if not self.of.key_of(name):
            return False
        if name in FIXED:
            return name in self.of.CORE
        return hasattr(self.of, f"do_{name}") and not (name == "read" and name not in self.of.CORE)

    def _core(self, name: str) -> list[Sequence[Run]]:
        reason = self.of.core_reason(name)
        about = self.app.say(reason or f"tui.help.{name}")
        return self._line(self.of.key_of(name), self.app.say(f"tui.core.{name}"), about, reason is not None)

    def _about(self, offer: Offer) -> str:
        """Why the action can't be done now, else its help."""
        text_id = f"{offer.action.area}.action.{offer.action.name}.help"
        return offer.reason or self.app.words.find(text_id, self.app.lang) or offer.action.id

    def _line(self, key: str, label: str, about: str, dim: bool = False) -> list[Sequence[Run]]:
        shown = [(pad(key, 8), "dim" if dim else "accent"), (pad(label, LABEL) + " ", "dim" if dim else "")]
        return hanging(shown, about, "dim", 9 + LABEL, self.size.width - 2)
