"""The plugins that are set aside, each on a card, above the page where one was."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.tui.card import set_aside
from cstui.tui.paint import Run
from cstui.tui.screens.box import Box


class Faults(Box):
    BACK = "tui.card.back"

    async def told(self) -> list[Sequence[Run]]:
        assert self.app.host
        cards = [set_aside(self.app, fault, self.room) for fault in self.app.host.quarantine]
        return [line for card in cards for line in ([], *card)][1:]
