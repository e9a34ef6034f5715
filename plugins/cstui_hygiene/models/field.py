"""Records of the field force: groups that work on ground and drains, one a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_hygiene.kinds import FieldState

if TYPE_CHECKING:
    from cstui.people.models import Staff


class FieldCleaningDay(Record):
    """The labour of one group on a day, led by the duty officer (劳动情况记录)."""

    search_fields = ("field_no",)
    plain_fields = ("zones", "result")
    logins = ("recorded_by", "countersigned_by")

    field_no = fields.CharField(max_length=24, unique=True)
    """The day and the group: 2026-11-24/3."""
    day = fields.DateField(db_index=True)
    group = fields.IntField()
    zones = fields.CharField(max_length=500)
    """Where the group works, separated by 、."""
    officer: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    officer_id: int | None
    people_present = fields.IntField(null=True)
    result = fields.CharField(max_length=500, default="")
    state = fields.CharEnumField(FieldState, max_length=16, default=FieldState.PLANNED, db_index=True)
    recorded_by = fields.CharField(max_length=64, default="")
    recorded_at = fields.DatetimeField(null=True)
    countersigned_by = fields.CharField(max_length=64, default="")

    class Meta:
        table = "hygiene_field_day"
