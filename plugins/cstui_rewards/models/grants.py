"""What is given, and what is remembered. Sums in fen, points in hundredths, moments UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_rewards.kinds import GrantKind, GrantState, HonourSource
from cstui_rewards.models.awards import AwardType
from cstui_rewards.models.nominations import Nomination
from cstui_rewards.models.rounds import AwardRound

if TYPE_CHECKING:
    from cstui.people.models import Staff


class Grant(Record):
    """One thing given to a person (奖励发放记录). For one `occasion` the higher sum counts."""

    search_fields = ("grant_no", "title", "certificate_no")
    hundredths = ("amount", "gift_value", "elsewhere")
    logins = ("handed_by", "approved_by")

    grant_no = fields.CharField(max_length=24, unique=True)
    person: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    person_id: int
    nomination: fields.ForeignKeyNullableRelation[Nomination] = refers_to("rewards.Nomination", null=True)
    nomination_id: int | None
    award: fields.ForeignKeyNullableRelation[AwardType] = refers_to("rewards.AwardType", null=True)
    award_id: int | None
    occasion = fields.CharField(max_length=96, db_index=True)
    title = fields.CharField(max_length=100, default="")
    """What it is for, as people call it: the award's name, or why it is given."""
    period = fields.CharField(max_length=16, default="")
    """Of the award or contest: 2026-11."""
    kind = fields.CharEnumField(GrantKind, max_length=16)
    rule = fields.CharField(max_length=24)
    amount = fields.IntField(default=0)
    gift = fields.CharField(max_length=100, default="")
    gift_value = fields.IntField(null=True)
    elsewhere = fields.IntField(null=True)
    """What another gave for the same occasion."""
    certificate_no = fields.CharField(max_length=24, default="")
    state = fields.CharEnumField(GrantState, max_length=16, default=GrantState.DUE, db_index=True)
    approved_by = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    handed_by = fields.CharField(max_length=64, default="")
    handed_at = fields.DatetimeField(null=True)
    received_at = fields.DatetimeField(null=True)
    receipt_ref = fields.CharField(max_length=100, default="")
    dropped_because = fields.CharField(max_length=200, default="")

    class Meta:
        table = "rewards_grant"


class HonourEntry(Record):
    """A title of a person (荣誉档案); it stays, unless it is annulled with a reason."""

    search_fields = ("honour_no",)
    logins = ("annulled_by",)

    honour_no = fields.CharField(max_length=24, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    title = fields.CharField(max_length=64)
    code = fields.CharField(max_length=32, default="", db_index=True)
    """The award's, where it came of one."""
    period = fields.CharField(max_length=16)
    day = fields.DateField(db_index=True)
    source = fields.CharEnumField(HonourSource, max_length=8)
    round: fields.ForeignKeyNullableRelation[AwardRound] = refers_to("rewards.AwardRound", null=True)
    round_id: int | None
    annulled_at = fields.DatetimeField(null=True)
    annulled_by = fields.CharField(max_length=64, default="")
    annulled_because = fields.CharField(max_length=200, default="")

    class Meta:
        table = "rewards_honour"


class Praise(Record):
    """Praise for the next morning meeting, or a good deed with a witness (表扬)."""

    search_fields = ("praise_no",)
    plain_fields = ("words",)
    hundredths = ("points",)
    logins = ("praised_by",)

    praise_no = fields.CharField(max_length=24, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    words = fields.CharField(max_length=300)
    points = fields.IntField(default=0)
    witness: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    witness_id: int | None
    good_deed = fields.BooleanField(default=False)
    day = fields.DateField(db_index=True)
    praised_by = fields.CharField(max_length=64)
    read_out_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rewards_praise"
