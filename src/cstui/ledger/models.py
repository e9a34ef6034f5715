"""Points and money, posted and reversed; never changed."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields

from cstui.contract.records import Record, refers_to
from cstui.people.models import Staff


class PostingKind(StrEnum):
    POINTS = "points"
    MONEY = "money"


class Posting(Record):
    """An amount for a person: hundredths of points, or fen. A reversal is a counter-entry that names its origin."""

    hundredths = ("amount",)
    search_fields = ("rule",)
    plain_fields = ("note",)
    logins = ("posted_by",)

    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    kind = fields.CharEnumField(PostingKind, max_length=8)
    amount = fields.IntField()
    rule = fields.CharField(max_length=48)
    source = fields.CharField(max_length=96, default="")
    day = fields.DateField(db_index=True)
    note = fields.CharField(max_length=500, default="")
    reverses: fields.ForeignKeyNullableRelation[Posting] = refers_to("ledger.Posting", null=True, unique=True)
    reverses_id: int | None
    posted_by = fields.CharField(max_length=64)

    class Meta:
        table = "ledger_posting"
