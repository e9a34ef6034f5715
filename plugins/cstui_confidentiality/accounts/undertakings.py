"""Everybody undertakes to keep secrets, anew each year, before having an account (confidentiality-02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice
from cstui.people import Staff
from cstui_confidentiality.accounts.inputs import RecordUndertaking, SignUndertaking
from cstui_confidentiality.models import SecrecyUndertaking

VERSION = "2026-1"
"""Of the wording; a change of it is signed when an undertaking is due anyway."""
WORDING = ("circle", "accounts", "customers", "communication", "material", "leaks", "attitude")
"""What one undertakes, by the names of its sentences (`confidentiality.undertaking.NAME`)."""


async def signed(ctx: Context, people: Collection[int]) -> dict[int, SecrecyUndertaking]:
    """The undertakings of these people that count today."""
    rows = await SecrecyUndertaking.filter(staff_id__in=sorted(people), superseded_on__isnull=True) if people else []
    return {row.staff_id: row for row in rows if last_day(ctx, row) >= ctx.today}


def last_day(ctx: Context, undertaking: SecrecyUndertaking) -> date:
    """The last day on which it counts."""
    return undertaking.signed_on + timedelta(days=ctx.rule("confidentiality-02").undertaking_renewal)


def required(ctx: Context, person: Staff, current: Collection[int]) -> None:
    """Refuse an account to whoever hasn't signed; `current` are those who have."""
    ctx.rule("confidentiality-02").forbid(
        person.pk not in current, "confidentiality.refusal.no_undertaking", field="holder", value=person.login,
        person=person.name,
    )  # fmt: skip


async def sign(ctx: Context, data: SignUndertaking) -> Text:
    person = await Staff.filter(id=ctx.actor.staff_id or 0).first()
    if person is None:
        raise Refusal("confidentiality.refusal.not_staff", field="staff", value=ctx.actor.login)
    if not data.agreed:
        raise Refusal("confidentiality.refusal.not_agreed", field="agreed", value=data.agreed)
    if await SecrecyUndertaking.filter(staff=person, signed_on=ctx.today).exists():
        raise Refusal("confidentiality.refusal.signed_today", field="staff", value=person.name)
    await _keep(ctx, [_made(person, ctx.today, "")])
    return Text("confidentiality.done.undertaking_signed", person=person.name, day=ctx.today)


async def sign_effect(ctx: Context, rows: Sequence[Any], data: SignUndertaking) -> Text:
    """The wording, read before it is signed."""
    words = {name: Text(f"confidentiality.undertaking.{name}") for name in WORDING}
    return Text("confidentiality.effect.sign_undertaking", version=VERSION, **words)


async def record(ctx: Context, data: RecordUndertaking) -> Text:
    (mark,) = await record_rows(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"confidentiality.done.undertaking_{mark}", person=data.staff.name, day=data.signed_on)


async def record_rows(ctx: Context, rows: Sequence[RecordUndertaking]) -> list[Any]:
    """Undertakings that were signed on paper; each is told what became of it."""
    people = sorted({row.staff.pk for row in rows})
    known = {(one.staff_id, one.signed_on) for one in await SecrecyUndertaking.filter(staff_id__in=people)}
    marks: list[Any] = []
    new = []
    for row in rows:
        if row.signed_on > ctx.today:
            marks.append(BadInput("confidentiality.refusal.later", field="signed_on", value=row.signed_on))
        elif (row.staff.pk, row.signed_on) in known:
            marks.append("unchanged")
        elif row.staff.pk == ctx.actor.staff_id:
            marks.append(
                Refusal(
                    "confidentiality.refusal.own_paper", field="staff", value=row.staff.login, rule="confidentiality-02"
                )
            )
        elif not row.reference:
            marks.append(BadInput("confidentiality.refusal.no_reference", field="reference", value=""))
        else:
            new.append(_made(row.staff, row.signed_on, row.reference))
            marks.append("created")
    await _keep(ctx, new)
    return marks


def _made(person: Staff, day: date, reference: str) -> SecrecyUndertaking:
    return SecrecyUndertaking(staff=person, undertaking_version=VERSION, signed_on=day, reference=reference)


async def _keep(ctx: Context, new: Sequence[SecrecyUndertaking]) -> None:
    """Add undertakings: of each person's the last one signed counts, and it takes the place of those before."""
    rows = await SecrecyUndertaking.insert(new)
    people = sorted({row.staff_id for row in rows})
    counting = await SecrecyUndertaking.filter(staff_id__in=people, superseded_on__isnull=True)
    latest: dict[int, SecrecyUndertaking] = {}
    for row in sorted(counting, key=lambda row: (row.signed_on, row.pk)):
        latest[row.staff_id] = row
    over = [row for row in counting if row.pk != latest[row.staff_id].pk]
    for row in over:
        row.superseded_on = latest[row.staff_id].signed_on
    await SecrecyUndertaking.change(over, ("superseded_on",))


def state_of(ctx: Context, undertaking: SecrecyUndertaking) -> Text:
    """Signed, superseded by a later one, or expired by the clock."""
    if undertaking.superseded_on:
        return choice("confidentiality", "superseded")
    return choice("confidentiality", "signed" if last_day(ctx, undertaking) >= ctx.today else "expired")
