"""Help: the keys that work on the page below right now, in columns, each dimmed one with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cstui.bindings import CORE
from cstui.cells import clean, clip, pad, width, wrap
from cstui.contract.text import Text
from cstui.tui.keyed import FIXED, Keyed
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader

HOUSE = ("palette", "go", "journal", "plugins", "refresh", "language", "help", "quit", "lock")
"""Core keys that do the same on every page."""
COLUMN = 36
"""Least cells of a column."""
KEY = 7
"""Cells for a key."""
GAP = 2

Lines = list[Sequence[Run]]


class Help(Reader):
    CORE = ("back",)

    def __init__(self, of: Keyed) -> None:
        super().__init__()
        self.of = of

    def heading(self) -> str:
        return self.app.say("tui.core.help")

    def reword(self) -> None:
        """After the page below, whose reasons are told here."""
        self.of.call_later(self.follow)

    def on_resize(self) -> None:
        self.call_later(self.follow)

    async def do_help(self) -> None:
        """The key that opened this page leaves it, too."""
        await self.key_back()

    async def told(self) -> list[Sequence[Run]]:
        """Whole sentences where they fit on the screen, else as much of each as does."""
        count = max(1, min(3, (self.size.width - 2 + GAP) // (COLUMN + GAP)))
        cells = (self.size.width - 2 - GAP * (count - 1)) // count
        room = self.size.height - 3
        for most, apart in ((99, True), (2, True), (1, True), (1, False)):
            columns = spread(self._blocks(cells, most, apart), count)
            if max(map(len, columns)) <= room:
                break
        return list(beside(columns, cells))

    def _blocks(self, cells: int, most: int, apart: bool) -> list[Lines]:
        """One block of at most so many lines for each key (a reason is always whole), the first with its heading."""
        of = self.of
        own = [name for name in (*CORE, *FIXED) if name not in HOUSE and self._works(name)]
        lost = [clash for clash in of.allocation.clashes if clash.loser not in HOUSE]
        say = self.app.say
        groups: list[tuple[str, list[tuple[str, str, str, bool]]]] = [
            ("here", [(o.key or "-", o.label, say(o.why or of.about(o.action)), o.why is not None) for o in of.offers]),
            ("page", [self._core(name) for name in own]),
            (
                "moving",
                [(say(f"tui.help.keys_{one}"), "", say(f"tui.help.{one}"), False) for one in ("arrows", "jump")],
            ),
            ("always", [self._core(name) for name in HOUSE if self._works(name)]),
            ("clashes", [(c.key, self._called(c.loser), self._taken(c.winner), True) for c in lost]),
        ]
        blocks: list[Lines] = []
        for name, entries in groups:
            for number, (key, label, about, dim) in enumerate(entries):
                lines = self._lines(key, label, about, dim, cells, 99 if dim else most)
                if not number:
                    lines = [*([[]] if blocks and apart else []), [(say(f"tui.help.{name}"), "head")], *lines]
                blocks.append(lines)
        return blocks

    def _lines(self, key: str, label: str, about: str, dim: bool, cells: int, most: int) -> Lines:
        said = clean(f"{label}  {about}" if label and about else label + about)
        wrapped = wrap(said, cells - KEY)
        cut = [clip(" ".join(wrapped[most - 1 :]), cells - KEY)] if len(wrapped) > most else wrapped[most - 1 :]
        first, *more = [*wrapped[: most - 1], *cut]
        named = min(len(label), len(first))
        shown = [(pad(key, KEY), "dim" if dim else "accent"), (first[:named], "dim" if dim else "")]
        return [[*shown, (first[named:], "dim")], *([(" " * KEY, ""), (line, "dim")] for line in more)]

    def _works(self, name: str) -> bool:
        if not self.of.key_of(name):
            return False
        return name in self.of.CORE if name in FIXED else self.of.does(name)

    def _core(self, name: str) -> tuple[str, str, str, bool]:
        reason = self.of.core_reason(name)
        about = self.app.say(reason or self.of.core_help(name))
        return self.of.key_of(name), self.app.say(f"tui.core.{name}"), about, reason is not None

    def _called(self, name: str) -> str:
        """An action or a core key by its label and id."""
        area, _, action = name.partition(".")
        return f"{self.app.say(f'{area}.action.{action}')} {name}" if action else self.app.say(f"tui.core.{name}")

    def _taken(self, winner: str) -> str:
        return self.app.say(Text("tui.help.clash", winner=self._called(winner)))


def spread(blocks: Sequence[Lines], count: int) -> list[Lines]:
    """Blocks one after the other in so many columns, as low as they go; none is broken apart."""
    height = max(-(-sum(map(len, blocks)) // count), *map(len, blocks), 1)
    while True:
        columns: list[Lines] = [[]]
        for block in blocks:
            if len(columns[-1]) + len(block) > height:
                columns.append([])
            lines = block if columns[-1] or block[0] else block[1:]  # no empty line at the top
            columns[-1] += lines
        if len(columns) <= count:
            return columns
        height += 1


def beside(columns: Sequence[Lines], cells: int) -> Iterable[Sequence[Run]]:
    """Columns of so many cells as lines across."""
    for number in range(max(map(len, columns))):
        line: list[Run] = []
        for column in columns:
            runs = column[number] if number < len(column) else []
            line += [*runs, (" " * (cells + GAP - sum(width(text) for text, _ in runs)), "")]
        yield line
