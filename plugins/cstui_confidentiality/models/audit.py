"""What the audit found, and the events that show it. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, Severity, refers_to
from cstui_confidentiality.kinds import FindingState
from cstui_confidentiality.models.accounts import Account
from cstui_confidentiality.models.logs import AccessEvent

if TYPE_CHECKING:
    from cstui.people.models import Staff


class AuditFinding(Record):
    """Something that happened against a rule, of one person, account and day; a person decides it (审计发现).

    `why` is the packed text of how it came about. Found by hand it has no events.
    """

    search_fields = ("finding_no",)
    plain_fields = ("reason",)

    finding_no = fields.CharField(max_length=24, unique=True)
    rule = fields.CharField(max_length=24)
    staff: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    staff_id: int | None
    account: fields.ForeignKeyNullableRelation[Account] = refers_to("confidentiality.Account", null=True)
    account_id: int | None
    day = fields.DateField(db_index=True)
    severity: Severity = fields.CharField(max_length=12)  # type: ignore[assignment]
    why = fields.TextField(default="")
    found_at = fields.DatetimeField(db_index=True)
    found_by = fields.CharField(max_length=64)
    count = fields.IntField(default=1)
    """Events."""
    state = fields.CharEnumField(FindingState, max_length=12, default=FindingState.OPEN, db_index=True)
    disposed_by = fields.CharField(max_length=64, default="")
    disposed_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=200, default="")
    events: fields.ReverseRelation[FindingEvent]

    class Meta:
        table = "confidentiality_finding"


class FindingEvent(Record):
    """An event that shows what a finding says. `cleared`: it was explained or matched, and counts no more."""

    finding: fields.ForeignKeyRelation[AuditFinding] = refers_to("confidentiality.AuditFinding", back="events")
    finding_id: int
    event: fields.ForeignKeyRelation[AccessEvent] = refers_to("confidentiality.AccessEvent")
    event_id: int
    cleared = fields.BooleanField(default=False)

    class Meta:
        table = "confidentiality_finding_event"
