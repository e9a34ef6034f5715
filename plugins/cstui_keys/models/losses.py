"""Records of lost keys. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_keys.kinds import LossState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_keys.models.register import Key


class Loss(Record):
    """A lost key until it is found, its lock is changed, or the change is waived with a reason. `cost` in fen."""

    plain_fields = ("circumstances",)
    hundredths = ("cost",)
    logins = ("reported_by", "decided_by")

    key: fields.ForeignKeyRelation[Key] = refers_to("keys.Key", back="losses")
    key_id: int
    state = fields.CharEnumField(LossState, max_length=16, default=LossState.REPORTED, db_index=True)
    reported_by = fields.CharField(max_length=64)
    last_holder: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    last_holder_id: int | None
    noticed_at = fields.DatetimeField()
    reported_at = fields.DatetimeField()
    circumstances = fields.CharField(max_length=500)
    cost = fields.IntField(null=True)
    decided_by = fields.CharField(max_length=64, default="")
    decided_at = fields.DatetimeField(null=True)
    conclusion = fields.CharField(max_length=500, default="")

    class Meta:
        table = "keys_loss"
