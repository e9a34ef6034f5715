"""Counting keys: by two people, blind; and the change of a custodian, which is a count that both sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from tortoise.query_utils import Prefetch

from cstui.api import Action, Column, Context, Fact, Register, Related, Signature, Verbatim
from cstui_keys.counts import entering, opening, settling
from cstui_keys.counts.due import counts_going, full_due, spot_due
from cstui_keys.counts.inputs import (
    ChangeCustodian,
    EnterNumbers,
    NameMissing,
    NoteSearch,
    OpenCount,
    Reconcile,
    ReportMissing,
    SignCount,
)
from cstui_keys.counts.papers import PAPERS
from cstui_keys.models import Count, CountLine

SHOWN = 12
"""So many rings are named in a row of the register."""


def _to_count(ctx: Context, count: Count) -> Any:
    """The rings that both haven't agreed on yet, in the order of the sheet."""
    places = [line.place for line in count.lines]
    more = f" +{len(places) - SHOWN}" if len(places) > SHOWN else ""
    return Verbatim(", ".join(places[:SHOWN]) + more) if places else None


def _counts(ctx: Context) -> Any:
    waiting = Prefetch("lines", CountLine.exclude(state__in=entering.SETTLED).order_by("id"))
    rows = Count.all().select_related("counted_by", "witness", "building", "custodian")
    return rows.prefetch_related(waiting)


COUNTS = Register(
    "keys.counts", Count,
    (
        Column("count_no", width=14, sort="count_no"), Column("to_count", _to_count, width=20),
        Column("count_state", "state", width=12, sort="state"), Column("counter", "counted_by.name", width=8),
        Column("witness", "witness.name", width=8), Column("kind", width=10),
        Column("on", width=12, sort="on", narrow=False), Column("block", "building.block", width=8, narrow=False),
    ),
    noun="count", natural_key=("count_no",), sort="id",
    query=_counts,
    sections=(
        Column("new_custodian", "custodian.name"), Column("signed_at"), Column("signature_ref"), Column("conclusion"),
    ),
    related=(Related("keys.count_lines", "count"),),
)  # fmt: skip
LINES = Register(
    "keys.count_lines", CountLine,
    (
        Column("line_no", width=20, sort="line_no"), Column("place", width=14), Column("hook", "ring.hook", width=8),
        Column("line_state", "state", width=10, sort="state"), Column("present", width=7, align="right"),
        Column("missing", lambda ctx, line: line.missing and max(line.missing, 0), width=7, align="right"),
        Column("surplus", lambda ctx, line: line.missing and max(-line.missing, 0), width=7, align="right"),
    ),
    noun="count-line", natural_key=("line_no",), sort="-count_id",
    query=lambda ctx: CountLine.all().select_related("ring", "count__counted_by", "count__witness"),
    sections=(
        Column("count", "count.count_no"), Column("registered"), Column("on_loan"), Column("issued"), Column("lost"),
        Column("recounts"), Column("search_note"), Column("searched_by"),
    ),
)  # fmt: skip

OPEN = Action(
    "keys.count_open", run=opening.open_count, needs="keys.keep", input=OpenCount, register="keys.counts",
    mnemonic="c", rules=("keys-27",), prefill=opening.open_prefill,
)  # fmt: skip
ENTER = Action(
    "keys.count_enter", run=entering.enter, needs="keys.keep", input=EnterNumbers, target="row",
    register="keys.counts", mnemonic="n", rules=("keys-27",), blocked=entering.enter_blocked, settles=False,
)  # fmt: skip
SIGN = Action(
    "keys.count_sign", run=settling.sign, needs="keys.keep", input=SignCount, target="row", register="keys.counts",
    mnemonic="s", rules=("keys-27", "keys-28"), blocked=settling.sign_blocked, prefill=settling.sign_prefill,
    signatures=(Signature("counter_pin", "counter", "keys-27"), Signature("witness_pin", "witness", "keys-27")),
)  # fmt: skip
CANCEL = Action(
    "keys.count_cancel", run=settling.cancel, needs="keys.decide", input=Reconcile, target="row",
    register="keys.counts", mnemonic="q", rules=("keys-27",), blocked=settling.draft_only,
)  # fmt: skip
RECONCILE = Action(
    "keys.count_reconcile", run=settling.reconcile, needs="keys.decide", input=Reconcile, target="row",
    register="keys.counts", mnemonic="r", rules=("keys-27",), blocked=settling.reconcile_blocked,
)  # fmt: skip
MISSING = Action(
    "keys.count_missing", run=settling.name_missing, needs="keys.keep", input=NameMissing, target="row",
    register="keys.count_lines", mnemonic="x", rules=("keys-27",), blocked=settling.short_only,
    prefill=settling.name_prefill,
)  # fmt: skip
FOUND = Action(
    "keys.count_found", run=settling.found, needs="keys.keep", input=NameMissing, target="row",
    register="keys.count_lines", mnemonic="p", rules=("keys-27",), blocked=settling.named_only,
    prefill=settling.missing_prefill,
)  # fmt: skip
LOSS = Action(
    "keys.count_loss", run=settling.report_loss, needs="keys.lend", input=ReportMissing, target="row",
    register="keys.count_lines", mnemonic="l", rules=("keys-27", "keys-29"), blocked=settling.named_only,
    prefill=settling.loss_prefill,
)  # fmt: skip
SEARCH = Action(
    "keys.count_search", run=settling.note_search, needs="keys.keep", input=NoteSearch, target="rows",
    register="keys.count_lines", mnemonic="s", rules=("keys-27",), blocked=settling.different_only,
)  # fmt: skip
RECOUNT = Action(
    "keys.count_recount", run=settling.recount, needs="keys.keep", target="rows", register="keys.count_lines",
    mnemonic="c", rules=("keys-27",), blocked=settling.different_only,
)  # fmt: skip
CHANGE = Action(
    "keys.change_custodian", run=opening.change_custodian, needs="keys.decide", input=ChangeCustodian, target="row",
    register="keys.buildings", mnemonic="h", rules=("keys-28",), blocked=opening.change_blocked,
    prefill=opening.change_prefill,
)  # fmt: skip


async def _handovers(ctx: Context, person_id: int, first: date, last: date) -> int:
    return await opening.open_handovers(ctx, person_id)


REGISTERS = (COUNTS, LINES)
ACTIONS = (
    OPEN,
    ENTER,
    SIGN,
    RECONCILE,
    CANCEL,
    MISSING,
    FOUND,
    LOSS,
    SEARCH,
    RECOUNT,
    CHANGE,
)
DUE = (full_due, counts_going)
DAILY = (spot_due,)
FACTS = (Fact("keys.open_handovers", _handovers),)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_handover" ON "keys_count" ("building_id") '
    "WHERE \"kind\" = 'handover' AND \"state\" = 'draft'",
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_missing_once" ON "keys_missing_key" ("line_id", "key_id")',
)

__all__ = ["ACTIONS", "CONSTRAINTS", "DAILY", "DUE", "FACTS", "PAPERS", "REGISTERS"]
