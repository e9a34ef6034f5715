"""Computers of the service, what runs on them, and their daily scans. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import AlertKind, AlertState, ScanResult, SoftwareState

if TYPE_CHECKING:
    from cstui.people.models import Staff


class Workstation(Record):
    """A computer of the service (客服电脑), from its first day until its last. `seat_user` none: whoever is there.

    `scanned_on`: the day of its last scan. `inventory_on`: of the last list of what runs on it.
    """

    search_fields = ("pc", "place")

    pc = fields.CharField(max_length=32, unique=True)
    place = fields.CharField(max_length=64, default="")
    seat_user: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    seat_user_id: int | None
    first_day = fields.DateField()
    last_day = fields.DateField(null=True)
    scanned_on = fields.DateField(null=True)
    inventory_on = fields.DateField(null=True)

    class Meta:
        table = "confidentiality_pc"


class VirusScan(Record):
    """A computer's scan of a day (每日查杀). None for a day: none was recorded."""

    search_fields = ("scan_no",)
    plain_fields = ("note",)
    logins = ("recorded_by",)

    scan_no = fields.CharField(max_length=48, unique=True)
    """PC/DAY, as people name it."""
    workstation: fields.ForeignKeyRelation[Workstation] = refers_to("confidentiality.Workstation")
    workstation_id: int
    day = fields.DateField(db_index=True)
    at = fields.DatetimeField()
    result = fields.CharEnumField(ScanResult, max_length=12)
    threats = fields.IntField(default=0)
    signature_date = fields.DateField(null=True)
    cleaned_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=200, default="")
    recorded_by = fields.CharField(max_length=64)

    class Meta:
        table = "confidentiality_scan"
        unique_together = (("workstation", "day"),)


class SoftwareApproval(Record):
    """A program that may run on computers of the service (软件安全认证), by name and version."""

    search_fields = ("software",)
    plain_fields = ("note",)
    logins = ("certified_by", "requested_by")

    software = fields.CharField(max_length=128, unique=True)
    """Its name and version as people name it: "7-Zip 24.08"."""
    name = fields.CharField(max_length=80, db_index=True)
    software_version = fields.CharField(max_length=40, default="")
    """Empty: any version."""
    state = fields.CharEnumField(SoftwareState, max_length=12, default=SoftwareState.REQUESTED, db_index=True)
    requested_by = fields.CharField(max_length=64, default="")
    certified_by = fields.CharField(max_length=64, default="")
    certified_on = fields.DateField(null=True)
    pcs = fields.CharField(max_length=500, default="")
    """Numbers of the computers on which it may run, empty: all."""
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_software"


class FoundSoftware(Record):
    """A program found on a computer (软件清单), from the first inventory that had it to the last.

    It is there as long as the computer's last inventory has it and nobody took it off (`gone_on`).
    """

    search_fields = ("found_no",)
    logins = ("removal_ordered_by",)

    found_no = fields.CharField(max_length=160, unique=True)
    """PC/PROGRAM, as people name it."""
    workstation: fields.ForeignKeyRelation[Workstation] = refers_to("confidentiality.Workstation")
    workstation_id: int
    name = fields.CharField(max_length=80, db_index=True)
    software_version = fields.CharField(max_length=40, default="")
    first_seen_on = fields.DateField()
    seen_on = fields.DateField()
    gone_on = fields.DateField(null=True)
    removal_ordered_at = fields.DatetimeField(null=True)
    removal_ordered_by = fields.CharField(max_length=64, default="")

    class Meta:
        table = "confidentiality_found_software"


class SecurityAlert(Record):
    """What proxy or scanner told of a computer: a risky download or site (安全告警)."""

    search_fields = ("alert_no",)
    plain_fields = ("what",)
    logins = ("settled_by",)

    alert_no = fields.CharField(max_length=48, unique=True)
    workstation: fields.ForeignKeyRelation[Workstation] = refers_to("confidentiality.Workstation")
    workstation_id: int
    at = fields.DatetimeField(db_index=True)
    kind = fields.CharEnumField(AlertKind, max_length=12)
    what = fields.CharField(max_length=200)
    state = fields.CharEnumField(AlertState, max_length=12, default=AlertState.OPEN, db_index=True)
    settled_by = fields.CharField(max_length=64, default="")
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_alert"
