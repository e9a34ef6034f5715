"""Systems, accounts, who holds them, who may use them otherwise, and who undertook to keep secrets. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import AccountKind, AccountState, GrantState, LogFormat, SystemKind, SystemState

if TYPE_CHECKING:
    from cstui.people.models import Staff


class SystemRegister(Record):
    """A system whose log is looked through (系统登记).

    `mapping` is JSON text: what the headers and words of its log mean.
    `log_zone` is the zone of stamps that name none; empty: the site's.
    """

    search_fields = ("code", "name")

    code = fields.CharField(max_length=24, unique=True)
    name = fields.CharField(max_length=64)
    kind = fields.CharEnumField(SystemKind, max_length=16)
    log_format = fields.CharEnumField(LogFormat, max_length=12)
    log_zone = fields.CharField(max_length=48, default="")
    mapping = fields.TextField(default="")
    last_import_at = fields.DatetimeField(null=True)
    registered_at = fields.DatetimeField()
    state = fields.CharEnumField(SystemState, max_length=12, default=SystemState.ACTIVE)

    class Meta:
        table = "confidentiality_system"


class Account(Record):
    """A login of a system and who answers for it (账号登记). Of its secret only the class is known, 0 to 4."""

    search_fields = ("account_no",)

    account_no = fields.CharField(max_length=96, unique=True)
    """SYSTEM/LOGIN, as people name it."""
    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int
    login = fields.CharField(max_length=64, db_index=True)
    kind = fields.CharEnumField(AccountKind, max_length=16)
    holder: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    """Of one that was taken back: its last."""
    holder_id: int
    state = fields.CharEnumField(AccountState, max_length=16, default=AccountState.ISSUED, db_index=True)
    issued_on = fields.DateField()
    secret_changed_on = fields.DateField()
    strength = fields.IntField()
    length = fields.IntField()
    change_ordered_on = fields.DateField(null=True)
    last_review = fields.DateField(null=True)
    seat = fields.CharField(max_length=32, default="")
    """The computer from which its holder works, where that is known."""
    ended_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "confidentiality_account"


class AccountHolding(Record):
    """Who held an account from when to when (None: still)."""

    logins = ("handed_by",)

    account: fields.ForeignKeyRelation[Account] = refers_to("confidentiality.Account")
    account_id: int
    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    handed_by = fields.CharField(max_length=64)

    class Meta:
        table = "confidentiality_holding"


class Grant(Record):
    """Leave for a time: what the two kinds have in common."""

    search_fields = ("grant_no",)
    plain_fields = ("reason",)
    logins = ("approved_by",)

    grant_no = fields.CharField(max_length=24, unique=True)
    reason = fields.CharField(max_length=200)
    start_at = fields.DatetimeField()
    end_at = fields.DatetimeField()
    """Included."""
    state = fields.CharEnumField(GrantState, max_length=12, default=GrantState.REQUESTED, db_index=True)
    requested_at = fields.DatetimeField()
    approved_by = fields.CharField(max_length=64, default="")
    approved_at = fields.DatetimeField(null=True)
    """It holds from then on at the earliest: nobody gets leave for what is done already."""
    withdrawn_at = fields.DatetimeField(null=True)
    """It held until then, where that is before its end."""

    class Meta:
        abstract = True


class AccountUseGrant(Grant):
    """Leave to use another's account for a time (代用账号许可)."""

    account: fields.ForeignKeyRelation[Account] = refers_to("confidentiality.Account")
    account_id: int
    grantee: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    grantee_id: int

    class Meta:
        table = "confidentiality_use_grant"


class OffDutyAccessGrant(Grant):
    """Leave to sign in to a system outside one's shift for a time (非值班登录许可)."""

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int

    class Meta:
        table = "confidentiality_off_duty_grant"


class SecrecyUndertaking(Record):
    """A version of the undertaking to keep secrets, signed by a person (保密承诺). The last one signed counts."""

    search_fields = ("undertaking_version",)

    staff: fields.ForeignKeyRelation[Staff] = refers_to("people.Staff")
    staff_id: int
    undertaking_version = fields.CharField(max_length=24)
    signed_on = fields.DateField(db_index=True)
    superseded_on = fields.DateField(null=True)
    reference = fields.CharField(max_length=100, default="")

    class Meta:
        table = "confidentiality_undertaking"
