"""Contests of units, and who shares in their rewards; who may be honoured for a year. Sums in fen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_rewards.kinds import Contest, ContestState, ContestUnit, Place, Veto

if TYPE_CHECKING:
    from cstui.people.models import Staff


class ContestResult(Record):
    """A unit's rank in a contest (竞赛结果). `period` is 2026Q3 or 2026; of mystery visits also the visit's number."""

    search_fields = ("result_no", "unit_name")
    logins = ("entered_by", "confirmed_by")

    result_no = fields.CharField(max_length=24, unique=True)
    contest = fields.CharEnumField(Contest, max_length=24)
    period = fields.CharField(max_length=16)
    ended_on = fields.DateField()
    unit = fields.CharEnumField(ContestUnit, max_length=12)
    unit_name = fields.CharField(max_length=64)
    rank = fields.IntField()
    evidence = fields.CharField(max_length=100)
    training_places = fields.IntField(null=True)
    state = fields.CharEnumField(ContestState, max_length=12, default=ContestState.ENTERED, db_index=True)
    entered_by = fields.CharField(max_length=64)
    confirmed_by = fields.CharField(max_length=64, default="")
    shares: fields.ReverseRelation[ContestShare]

    class Meta:
        table = "rewards_contest"
        unique_together = (("contest", "period", "unit_name"),)


class ContestShare(Record):
    """Somebody of the unit: as a manager, or among its staff by the ranking (1: the first)."""

    hundredths = ("elsewhere",)

    result: fields.ForeignKeyRelation[ContestResult] = refers_to("rewards.ContestResult", back="shares")
    result_id: int
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    place = fields.CharEnumField(Place, max_length=8)
    rank = fields.IntField(null=True)
    elsewhere = fields.IntField(default=0)
    """What the municipal company gives for the same occasion."""

    class Meta:
        table = "rewards_share"
        unique_together = (("result", "staff"),)


class YearCandidate(Record):
    """Somebody in a year's ranking: the means of the quarters' points and performance, and what bars (rewards-57)."""

    hundredths = ("points", "performance", "score")
    logins = ("entered_by", "decided_by")

    year = fields.IntField(db_index=True)
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    points = fields.IntField(null=True)
    performance = fields.IntField(null=True)
    score = fields.IntField(null=True, db_index=True)
    entered_by = fields.CharField(max_length=64, default="")
    """Who entered the figures by hand; none: they are as performance reports them."""
    veto = fields.CharEnumField(Veto, max_length=16)
    decided_by = fields.CharField(max_length=64, default="")
    decided_because = fields.CharField(max_length=200, default="")

    class Meta:
        table = "rewards_candidate"
        unique_together = (("year", "staff"),)
