"""Records of one's own look at desk, dress and surroundings. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to

if TYPE_CHECKING:
    from cstui.people.models import Staff


class PersonalCheck(Record):
    """What somebody found at their own place on a day on duty (个人卫生自查). `excused`: why none was made.

    Dress and own area are looked at on arrival, desk, rubbish and chair on leaving; none: not looked at yet.
    """

    search_fields = ("check_no",)
    plain_fields = ("excused",)

    check_no = fields.CharField(max_length=48, unique=True)
    """The day and the staff number: 2026-11-24/1001."""
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    day = fields.DateField(db_index=True)
    dress_ok = fields.BooleanField(null=True)
    tidy_ok = fields.BooleanField(null=True)
    desk_ok = fields.BooleanField(null=True)
    rubbish_ok = fields.BooleanField(null=True)
    chair_ok = fields.BooleanField(null=True)
    arrived_at = fields.DatetimeField(null=True)
    left_at = fields.DatetimeField(null=True)
    reminded_at = fields.DatetimeField(null=True)
    """When they were told that it was missing."""
    excused = fields.CharField(max_length=200, default="")

    class Meta:
        table = "hygiene_check"
