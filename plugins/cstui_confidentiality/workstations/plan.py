"""Scans as a plan: which computer was scanned on which day, and what was found."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from tortoise.expressions import Q

from cstui.api import Chart, Context, Period, Plan, PlanMark, PlanRow, Severity, Text, Verbatim, choice
from cstui_confidentiality.models import VirusScan, Workstation
from cstui_confidentiality.workstations.days import Days, due_at

_LOOKS: dict[str, Severity] = {"threats": "critical", "missed": "warning", "not_run": "warning"}


async def scan_plan(ctx: Context, period: Period) -> Plan:
    there = Q(last_day__isnull=True) | Q(last_day__gte=period.first)
    pcs = await Workstation.filter(there, first_day__lte=period.last).select_related("seat_user").order_by("pc")
    days = await Days.read(ctx, period.first, period.last)
    scans: dict[int, dict[date, VirusScan]] = defaultdict(dict)
    for scan in await VirusScan.filter(day__gte=period.first, day__lte=period.last):
        scans[scan.workstation_id][scan.day] = scan
    return Plan(
        tuple(_row(ctx, pc, days, scans[pc.pk], period) for pc in pcs),
        Text("confidentiality.sign.legend"),
        register="confidentiality.scans",
    )


def _row(ctx: Context, pc: Workstation, days: Days, scans: dict[date, VirusScan], period: Period) -> PlanRow:
    marks = {}
    for day in period.days:
        if scan := scans.get(day):
            marks[day] = _mark(scan)
        elif days.used(pc, day) and ctx.now >= due_at(ctx, day):
            told = (Text("confidentiality.sign.told_missed", due=due_at(ctx, day)),)
            marks[day] = PlanMark(Text("confidentiality.sign.missed"), told, "warning")
    free = frozenset(day for day in period.days if not days.used(pc, day))
    name = f"{pc.pc} {pc.seat_user.name}" if pc.seat_user else pc.pc
    return PlanRow(Verbatim(name), marks, free)


def _mark(scan: VirusScan) -> PlanMark:
    word = "cleaned" if scan.cleaned_at else scan.result.value
    told = Text(
        "confidentiality.sign.told", result=choice("confidentiality", scan.result), count=scan.threats, at=scan.at
    )
    lines = (told, *((Verbatim(scan.note),) if scan.note else ()))
    return PlanMark(Text(f"confidentiality.sign.{word}"), lines, _LOOKS.get(word), (scan.pk,))


CHARTS = (Chart("confidentiality.scan_plan", "plan", scan_plan, span="month"),)
