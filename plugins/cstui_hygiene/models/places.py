"""Records of what is kept clean: areas, green plots, lockers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_hygiene.kinds import AreaKind, AreaState, Crew, Frequency, LockerState, PlotState

if TYPE_CHECKING:
    from cstui.people.models import Staff, Team


class CleaningArea(Record):
    """A place with its standard, how often it is cleaned and by whom (卫生区域).

    `team` none: all of customer service take turns. `keeper` is the one person of an area with a named crew.
    `weekday` (1 Monday to 7 Sunday) belongs to weekly areas only; `minutes` is how long the job takes.
    """

    search_fields = ("code", "name")
    plain_fields = ("standard",)

    code = fields.CharField(max_length=16, unique=True)
    name = fields.CharField(max_length=64)
    kind = fields.CharEnumField(AreaKind, max_length=16)
    standard = fields.CharField(max_length=500)
    frequency = fields.CharEnumField(Frequency, max_length=12)
    weekday = fields.IntField(null=True)
    minutes = fields.IntField(default=0)
    crew = fields.CharEnumField(Crew, max_length=12, default=Crew.ROTA)
    team: fields.ForeignKeyNullableRelation[Team] = refers_to("people.Team", null=True)
    team_id: int | None
    keeper: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    keeper_id: int | None
    state = fields.CharEnumField(AreaState, max_length=12, default=AreaState.ACTIVE, db_index=True)
    first_day = fields.DateField()
    """Since when it is kept clean by the rules."""

    class Meta:
        table = "hygiene_area"


class GreenPlot(Record):
    """A green plot and its one keeper, by name (绿化包干)."""

    search_fields = ("plot",)

    plot = fields.CharField(max_length=64, unique=True)
    keeper: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    keeper_id: int | None
    first_day = fields.DateField(null=True)
    """Since when this keeper has it."""
    state = fields.CharEnumField(PlotState, max_length=12, default=PlotState.UNASSIGNED, db_index=True)

    class Meta:
        table = "hygiene_plot"


class Locker(Record):
    """A locker of the changing room and who holds it (更衣柜登记). `fault` is what is wrong with it out of order."""

    search_fields = ("locker_no",)
    plain_fields = ("fault",)

    locker_no = fields.CharField(max_length=16, unique=True)
    state = fields.CharEnumField(LockerState, max_length=16, default=LockerState.FREE, db_index=True)
    holder: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    holder_id: int | None
    first_day = fields.DateField(null=True)
    """Since when this holder has it; of a free one since when the last had it, and `last_day` until when."""
    last_day = fields.DateField(null=True)
    locked_ok_last = fields.DateField(null=True)
    """When it was last found locked."""
    unlocked_on = fields.DateField(null=True)
    """When it was found unlocked, until it is found locked again or goes to another."""
    fault = fields.CharField(max_length=200, default="")

    class Meta:
        table = "hygiene_locker"
