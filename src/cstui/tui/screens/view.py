"""A page of an area's own, made by its function and painted by the host; what fails there stands on a card."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, get_args

from cstui.cells import clean, pad
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.contract.view import Piece, PieceStyle, View, ViewLine
from cstui.tui.card import failed
from cstui.tui.leaf import led
from cstui.tui.paint import Run
from cstui.tui.palette import follow
from cstui.tui.screens.reader import Leader, Leading
from cstui.tui.theme import STYLES

log = logging.getLogger(__name__)
PATIENCE = 5.0
"""Seconds that an area has for a page."""


class ViewPage(Leader):
    CORE = ("menu", "palette", "help", "back")

    def __init__(self, view_id: str) -> None:
        super().__init__()
        self.view_id = view_id

    @property
    def view(self) -> View:
        return self.host.views[self.view_id]

    def heading(self) -> str:
        return self.app.say(self.view.text)

    async def led(self) -> list[Leading]:
        room = self.size.width - 2
        try:
            async with asyncio.timeout(PATIENCE):
                return [self._line(line) for line in await self.app.call(self._made(room - 1))]
        except Fault as fault:
            return led([[(self.app.say(fault.text), "warning")]])
        except TimeoutError:
            error: BaseException = TimeoutError(Text("tui.card.slow", seconds=f"{PATIENCE:g}"))
        except Exception as raised:
            error = raised
        log.error("view %s failed", self.view_id, exc_info=error)
        return led(failed(self.app, self.heading(), error, room))

    async def _made(self, width: int) -> Sequence[ViewLine]:
        assert self.app.actor
        return await self.view.fn(await self.host.context(self.app.actor), width)

    def _line(self, line: ViewLine) -> Leading:
        lead = f"record:{line.register}:{int(line.record)}" if line.record else ""
        if lead and line.register not in self.host.registers:
            raise ValueError(Text("plugins.kit.no_register", register=line.register))
        return [self._run(piece) for piece in line.pieces], lead

    def _run(self, piece: Piece) -> Run:
        if piece.style not in STYLES:
            raise ValueError(Text("plugins.kit.no_style", style=piece.style, known=get_args(PieceStyle)))
        value: Any = "" if piece.value is None else piece.value
        words = clean(self.app.value(value, self.view.area))
        return (pad(words, piece.cells, piece.align) if piece.cells else words), piece.style

    def core_reason(self, name: str) -> Text | None:
        return Text("tui.no_row") if name == "menu" and not self.lead else super().core_reason(name)

    async def do_menu(self) -> None:
        """Open the record to which the line leads."""
        await follow(self, self.lead)
