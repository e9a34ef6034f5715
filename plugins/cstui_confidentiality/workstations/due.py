"""Scans that were missed, threats that aren't gone, signatures that are old (confidentiality-19)."""

from __future__ import annotations

from datetime import date

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text
from cstui_confidentiality.kinds import ScanResult
from cstui_confidentiality.models import VirusScan, Workstation
from cstui_confidentiality.workstations.acts import RULE
from cstui_confidentiality.workstations.days import DAY, Days, due_at

LOOKED = 31
"""Days back that are looked at: a computer not scanned for longer is told as not scanned for so long."""


async def scans(ctx: Context) -> list[DueItem]:
    rule = ctx.rule(RULE)
    if not rule.on or not rule.scan_frequency:
        return []
    used = Q(last_day__isnull=True) | Q(last_day__gte=ctx.today)
    pcs = await Workstation.filter(used).select_related("seat_user").order_by("pc")
    if not pcs:
        return []
    days = await Days.read(ctx, ctx.today - LOOKED * DAY, ctx.today)
    last = {scan.scan_no: scan for scan in await _last(pcs)}
    found = [item for pc in pcs if (item := _missed(ctx, pc, days))]
    found += [item for pc in pcs if (item := _old(ctx, pc, last.get(_number(pc))))]
    return found + await _threats(ctx)


async def _last(pcs: list[Workstation]) -> list[VirusScan]:
    """The scans of the days on which a computer was scanned last."""
    return await VirusScan.filter(scan_no__in=[_number(pc) for pc in pcs if pc.scanned_on])


def _number(pc: Workstation) -> str:
    return f"{pc.pc}/{pc.scanned_on}"


def _missed(ctx: Context, pc: Workstation, days: Days) -> DueItem | None:
    """One matter for each computer, until it is scanned: from the first day on which it should have been."""
    first = max(pc.scanned_on + DAY if pc.scanned_on else pc.first_day, ctx.today - LOOKED * DAY)
    since = [first + n * DAY for n in range((ctx.today - first).days + 1)]
    missed = [day for day in since if days.used(pc, day) and ctx.now >= due_at(ctx, day)]
    if not missed:
        return None
    return DueItem(
        id=f"confidentiality.scan_missed.{pc.pk}.{missed[0]}",
        severity="warning",
        title=Text("confidentiality.due.scan_missed", pc=pc.pc, place=pc.place),
        rule=RULE,
        person=pc.seat_user.name if pc.seat_user else "",
        person_id=pc.seat_user_id,
        due=due_at(ctx, missed[0]),
        state=Text("confidentiality.state.missed", count=len(missed)),
        register="confidentiality.workstations",
        records=(pc.pk,),
        actions=("confidentiality.record_scan",),
        proof=(
            Text("confidentiality.proof.scanned_on", day=pc.scanned_on)
            if pc.scanned_on
            else Text("confidentiality.proof.never_scanned", day=pc.first_day),
            Text("confidentiality.proof.missed", days=[_day(day) for day in missed], due=due_at(ctx, missed[0])),
        ),
    )


def _day(day: date) -> str:
    return f"{day:%m-%d}"


def _old(ctx: Context, pc: Workstation, scan: VirusScan | None) -> DueItem | None:
    """The last scan was made with signatures older than allowed; a newer scan with newer ones settles it."""
    most = ctx.rule(RULE).signature_max_age
    if scan is None or scan.signature_date is None or (scan.day - scan.signature_date).days <= most:
        return None
    age = (scan.day - scan.signature_date).days
    return DueItem(
        id=f"confidentiality.signatures.{pc.pk}.{scan.signature_date}",
        severity="warning",
        title=Text("confidentiality.due.signatures", pc=pc.pc, place=pc.place),
        rule=RULE,
        person=pc.seat_user.name if pc.seat_user else "",
        person_id=pc.seat_user_id,
        due=ctx.moment(scan.signature_date + (most + 1) * DAY),
        state=Text("confidentiality.state.days_old", count=age),
        register="confidentiality.workstations",
        records=(pc.pk,),
        actions=("confidentiality.record_scan",),
        proof=(Text("confidentiality.proof.signatures", day=scan.day, signature=scan.signature_date, most=most),),
    )


async def _threats(ctx: Context) -> list[DueItem]:
    """Until they are dealt with, however old."""
    rows = VirusScan.filter(result=ScanResult.THREATS, cleaned_at=None)
    return [
        DueItem(
            id=f"confidentiality.threats.{scan.pk}",
            severity="critical",
            title=Text("confidentiality.due.threats", pc=scan.workstation.pc, count=scan.threats),
            rule=RULE,
            person=scan.workstation.seat_user.name if scan.workstation.seat_user else "",
            person_id=scan.workstation.seat_user_id,
            due=scan.at,
            state=Text("confidentiality.state.not_cleaned"),
            register="confidentiality.scans",
            records=(scan.pk,),
            actions=("confidentiality.quarantine",),
            proof=(Text("confidentiality.proof.threats", day=scan.day, at=scan.at, count=scan.threats),),
        )
        for scan in await rows.select_related("workstation__seat_user").order_by("at")
    ]
