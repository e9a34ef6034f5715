"""The command list: names as one types, and behind them the records that are called so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cstui.contract.search import HAN
from cstui.contract.text import Text, Verbatim
from cstui.tui.palette import core, everything, here, records
from cstui.tui.screens.pick import Choice, Pick, rank

if TYPE_CHECKING:
    from textual.worker import Worker

    from cstui.tui.keyed import Keyed


class Menu(Pick):
    """What can be done with the rows a page is about, under their names: first what works now."""

    def __init__(self, page: Keyed, named: str) -> None:
        super().__init__(
            Verbatim(named) if named else Text("tui.core.menu"), lambda: [*here(page), *core(page, page.MENU)]
        )
        self.page = page

    async def retitle(self) -> None:
        if named := await self.page.subject_name():
            self.question = Verbatim(named)


LEAST, LONGEST = 2, 64
"""Characters of what is looked for among the records; a Chinese one is enough by itself."""


class Palette(Pick):
    """Records are read one search at a time, always for what was typed last: typing never waits for them."""

    def __init__(self, page: Keyed) -> None:
        super().__init__(Text("tui.core.palette"), lambda: everything(page))
        self.page = page
        self.records: list[Choice] = []
        self.sought = ""
        """What the records were found by."""
        self.search: Worker[None] | None = None

    @property
    def wanted(self) -> str:
        asked = self.asked.strip()
        return asked if len(asked) <= LONGEST and (len(asked) >= LEAST or re.match(HAN, asked)) else ""

    def found(self) -> list[Choice]:
        """Records stand behind the names that begin as asked, and before those that have it somewhere."""
        found = super().found()
        if not self.wanted:
            return found
        begun = [one for one in found if not one.dim and rank(self.asked, one, self.spelled) == 0]
        return [*begun, *self.records, *(one for one in found if one not in begun)]

    def typed(self) -> None:
        if self.search is None or self.search.is_finished:
            self.search = self.run_worker(self._search(), group="records")

    async def _search(self) -> None:
        while self.wanted != self.sought:
            wanted = self.wanted
            self.records = await self.app.call(records(self.page, wanted)) if wanted else []
            self.sought = wanted
            self.show(keep=True)

    async def settled(self) -> None:
        if self.search and not self.search.is_finished:
            await self.search.wait()
