"""Awards and by what they are won. Sums in fen, points and values in hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, Text, Verbatim, refers_to
from cstui_rewards.kinds import AwardKind, AwardState, Comparison, CriterionKind

if TYPE_CHECKING:
    from cstui.people.models import Staff


class AwardType(Record):
    """An award (奖项) that somebody proposed. What it gives: money or a gift of that value, points, a certificate."""

    search_fields = ("code", "name")
    plain_fields = ("purpose",)
    hundredths = ("cash", "points")
    logins = ("adopted_by",)

    code = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=64)
    kind = fields.CharEnumField(AwardKind, max_length=12)
    purpose = fields.CharField(max_length=200)
    cash = fields.IntField(default=0)
    points = fields.IntField(default=0)
    certificate = fields.BooleanField(default=True)
    monthly = fields.BooleanField(default=True)
    """Whether each month's round has it."""
    proposer: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    proposer_id: int | None
    proposed_at = fields.DatetimeField()
    state = fields.CharEnumField(AwardState, max_length=12, default=AwardState.PROPOSED, db_index=True)
    adopted_by = fields.CharField(max_length=64, default="")
    adopted_at = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=200, default="")
    """Why it was declined or retired."""
    reviewed_on = fields.DateField(null=True)
    """When it was last asked whether it still serves its purpose."""
    first_day = fields.DateField(null=True)
    last_day = fields.DateField(null=True)
    criteria: fields.ReverseRelation[Criterion]

    class Meta:
        table = "rewards_award"


class Criterion(Record):
    """One thing by which an award is won (评奖标准).

    One of the regulations' is called by its `name`, and takes its value from the `figure` of its rule; others say in
    `words` what is asked. A metric is a fact that another area publishes.
    """

    search_fields = ("criterion_no",)
    hundredths = ("value",)

    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType", back="criteria")
    award_id: int
    criterion_no = fields.CharField(max_length=48, unique=True)
    """The award's code and the criterion's place in it."""
    kind = fields.CharEnumField(CriterionKind, max_length=12)
    name = fields.CharField(max_length=32, default="")
    words = fields.CharField(max_length=200, default="")
    metric = fields.CharField(max_length=48, default="")
    op = fields.CharEnumField(Comparison, max_length=12, default=Comparison.NONE)
    value = fields.IntField(null=True)
    figure = fields.CharField(max_length=64, default="")
    rule = fields.CharField(max_length=24, default="")

    @property
    def told(self) -> Text:
        """What it asks, in the reader's language."""
        return Text(f"rewards.criterion.{self.name}") if self.name else Verbatim(self.words)

    class Meta:
        table = "rewards_criterion"
