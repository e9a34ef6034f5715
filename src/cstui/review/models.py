"""What became of a matter on a day, and the day's sign-off."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields

from cstui.api import Record
from cstui.people.models import Staff


class Kind(StrEnum):
    READ = "read"
    NOTED = "noted"
    DEFERRED = "deferred"
    DELEGATED = "delegated"


class Disposition(Record):
    """A supervisor's word on a matter: read, noted, deferred to a day, delegated to a person."""

    item = fields.CharField(max_length=160, db_index=True)
    day = fields.DateField(db_index=True)
    kind = fields.CharEnumField(Kind, max_length=16)
    note = fields.CharField(max_length=500, default="")
    until = fields.DateField(null=True)
    to: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "people.Staff", null=True, on_delete=fields.RESTRICT, related_name="delegated"
    )
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    class Meta:
        table = "review_disposition"


class SignOff(Record):
    """A day signed off: who, when, the statement as JSON, and the checkpoint it is bound to."""

    day = fields.DateField(unique=True)
    by_login = fields.CharField(max_length=64)
    by_name = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    late = fields.BooleanField(default=False)
    note = fields.CharField(max_length=500, default="")
    statement = fields.TextField()
    checkpoint = fields.CharField(max_length=200)

    class Meta:
        table = "review_signoff"
