"""Which columns of a register are shown, in which order and how wide; the first one stays when the others scroll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cstui.cells import width
from cstui.contract.declare import Column
from cstui.contract.errors import Fault
from cstui.tui.paint import Run

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

GAP = 2
"""Cells between two columns."""
LEAST = 10
"""Cells with which the last column is shown at least, though it is cut."""
WIDE = 60
"""Cells of a header that tells of the columns out of sight beside what narrows the list."""
NARROW = 98
"""Cells from which all declared columns have a place; below it those declared as narrow stand first."""


class Layout:
    """`chosen` are the names of the columns in their order, none where the declaration's order is kept."""

    def __init__(self, app: Dashboard, register_id: str) -> None:
        self.app, self.register_id = app, register_id
        self.chosen: list[str] = []
        self.shifted = 0
        """Columns after the first one that are out of sight on the left."""
        self.hidden = 0
        """Columns on the right that are out of sight, or cut."""
        self.wants: dict[str, int] = {}
        """Cells of the widest text seen in a column: they only grow, so that nothing moves to and fro."""

    @property
    def all(self) -> Sequence[Column]:
        """Every column that there is: the list's, then those of the record view."""
        assert self.app.host
        register = self.app.host.registers[self.register_id]
        return [*{column.name: column for column in (*register.sections, *register.columns)}.values()]

    @property
    def default(self) -> Sequence[Column]:
        assert self.app.host
        return self.app.host.registers[self.register_id].columns

    @property
    def sections(self) -> bool:
        """Whether values of the record view are shown."""
        return bool({*self.chosen} - {column.name for column in self.default})

    def shown(self, width: int) -> Sequence[Column]:
        """The columns in their order."""
        if self.chosen:
            known = {column.name: column for column in self.all}
            return [known[name] for name in self.chosen if name in known]
        return self.default if width >= NARROW else sorted(self.default, key=lambda column: not column.narrow)

    def measure(self, texts: Iterable[tuple[str, str]]) -> bool:
        """See what is to be shown, as (column, text); whether one is wider than all before."""
        wider = False
        for name, text in texts:
            if (cells := width(text)) > self.wants.get(name, 0):
                self.wants[name], wider = cells, True
        return wider

    def cells(self, column: Column) -> int:
        """What a column takes at first: as declared, or less where what it shows is narrower."""
        return min(column.width, self.wants.get(column.name, column.width))

    def fitting(self, width: int) -> list[tuple[Column, int]]:
        """The columns that fit into so many cells, each with its width; what they leave is for those that are cut."""
        first, *others = self.shown(width)
        kept = [(first, min(self.cells(first), width))]
        room = width - kept[0][1]
        for column in others[self.shifted :]:
            cells = self.cells(column)
            if GAP + min(cells, LEAST) > room:
                break
            kept.append((column, min(cells, room - GAP)))
            room -= GAP + kept[-1][1]
        last, cells = kept[-1]
        self.hidden = len(others) - self.shifted - len(kept) + 1 + (cells < self.cells(last) and len(kept) > 2)
        for at, (column, cells) in enumerate(kept):
            more = max(0, min(room, self.wants.get(column.name, 0) - cells))
            kept[at] = (column, cells + more)
            room -= more
        return kept

    def shift(self, step: int, width: int) -> bool:
        """Move the columns sideways; whether there was anything to move."""
        self.fitting(width)
        moved = max(0, min(self.shifted + step, self.shifted + self.hidden))
        if moved == self.shifted:
            return False
        self.shifted = moved
        return True

    def beside(self) -> Sequence[Run]:
        """How many columns are out of sight on either side."""
        if not (self.shifted or self.hidden):
            return []
        left, right = f"<{self.shifted} " * bool(self.shifted), f" {self.hidden}>" * bool(self.hidden)
        return [(f"{left}{self.app.say('tui.register.columns')}{right}  ", "accent")]

    async def recall(self) -> None:
        """The columns as this login had them last."""
        from cstui.store.state import recall

        assert self.app.host
        kept = await self.app.call(recall(self.app.login, f"columns {self.register_id}", []))
        self.chosen = list(kept)
        self.renew()

    def renew(self) -> None:
        """Keep of the columns those that are declared now."""
        known = {column.name for column in self.all}
        self.chosen = [name for name in self.chosen if name in known]
        self.wants.clear()

    async def keep(self) -> None:
        """Keep them for this login. A store that can't be written is let be."""
        from cstui.store.state import keep

        assert self.app.host
        with suppress(Fault):
            await self.app.call(keep(self.app.host.store, self.app.login, f"columns {self.register_id}", self.chosen))
