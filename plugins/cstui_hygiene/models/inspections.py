"""Records of inspections and of what they found wrong. Moments are UTC, points in hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, Severity, refers_to
from cstui_hygiene.kinds import DefectState, InspectionKind, InspectionState, Item, Verdict

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_hygiene.models.places import CleaningArea


class HygieneInspection(Record):
    """A walk through the items of an area's sheet, or of a person's place (卫生检查记录). Signed, it stays as it is."""

    search_fields = ("inspection_no",)
    hundredths = ("score",)

    inspection_no = fields.CharField(max_length=24, unique=True)
    inspector: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    inspector_id: int
    day = fields.DateField(db_index=True)
    kind = fields.CharEnumField(InspectionKind, max_length=12, default=InspectionKind.DAILY)
    area: fields.ForeignKeyNullableRelation[CleaningArea] = refers_to("hygiene.CleaningArea", null=True)
    area_id: int | None
    staff: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    staff_id: int | None
    state = fields.CharEnumField(InspectionState, max_length=12, default=InspectionState.DRAFT, db_index=True)
    score = fields.IntField(null=True)
    """None until it is signed, and where nothing that is worth points applied."""
    signed_at = fields.DatetimeField(null=True)
    items: fields.ReverseRelation[InspectionItem]

    class Meta:
        table = "hygiene_inspection"


class InspectionItem(Record):
    """One thing to look at, with the points it is worth (检查项目). `deduction` is what was taken off for it.

    `place` is the corner, locker or desk that was looked at; `person` who is answerable, where that is known; `phone`
    whether what didn't belong there was a telephone or pager.
    """

    search_fields = ("item_no",)
    hundredths = ("points", "deduction")
    plain_fields = ("remark",)

    inspection: fields.ForeignKeyRelation[HygieneInspection] = refers_to("hygiene.HygieneInspection", back="items")
    inspection_id: int
    item_no = fields.CharField(max_length=48, unique=True)
    """The inspection's number, and the item's in the order of the sheet."""
    item = fields.CharEnumField(Item, max_length=24)
    points = fields.IntField()
    verdict = fields.CharEnumField(Verdict, max_length=16, default=Verdict.UNDECIDED)
    deduction = fields.IntField(default=0)
    place = fields.CharField(max_length=64, default="")
    remark = fields.CharField(max_length=200, default="")
    person: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    person_id: int | None
    phone = fields.BooleanField(default=False)

    class Meta:
        table = "hygiene_item"


class HygieneDefect(Record):
    """Something to be put right by a person by a time, then looked at again by another (卫生整改单)."""

    search_fields = ("defect_no",)
    plain_fields = ("remark",)
    logins = ("found_by", "rechecked_by")

    defect_no = fields.CharField(max_length=24, unique=True)
    inspection: fields.ForeignKeyNullableRelation[HygieneInspection] = refers_to("hygiene.HygieneInspection", null=True)
    inspection_id: int | None
    area: fields.ForeignKeyNullableRelation[CleaningArea] = refers_to("hygiene.CleaningArea", null=True)
    area_id: int | None
    item = fields.CharEnumField(Item, max_length=24)
    """The item of the sheet that it breaks."""
    rule = fields.CharField(max_length=16)
    remark = fields.CharField(max_length=200, default="")
    place = fields.CharField(max_length=64, default="")
    phone = fields.BooleanField(default=False)
    severity: Severity = fields.CharField(max_length=12, default="warning")  # type: ignore[assignment]
    responsible: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    responsible_id: int | None
    named = fields.BooleanField(default=False)
    """Whether it was theirs; else they put it right because the area was theirs to clean that day."""
    state = fields.CharEnumField(DefectState, max_length=12, default=DefectState.OPEN, db_index=True)
    found_at = fields.DatetimeField(db_index=True)
    found_by = fields.CharField(max_length=64)
    counted_from = fields.DatetimeField()
    """The moment from which its time runs: found, accepted, or found not put right."""
    due_at = fields.DatetimeField()
    fixed_at = fields.DatetimeField(null=True)
    fixed_by: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    fixed_by_id: int | None
    rechecked_by = fields.CharField(max_length=64, default="")
    closed_at = fields.DatetimeField(null=True)
    reopened = fields.IntField(default=0)
    """So often the second look found it not put right."""
    passed_on = fields.BooleanField(default=False)
    """Whether it was put before those who decide on discipline."""
    note = fields.CharField(max_length=200, default="")
    """Why it was refused, or what the second look found."""

    class Meta:
        table = "hygiene_defect"
