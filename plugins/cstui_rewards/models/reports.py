"""Reports about a choice, and objections to what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import AnonymousRecord, Record, refers_to
from cstui_rewards.kinds import ObjectionState, WhistleState
from cstui_rewards.models.nominations import Nomination
from cstui_rewards.models.rounds import AwardRound

if TYPE_CHECKING:
    from cstui.people.models import Staff


class WhistleReport(AnonymousRecord):
    """What somebody wrote without a name (匿名举报). `taken_up` is the number of the report that was made of it."""

    round_no = fields.CharField(max_length=16)
    nomination_no = fields.CharField(max_length=24, default="")
    words = fields.CharField(max_length=1000)
    receipt = fields.CharField(max_length=64, unique=True)
    taken_up = fields.CharField(max_length=24, default="")

    class Meta:
        table = "rewards_whistle"


class Report(Record):
    """A letter without a name that is being examined, and what came of it. `answer` is for whoever wrote it."""

    search_fields = ("report_no",)
    plain_fields = ("words",)
    logins = ("examined_by", "decided_by")

    report_no = fields.CharField(max_length=24, unique=True)
    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    nomination: fields.ForeignKeyNullableRelation[Nomination] = refers_to("rewards.Nomination", null=True)
    nomination_id: int | None
    words = fields.CharField(max_length=1000)
    day = fields.DateField()
    state = fields.CharEnumField(WhistleState, max_length=12, default=WhistleState.EXAMINED, db_index=True)
    examined_by = fields.CharField(max_length=64)
    decided_by = fields.CharField(max_length=64, default="")
    decided_at = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=500, default="")

    class Meta:
        table = "rewards_report"


class PublicObjection(Record):
    """An objection to a winner that was published (公示异议). Without a name where it came as a letter."""

    search_fields = ("objection_no",)
    plain_fields = ("words",)
    logins = ("answered_by",)

    objection_no = fields.CharField(max_length=24, unique=True)
    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination")
    nomination_id: int
    by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    by_id: int | None
    words = fields.CharField(max_length=1000)
    day = fields.DateField()
    state = fields.CharEnumField(ObjectionState, max_length=12, default=ObjectionState.RECEIVED, db_index=True)
    answer = fields.CharField(max_length=500, default="")
    answered_by = fields.CharField(max_length=64, default="")
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rewards_objection"
