"""Records of copies of keys. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import CopyState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Key


class KeyDuplication(Record):
    """Copies of a key, asked for, approved, made. Of those received some stand on the register, some were destroyed."""

    search_fields = ("duplication_no", "made_by")
    plain_fields = ("reason",)
    logins = ("requested_by", "approved_by")

    duplication_no = fields.CharField(max_length=24, unique=True)
    state = fields.CharEnumField(CopyState, max_length=12, default=CopyState.REQUESTED, db_index=True)
    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key")
    key_id: int
    copies = fields.IntField()
    reason = fields.CharField(max_length=200)
    consent_ref = fields.CharField(max_length=100, default="")
    requester: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    requester_id: int | None
    requested_by = fields.CharField(max_length=64)
    requested_at = fields.DatetimeField(db_index=True)
    approved_by = fields.CharField(max_length=64, default="")
    approved_at = fields.DatetimeField(null=True)
    made_by = fields.CharField(max_length=100, default="")
    made_at = fields.DatetimeField(null=True)
    received = fields.IntField(default=0)
    registered = fields.IntField(default=0)
    destroyed = fields.IntField(default=0)
    asked_again = fields.BooleanField(default=False)
    """Whether a request to keep the surplus is open."""
    witness: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    witness_id: int | None
    remark = fields.CharField(max_length=200, default="")

    @property
    def surplus(self) -> int:
        """Copies received that nobody approved: neither on the register nor destroyed."""
        return self.received - self.registered - self.destroyed

    @property
    def missing(self) -> int:
        """Copies approved and not received."""
        return self.copies - self.registered

    class Meta:
        table = "keys_duplication"
