"""Who may give an opinion, and what was said: two things that nothing joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import AnonymousRecord, Record, refers_to
from cstui_rewards.kinds import Channel
from cstui_rewards.models.nominations import Nomination
from cstui_rewards.models.rounds import AwardRound

if TYPE_CHECKING:
    from cstui.people.models import Staff


class BallotRoll(Record):
    """Somebody entitled to an opinion (发放名册): no code, no time, no order; casting never touches it."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    voter: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    voter_id: int
    channel = fields.CharEnumField(Channel, max_length=20)

    class Meta:
        table = "rewards_roll"
        unique_together = (("round", "voter"),)


class BallotCode(AnonymousRecord):
    """A code of a slip that wasn't used yet: its id is the digest of the code. Used, it is deleted."""

    round_no = fields.CharField(max_length=16)
    channel = fields.CharEnumField(Channel, max_length=20)

    class Meta:
        table = "rewards_code"


class OpinionBallot(AnonymousRecord):
    """What was said of one nomination (匿名意见票). `receipt` is the digest of what the voter keeps."""

    round_no = fields.CharField(max_length=16)
    nomination_no = fields.CharField(max_length=24)
    channel = fields.CharEnumField(Channel, max_length=20)
    score = fields.IntField()
    support = fields.BooleanField()
    comment = fields.CharField(max_length=300, default="")
    receipt = fields.CharField(max_length=64, unique=True)

    class Meta:
        table = "rewards_ballot"


class OpinionSummary(Record):
    """What a channel said of a nomination, when opinions closed. Means in hundredths; None: not enough ballots."""

    hundredths = ("mean",)

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination")
    nomination_id: int
    channel = fields.CharEnumField(Channel, max_length=20)
    entitled = fields.IntField()
    ballots = fields.IntField()
    mean = fields.IntField(null=True)
    supports = fields.IntField(null=True)

    class Meta:
        table = "rewards_summary"
        unique_together = (("nomination", "channel"),)
