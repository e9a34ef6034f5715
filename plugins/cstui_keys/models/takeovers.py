"""Records of takeovers, and of kinds of keys that households don't have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import DoorKind, Signed, SpaceKind, TakeoverState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Building, Space


class Takeover(Record):
    """The keys of a building as the other side declared them, counted and signed for."""

    search_fields = ("takeover_no", "from_party")

    takeover_no = fields.CharField(max_length=24, unique=True)
    state = fields.CharEnumField(TakeoverState, max_length=12, default=TakeoverState.DRAFT, db_index=True)
    building: fields.ForeignKeyRelation[Building] = refers_to("keys.Building", back="takeovers")
    building_id: int
    from_party = fields.CharField(max_length=100)
    on = fields.DateField(db_index=True)
    received_by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    received_by_id: int | None
    discrepancy = fields.CharField(max_length=200, default="")
    signed_at = fields.DatetimeField(null=True)
    signed = fields.CharEnumField(Signed, max_length=8, null=True)
    signature_ref = fields.CharField(max_length=100, default="")
    their_ref = fields.CharField(max_length=100, default="")
    """The paper that the other side signed."""
    lines: fields.ReverseRelation[TakeoverLine]

    class Meta:
        table = "keys_takeover"


class TakeoverLine(Record):
    """Keys of one kind of door of one space: how many the other side declared, how many were counted.

    The place is kept as it was declared; `code` is the space that the register makes of it.
    """

    search_fields = ("code",)

    takeover: fields.ForeignKeyRelation[Takeover] = refers_to("keys.Takeover", back="lines")
    takeover_id: int
    line_no = fields.CharField(max_length=32, unique=True)
    natural = fields.CharField(max_length=192, db_index=True)
    code = fields.CharField(max_length=80)
    space_kind = fields.CharEnumField(SpaceKind, max_length=24)
    unit = fields.CharField(max_length=16, default="")
    floor = fields.CharField(max_length=16, default="")
    room = fields.CharField(max_length=32, default="")
    equipment_room_name = fields.CharField(max_length=48, default="")
    door_kind = fields.CharEnumField(DoorKind, max_length=16)
    declared = fields.IntField(default=0)
    counted = fields.IntField(null=True)

    @property
    def difference(self) -> int | None:
        """Keys counted beyond those declared (fewer: below 0)."""
        return None if self.counted is None else self.counted - self.declared

    class Meta:
        table = "keys_takeover_line"


class NotSupplied(Record):
    """A household has no key of this kind: confirmed, so that nobody looks for it again."""

    logins = ("by",)

    space: fields.ForeignKeyRelation[Space] = refers_to("keys.Space", back="not_supplied")
    space_id: int
    door_kind = fields.CharEnumField(DoorKind, max_length=16)
    on = fields.DateField()
    by = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=200, default="")

    class Meta:
        table = "keys_not_supplied"
