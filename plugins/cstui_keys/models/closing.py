"""Records of the evening's check. Moments are UTC."""

from __future__ import annotations

from tortoise import fields

from cstui.api import Record


class ClosingCheck(Record):
    """The last one to leave found all switched off and the key cabinet locked."""

    plain_fields = ("loans_out", "remark")
    logins = ("by",)

    day = fields.DateField(unique=True)
    at = fields.DatetimeField()
    by = fields.CharField(max_length=64)
    loans_out = fields.CharField(max_length=2000, default="")
    """The loans whose keys stayed out over night, each with what is said of it."""
    remark = fields.CharField(max_length=200, default="")

    class Meta:
        table = "keys_closing_check"
