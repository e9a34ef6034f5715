"""A paper as plain text in columns, for a line printer, a mail, or a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cstui.cells import pad, width, wrap
from cstui.contract.paper import Content, Facts, Labels, Table
from cstui.contract.text import Text
from cstui.paper.telling import Telling

NARROW, WIDE = 78, 130
"""Characters of a line, upright and across."""
LEAST = 4
"""Cells that a column keeps, however many others there are."""
ABREAST = 3
"""Labels side by side."""


def plain(contents: Sequence[Content], tell: Telling) -> str:
    """The papers one after the other, a form feed between them."""
    return "\f".join("\n".join(_sheet(content, tell)) + "\n" for content in contents)


def _sheet(content: Content, tell: Telling) -> Iterator[str]:
    room = WIDE if content.wide else NARROW
    title = tell(content.title)
    yield " " * max(0, (room - width(title)) // 2) + title
    yield ""
    for part in content.parts:
        if isinstance(part, Text):
            yield from wrap(tell(part), room)
        elif isinstance(part, Facts):
            yield from _facts(part, tell, room)
        elif isinstance(part, Labels):
            yield from _labels(part, tell, room)
        else:
            yield from _table(part, tell, room)
        yield ""
    yield tell.foot()


def _facts(facts: Facts, tell: Telling, room: int) -> Iterator[str]:
    longest = max((width(tell(name)) for name, _ in facts.pairs), default=0)
    for name, value in facts.pairs:
        told = wrap(tell(value), room - longest - 2) if tell(value) else ["_" * 24]
        for at, line in enumerate(told):
            yield f"{pad('' if at else tell(name), longest)}  {line}".rstrip()


def _labels(labels: Labels, tell: Telling, room: int) -> Iterator[str]:
    """Boxes to cut out, some side by side."""
    inner = room // ABREAST - 4
    rule = "+" + "-" * (inner + 2) + "+"
    for start in range(0, len(labels.texts), ABREAST):
        row = [
            (wrap(tell(text), inner), wrap(tell(note), inner)) for text, note in labels.texts[start : start + ABREAST]
        ]
        yield "".join(rule for _ in row)
        height = max(len(text) for text, _ in row)
        boxes = [[*text, *[""] * (height - len(text)), *note] for text, note in row]
        for lines in zip_longest(*boxes, fillvalue=""):
            yield "".join(f"| {pad(line, inner)} |" for line in lines)
        yield "".join(rule for _ in row)


def _table(table: Table, tell: Telling, room: int) -> Iterator[str]:
    head = [tell(header) for header in table.headers]
    rows = [[tell(value) for value in row] for row in table.rows]
    widths = _widths([head, *rows], room)
    rule = "+" + "+".join("-" * (cells + 2) for cells in widths) + "+"
    yield rule
    for row in (head, *rows, *([""] * len(head) for _ in range(table.blank))):
        for lines in zip_longest(*(wrap(text, cells) for text, cells in zip(row, widths, strict=True)), fillvalue=""):
            yield "|" + "|".join(f" {pad(line, cells)} " for line, cells in zip(lines, widths, strict=True)) + "|"
        yield rule


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """What each column needs; the widest give way until the line is short enough."""
    widths = [max(LEAST, *(width(row[at]) for row in rows)) for at in range(len(rows[0]))]
    spare = room - 1 - 3 * len(widths)
    while sum(widths) > max(spare, LEAST * len(widths)):
        widths[widths.index(max(widths))] -= 1
    return widths
