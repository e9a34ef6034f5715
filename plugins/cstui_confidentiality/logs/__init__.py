"""What systems tell of logins and acts: their logs, read, kept as evidence, and listed where nobody can read them."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Related, Text
from cstui_confidentiality.logs import acts
from cstui_confidentiality.logs.charts import CHARTS
from cstui_confidentiality.logs.due import imports_due
from cstui_confidentiality.logs.inputs import ImportLog
from cstui_confidentiality.models import AccessEvent, LogImport, UnreadLine

__all__ = ["ACTIONS", "CHARTS", "DUE", "REGISTERS"]


def _moment(ctx: Context, event: AccessEvent) -> str:
    """To the second: grace ends to the second."""
    return f"{ctx.local(event.at):%Y-%m-%d %H:%M:%S}"


def _account(ctx: Context, event: AccessEvent) -> str:
    """The account as people name it, on the register or not."""
    return f"{event.system.code}/{event.login}"


def _holder(ctx: Context, event: AccessEvent) -> Any:
    """Who holds it now; a login nobody registered says so."""
    if event.account is None:
        return Text("confidentiality.state.unregistered")
    return event.account.holder.name if event.account.holder else ""


def _rows(ctx: Context, event: AccessEvent) -> int | None:
    """How many rows a query showed; most acts show none."""
    return event.rows or None


IMPORTS = Register(
    "confidentiality.imports", LogImport,
    (
        Column("import_no", width=14, sort="import_no"), Column("log_system", "system.name", width=14),
        Column("imported_at", "at", width=16, sort="id"), Column("added", width=9, align="right"),
        Column("doubled", width=9, align="right"), Column("unread", width=8, align="right"),
        Column("unknown", width=8, align="right", narrow=False), Column("file_name", width=20, narrow=False),
    ),
    noun="import", natural_key=("import_no",), sort="-id", needs="confidentiality.audit",
    query=lambda ctx: LogImport.all().select_related("system"),
    sections=(
        Column("aside"), Column("jumps"), Column("first_at"), Column("last_at"), Column("audited_at"),
        Column("imported_by"),
    ),
    related=(Related("confidentiality.unread", "log"), Related("confidentiality.events", "log")),
)  # fmt: skip
EVENTS = Register(
    "confidentiality.events", AccessEvent,
    (
        Column("event_at", _moment, width=19, sort="at"), Column("event_account", _account, width=16),
        Column("held_by", _holder, width=8), Column("event_kind", "kind", width=10),
        Column("subject_ref", width=10, secret=True), Column("rows", _rows, width=6, align="right"),
        Column("ticket", width=10, narrow=False), Column("seat", width=8, narrow=False),
    ),
    noun="event", natural_key=("id",), sort="-at", needs="confidentiality.audit",
    query=lambda ctx: AccessEvent.all().select_related("system", "account__holder", "log"),
    sections=(
        Column("ip", secret=True), Column("import_no", "log.import_no", section="log"),
        Column("line", section="log"), Column("digest", section="log"),
    ),
)  # fmt: skip
UNREAD = Register(
    "confidentiality.unread", UnreadLine,
    (
        Column("import_no", "log.import_no", width=14), Column("line", width=8, align="right"),
        Column("why_unread", lambda ctx, one: Text(f"confidentiality.unread.{one.why}"), width=24),
        Column("stood", width=40),
    ),
    noun="unread", natural_key=("id",), sort="-id", needs="confidentiality.audit",
    query=lambda ctx: UnreadLine.all().select_related("log"),
)  # fmt: skip
IMPORT = Action(
    "confidentiality.import_log", run=acts.import_log, needs="confidentiality.audit", input=ImportLog, target="row",
    register="confidentiality.systems", mnemonic="i", blocked=acts.import_blocked,
)  # fmt: skip

REGISTERS = (IMPORTS, EVENTS, UNREAD)
ACTIONS = (IMPORT,)
DUE = (imports_due,)
