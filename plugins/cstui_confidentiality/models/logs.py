"""What systems wrote down of logins and acts, and what of it couldn't be read. Moments are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from cstui.api import Evidence, Record, refers_to
from cstui_confidentiality.kinds import EventKind
from cstui_confidentiality.models.accounts import Account, SystemRegister

if TYPE_CHECKING:
    from cstui_confidentiality.models.audit import FindingEvent


class LogImport(Record):
    """One log that was taken in. Counts are lines: `aside` tell of nothing asked; events: `doubled` were there already.

    `unknown` are events of logins that are on no account register, `jumps` places at which the clock went back.
    """

    search_fields = ("import_no", "file_name")
    logins = ("imported_by",)

    import_no = fields.CharField(max_length=24, unique=True)
    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int
    file_name = fields.CharField(max_length=200)
    at = fields.DatetimeField()
    imported_by = fields.CharField(max_length=64)
    added = fields.IntField(default=0)
    doubled = fields.IntField(default=0)
    unread = fields.IntField(default=0)
    aside = fields.IntField(default=0)
    unknown = fields.IntField(default=0)
    jumps = fields.IntField(default=0)
    first_at = fields.DatetimeField(null=True)
    last_at = fields.DatetimeField(null=True)
    audited_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_import"


class AccessEvent(Evidence):
    """A login or an act in a system, as its log tells it (登录与操作记录). Only ever added."""

    unique = "digest"
    search_fields = ("login",)

    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int
    account: fields.ForeignKeyNullableRelation[Account] = refers_to("confidentiality.Account", null=True)
    account_id: int | None
    login = fields.CharField(max_length=64)
    at = fields.DatetimeField(db_index=True)
    kind = fields.CharEnumField(EventKind, max_length=16)
    subject_ref = fields.CharField(max_length=64, default="")
    rows = fields.IntField(default=0)
    ticket = fields.CharField(max_length=64, default="")
    ip = fields.CharField(max_length=48, default="")
    seat = fields.CharField(max_length=32, default="")
    digest = fields.CharField(max_length=32, unique=True)
    """Of the system, the line and its number among equal ones."""
    log: fields.ForeignKeyRelation[LogImport] = refers_to("confidentiality.LogImport")
    log_id: int
    line = fields.IntField()
    found: fields.ReverseRelation[FindingEvent]

    class Meta:
        table = "confidentiality_event"


class UnreadLine(Evidence):
    """A line of a log that couldn't be read, and why; what stood there is cleaned and cut to 200 characters."""

    unique = "digest"
    plain_fields = ("stood",)

    log: fields.ForeignKeyRelation[LogImport] = refers_to("confidentiality.LogImport")
    log_id: int
    line = fields.IntField()
    stood = fields.CharField(max_length=200)
    why = fields.CharField(max_length=32)
    """The name of its reason's text."""
    digest = fields.CharField(max_length=32, unique=True)

    class Meta:
        table = "confidentiality_unread"
