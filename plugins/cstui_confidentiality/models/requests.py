"""Leave for acts in back ends, and how customers showed to be themselves. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import Operation, RequestState, VerificationState

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_confidentiality.models.accounts import SystemRegister
    from cstui_confidentiality.models.logs import AccessEvent


class OperationRequest(Record):
    """Leave for one act in a back end (后台操作申请). `executed_event`: what the log tells of it."""

    search_fields = ("request_no", "ticket")
    plain_fields = ("purpose",)

    request_no = fields.CharField(max_length=24, unique=True)
    requester: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    requester_id: int
    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int
    kind = fields.CharEnumField(Operation, max_length=16)
    subject_ref = fields.CharField(max_length=64)
    purpose = fields.CharField(max_length=200)
    ticket = fields.CharField(max_length=64, default="")
    requested_at = fields.DatetimeField()
    state = fields.CharEnumField(RequestState, max_length=12, default=RequestState.SUBMITTED, db_index=True)
    approved_by = fields.CharField(max_length=64, default="")
    approved_at = fields.DatetimeField(null=True)
    valid_to = fields.DatetimeField(null=True)
    executed_at = fields.DatetimeField(null=True)
    executed_event: fields.ForeignKeyNullableRelation[AccessEvent] = refers_to("confidentiality.AccessEvent", null=True)
    executed_event_id: int | None
    result = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_request"


class IdentityVerification(Record):
    """How somebody who asked showed to be that customer, and what they were told (客户身份核验).

    `factors` and `released_items` are JSON lists.
    """

    search_fields = ("verification_no",)

    verification_no = fields.CharField(max_length=24, unique=True)
    customer_ref = fields.CharField(max_length=64)
    asked_at = fields.DatetimeField()
    agent: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    agent_id: int
    factors: Any = fields.JSONField(default=list)
    state = fields.CharEnumField(VerificationState, max_length=12, default=VerificationState.OPEN, db_index=True)
    decided_at = fields.DatetimeField(null=True)
    released_items: Any = fields.JSONField(default=list)
    released_at = fields.DatetimeField(null=True)
    ticket = fields.CharField(max_length=64, default="")

    class Meta:
        table = "confidentiality_verification"
