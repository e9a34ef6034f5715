"""Computers of the service: who sits there, and their daily scans."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Register, Related
from cstui_confidentiality.models import VirusScan, Workstation
from cstui_confidentiality.own import own
from cstui_confidentiality.workstations import acts, demo, due
from cstui_confidentiality.workstations.inputs import (
    COMPUTER_ALIASES,
    SCAN_ALIASES,
    EnterScan,
    Quarantine,
    RecordScan,
    RetireWorkstation,
    SetWorkstation,
)
from cstui_confidentiality.workstations.plan import CHARTS

__all__ = ["ACTIONS", "CHARTS", "DUE", "REGISTERS", "demo"]

_PCS, _SCANS = "confidentiality.workstations", "confidentiality.scans"
WORKSTATIONS = Register(
    _PCS, Workstation,
    (
        Column("pc", width=10, sort="pc"), Column("place", width=14), Column("seat_name", "seat_user.name", width=10),
        Column("scanned_on", width=10), Column("inventory_on", width=10, narrow=False), Column("first_day", width=10),
        Column("last_day", width=10),
    ),
    noun="pc", natural_key=("pc",), sort="pc", needs="confidentiality.own",
    query=lambda ctx: own(ctx, Workstation.all(), "seat_user_id").select_related("seat_user"),
    sections=(Column("seat_user", "seat_user.login"),),
    related=(
        Related(_SCANS, "workstation_id"), Related("confidentiality.found_software", "workstation_id"),
        Related("confidentiality.alerts", "workstation_id"),
    ),
)  # fmt: skip
SCANS = Register(
    _SCANS, VirusScan,
    (
        Column("day", width=10, sort="day"), Column("pc", "workstation.pc", width=10),
        Column("result", width=8), Column("threats", width=6, align="right", total="threats"),
        Column("signature_date", width=10), Column("cleaned_at", width=16, narrow=False),
        Column("note", width=16, narrow=False),
    ),
    noun="scan", natural_key=("scan_no",), sort="-day", needs="confidentiality.own",
    query=lambda ctx: own(ctx, VirusScan.all(), "workstation__seat_user_id").select_related("workstation"),
    sections=(Column("scan_no"), Column("recorded_at", "at"), Column("recorded_by")),
)  # fmt: skip

SET = Action(
    "confidentiality.set_workstation", run=acts.set_workstation, needs="confidentiality.accounts",
    input=SetWorkstation, register=_PCS, mnemonic="n", rules=("confidentiality-19",), settles=False,
    bulk=Bulk(acts.set_workstations, natural_key=("pc",), aliases=COMPUTER_ALIASES),
)  # fmt: skip
FREE = Action(
    "confidentiality.free_seat", run=acts.free_seat, needs="confidentiality.accounts", target="rows", register=_PCS,
    mnemonic="f", settles=False,
)  # fmt: skip
RETIRE = Action(
    "confidentiality.retire_workstation", run=acts.retire, needs="confidentiality.accounts", input=RetireWorkstation,
    target="rows", register=_PCS, mnemonic="z", blocked=acts.retire_blocked, settles=False,
)  # fmt: skip
RECORD = Action(
    "confidentiality.record_scan", run=acts.record_scan, needs="confidentiality.own", input=RecordScan, target="rows",
    register=_PCS, mnemonic="s", rules=("confidentiality-19",), prefill=acts.record_scan_prefill,
)  # fmt: skip
ENTER = Action(
    "confidentiality.enter_scan", run=acts.enter_scan, needs="confidentiality.accounts", input=EnterScan,
    register=_SCANS, mnemonic="n", rules=("confidentiality-19",), settles=False,
    bulk=Bulk(acts.enter_scans, natural_key=("pc", "day"), aliases=SCAN_ALIASES),
)  # fmt: skip
QUARANTINE = Action(
    "confidentiality.quarantine", run=acts.quarantine, needs="confidentiality.accounts", input=Quarantine,
    target="rows", register=_SCANS, mnemonic="q", rules=("confidentiality-19",), blocked=acts.quarantine_blocked,
)  # fmt: skip

REGISTERS = (WORKSTATIONS, SCANS)
ACTIONS = (SET, FREE, RETIRE, RECORD, ENTER, QUARANTINE)
DUE = (due.scans,)
