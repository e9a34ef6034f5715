"""Records of owners' keys that went out and came back. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import Condition, DoorKind, IssueState, PaperKind

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Key, Space


class OwnerKeyIssue(Record):
    """An owner gets the keys of a unit: identity checked, signed for, filed. The documents hold their references."""

    search_fields = ("issue_no", "owner_name")
    logins = ("prepared_by", "issued_by")

    issue_no = fields.CharField(max_length=24, unique=True)
    state = fields.CharEnumField(IssueState, max_length=12, default=IssueState.PREPARED, db_index=True)
    space: fields.ForeignKeyRelation[Space] = refers_to("keys.Space")
    space_id: int
    owner_name = fields.CharField(max_length=64)
    prepared_by = fields.CharField(max_length=64)
    prepared_at = fields.DatetimeField(db_index=True)
    id_card = fields.CharField(max_length=100, default="")
    move_in_notice = fields.CharField(max_length=100, default="")
    power_of_attorney = fields.CharField(max_length=100, default="")
    identity_checked_by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    identity_checked_by_id: int | None
    verified_at = fields.DatetimeField(null=True)
    issued_by = fields.CharField(max_length=64, default="")
    signed_at = fields.DatetimeField(null=True)
    signature_ref = fields.CharField(max_length=100, default="")
    archive_ref = fields.CharField(max_length=100, default="")
    refuse_reason = fields.CharField(max_length=200, default="")
    lines: fields.ReverseRelation[IssueLine]
    keys: fields.ReverseRelation[IssuedKey]

    class Meta:
        table = "keys_owner_issue"


class IssueLine(Record):
    """So many keys of a kind of door."""

    issue: fields.ForeignKeyRelation[OwnerKeyIssue] = refers_to("keys.OwnerKeyIssue", back="lines")
    issue_id: int
    door_kind = fields.CharEnumField(DoorKind, max_length=16)
    count = fields.IntField()

    class Meta:
        table = "keys_issue_line"


class OwnerKeyReturn(Record):
    """Keys of an issue that came back from the owner, and why."""

    search_fields = ("return_no",)
    plain_fields = ("reason",)
    logins = ("received_by",)

    return_no = fields.CharField(max_length=24, unique=True)
    issue: fields.ForeignKeyRelation[OwnerKeyIssue] = refers_to("keys.OwnerKeyIssue")
    issue_id: int
    reason = fields.CharField(max_length=200)
    at = fields.DatetimeField(db_index=True)
    received_by = fields.CharField(max_length=64)
    condition = fields.CharEnumField(Condition, max_length=12)
    remark = fields.CharField(max_length=200, default="")
    keys: fields.ReverseRelation[IssuedKey]

    class Meta:
        table = "keys_owner_return"


class IssuedKey(Record):
    """A key in an owner's hands; `until` is when that ended, by its return or its loss."""

    issue: fields.ForeignKeyRelation[OwnerKeyIssue] = refers_to("keys.OwnerKeyIssue", back="keys")
    issue_id: int
    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key")
    key_id: int
    until = fields.DatetimeField(null=True)
    returned: fields.ForeignKeyNullableRelation[OwnerKeyReturn] = refers_to(
        "keys.OwnerKeyReturn", null=True, back="keys"
    )
    returned_id: int | None

    class Meta:
        table = "keys_issued_key"


class HouseholdPaper(Record):
    """A paper that belongs into a household's file; `retention` is the class by which the archive keeps it."""

    search_fields = ("number",)

    space: fields.ForeignKeyRelation[Space] = refers_to("keys.Space")
    space_id: int
    kind = fields.CharEnumField(PaperKind, max_length=16)
    number = fields.CharField(max_length=24, unique=True)
    day = fields.DateField(db_index=True)
    retention = fields.CharField(max_length=32)
    archive_ref = fields.CharField(max_length=100, default="")

    class Meta:
        table = "keys_household_paper"
