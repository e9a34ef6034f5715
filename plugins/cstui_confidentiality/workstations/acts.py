"""Computers of the service, and what their daily scans found (confidentiality-19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_confidentiality.kinds import ScanResult
from cstui_confidentiality.models import VirusScan, Workstation
from cstui_confidentiality.workstations.inputs import (
    EnterScan,
    Quarantine,
    RecordScan,
    RetireWorkstation,
    SetWorkstation,
)

RULE = "confidentiality-19"
_SAID = ("at", "result", "threats", "signature_date", "note", "recorded_by", "cleaned_at")


async def set_workstation(ctx: Context, data: SetWorkstation) -> Text:
    mark = _raised(await set_workstations(ctx, [data]))
    return Text(f"confidentiality.done.workstation_{mark}", pc=data.pc)


def _raised(marks: Sequence[Any]) -> Any:
    if isinstance(marks[0], Exception):
        raise marks[0]
    return marks[0]


async def set_workstations(ctx: Context, rows: Sequence[SetWorkstation]) -> list[Any]:
    """Many computers at once; each is told what became of it."""
    known = {one.pc: one for one in await Workstation.filter(pc__in=[row.pc for row in rows])}
    marks: list[Any] = []
    new, changed = [], []
    for row in rows:
        given: dict[str, Any] = {name: getattr(row, name) for name in ("place", "first_day") if getattr(row, name)}
        given |= {"seat_user_id": row.seat_user.pk} if row.seat_user else {}
        one = known.get(row.pc)
        if one is None:
            new.append(Workstation(pc=row.pc, **{"first_day": ctx.today, **given}))
            marks.append("created")
        elif all(getattr(one, name) == value for name, value in given.items()):
            marks.append("unchanged")
        else:
            changed.append(one.update_from_dict(given))
            marks.append("updated")
    await Workstation.insert(new)
    await Workstation.change(changed, ["place", "first_day", "seat_user_id"])
    return marks


async def free_seat(ctx: Context, rows: Sequence[Workstation], data: None) -> Text:
    """Nobody's any more: used by whoever is there."""
    for one in rows:
        one.seat_user_id = None
    await Workstation.change(rows, ["seat_user_id"])
    return Text("confidentiality.done.seat_free", pcs=[one.pc for one in rows])


async def retire(ctx: Context, rows: Sequence[Workstation], data: RetireWorkstation) -> Text:
    """After its last day nothing is asked of a computer."""
    last = data.last_day or ctx.today
    for one in rows:
        Refusal.because(await retire_blocked(ctx, one), field="pc", value=one.pc)
        if last < one.first_day:
            raise BadInput("confidentiality.refusal.last_day", field="last_day", value=last, first=one.first_day)
        one.last_day = last
    await Workstation.change(rows, ["last_day"])
    return Text("confidentiality.done.retired", pcs=[one.pc for one in rows], day=last)


async def retire_blocked(ctx: Context, one: Workstation) -> Text | None:
    return None if one.last_day is None else Text("confidentiality.blocked.retired", pc=one.pc, day=one.last_day)


async def record_scan(ctx: Context, rows: Sequence[Workstation], data: RecordScan) -> Text:
    """The same of one computer or several: those that look after them, or who sits there."""
    entered = [EnterScan(pc=one, **dict(data)) for one in rows]
    for mark in await enter_scans(ctx, entered):
        _raised([mark])
    return Text("confidentiality.done.scanned", pcs=[one.pc for one in rows], day=data.day,
                result=choice("confidentiality", data.result))  # fmt: skip


async def record_scan_prefill(ctx: Context, rows: Sequence[Workstation]) -> Mapping[str, Any]:
    return {"day": ctx.today}


async def enter_scan(ctx: Context, data: EnterScan) -> Text:
    _raised(await enter_scans(ctx, [data]))
    return Text("confidentiality.done.scanned", pcs=[data.pc.pc], day=data.day,
                result=choice("confidentiality", data.result))  # fmt: skip


