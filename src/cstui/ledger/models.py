"""Points and money, posted and reversed, never changed; figures against a person on the way there."""

from __future__ import annotations

import json
from enum import StrEnum

from tortoise import fields

from cstui.contract.records import Record, refers_to
from cstui.contract.text import Text, Verbatim, unpack
from cstui.people.models import Staff


class PostingKind(StrEnum):
    POINTS = "points"
    MONEY = "money"


class Posting(Record):
    """An amount for a person: hundredths of points, or fen. A reversal is a counter-entry that names its origin."""

    hundredths = ("amount",)
    search_fields = ("rule",)
    plain_fields = ("note",)
    logins = ("posted_by",)

    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    kind = fields.CharEnumField(PostingKind, max_length=8)
    amount = fields.IntField()
    rule = fields.CharField(max_length=48)
    source = fields.CharField(max_length=96, default="")
    day = fields.DateField(db_index=True)
    month = fields.CharField(max_length=7, default="", db_default="")
    """Of whose pay it is (2026-11), where it lowers pay."""
    note = fields.CharField(max_length=500, default="")
    reverses: fields.ForeignKeyNullableRelation[Posting] = refers_to("ledger.Posting", null=True, unique=True)
    reverses_id: int | None
    posted_by = fields.CharField(max_length=64)

    class Meta:
        table = "ledger_posting"


class ChargeKind(StrEnum):
    """What a figure against a person is for; the last place of a ranking is no breach."""

    PENALTY = "penalty"
    BONUS = "bonus"
    RANK = "rank"
    DAMAGES = "damages"


class Effect(StrEnum):
    """What a decided figure becomes; `NONE`: it is only recorded."""

    NONE = "none"
    POINTS = "points"
    VARIABLE_PAY = "variable_pay"
    AS_WRITTEN = "as_written"
    DAMAGES = "damages"


class ChargeState(StrEnum):
    """How far it is. That the time for an appeal is over the clock tells."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    NOTIFIED = "notified"
    APPEALED = "appealed"
    POSTED = "posted"
    CANCELLED = "cancelled"
    RECORDED = "recorded"


class Charge(Record):
    """A regulation's figure against a person: proposed, decided, told and heard, then effective and posted (fen)."""

    hundredths = ("regulation_amount", "amount", "taken", "lapsed")
    search_fields = ("charge_no", "rule")
    plain_fields = ("act",)
    told_by = {"act": "words"}
    logins = ("proposed_by", "decided_by", "confirmed_by", "notified_by", "appeal_by", "appeal_decided_by")

    charge_no = fields.CharField(max_length=24, unique=True)
    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    kind = fields.CharEnumField(ChargeKind, max_length=16)
    act = fields.CharField(max_length=200)
    words = fields.TextField(default="")
    """The act as a finding told it, for either language; none where a person wrote it."""
    act_on = fields.DateField()
    act_key = fields.CharField(max_length=128, db_index=True)
    """One act has one key, whichever rules it broke: it is punished once."""
    rule = fields.CharField(max_length=48)
    article = fields.CharField(max_length=200, default="")
    regulation_amount = fields.IntField()
    """What the regulation says; never a debt."""
    source = fields.CharField(max_length=96, default="")
    proposed_by = fields.CharField(max_length=64)
    proposed_on = fields.DateField()
    state = fields.CharEnumField(ChargeState, max_length=16, default=ChargeState.PROPOSED, db_index=True)
    effect = fields.CharEnumField(Effect, max_length=16, null=True)
    amount = fields.IntField(null=True)
    reasons = fields.CharField(max_length=500, default="")
    decided_by = fields.CharField(max_length=64, default="")
    decided_on = fields.DateField(null=True)
    adopted_on = fields.DateField(null=True)
    published_on = fields.DateField(null=True)
    acknowledged_on = fields.DateField(null=True)
    legal_basis = fields.CharField(max_length=200, default="")
    confirmed_by = fields.CharField(max_length=64, default="")
    loss_proof = fields.CharField(max_length=100, default="")
    notified_by = fields.CharField(max_length=64, default="")
    notified_on = fields.DateField(null=True)
    statement = fields.CharField(max_length=500, default="")
    heard_on = fields.DateField(null=True)
    appeal = fields.CharField(max_length=500, default="")
    appeal_by = fields.CharField(max_length=64, default="")
    appealed_on = fields.DateField(null=True)
    appeal_reasons = fields.CharField(max_length=500, default="")
    appeal_decided_by = fields.CharField(max_length=64, default="")
    appeal_decided_on = fields.DateField(null=True)
    taken = fields.IntField(default=0)
    """What was taken of pay so far."""
    lapsed = fields.IntField(default=0)
    """What could not be taken, and isn't carried on."""

    @property
    def told(self) -> Text:
        """What was done, in the reader's language."""
        made = unpack(json.loads(self.words)) if self.words else None
        return made if isinstance(made, Text) else Verbatim(self.act)

    class Meta:
        table = "ledger_charge"


class BasePay(Record):
    """A person's base pay from a day on (fen a month), by contract; the last one entered for a day holds."""

    hundredths = ("base",)
    plain_fields = ("contract", "consent")
    logins = ("entered_by",)

    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    first_day = fields.DateField(db_index=True)
    base = fields.IntField()
    contract = fields.CharField(max_length=100)
    consent = fields.CharField(max_length=100, default="")
    """The person's written consent, where it is less than before."""
    entered_by = fields.CharField(max_length=64)

    class Meta:
        table = "ledger_base_pay"


class DayKind(StrEnum):
    """What day overtime was worked on; the law has a rate for each."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    STATUTORY = "statutory"


class Overtime(Record):
    """Overtime of a person's day: the regulation's sum beside the law's floor (fen); the higher is paid."""

    hundredths = ("hours", "written", "floor")
    logins = ("entered_by",)

    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    day = fields.DateField(db_index=True)
    day_kind = fields.CharEnumField(DayKind, max_length=16)
    hours = fields.IntField()
    """Hundredths of hours."""
    written = fields.IntField()
    floor = fields.IntField()
    approval = fields.CharField(max_length=100)
    posting: fields.ForeignKeyNullableRelation[Posting] = refers_to("ledger.Posting", null=True)
    posting_id: int | None
    entered_by = fields.CharField(max_length=64)

    class Meta:
        table = "ledger_overtime"


class DepartmentEntry(Record):
    """A regulation's figure against a department: budget (fen) and points (hundredths), of no person.

    A reversal is a counter-entry that names its origin.
    """

    hundredths = ("budget", "points")
    search_fields = ("department", "rule")
    plain_fields = ("act",)
    logins = ("entered_by",)

    department = fields.CharField(max_length=32)
    act = fields.CharField(max_length=200)
    act_on = fields.DateField()
    rule = fields.CharField(max_length=48)
    budget = fields.IntField()
    points = fields.IntField()
    day = fields.DateField(db_index=True)
    reverses: fields.ForeignKeyNullableRelation[DepartmentEntry] = refers_to(
        "ledger.DepartmentEntry", null=True, unique=True
    )
    reverses_id: int | None
    entered_by = fields.CharField(max_length=64)

    class Meta:
        table = "ledger_department_entry"
