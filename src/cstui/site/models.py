"""What the site decides: figures of rules from a day on, days that differ, and what headers of spreadsheets mean."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields

from cstui.contract.records import Record


class FigureState(StrEnum):
    SET = "set"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RuleFigure(Record):
    """A figure of a rule from a day on ("on" switches the rule itself). `value` and `old` are JSON text.

    It holds if it is set; one that waits for a second person doesn't yet.
    """

    search_fields = ("rule", "name")
    logins = ("set_by",)

    rule = fields.CharField(max_length=48, db_index=True)
    name = fields.CharField(max_length=64)
    value = fields.CharField(max_length=500)
    old = fields.CharField(max_length=500, default="")
    first_day = fields.DateField()
    set_by = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=500)
    state = fields.CharEnumField(FigureState, max_length=16, default=FigureState.SET, db_default="set")

    class Meta:
        table = "site_figure"


class DayException(Record):
    """A day that is a working day, or free, against the country's calendar."""

    day = fields.DateField(unique=True)
    working = fields.BooleanField()
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "site_day"


class MappedHeader(Record):
    """What a header of a spreadsheet means to a register's import: the field's id, or "" where it is left out."""

    register = fields.CharField(max_length=64)
    header = fields.CharField(max_length=200)
    field = fields.CharField(max_length=64)

    class Meta:
        table = "site_header"
        unique_together = (("register", "header"),)
