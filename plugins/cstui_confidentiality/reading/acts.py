"""Looks at secret fields, anywhere in cstui, are kept with their purpose; what was read or lay open is reported.

A customer's data are used as the customer's need requires (confidentiality-39, 40), a colleague's files with leave only
(25), and papers are put away (44).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Text, Verbatim, utc
from cstui.people import Staff
from cstui_confidentiality.audit.acts import find_by_hand
from cstui_confidentiality.models import AuditFinding, Look
from cstui_confidentiality.reading.inputs import DeskLeft, ReportReading

VOLUME = "confidentiality-14"


async def looked(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """Secret fields of a record, or of `count` records of an export, are about to be shown."""
    rule = ctx.rule("confidentiality-40")
    said = any(sign.isalpha() for sign in data.purpose) or data.ticket
    rule.forbid(
        rule.view_purpose_required and not said, "confidentiality.refusal.purpose", field="purpose", value=data.purpose
    )
    if ctx.rule("confidentiality-39").on:
        await Look.create(
            at=utc(ctx.now), staff_id=ctx.actor.staff_id, by_login=ctx.actor.login, register=data.register_id,
            record=await _named(ctx, data), records=data.count or 1, purpose=data.purpose, ticket=data.ticket,
        )  # fmt: skip
        await _volume(ctx)
    return None


async def _named(ctx: Context, data: Any) -> str:
    """The record as people name it; of an export nothing."""
    register = ctx.services.register(data.register_id)
    model: Any = register.model if register else None
    row = await model.get_or_none(id=data.record) if model and data.record else None
    return " ".join(str(getattr(row, name)) for name in register.natural_key)[:100] if row and register else ""


async def _volume(ctx: Context) -> None:
    """More records in a day than a query may show: one finding about who looked."""
    rule = ctx.rule(VOLUME)
    begin = utc(ctx.moment(ctx.today))
    today = await Look.filter(by_login=ctx.actor.login, at__gte=begin)
    count = sum(look.records for look in today)
    if not rule.on or count <= rule.query_rows_warn:
        return
    person = await Staff.get_or_none(id=ctx.actor.staff_id)
    known = AuditFinding.filter(rule=rule.id, staff=person, day=ctx.today, way="", found_by=ctx.actor.login)
    if not await known.exists():
        why = Text("confidentiality.why.looks", count=count, most=rule.query_rows_warn)
        await find_by_hand(ctx, rule=rule.id, staff=person, severity="critical", why=why)


async def report_reading(ctx: Context, person: Staff, data: ReportReading) -> Text:
    """Somebody read a colleague's files without leave: a finding, which this person never handles."""
    at = utc(data.at or ctx.now)
    if at > ctx.now:
        raise BadInput("confidentiality.refusal.reading_later", field="at", value=at)
    if ctx.rule("confidentiality-25").on:
        why = Text("confidentiality.why.reading", at=at, what=Verbatim(data.what))
        day = ctx.local(at).date()
        await find_by_hand(ctx, rule="confidentiality-25", staff=person, severity="warning", why=why, day=day)
    return Text("confidentiality.done.reading_reported")


async def desk_left(ctx: Context, person: Staff, data: DeskLeft) -> Text:
    """Papers lay open at somebody's desk: proposed to whoever decides, with the site's figure."""
    rule = ctx.rule("confidentiality-44")
    if rule.on:
        title = Text("confidentiality.finding.desk", person=person.name, what=Verbatim(data.what),
                     points=rule.clear_desk_points)  # fmt: skip
        await ctx.propose(rule=rule.id, title=title, person=person, record_id=person.pk)
    return Text("confidentiality.done.desk_left", person=person.name)
