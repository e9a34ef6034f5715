"""Records of the key register: what each key opens, who has it, and who had it before.

Moments are UTC. `natural` columns hold zero-padded sort text (`labels.natural`), so that 902 stands before 1502.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import (
    BuildingState,
    CustodyKind,
    Dept,
    DoorKind,
    Grouping,
    HolderKind,
    KeyState,
    Medium,
    SpaceKind,
)

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.takeovers import NotSupplied


class Building(Record):
    """A building whose keys the department took over, and who keeps them."""

    search_fields = ("block",)

    block = fields.CharField(max_length=16, unique=True)
    natural = fields.CharField(max_length=64, db_index=True)
    units = fields.IntField(default=0)
    floors = fields.IntField(default=0)
    taken_over_on = fields.DateField(null=True)
    state = fields.CharEnumField(BuildingState, max_length=16, default=BuildingState.TAKEN_OVER)
    custodian: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    deputy: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    custodian_id: int | None
    deputy_id: int | None
    owner_kinds = fields.CharField(max_length=200, default="", db_default="")
    """The kinds of keys its households have, where they aren't the site's (keys-14); parted by commas."""

    class Meta:
        table = "keys_building"


class Space(Record):
    """What keys open. `name` is what the label says (keys-13), `code` names it among all buildings."""

    search_fields = ("code", "owner_name")

    code = fields.CharField(max_length=80, unique=True)
    name = fields.CharField(max_length=64)
    natural = fields.CharField(max_length=128, db_index=True)
    kind = fields.CharEnumField(SpaceKind, max_length=24)
    building: fields.ForeignKeyRelation[Building] = refers_to("keys.Building", back="spaces")
    building_id: int
    unit = fields.CharField(max_length=16, default="")
    floor = fields.CharField(max_length=16, default="")
    room = fields.CharField(max_length=32, default="")
    equipment_room_name = fields.CharField(max_length=48, default="")
    owner_name = fields.CharField(max_length=64, default="")
    keys: fields.ReverseRelation[Key]
    not_supplied: fields.ReverseRelation[NotSupplied]

    class Meta:
        table = "keys_space"


class Ring(Record):
    """Keys kept together on one ring or cord, at one hook."""

    search_fields = ("ring_no", "space_ref", "hook")

    ring_no = fields.CharField(max_length=64, unique=True)
    natural = fields.CharField(max_length=160, db_index=True)
    grouping = fields.CharEnumField(Grouping, max_length=16)
    space_ref = fields.CharField(max_length=80)
    hook = fields.CharField(max_length=32, default="")
    medium = fields.CharEnumField(Medium, max_length=8, default=Medium.RING)

    class Meta:
        table = "keys_ring"


class Key(Record):
    """One key. `chain` is the hash of its last custody event."""

    search_fields = ("tag_no", "label_text")

    tag_no = fields.CharField(max_length=32, unique=True)
    space: fields.ForeignKeyRelation[Space] = refers_to("keys.Space", back="keys")
    space_id: int
    door_kind = fields.CharEnumField(DoorKind, max_length=16)
    copy_no = fields.IntField(default=1)
    ring: fields.ForeignKeyNullableRelation[Ring] = refers_to("keys.Ring", null=True, back="keys")
    ring_id: int | None
    label_text = fields.CharField(max_length=96, db_index=True)
    natural = fields.CharField(max_length=192, db_index=True)
    labelled = fields.BooleanField(default=False)
    label_owed_since = fields.DateField()
    state = fields.CharEnumField(KeyState, max_length=16, default=KeyState.RECEIVED, db_index=True)
    custodian_dept = fields.CharEnumField(Dept, max_length=20, default=Dept.CUSTOMER_SERVICE)
    holder_kind = fields.CharEnumField(HolderKind, max_length=8, default=HolderKind.CABINET)
    holder: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    holder_id: int | None
    received_on = fields.DateField()
    chain = fields.CharField(max_length=64, default="")

    class Meta:
        table = "keys_key"


class CustodyEvent(Record):
    """A change in a key's custody. `hash` covers the event and `prev_hash`, the event before it of the same key."""

    logins = ("by",)

    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key", back="events")
    key_id: int
    at = fields.DatetimeField(db_index=True)
    kind = fields.CharEnumField(CustodyKind, max_length=20)
    from_holder = fields.CharField(max_length=64)
    to_holder = fields.CharField(max_length=64)
    record_ref = fields.CharField(max_length=64, default="")
    by = fields.CharField(max_length=64)
    prev_hash = fields.CharField(max_length=64, default="")
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "keys_custody_event"
