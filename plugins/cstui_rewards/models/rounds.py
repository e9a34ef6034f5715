"""The monthly choice. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_rewards.kinds import RoundState
from cstui_rewards.models.awards import AwardType

if TYPE_CHECKING:
    from cstui.people.models import Team


class AwardRound(Record):
    """One month's choice (评选轮次). A month without one has a cancelled round with the reason."""

    search_fields = ("round_no",)
    logins = ("opened_by",)

    round_no = fields.CharField(max_length=16, unique=True)
    """2026-11."""
    month = fields.DateField(unique=True)
    """Its first day."""
    state = fields.CharEnumField(RoundState, max_length=16, default=RoundState.NOMINATING, db_index=True)
    opened_at = fields.DatetimeField()
    opened_by = fields.CharField(max_length=64)
    nominate_by = fields.DatetimeField()
    """Excluded."""
    opinions_from = fields.DatetimeField(null=True)
    opinions_by = fields.DatetimeField(null=True)
    """Excluded."""
    min_ballots_shown = fields.IntField()
    roll_digest = fields.CharField(max_length=64, default="")
    """Of the frozen roll, when opinions open."""
    ballots_digest = fields.CharField(max_length=64, default="")
    """Of the sorted set of ballots, when they close."""
    month_closed_at = fields.DatetimeField(null=True)
    opinions_read_by = fields.CharField(max_length=64, default="")
    published_at = fields.DatetimeField(null=True)
    objections_by = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=200, default="")
    """Why it was cancelled or skipped."""
    decided = fields.CharField(max_length=500, default="")
    """What the department decided about what isn't regulated."""
    awards: fields.ReverseRelation[RoundAward]
    headcounts: fields.ReverseRelation[Headcount]

    class Meta:
        table = "rewards_round"


class RoundAward(Record):
    """An award of a round; its criteria as they were when the round opened, packed."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound", back="awards")
    round_id: int
    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType")
    award_id: int
    criteria = fields.TextField()

    class Meta:
        table = "rewards_round_award"
        unique_together = (("round", "award"),)


class Headcount(Record):
    """How many of a team were there when the month began: by it go the places."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound", back="headcounts")
    round_id: int
    team: fields.ForeignKeyRelation[Team] = refers_to("people.Team")
    team_id: int
    count = fields.IntField()

    class Meta:
        table = "rewards_headcount"
        unique_together = (("round", "team"),)
