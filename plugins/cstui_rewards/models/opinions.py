"""Who may give an opinion, and what was said: two things that nothing joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import AnonymousRecord, Record, refers_to
from cstui_rewards.kinds import Channel
from cstui_rewards.models.awards import AwardType
from cstui_rewards.models.nominations import Nomination
from cstui_rewards.models.rounds import AwardRound

if TYPE_CHECKING:
    from cstui.people.models import Staff


class BallotRoll(Record):
    """Somebody entitled to an opinion about an award (发放名册): no code, no time, no order; no cast touches it."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType")
    award_id: int
    voter: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    voter_id: int
    channel = fields.CharEnumField(Channel, max_length=20)

    class Meta:
        table = "rewards_roll"
        unique_together = (("round", "award", "voter"),)


class BallotBox(Record):
    """The ballots of an award in one channel (票箱): how many slips, and after the close how many were used."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType")
    award_id: int
    channel = fields.CharEnumField(Channel, max_length=20)
    entitled = fields.IntField()
    used = fields.IntField(null=True)
    digest = fields.CharField(max_length=64, default="")
    """Of the sorted ballots that were counted and may be shown."""

    class Meta:
        table = "rewards_box"
        unique_together = (("round", "award", "channel"),)


class BallotCode(AnonymousRecord):
    """The code of a slip, for one award: its id is a digest. Gone when opinions close."""

    round_no = fields.CharField(max_length=16)
    award_code = fields.CharField(max_length=32)
    channel = fields.CharEnumField(Channel, max_length=20)
    used = fields.BooleanField(default=False)

    class Meta:
        table = "rewards_code"


class BallotMark(AnonymousRecord):
    """That a code served for something: its id is a digest of both, so that only who has the code can tell.

    It says neither which ballot was cast with it, nor which other mark is of the same code.
    """

    round_no = fields.CharField(max_length=16)

    class Meta:
        table = "rewards_mark"


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


class CountedBallot(Record):
    """A ballot as it was counted at the close. Of too few to be shown only the receipts are kept, nothing else."""

    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    nomination: fields.ForeignKeyNullableRelation[Nomination] = refers_to("rewards.Nomination", null=True)
    nomination_id: int | None
    channel = fields.CharEnumField(Channel, max_length=20, null=True)
    score = fields.IntField(null=True)
    support = fields.BooleanField(null=True)
    receipt = fields.CharField(max_length=64, unique=True)

    class Meta:
        table = "rewards_counted"


class OpinionComment(Record):
    """What somebody wrote about a nomination, apart from the score that went with it."""

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination")
    nomination_id: int
    channel = fields.CharEnumField(Channel, max_length=20)
    words = fields.CharField(max_length=300)

    class Meta:
        table = "rewards_comment"


class OpinionSummary(Record):
    """What a channel said of a nomination, when opinions closed. Means in hundredths; all None: not enough ballots."""

    hundredths = ("mean",)

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination")
    nomination_id: int
    channel = fields.CharEnumField(Channel, max_length=20)
    entitled = fields.IntField()
    ballots = fields.IntField(null=True)
    mean = fields.IntField(null=True)
    supports = fields.IntField(null=True)

    class Meta:
        table = "rewards_summary"
        unique_together = (("nomination", "channel"),)
