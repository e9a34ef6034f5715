"""Who is nominated for what, with cases and witnesses, and how it was reviewed. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_rewards.kinds import Confirmation, Decision, Met, NominationState, Step
from cstui_rewards.models.awards import AwardType, Criterion
from cstui_rewards.models.rounds import AwardRound

if TYPE_CHECKING:
    from cstui.people.models import Staff, Team


class Tip(Record):
    """A member's word to the leader about a colleague, with a case; no nomination yet."""

    search_fields = ("tip_no",)
    plain_fields = ("case",)

    tip_no = fields.CharField(max_length=24, unique=True)
    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType")
    award_id: int
    nominee: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    nominee_id: int
    by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    by_id: int | None
    case = fields.CharField(max_length=500)
    at = fields.DatetimeField()
    taken_up = fields.BooleanField(default=False)

    class Meta:
        table = "rewards_tip"


class Nomination(Record):
    """Somebody put up for an award (奖项申请表)."""

    search_fields = ("nomination_no",)
    plain_fields = ("reason",)

    nomination_no = fields.CharField(max_length=24, unique=True)
    round: fields.ForeignKeyRelation[AwardRound] = refers_to("rewards.AwardRound")
    round_id: int
    award: fields.ForeignKeyRelation[AwardType] = refers_to("rewards.AwardType")
    award_id: int
    nominee: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    nominee_id: int
    team: fields.ForeignKeyRelation[Team] = refers_to("people.Team")
    team_id: int
    nominated_by: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    nominated_by_id: int
    reason = fields.CharField(max_length=500)
    state = fields.CharEnumField(NominationState, max_length=16, default=NominationState.DRAFT, db_index=True)
    created_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    late_reason = fields.CharField(max_length=200, default="")
    """The head's, where it came late."""
    ended_because = fields.CharField(max_length=300, default="")
    cases: fields.ReverseRelation[NominationCase]
    witnesses: fields.ReverseRelation[WitnessConfirmation]
    checks: fields.ReverseRelation[CriterionCheck]
    steps: fields.ReverseRelation[ReviewStep]

    class Meta:
        table = "rewards_nomination"


class NominationCase(Record):
    """A real event that speaks for the nominee."""

    plain_fields = ("title",)

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination", back="cases")
    nomination_id: int
    title = fields.CharField(max_length=100)
    day = fields.DateField()
    description = fields.CharField(max_length=1000)
    attachment = fields.CharField(max_length=100, default="")
    """Where the paper or recording is."""

    class Meta:
        table = "rewards_case"


class WitnessConfirmation(Record):
    """Whether a witness confirms it (证明人确认)."""

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination", back="witnesses")
    nomination_id: int
    witness: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    witness_id: int
    state = fields.CharEnumField(Confirmation, max_length=12, default=Confirmation.ASKED)
    remark = fields.CharField(max_length=200, default="")
    asked_at = fields.DatetimeField(null=True)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rewards_witness"
        unique_together = (("nomination", "witness"),)


class CriterionCheck(Record):
    """Whether a nomination meets a criterion: by a fact (`told`, packed), or as somebody decided."""

    logins = ("decided_by",)

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination", back="checks")
    nomination_id: int
    criterion: fields.ForeignKeyRelation[Criterion] = refers_to("rewards.Criterion")
    criterion_id: int
    met = fields.CharEnumField(Met, max_length=8, default=Met.UNKNOWN)
    told = fields.TextField(default="")
    """What the fact said when it was last asked; empty: nobody reported."""
    decided_by = fields.CharField(max_length=64, default="")
    remark = fields.CharField(max_length=200, default="")
    at = fields.DatetimeField(null=True)

    class Meta:
        table = "rewards_check"
        unique_together = (("nomination", "criterion"),)


class ReviewStep(Record):
    """One step of the chain (审核记录); only ever added."""

    nomination: fields.ForeignKeyRelation[Nomination] = refers_to("rewards.Nomination", back="steps")
    nomination_id: int
    step = fields.CharEnumField(Step, max_length=8)
    actor: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    actor_id: int
    decision = fields.CharEnumField(Decision, max_length=8)
    reason = fields.CharField(max_length=300, default="")
    at = fields.DatetimeField()

    class Meta:
        table = "rewards_step"
