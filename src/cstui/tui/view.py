"""Views of an area's own: the way out where list, record and form don't do.

A view is a class derived from `AreaView`, named in the declaration: `Area(views={"board": "my_area.views:Board"})`.
It gets its words from `my_area.view.board`, stands in the command list, and its faults stay its own.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, ClassVar

from cstui.contract.context import Context
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader

log = logging.getLogger(__name__)


class AreaView(Reader):
    """A page of lines that an area makes. The host paints them: no code of the area runs while painting."""

    area: ClassVar[str] = ""
    name: ClassVar[str] = ""

    def heading(self) -> str:
        return self.app.say(f"{self.area}.view.{self.name}")

    async def lines_of(self, ctx: Context, width: int) -> list[Sequence[Run]]:
        """The view's lines, each of pieces (text, style); `width` in terminal cells."""
        raise NotImplementedError

    async def told(self) -> list[Sequence[Run]]:
        try:
            return await self.app.call(self._made())
        except Exception as error:
            log.exception("view %s.%s failed", self.area, self.name)
            return [[(self.app.say("tui.view.failed", reason=f"{type(error).__name__}: {error}"), "critical")]]

    async def _made(self) -> list[Sequence[Run]]:
        assert self.app.actor
        ctx: Any = await self.host.context(self.app.actor)
        return await self.lines_of(ctx, self.size.width - 2)
