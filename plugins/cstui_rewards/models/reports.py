"""Reports against a nomination, and objections to what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import AnonymousRecord, Record, refers_to
from cstui_rewards.kinds import ObjectionState, WhistleState
from cstui_rewards.models.nominations import Nomination

if TYPE_CHECKING:
    from cstui.people.models import Staff


class WhistleReport(AnonymousRecord):
    """What somebody reported without a name (匿名举报). Examining it changes state and answer only."""

    round_no = fields.CharField(max_length=16, default="")
    nomination_no = fields.CharField(max_length=24, default="")
    words = fields.CharField(max_length=1000)
    receipt = fields.CharField(max_length=64, unique=True)
    state = fields.CharEnumField(WhistleState, max_length=12, default=WhistleState.RECEIVED)
    answer = fields.CharField(max_length=500, default="")

    class Meta:
        table = "rewards_whistle"


class PublicObjection(Record):
    """An objection to a winner that was published (公示异议). Without a name where it came anonymously."""

    plain_fields = ("words",)
    logins = ("answered_by",)

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination")
    nomination_id: int
    by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    by_id: int | None
    words = fields.CharField(max_length=500)
    day = fields.DateField()
    state = fields.CharEnumField(ObjectionState, max_length=12, default=ObjectionState.RECEIVED)
    answer = fields.CharField(max_length=500, default="")
    answered_by = fields.CharField(max_length=64, default="")
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rewards_objection"
