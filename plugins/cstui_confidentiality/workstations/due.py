"""Scans that were missed, threats that aren't gone, signatures that are old (confidentiality-19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text
from cstui_confidentiality.kinds import ScanResult
from cstui_confidentiality.models import VirusScan, Workstation
from cstui_confidentiality.workstations.acts import RULE
from cstui_confidentiality.workstations.days import DAY, Days, due_at

LOOKED = 31
"""Days back that are looked at: a computer not scanned for longer is told as not scanned for so long."""

NAMED = 3
"""Computers that a title names (all of them stand in the proof), and days that the proof names."""
Missed = tuple[Workstation, list[date]]


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
    return [
        *_missed(ctx, pcs, days),
        *(item for pc in pcs if (item := _old(ctx, pc, last.get(_number(pc))))),
        *await _threats(ctx),
    ]


async def _last(pcs: list[Workstation]) -> list[VirusScan]:
    """The scans of the days on which a computer was scanned last."""
    return await VirusScan.filter(scan_no__in=[_number(pc) for pc in pcs if pc.scanned_on])


def _number(pc: Workstation) -> str:
    return f"{pc.pc}/{pc.scanned_on}"


def _missed(ctx: Context, pcs: list[Workstation], days: Days) -> Iterator[DueItem]:
    """One matter for all computers that lack scans since the same day, until they are scanned.

    Who sits at one of several and doesn't look after all is told of it alone.
    """
    since: dict[date, list[Missed]] = defaultdict(list)
    for pc in pcs:
        if missed := _days_missed(ctx, pc, days):
            since[missed[0]].append((pc, missed))
    sits = None if ctx.may("confidentiality.look") else ctx.actor.staff_id
    for _, some in sorted(since.items()):
        yield _item(ctx, some)
        for one in some if len(some) > 1 and sits else ():
            if one[0].seat_user_id == sits:
                own = f"confidentiality.scan_own.{one[0].pk}.{one[1][0]}"
                yield replace(_item(ctx, [one]), id=own, mine=True)


def _days_missed(ctx: Context, pc: Workstation, days: Days) -> list[date]:
    """The days since its last scan on which it was used and none was recorded in time."""
    first = max(pc.scanned_on + DAY if pc.scanned_on else pc.first_day, ctx.today - LOOKED * DAY)
    since = [first + n * DAY for n in range((ctx.today - first).days + 1)]
    return [day for day in since if days.used(pc, day) and ctx.now >= due_at(ctx, day)]


def _item(ctx: Context, some: list[Missed]) -> DueItem:
    first = some[0][1][0]
    alone = some[0][0].seat_user if len(some) == 1 else None
    return DueItem(
        id=f"confidentiality.scan_missed.{first}",
        severity="warning",
        title=Text(
            "confidentiality.due.scan_missed_more" if len(some) > NAMED else "confidentiality.due.scan_missed",
            pcs=[pc.pc for pc, _ in some[:NAMED]], count=len(some),
        ),
        rule=RULE,
        person=alone.name if alone else "",
        person_id=alone.pk if alone else None,
        due=due_at(ctx, first),
        state=Text("confidentiality.state.missed", count=max(len(missed) for _, missed in some)),
        register="confidentiality.workstations",
        records=tuple(pc.pk for pc, _ in some),
        actions=("confidentiality.record_scan",),
        proof=(Text("confidentiality.proof.scan_due", due=due_at(ctx, first)), *(_told(*one) for one in some)),
    )  # fmt: skip


def _told(pc: Workstation, missed: list[date]) -> Text:
    days = [*(f"{day:%m-%d}" for day in missed[:NAMED]), *(["…"] if len(missed) > NAMED else [])]
    word = "missed" if pc.scanned_on else "never_scanned"
    return Text(f"confidentiality.proof.{word}", pc=pc.pc, days=days, day=pc.scanned_on or pc.first_day)


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
