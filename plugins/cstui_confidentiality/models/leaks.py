"""Leaks from the report to the conclusion, and the cases that follow. Moments are UTC, sums in fen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import AnonymousRecord, Record, refers_to
from cstui_confidentiality.kinds import CaseState, Channel, Ground, Harm, Intent, LeakState, Measure

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_confidentiality.models.audit import AuditFinding
    from cstui_confidentiality.models.scope import SecrecyCategory


class AnonymousLeak(AnonymousRecord):
    """What somebody reported without a name. `receipt` is the digest of the code that was shown once."""

    what = fields.CharField(max_length=2000)
    category = fields.CharField(max_length=8)
    """The code of the class."""
    suspect_login = fields.CharField(max_length=64, default="")
    """Who is named in it; never its handler."""
    receipt = fields.CharField(max_length=64, unique=True)
    taken_up = fields.CharField(max_length=24, default="")
    """The number of the report that was made of it."""

    class Meta:
        table = "confidentiality_anonymous_leak"


class AnonymousNote(AnonymousRecord):
    """What was added later with the receipt."""

    receipt = fields.CharField(max_length=64)
    note = fields.CharField(max_length=1000)
    taken_up = fields.BooleanField(default=False)

    class Meta:
        table = "confidentiality_anonymous_note"


class LeakReport(Record):
    """That something secret got out (失泄密报告). Without a reporter it was made of an anonymous one.

    `answer` is what the reporter is told; `notes` what an anonymous one added later. It is told up the chain when it is
    saved (`escalated_at`), with `urged` once more; `noted_by` is who took note of it there.
    """

    search_fields = ("report_no",)
    plain_fields = ("what",)
    hundredths = ("loss", "recovered")
    logins = ("noted_by",)

    report_no = fields.CharField(max_length=24, unique=True)
    reporter: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    reporter_id: int | None
    suspect: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    """Who is named in it; never its handler."""
    suspect_id: int | None
    what = fields.CharField(max_length=2000)
    category: fields.ForeignKeyRelation[SecrecyCategory] = refers_to("confidentiality.SecrecyCategory")
    category_id: int
    channel = fields.CharEnumField(Channel, max_length=12, null=True)
    discovered_at = fields.DatetimeField()
    known_since = fields.DatetimeField()
    reported_at = fields.DatetimeField(db_index=True)
    state = fields.CharEnumField(LeakState, max_length=16, default=LeakState.RECEIVED, db_index=True)
    handler: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    handler_id: int | None
    acknowledged_at = fields.DatetimeField(null=True)
    escalated_at = fields.DatetimeField(null=True)
    urged = fields.CharField(max_length=200, default="")
    noted_by = fields.CharField(max_length=64, default="")
    instruction = fields.CharField(max_length=200, default="")
    loss = fields.IntField(default=0)
    recovered = fields.IntField(default=0)
    actions = fields.CharField(max_length=500, default="")
    conclusion = fields.CharField(max_length=500, default="")
    late_decision = fields.CharField(max_length=200, default="")
    """Why a late report was let pass, or the case that was opened."""
    reward_decision = fields.CharField(max_length=200, default="")
    """What reward was proposed, or why none."""
    answer = fields.CharField(max_length=1000, default="")
    notes = fields.CharField(max_length=4000, default="")
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_leak"


class Witness(Record):
    """Somebody who knew of a leak, since when, whether they reported it, and what was decided if they didn't."""

    report: fields.ForeignKeyRelation[LeakReport] = refers_to("confidentiality.LeakReport", back="witnesses")
    report_id: int
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    known_since = fields.DatetimeField()
    told_at = fields.DatetimeField(null=True)
    decision = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_witness"
        unique_together = (("report", "staff"),)


class ConfidentialityCase(Record):
    """What is said against a person, heard, proposed, decided (泄密处理). It only ever proposes (money.md)."""

    search_fields = ("case_no",)
    plain_fields = ("facts", "statement")
    hundredths = ("loss", "recovered", "damages", "bonus", "bonus_withheld")
    logins = ("opened_by", "proposed_by", "decided_by")

    case_no = fields.CharField(max_length=24, unique=True)
    report: fields.ForeignKeyNullableRelation[LeakReport] = refers_to("confidentiality.LeakReport", null=True)
    report_id: int | None
    finding: fields.ForeignKeyNullableRelation[AuditFinding] = refers_to("confidentiality.AuditFinding", null=True)
    finding_id: int | None
    subject: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    subject_id: int
    article = fields.CharField(max_length=24)
    """The rule that was broken."""
    ground = fields.CharEnumField(Ground, max_length=12)
    facts = fields.CharField(max_length=500)
    opened_at = fields.DatetimeField()
    opened_by = fields.CharField(max_length=64)
    state = fields.CharEnumField(CaseState, max_length=12, default=CaseState.OPENED, db_index=True)
    statement = fields.CharField(max_length=1000, default="")
    """What the person said, or where it is written that they waived it."""
    waived = fields.BooleanField(default=False)
    heard_at = fields.DatetimeField(null=True)
    intent = fields.CharEnumField(Intent, max_length=12, null=True)
    consequence = fields.CharEnumField(Harm, max_length=12, null=True)
    loss = fields.IntField(default=0)
    recovered = fields.IntField(default=0)
    remedied = fields.BooleanField(default=False)
    mitigation = fields.CharField(max_length=200, default="")
    legal = fields.BooleanField(default=False)
    tier = fields.IntField(null=True)
    tier_rule = fields.CharField(max_length=24, default="")
    """The rule by which the tier came about."""
    proposed_outcome = fields.CharEnumField(Measure, max_length=32, null=True)
    proposed_by = fields.CharField(max_length=64, default="")
    outcome = fields.CharEnumField(Measure, max_length=32, null=True)
    damages_share = fields.IntField(null=True)
    """Per cent of the loss."""
    damages = fields.IntField(null=True)
    loss_proof = fields.CharField(max_length=100, default="")
    bonus = fields.IntField(null=True)
    """Of the month in which it was decided."""
    bonus_withheld = fields.IntField(null=True)
    decided_by = fields.CharField(max_length=64, default="")
    decided_on = fields.DateField(null=True)
    reasons = fields.CharField(max_length=500, default="")
    legal_referred_at = fields.DatetimeField(null=True)
    executed_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_case"
