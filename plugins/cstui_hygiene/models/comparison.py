"""Records of the comparison of teams. Points in hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_hygiene.kinds import AppraisalState, Outcome

if TYPE_CHECKING:
    from cstui.people.models import Team


class HygieneAppraisal(Record):
    """How a team did in a week or month beside the others (卫生评比). `score`: the mean less what was missed."""

    search_fields = ("appraisal_no",)
    hundredths = ("mean_score", "score")

    appraisal_no = fields.CharField(max_length=48, unique=True)
    """The period and the team: 2026-11/TEAM."""
    first_day = fields.DateField(db_index=True)
    last_day = fields.DateField()
    team: fields.ForeignKeyRelation[Team] = refers_to("people.Team")
    team_id: int
    inspections = fields.IntField()
    mean_score = fields.IntField(null=True)
    """None: nothing of theirs was inspected."""
    defects = fields.IntField()
    missed = fields.IntField()
    score = fields.IntField(null=True)
    rank = fields.IntField(null=True)
    outcome = fields.CharEnumField(Outcome, max_length=12, default=Outcome.NONE)
    state = fields.CharEnumField(AppraisalState, max_length=12, default=AppraisalState.COMPUTED, db_index=True)

    class Meta:
        table = "hygiene_appraisal"
