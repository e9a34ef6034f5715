"""What systems wrote down of logins and acts, and what of it couldn't be read. Moments are UTC."""

from __future__ import annotations

from tortoise import fields

from cstui.api import Record, refers_to
from cstui_confidentiality.kinds import EventKind
from cstui_confidentiality.models.accounts import Account, SystemRegister


class LogImport(Record):
    """One log that was taken in. Counts are lines; `doubled` were there already, `aside` tell of nothing asked."""

    search_fields = ("import_no", "file_name")

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
    first_at = fields.DatetimeField(null=True)
    last_at = fields.DatetimeField(null=True)
    audited_at = fields.DatetimeField(null=True)

    class Meta:
        table = "confidentiality_import"


class AccessEvent(Record):  # becomes Evidence
    """A login or an act in a system, as its log tells it (登录与操作记录). Only ever added."""

    system: fields.ForeignKeyRelation[SystemRegister] = refers_to("confidentiality.SystemRegister")
    system_id: int
    account: fields.ForeignKeyNullableRelation[Account] = refers_to("confidentiality.Account", null=True)
    account_id: int | None
    login = fields.CharField(max_length=64)
    at = fields.DatetimeField(db_index=True)
    kind = fields.CharEnumField(EventKind, max_length=16)
    subject_ref = fields.CharField(max_length=64, default="")
    rows = fields.IntField(null=True)
    ticket = fields.CharField(max_length=64, default="")
    ip = fields.CharField(max_length=48, default="")
    seat = fields.CharField(max_length=32, default="")
    digest = fields.CharField(max_length=32, unique=True)
    """Of the system, the line and its number among equal ones."""
    log: fields.ForeignKeyRelation[LogImport] = refers_to("confidentiality.LogImport")
    log_id: int
    line = fields.IntField()

    class Meta:
        table = "confidentiality_event"


class UnreadLine(Record):
    """A line of a log that couldn't be read, and why; what stood there is cleaned and cut to 200 characters."""

    plain_fields = ("stood",)

    log: fields.ForeignKeyRelation[LogImport] = refers_to("confidentiality.LogImport")
    log_id: int
    line = fields.IntField()
    stood = fields.CharField(max_length=200)
    why = fields.CharField(max_length=32)
    """The name of its reason's text."""

    class Meta:
        table = "confidentiality_unread"
