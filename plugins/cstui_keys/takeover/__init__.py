"""Taking over the keys of a building, and whether each household has its kinds of keys."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Register, Related, Signature
from cstui_keys.models import Takeover, TakeoverLine
from cstui_keys.takeover import acts, household, lines, papers
from cstui_keys.takeover.due import takeovers_open
from cstui_keys.takeover.inputs import (
    ALIASES,
    CountTaken,
    HouseholdKinds,
    KindOf,
    NoneSupplied,
    OpenTakeover,
    SignTakeover,
    TakeoverKeys,
)

TAKEOVERS = Register(
    "keys.takeovers", Takeover,
    (
        Column("takeover_no", width=16, sort="takeover_no"), Column("block", "building.block", width=8),
        Column("takeover_state", "state", width=10, sort="state"), Column("from_party", width=20),
        Column("on", width=12, sort="on"), Column("receiver", "received_by.name", width=12),
    ),
    noun="takeover", natural_key=("takeover_no",), sort="id",
    query=lambda ctx: Takeover.all().select_related("building__custodian", "received_by"),
    sections=(
        Column("signed_at"), Column("signed"), Column("signature_ref"), Column("their_ref"), Column("discrepancy"),
    ),
    related=(Related("keys.takeover_lines", "takeover", told=True),),
)  # fmt: skip
LINES = Register(
    "keys.takeover_lines", TakeoverLine,
    (
        Column("line_no", width=17, sort="line_no"), Column("code", width=16, sort="natural"),
        Column("door_kind", width=12), Column("declared", width=7, align="right"),
        Column("counted", width=8, align="right"), Column("difference", width=8, align="right"),
    ),
    noun="takeover-line", natural_key=("line_no",), sort="natural",
    query=lambda ctx: TakeoverLine.all().select_related("takeover__building"),
    sections=(
        Column("block", "takeover.building.block"), Column("from_party", "takeover.from_party"), Column("space_kind"),
        Column("unit"), Column("floor"),
        Column("room"), Column("equipment_room_name"),
    ),
)  # fmt: skip

OPEN = Action(
    "keys.takeover_open", run=lines.open_takeover, needs="keys.register", input=OpenTakeover, register="keys.takeovers",
    mnemonic="o", rules=("keys-05",),
)  # fmt: skip
DECLARE = Action(
    "keys.takeover_line", run=lines.declare, needs="keys.register", input=TakeoverKeys, register="keys.takeover_lines",
    mnemonic="a", rules=("keys-05",),
    bulk=Bulk(lines.declare_rows, natural_key=("block", "unit", "floor", "room", "equipment_room_name", "door_kind"),
              aliases=ALIASES),
)  # fmt: skip
COUNT = Action(
    "keys.takeover_count", run=lines.count, needs="keys.keep", input=CountTaken, target="rows",
    register="keys.takeover_lines", mnemonic="n", rules=("keys-05",), blocked=lines.counting_only, settles=False,
)  # fmt: skip
SIGN = Action(
    "keys.takeover_sign", run=acts.sign, needs="keys.keep", input=SignTakeover, target="row",
    register="keys.takeovers", mnemonic="s", rules=("keys-03", "keys-05"), blocked=acts.sign_blocked,
    prefill=acts.sign_prefill, signatures=(Signature("receiver_pin", "receiver", "keys-05"),), settles=False,
)  # fmt: skip
CLOSE = Action(
    "keys.takeover_close", run=acts.close, needs="keys.register", target="row", register="keys.takeovers",
    mnemonic="c", rules=("keys-05", "keys-12"), blocked=acts.close_blocked,
)  # fmt: skip
NONE_SUPPLIED = Action(
    "keys.none_supplied", run=household.none_supplied, needs="keys.keep", input=NoneSupplied, target="rows",
    register="keys.spaces", mnemonic="n", rules=("keys-14",), blocked=household.none_blocked,
    prefill=household.none_prefill, inverse="keys.kind_owed",
)  # fmt: skip
KIND_OWED = Action(
    "keys.kind_owed", run=household.kind_owed, needs="keys.keep", input=KindOf, target="rows", register="keys.spaces",
    rules=("keys-14",),
)  # fmt: skip
SET_KINDS = Action(
    "keys.set_kinds", run=household.set_kinds, needs="keys.keep", input=HouseholdKinds, target="rows",
    register="keys.buildings", mnemonic="k", rules=("keys-14",), prefill=household.kinds_prefill,
)  # fmt: skip

REGISTERS = (TAKEOVERS, LINES)
ACTIONS = (
    OPEN,
    DECLARE,
    COUNT,
    SIGN,
    CLOSE,
    NONE_SUPPLIED,
    KIND_OWED,
    SET_KINDS,
)
DUE = (takeovers_open, household.kinds_lacking)
CONSTRAINTS = (
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_one_open_takeover" ON "keys_takeover" ("building_id") '
    "WHERE \"state\" <> 'closed'",
    'CREATE UNIQUE INDEX IF NOT EXISTS "uq_keys_not_supplied_once" ON "keys_not_supplied" ("space_id", "door_kind")',
)
PAPERS = papers.PAPERS
