"""Leave for acts in back ends and for visitors, customers who showed to be themselves, looks. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import GrantState, Operation, RequestState, VerificationState, VisitScope

if TYPE_CHECKING:
    from cstui.people.models import Staff
    from cstui_confidentiality.models.accounts import SystemRegister
    from cstui_confidentiality.models.logs import AccessEvent


class OperationRequest(Record):
    """Leave for one act in a back end (后台操作申请). `executed_event`: what the log tells of it.

    `valid_to` is included; without it leave doesn't end.
    """

    search_fields = ("request_no", "ticket")
    plain_fields = ("purpose",)
    logins = ("approved_by",)

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

    `factors` and `released_items` are JSON lists. `passed` none: not decided; told all the same, it is released and
    not passed.
    """

    search_fields = ("verification_no", "ticket")

    verification_no = fields.CharField(max_length=24, unique=True)
    customer_ref = fields.CharField(max_length=64)
    asked_at = fields.DatetimeField()
    agent: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    agent_id: int
    factors: Any = fields.JSONField(default=list)
    state = fields.CharEnumField(VerificationState, max_length=12, default=VerificationState.OPEN, db_index=True)
    passed = fields.BooleanField(null=True)
    decided_at = fields.DatetimeField(null=True)
    released_items: Any = fields.JSONField(default=list)
    released_at = fields.DatetimeField(null=True)
    ticket = fields.CharField(max_length=64, default="")

    class Meta:
        table = "confidentiality_verification"


class OutsiderPass(Record):
    """Leave for a visitor to use a company computer or material, in somebody's company (外来人员使用许可)."""

    search_fields = ("pass_no", "visitor")
    plain_fields = ("purpose",)
    logins = ("approved_by",)

    pass_no = fields.CharField(max_length=24, unique=True)
    visitor = fields.CharField(max_length=64)
    host: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    host_id: int
    scope = fields.CharEnumField(VisitScope, max_length=12)
    purpose = fields.CharField(max_length=200)
    start_at = fields.DatetimeField()
    end_at = fields.DatetimeField()
    """Included."""
    state = fields.CharEnumField(GrantState, max_length=12, default=GrantState.REQUESTED, db_index=True)
    requested_at = fields.DatetimeField()
    approved_by = fields.CharField(max_length=64, default="")
    approved_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_outsider"


class Look(Record):
    """Secret fields of a record that somebody had shown to them in full, and what for (查看记录)."""

    search_fields = ("record", "ticket")
    plain_fields = ("purpose",)
    logins = ("by_login",)

    at = fields.DatetimeField(db_index=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = refers_to("people.Staff", null=True)
    staff_id: int | None
    by_login = fields.CharField(max_length=64)
    register = fields.CharField(max_length=64)
    record = fields.CharField(max_length=100)
    records = fields.IntField(default=1)
    purpose = fields.CharField(max_length=200)
    ticket = fields.CharField(max_length=64, default="")

    class Meta:
        table = "confidentiality_look"
