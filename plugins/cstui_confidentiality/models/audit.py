"""What the audit found, and the events that show it. Moments are UTC."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, Severity, Text, Verbatim, refers_to, unpack
from cstui_confidentiality.kinds import FindingState
from cstui_confidentiality.models.accounts import Account
from cstui_confidentiality.models.logs import AccessEvent

if TYPE_CHECKING:
    from cstui.people.models import Staff


class AuditFinding(Record):
    """Something that happened against a rule, of one person, account and day; a person decides it (审计发现).

    `way` says how (`confidentiality.found.WAY`); by hand it is empty. `account_no` is the login as the log
    has it, on the register or not. `why` is the packed text of how it came about, of its first event. Found by hand
    it has no events.
    """

    search_fields = ("finding_no", "account_no")
    plain_fields = ("reason",)
    logins = ("found_by", "disposed_by")
    told_by = {"why": "why"}

    finding_no = fields.CharField(max_length=24, unique=True)
    rule = fields.CharField(max_length=24)
    way = fields.CharField(max_length=16, default="")
    staff: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    staff_id: int | None
    account: fields.ForeignKeyNullableRelation[Account] = refers_to("confidentiality.Account", null=True)
    account_id: int | None
    account_no = fields.CharField(max_length=96, default="")
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

    @property
    def told(self) -> Text:
        """How it came about."""
        return unpack(json.loads(self.why)) if self.why else Verbatim("")

    class Meta:
        table = "confidentiality_finding"


class FindingEvent(Record):
    """An event that shows what a finding says. `cleared`: it was matched with a request, and counts no more."""

    finding: fields.ForeignKeyRelation[AuditFinding] = refers_to("confidentiality.AuditFinding", back="events")
    finding_id: int
    event: fields.ForeignKeyRelation[AccessEvent] = refers_to("confidentiality.AccessEvent", back="found")
    event_id: int
    cleared = fields.BooleanField(default=False)

    class Meta:
        table = "confidentiality_finding_event"
