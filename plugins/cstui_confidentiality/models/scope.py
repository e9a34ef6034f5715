"""What is secret, who may read it, how it is kept and destroyed. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import (
    AssetState,
    CategoryState,
    ControlState,
    DestructionMethod,
    DestructionState,
    Level,
    Located,
    Medium,
)

if TYPE_CHECKING:
    from cstui.people.models import Staff


class SecrecyCategory(Record):
    """A class of what is secret (保密范围): S01 … S12, and what the company declares besides."""

    search_fields = ("code", "title")

    code = fields.CharField(max_length=8, unique=True)
    title = fields.CharField(max_length=100)
    examples = fields.CharField(max_length=500, default="")
    level = fields.CharEnumField(Level, max_length=16)
    owner_role = fields.CharField(max_length=32)
    state = fields.CharEnumField(CategoryState, max_length=12, default=CategoryState.ACTIVE)

    class Meta:
        table = "confidentiality_category"


class ConfidentialAsset(Record):
    """Something secret that is kept (涉密资料). `flaw`: a fault found in a programme, which only its readers may see.

    Others than keeper and readers see its number and title only; of what it says the journal holds nothing.
    `embargo` holds until `embargo_until`, or, where that is empty, until it is published.
    """

    search_fields = ("asset_no", "title")
    logins = ("registered_by",)
    secret_fields = ("content",)

    asset_no = fields.CharField(max_length=24, unique=True)
    title = fields.CharField(max_length=100)
    category: fields.ForeignKeyNullableRelation[SecrecyCategory] = refers_to(
        "confidentiality.SecrecyCategory", null=True
    )
    category_id: int | None
    medium = fields.CharEnumField(Medium, max_length=12)
    keeper: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    keeper_id: int
    location = fields.CharField(max_length=100)
    content = fields.CharField(max_length=500, default="")
    """What it says, as far as it is written down here: of a flaw what was found."""
    retain_until = fields.DateField(null=True)
    embargo = fields.BooleanField(default=False)
    embargo_until = fields.DatetimeField(null=True)
    personal_data = fields.BooleanField(default=False)
    flaw = fields.BooleanField(default=False)
    state = fields.CharEnumField(AssetState, max_length=24, default=AssetState.REGISTERED, db_index=True)
    registered_at = fields.DatetimeField()
    registered_by = fields.CharField(max_length=64)
    marked_at = fields.DatetimeField(null=True)
    published_at = fields.DatetimeField(null=True)
    readers: fields.ReverseRelation[AssetReader]

    class Meta:
        table = "confidentiality_asset"


class AssetReader(Record):
    """Somebody within the circle of an asset, from when to when (None: still)."""

    asset: fields.ForeignKeyRelation[ConfidentialAsset] = refers_to("confidentiality.ConfidentialAsset", back="readers")
    asset_id: int
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_reader"


class SecureDestruction(Record):
    """Secret things destroyed by one person before the eyes of another (涉密资料销毁记录).

    `at` is when it is planned for, then when it was done.
    """

    search_fields = ("destruction_no",)
    logins = ("verified_by",)

    destruction_no = fields.CharField(max_length=24, unique=True)
    method = fields.CharEnumField(DestructionMethod, max_length=12)
    state = fields.CharEnumField(DestructionState, max_length=12, default=DestructionState.DONE)
    at = fields.DatetimeField()
    by: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    by_id: int
    witness: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    witness_id: int | None
    verified_by = fields.CharField(max_length=64, default="")
    assets: fields.ReverseRelation[DestroyedAsset]

    class Meta:
        table = "confidentiality_destruction"


class DestroyedAsset(Record):
    """One thing of a destruction."""

    destruction: fields.ForeignKeyRelation[SecureDestruction] = refers_to(
        "confidentiality.SecureDestruction", back="assets"
    )
    destruction_id: int
    asset: fields.ForeignKeyRelation[ConfidentialAsset] = refers_to("confidentiality.ConfidentialAsset", unique=True)
    asset_id: int

    class Meta:
        table = "confidentiality_destroyed"


class ControlCheck(Record):
    """A look at a sample of what is kept: is it there, are its readers right? (文控检查)"""

    search_fields = ("check_no",)

    check_no = fields.CharField(max_length=24, unique=True)
    day = fields.DateField(db_index=True)
    inspector: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    inspector_id: int
    state = fields.CharEnumField(ControlState, max_length=12, default=ControlState.DRAFT)
    signed_at = fields.DatetimeField(null=True)
    lines: fields.ReverseRelation[ControlLine]

    class Meta:
        table = "confidentiality_check"


class ControlLine(Record):
    """One asset of the sample; or, without one, what is `asked` besides."""

    search_fields = ("line_no",)
    plain_fields = ("remark",)

    line_no = fields.CharField(max_length=32, unique=True)
    check: fields.ForeignKeyRelation[ControlCheck] = refers_to("confidentiality.ControlCheck", back="lines")
    check_id: int
    asset: fields.ForeignKeyNullableRelation[ConfidentialAsset] = refers_to(
        "confidentiality.ConfidentialAsset", null=True
    )
    asset_id: int | None
    asked = fields.CharField(max_length=32, default="")
    located = fields.CharEnumField(Located, max_length=16, default=Located.UNDECIDED)
    remark = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_check_line"


class PolicyDocument(Record):
    """A version of the written rules of confidentiality, and when it was last looked through (保密制度)."""

    search_fields = ("policy_version", "title")
    logins = ("reviewed_by",)

    policy_version = fields.CharField(max_length=24, unique=True)
    title = fields.CharField(max_length=100)
    reference = fields.CharField(max_length=100, default="")
    in_force_from = fields.DateField()
    reviewed_on = fields.DateField()
    reviewed_by = fields.CharField(max_length=64)

    class Meta:
        table = "confidentiality_policy"
