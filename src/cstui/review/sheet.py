"""What is told of a day in a language: the same on screen, as Markdown, as a workbook, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstui import paper
from cstui.cells import clean
from cstui.contract.paper import Content, Table
from cstui.contract.text import Verbatim

if TYPE_CHECKING:
    from cstui.host import Host

Row = tuple[str, ...]
KINDS = (*paper.FORMATS, "md", "xlsx")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under one head, in groups that may have a name. `names` are the columns' ids; `closing` ends with what
    introduces the checkpoint, where there is one."""

    title: str
    lines: tuple[str, ...]
    names: tuple[str, ...]
    head: Row
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    closing: tuple[str, ...] = ()
    checkpoint: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Those of all groups."""
        return tuple(row for _, rows in self.groups for row in rows)

    def markdown(self) -> str:
        """Nothing in people's words is markup."""
        told = [f"# {_plain(self.title)}", "", *(f"{_plain(line)}  " for line in self.lines), ""]
        for name, rows in self.groups:
            told += [f"## {_plain(name)}", ""] if name else []
            told += [f"| {' | '.join(self.head)} |", "|" + " --- |" * len(self.head)]
            told += [f"| {' | '.join(map(_plain, row))} |" for row in rows]
            told.append("")
        told += [f"{_plain(line)}  " for line in self.closing]
        return "\n".join([*told, *(["", f"    {self.checkpoint}", ""] if self.checkpoint else [])])

    def xlsx(self) -> bytes:
        """The rows under their headings, what else is said below them."""
        from cstui.sheet import write

        rest = [self.title, *self.lines, *self.closing, *([self.checkpoint] if self.checkpoint else [])]
        below = [[""] * len(self.head), *([line, *[""] * (len(self.head) - 1)] for line in rest)]
        return write(self.names, self.head, [*self.rows, *below], "xlsx", self.title)

    def file(self, host: Host, lang: str, kind: str) -> bytes:
        """As a file of one of the `KINDS`."""
        if kind == "md":
            return self.markdown().encode()
        return self.xlsx() if kind == "xlsx" else paper.written(host, [self.content()], "review", lang, kind)

    def content(self) -> Content:
        """As a page to print."""
        head = tuple(map(Verbatim, self.head))
        return Content(Verbatim(self.title), [*map(Verbatim, self.lines), *self._tables(head)], wide=True)

    def _tables(self, head: tuple[Verbatim, ...]) -> Iterator[Verbatim | Table]:
        for name, rows in self.groups:
            if name:
                yield Verbatim(name)
            yield Table(head, [tuple(map(Verbatim, row)) for row in rows])


def _plain(words: str) -> str:
    """A person's words in Markdown: nothing of them is markup."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in clean(words))
