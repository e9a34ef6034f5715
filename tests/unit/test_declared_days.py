"""Days for which something is due again and again, also from a day decades ago on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cstui.calendar import Calendar
from cstui.contract.context import SYSTEM, Context
from cstui.contract.records import Growing
from cstui.contract.rules import Rule
from cstui.declared import deadlines
from cstui.declared.file import RegisterTable
from cstui.declared.kept import Kept
from cstui.host import Book

TABLE = {
    "key": ["day"],
    "field": {"day": {"kind": "day"}},
    "due": {"rule": "01", "every": "workday", "day": "day", "at": "by", "since": date(1996, 11, 25)},
}


class Asked(Calendar):
    """A calendar that tells what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[date] = []

    def is_workday(self, day: date) -> bool:
        self.days.append(day)
        return super().is_workday(day)


def test_days_that_are_there_are_looked_up_in_no_calendar() -> None:
    kept = Kept("desk", "round", RegisterTable.model_validate(TABLE), Growing, {})
    rule = Rule("desk-01", "deadline", "site rule 1")
    calendar, zone = Asked(), ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 11, 24, 1, 2, tzinfo=UTC)
    nothing: Any = None
    ctx = Context(SYSTEM, now, zone, Book({rule.id: rule}, (), frozenset()), calendar, services=nothing)
    every = list(deadlines.days(kept, ctx, ()))
    assert every[0] == date(1996, 11, 25) and every[-1] == date(2026, 11, 24) and len(every) > 7_000
    calendar.days.clear()
    assert list(deadlines.days(kept, ctx, {*every[:-1]})) == every[-1:]
    assert not {*calendar.days} & {*every[:-1]}
