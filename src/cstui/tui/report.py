"""An import in lines: how far it is; what it did, or would do, with each refused line, where and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstui.bulk import MARKS, BulkOutcome, Line
from cstui.cells import clean, clip
from cstui.tui.paint import Run, hanging

if TYPE_CHECKING:
    from cstui.sheet.columns import Raw
    from cstui.tui.app import Dashboard

BAR = 30
"""Cells of the bar that tells how far an import is."""


def bar(app: Dashboard, done: int, total: int) -> str:
    """How many rows are done, of how many if that is known (else 0)."""
    if not total:
        return app.say("tui.import.rows", done=done)
    full = BAR * done // total
    return f"[{'#' * full}{'-' * (BAR - full)}] {app.say('tui.import.of', done=done, total=total)}"


def report(app: Dashboard, area: str, raw: Raw, outcome: BulkOutcome, room: int) -> list[Sequence[Run]]:
    """The lines, in `room` cells."""
    counts = {mark: outcome.count(mark) for mark in MARKS}
    made: list[Sequence[Run]] = [[(app.say("tui.import.counts", **counts), "strong")], []]
    for line in outcome.refused:
        made += _refused(app, area, raw, line, room)
    further = outcome.count("refused") - len(outcome.refused)
    return [*made, *([[(app.say("tui.import.further", count=further), "dim")]] if further > 0 else [])]


def _refused(app: Dashboard, area: str, raw: Raw, line: Line, room: int) -> list[Sequence[Run]]:
    """A refused line: where, which column, which value, and under it why."""
    made: list[Sequence[Run]] = []
    where = app.say("tui.import.line", sheet=f"{raw.sheet} " if raw.sheet else "", line=line.line)
    for fault in line.faults:
        label = app.label(area, fault.field) if fault.field else ""
        column = raw.columns.get(fault.field, label)
        value = "" if fault.value is None else app.value(fault.value, area)
        before = [(f"{where}  ", "warning"), (f"{clip(clean(column), 24)}  ", "accent")]
        made.append([*before, (clip(clean(value), 30), "strong")])
        why = app.say(fault.text) + (f" [{fault.rule}]" if fault.rule else "")
        made += hanging([("    ", "")], why, "", 4, room)
    return made
