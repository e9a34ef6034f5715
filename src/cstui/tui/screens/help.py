"""Help: the keys that work on the page below right now, each dimmed one with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.bindings import CORE
from cstui.cells import pad
from cstui.contract.text import Text
from cstui.tui.page import FIXED, Page
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader


class Help(Reader):
    CORE = ("back",)

    def __init__(self, of: Page) -> None:
        super().__init__()
        self.of = of

    def heading(self) -> str:
        return self.app.say("tui.core.help")

    async def told(self) -> list[Sequence[Run]]:
        say, of = self.app.say, self.of
        told: list[Sequence[Run]] = []
        if of.offers:
            told.append([(say("tui.help.here"), "accent")])
            for offer in of.offers:
                style = "dim" if offer.reason else ""
                told.append(
                    [
                        (pad(offer.key or "-", 8), "dim" if offer.reason else "accent"),
                        (pad(offer.label, 20), style),
                        (offer.reason or say(Text(f"{offer.action.area}.action.{offer.action.name}.help")) , "dim")
                        if offer.reason or self.app.words.find(f"{offer.action.area}.action.{offer.action.name}.help", self.app.lang)
                        else (offer.action.id, "dim"),
                    ]
                )
            told.append([])
        told.append([(say("tui.help.always"), "accent")])
        for name in (*CORE, *FIXED):
            key = of.allocation.key(name) or FIXED.get(name, "")
            works = hasattr(of, f"do_{name}") or (name == "back") or (name == "mark" and "mark" in of.CORE)
            if key and works and not (name == "read" and "mark" in of.CORE):
                told.append([(pad(of.key_name(key), 8), "accent"), (pad(say(f"tui.core.{name}"), 20), ""), (say(f"tui.help.{name}"), "dim")])
        told.append([(pad(say("tui.help.arrows"), 8), "accent"), (" " * 20, ""), (say("tui.help.move"), "dim")])
        if of.allocation.clashes:
            told += [[], [(say("tui.help.clashes"), "warning")]]
            told += [
                [(say("tui.help.clash", key=clash.key, loser=clash.loser, winner=clash.winner), "dim")]
                for clash in of.allocation.clashes
            ]
        return told
