"""A chart told without a picture: a table in words, or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cstui.cells import clean, pad, width
from cstui.contract.chart import Board, Chart, Dated, Figures, Plan
from cstui.contract.declare import DueItem
from cstui.contract.text import Text

Answer = Figures | Board | Dated | Plan
Say = Callable[[Any], str]
"""A value, or a text, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Table:
    """`right` are the columns of figures."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[bool]


def table(chart: Chart, answer: Answer, say: Say) -> Table:
    """The chart's data, every figure of them."""
    if isinstance(answer, Board):
        headers = [say(Text(f"charts.column.{name}")) for name in ("lane", "severity", "card", "remark")]
        rows = [
            [say(lane.name), say(Text(f"charts.severity.{card.severity}")), say(card.title), _said(card.remark, say)]
            for lane in answer.lanes
            for card in lane.cards
        ]
        return Table(headers, rows, [False] * 4)
    if isinstance(answer, Dated):
        headers = [say(Text(f"charts.column.{name}")) for name in ("due", "severity", "matter", "person", "state")]
        return Table(headers, [_item(item, say) for item in dated(answer)], [False] * 5)
    if isinstance(answer, Plan):
        headers = [say(Text(f"charts.column.{name}")) for name in ("day", "row", "told")]
        marks = [(day, say(row.name), mark) for row in answer.rows for day, mark in row.marks.items()]
        marks.sort(key=lambda one: one[:2])
        return Table(headers, [[say(day), name, say(mark.told[0])] for day, name, mark in marks], [False] * 3)
    if chart.kind == "heat":
        headers = ["", *(say(label) for label in answer.labels)]
        rows = [[say(one.name), *(amount(datum.value, say) for datum in one.data)] for one in answer.series]
    else:
        headers = ["", *(say(one.name) for one in answer.series)]
        rows = [
            [say(label), *(amount(one.data[at].value, say) for one in answer.series)]
            for at, label in enumerate(answer.labels)
        ]
    return Table(headers, rows, [False, *([True] * (len(headers) - 1))])


def plain(made: Table) -> list[str]:
    """The table as lines in columns."""
    lines = [[clean(cell) for cell in row] for row in (made.headers, *made.rows)]
    widths = [max(width(line[at]) for line in lines) for at in range(len(made.headers))]
    sides = ["right" if right else "left" for right in made.right]
    return ["  ".join(map(pad, line, widths, sides)).rstrip() for line in lines]


def amount(value: Any, say: Say) -> str:
    """A figure; "?" where nobody knows it, since that isn't zero."""
    return "?" if value is None else say(value)


def dated(answer: Dated) -> list[DueItem]:
    """The items that have a due time, the earliest first."""
    return sorted((item for item in answer.items if item.due), key=lambda item: (item.due, item.id))


def day_of(item: DueItem, zone: ZoneInfo) -> date:
    """The day of an item with a due time: what is due by midnight stands on the day that ends then."""
    assert item.due
    return (item.due.astimezone(zone) - timedelta(seconds=1)).date()


def _said(text: Text | None, say: Say) -> str:
    return say(text) if text else ""


def _item(item: DueItem, say: Say) -> list[str]:
    severity = say(Text(f"charts.severity.{item.severity}"))
    return [say(item.due), severity, say(item.title), item.person, _said(item.state, say)]


def as_json(answer: Answer, say: Say) -> dict[str, Any]:
    """The same for programs: figures as numbers (lengths of time in seconds), null where nobody knows them."""
    if isinstance(answer, Board):
        return {"register": answer.register, "lanes": [
            {"name": say(lane.name), "cards": [
                {"title": say(card.title), "remark": _said(card.remark, say), "severity": card.severity,
                 "records": list(card.records)}
                for card in lane.cards
            ]}
            for lane in answer.lanes
        ]}  # fmt: skip
    if isinstance(answer, Dated):
        return {"items": [
            {"id": item.id, "due": item.due, "severity": item.severity, "title": say(item.title),
             "person": item.person, "register": item.register, "records": list(item.records)}
            for item in dated(answer)
        ]}  # fmt: skip
    if isinstance(answer, Plan):
        return {"register": answer.register, "rows": [
            {"name": say(row.name), "days": {
                str(day): {"told": [say(line) for line in mark.told], "records": list(mark.records)}
                for day, mark in sorted(row.marks.items())
            }}
            for row in answer.rows
        ]}  # fmt: skip
    return {
        "register": answer.register,
        "labels": [say(label) for label in answer.labels],
        "series": [
            {"name": say(one.name), "data": [_number(datum.value) for datum in one.data],
             "records": [list(datum.records) for datum in one.data]}
            for one in answer.series
        ],
    }  # fmt: skip


def _number(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value
