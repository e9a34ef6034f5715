"""Records of counts. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import CountKind, CountState, LineState, MissingState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Building, Key, Ring


class Count(Record):
    """A count of rings by two people, blind of each other and of the register.

    `building` is none where rings of all buildings are counted. `custodian` is who takes the building over (keys-28).
    """

    search_fields = ("count_no",)
    plain_fields = ("conclusion",)

    count_no = fields.CharField(max_length=24, unique=True)
    kind = fields.CharEnumField(CountKind, max_length=12, db_index=True)
    state = fields.CharEnumField(CountState, max_length=12, default=CountState.DRAFT, db_index=True)
    on = fields.DateField(db_index=True)
    building: fields.ForeignKeyNullableRelation[Building] = refers_to("keys.Building", null=True, back="counts")
    building_id: int | None
    counted_by: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    counted_by_id: int
    witness: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    witness_id: int
    custodian: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    custodian_id: int | None
    signed_at = fields.DatetimeField(null=True)
    signature_ref = fields.CharField(max_length=100, default="")
    conclusion = fields.CharField(max_length=200, default="")
    lines: fields.ReverseRelation[CountLine]

    class Meta:
        table = "keys_count"


class CountLine(Record):
    """One ring of a count, or a building's keys on no ring. `place` is what the count sheet calls it.

    `counter_said` and `witness_said` are what the two entered: never journalled, never shown, gone once both are in.
    Only then the other numbers stand here: registered = present + on_loan + issued + lost + missing.
    """

    logins = ("searched_by",)

    secret_fields = ("counter_said", "witness_said")
    search_fields = ("place",)

    count: fields.ForeignKeyRelation[Count] = refers_to("keys.Count", back="lines")
    count_id: int
    line_no = fields.CharField(max_length=32, unique=True)
    ring: fields.ForeignKeyNullableRelation[Ring] = refers_to("keys.Ring", null=True, back="counts")
    ring_id: int | None
    building: fields.ForeignKeyNullableRelation[Building] = refers_to("keys.Building", null=True)
    building_id: int | None
    place = fields.CharField(max_length=64)
    state = fields.CharEnumField(LineState, max_length=12, default=LineState.OPEN, db_index=True)
    counter_said = fields.IntField(null=True)
    witness_said = fields.IntField(null=True)
    entered_at = fields.DatetimeField(null=True)
    """When the earlier of the two numbers was entered."""
    recounts = fields.IntField(default=0)
    registered = fields.IntField(null=True)
    present = fields.IntField(null=True)
    on_loan = fields.IntField(null=True)
    issued = fields.IntField(null=True)
    lost = fields.IntField(null=True)
    missing = fields.IntField(null=True)
    """Below 0: more are there than the register knows."""
    search_note = fields.CharField(max_length=200, default="")
    searched_by = fields.CharField(max_length=64, default="")
    missing_keys: fields.ReverseRelation[MissingKey]

    class Meta:
        table = "keys_count_line"


class MissingKey(Record):
    """A key that a count didn't find: named, so that it can be searched for and its loss reported."""

    line: fields.ForeignKeyRelation[CountLine] = refers_to("keys.CountLine", back="missing_keys")
    line_id: int
    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key")
    key_id: int
    state = fields.CharEnumField(MissingState, max_length=12, default=MissingState.MISSING)
    noticed_at = fields.DatetimeField()

    class Meta:
        table = "keys_missing_key"
