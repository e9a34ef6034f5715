"""Leave to hand something out, and to take something out. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import Channel, DisclosureState, PassState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_confidentiality.models.scope import ConfidentialAsset, SecrecyCategory


class DisclosureApproval(Record):
    """Leave to tell or give something secret to somebody (对外提供审批单): of one asset, or of a class."""

    search_fields = ("disclosure_no", "recipient")
    plain_fields = ("purpose",)
    logins = ("requested_by", "approved_by", "released_by")

    disclosure_no = fields.CharField(max_length=24, unique=True)
    asset: fields.ForeignKeyNullableRelation[ConfidentialAsset] = refers_to(
        "confidentiality.ConfidentialAsset", null=True
    )
    asset_id: int | None
    category: fields.ForeignKeyRelation[SecrecyCategory] = refers_to("confidentiality.SecrecyCategory")
    category_id: int
    recipient = fields.CharField(max_length=100)
    third_party = fields.BooleanField()
    legal_duty = fields.BooleanField(default=False)
    channel = fields.CharEnumField(Channel, max_length=12)
    purpose = fields.CharField(max_length=200)
    requested_by = fields.CharField(max_length=64)
    requester: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    requester_id: int | None
    requested_at = fields.DatetimeField()
    state = fields.CharEnumField(DisclosureState, max_length=12, default=DisclosureState.REQUESTED, db_index=True)
    approved_by = fields.CharField(max_length=64, default="")
    valid_to = fields.DateField()
    released_at = fields.DatetimeField(null=True)
    released_by = fields.CharField(max_length=64, default="")

    class Meta:
        table = "confidentiality_disclosure"


class RemovalPass(Record):
    """Something secret taken out of the house for a time (资料携出登记)."""

    search_fields = ("pass_no",)
    plain_fields = ("purpose",)
    logins = ("requested_by", "approved_by")

    pass_no = fields.CharField(max_length=24, unique=True)
    asset: fields.ForeignKeyRelation[ConfidentialAsset] = refers_to("confidentiality.ConfidentialAsset")
    asset_id: int
    carrier: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    carrier_id: int
    purpose = fields.CharField(max_length=200)
    requested_by = fields.CharField(max_length=64)
    requested_at = fields.DatetimeField()
    state = fields.CharEnumField(PassState, max_length=12, default=PassState.REQUESTED, db_index=True)
    approved_by = fields.CharField(max_length=64, default="")
    out_at = fields.DatetimeField(null=True)
    due_back = fields.DatetimeField(null=True)
    back_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_pass"