async def enter_scans(ctx: Context, rows: Sequence[EnterScan]) -> list[Any]:
    """Many scans at once: one for each computer and day. A later one of a day counts if it found more."""
    numbers = [number_of(row) for row in rows]
    known = {scan.scan_no: scan for scan in await VirusScan.filter(scan_no__in=numbers)}
    marks: list[Any] = []
    new, changed, computers = [], [], dict[int, Workstation]()
    for number, row in zip(numbers, rows, strict=True):
        scan = known.get(number)
        said = {"result": row.result, "threats": row.threats, "signature_date": row.signature_date, "note": row.note}
        try:
            _check(ctx, row)
            if scan and all(getattr(scan, name) == value for name, value in said.items()):
                marks.append("unchanged")
                continue
            if scan:
                _later(scan, row)
        except (BadInput, Refusal) as fault:
            marks.append(fault)
            continue
        said |= {"at": utc(ctx.now), "recorded_by": ctx.actor.login}
        if scan is None:
            new.append(VirusScan(scan_no=number, workstation_id=row.pc.pk, day=row.day, **said))
        else:
            changed.append(scan.update_from_dict(said | {"cleaned_at": None}))
        marks.append("updated" if scan else "created")
        pc = computers.setdefault(row.pc.pk, row.pc)
        if row.result is not ScanResult.NOT_RUN and (pc.scanned_on is None or pc.scanned_on < row.day):
            pc.scanned_on = row.day
    await VirusScan.insert(new)
    await VirusScan.change(changed, _SAID)
    await Workstation.change(computers.values(), ["scanned_on"])
    return marks


def number_of(row: EnterScan) -> str:
    return f"{row.pc.pc}/{row.day}"


def _check(ctx: Context, row: EnterScan) -> None:
    """That such a scan can have been."""
    if row.day > ctx.today:
        raise BadInput("confidentiality.refusal.scan_later", field="day", value=row.day)
    if row.day < row.pc.first_day or (row.pc.last_day and row.day > row.pc.last_day):
        raise BadInput("confidentiality.refusal.pc_not_used", field="day", value=row.day, pc=row.pc.pc)
    if (row.result is ScanResult.THREATS) != (row.threats > 0):
        raise BadInput("confidentiality.refusal.threats", field="threats", value=row.threats,
                       result=choice("confidentiality", row.result))  # fmt: skip
    if row.result is ScanResult.NOT_RUN and not row.note:
        raise BadInput("confidentiality.refusal.why_not_run", field="note", value="")
    if row.signature_date and row.signature_date > row.day:
        raise BadInput("confidentiality.refusal.signature_later", field="signature_date", value=row.signature_date,
                       day=row.day)  # fmt: skip


def _later(scan: VirusScan, row: EnterScan) -> None:
    """A scan stands, unless none was run or more was found: what was found isn't taken back."""
    if scan.result is not ScanResult.NOT_RUN and row.threats <= scan.threats:
        raise Refusal("confidentiality.refusal.scanned", field="day", value=scan.scan_no, rule=RULE,
                      result=choice("confidentiality", scan.result))  # fmt: skip


async def quarantine(ctx: Context, rows: Sequence[VirusScan], data: Quarantine) -> Text:
    """The threats are gone: removed, isolated, or the computer was set up anew."""
    for scan in rows:
        Refusal.because(await quarantine_blocked(ctx, scan), field="scan", value=scan.scan_no, rule=RULE)
        scan.cleaned_at, scan.note = utc(ctx.now), data.note
    await VirusScan.change(rows, ["cleaned_at", "note"])
    return Text("confidentiality.done.cleaned", scans=[scan.scan_no for scan in rows])


async def quarantine_blocked(ctx: Context, scan: VirusScan) -> Text | None:
    if scan.result is not ScanResult.THREATS:
        return Text("confidentiality.blocked.no_threats", scan=scan.scan_no)
    if scan.cleaned_at:
        return Text("confidentiality.blocked.cleaned", scan=scan.scan_no, at=scan.cleaned_at)
    return None
