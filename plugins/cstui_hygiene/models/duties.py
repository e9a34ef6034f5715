"""Records of who cleans what, and when. Moments are UTC."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_hygiene.kinds import Algorithm, Basis, DutyState, PlantTask, RotaState, Slot

if TYPE_CHECKING:
    from cstui.people.models import ShiftType, Staff, Team
    from cstui_hygiene.models.places import CleaningArea


class DutyRota(Record):
    """Who cleans in a month (卫生值日表). `team` none: that of all customer service, for the areas without a team."""

    search_fields = ("rota_no",)
    logins = ("published_by",)

    rota_no = fields.CharField(max_length=48, unique=True)
    """2026-12 for all of customer service, 2026-12/TEAM for one team."""
    month = fields.DateField(db_index=True)
    """Its first day."""
    team: fields.ForeignKeyNullableRelation[Team] = refers_to("people.Team", null=True)
    team_id: int | None
    state = fields.CharEnumField(RotaState, max_length=12, default=RotaState.DRAFT, db_index=True)
    algorithm = fields.CharEnumField(Algorithm, max_length=12, default=Algorithm.ROUND_ROBIN)
    published_by = fields.CharField(max_length=64, default="")
    published_at = fields.DatetimeField(null=True)
    assignments: fields.ReverseRelation[DutyAssignment]

    class Meta:
        table = "hygiene_rota"


class DutyAssignment(Record):
    """One duty: an area on a day (值日安排). Jobs after use stand in no rota. No assignee: nobody was found.

    `basis` is why it is the assignee's, `reckoned` how their turn was found (`rota.why`).
    `moved_from` is the day for which it was meant where nobody could do it then. `swap_of` is the excused duty
    that this one stands in for; `carried_from` the missed one that this one makes up for.
    """

    plain_fields = ("note",)

    rota: fields.ForeignKeyNullableRelation[DutyRota] = refers_to("hygiene.DutyRota", null=True, back="assignments")
    rota_id: int | None
    area: fields.ForeignKeyRelation[CleaningArea] = refers_to("hygiene.CleaningArea")
    area_id: int
    day = fields.DateField(db_index=True)
    slot = fields.CharEnumField(Slot, max_length=12)
    assignee: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    assignee_id: int | None
    basis = fields.CharEnumField(Basis, max_length=12, default=Basis.BY_HAND)
    reckoned = fields.TextField(default="")
    due_at = fields.DatetimeField(db_index=True)
    state = fields.CharEnumField(DutyState, max_length=12, default=DutyState.DUE, db_index=True)
    done_at = fields.DatetimeField(null=True)
    done_by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    done_by_id: int | None
    verified_by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    verified_by_id: int | None
    rejections = fields.IntField(default=0)
    """So often it was looked at and sent back."""
    moved_from = fields.DateField(null=True)
    swap_of: fields.ForeignKeyNullableRelation[DutyAssignment] = refers_to("hygiene.DutyAssignment", null=True)
    swap_of_id: int | None
    carried_from: fields.ForeignKeyNullableRelation[DutyAssignment] = refers_to("hygiene.DutyAssignment", null=True)
    carried_from_id: int | None
    away = fields.BooleanField(default=False)
    """Whether its assignee is absent that day: then it is to be given to another, and not missed by them."""
    passed_on = fields.BooleanField(default=False)
    """Whether that it was missed was put before those who decide on discipline."""
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "hygiene_duty"

    @property
    def key(self) -> tuple[int, date, Slot]:
        """Its place in the rota."""
        return self.area_id, self.day, self.slot


class PlantCare(Record):
    """Plants watered, or their leaves cleaned, by the day shift of a day (花草养护记录). What lacks one is missed."""

    search_fields = ("care_no",)

    care_no = fields.CharField(max_length=24, unique=True)
    day = fields.DateField(db_index=True)
    task = fields.CharEnumField(PlantTask, max_length=12)
    shift: fields.ForeignKeyNullableRelation[ShiftType] = refers_to("people.ShiftType", null=True)
    shift_id: int | None
    done_by: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    done_by_id: int
    done_at = fields.DatetimeField()

    class Meta:
        table = "hygiene_plant_care"
