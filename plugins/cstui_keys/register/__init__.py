"""The key register: every key, what it opens, where it hangs; taken on one by one or from a spreadsheet."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Bulk, Column, Context, Login, Register, Related, Text, Verbatim, choice
from cstui_keys.households import key_kinds
from cstui_keys.kinds import HolderKind
from cstui_keys.models import Building, CustodyEvent, Key, Ring, Space
from cstui_keys.register import book, papers
from cstui_keys.register.inputs import ALIASES, RegisterKey


def _holder(ctx: Context, key: Key) -> Any:
    """Who has the key: a person's name, or the cabinet of a department."""
    if key.holder_kind is HolderKind.PERSON and key.holder:
        return Verbatim(key.holder.name)
    if key.holder_kind is HolderKind.CABINET:
        return Text("keys.value.cabinet", dept=choice("keys", key.custodian_dept))
    return choice("keys", key.holder_kind)


def _place(text: str) -> Any:
    """A holder of the chain ("cabinet:engineering") in the reader's words."""
    kind, _, name = text.partition(":")
    if kind == "cabinet":
        return Text("keys.value.cabinet", dept=choice("keys", name))
    return Login(name) if kind == "person" else choice("keys", kind)


KEYS = Register(
    "keys.keys", Key,
    (
        Column("tag_no", width=16, sort="tag_no"),
        Column("label_text", width=24, sort="natural"),
        Column("state", width=10, sort="state"),
        Column("holder", _holder, width=14),
        Column("ring", "ring.ring_no", width=14, narrow=False, section="kept"),
        Column("hook", "ring.hook", width=8, narrow=False, section="kept"),
        Column("space_kind", "space.kind", width=14, narrow=False, section="opens"),
    ),
    noun="key", natural_key=("tag_no",), lookup=("label_text",), sort="natural",
    query=lambda ctx: Key.all().select_related("space__building", "ring", "holder"),
    sections=(
        Column("block", "space.building.block", section="opens"), Column("unit", "space.unit", section="opens"),
        Column("floor", "space.floor", section="opens"), Column("room", "space.room", section="opens"),
        Column("equipment_room_name", "space.equipment_room_name", section="opens"),
        Column("door_kind", section="opens"), Column("copy_no", section="opens"),
        Column("owner_name", "space.owner_name", secret=True, section="opens"),
        Column("labelled", section="kept"), Column("custodian_dept", section="kept"),
        Column("received_on", section="kept"),
    ),
    related=(Related("keys.loans", "lines__key"), Related("keys.custody", "key")),
)  # fmt: skip
RINGS = Register(
    "keys.rings", Ring,
    (
        Column("ring_no", width=18, sort="natural"), Column("grouping", width=14), Column("space_ref", width=20),
        Column("hook", width=10, sort="hook"), Column("medium", width=8, narrow=False),
    ),
    noun="ring", natural_key=("ring_no",), sort="natural", related=(Related("keys.keys", "ring"),),
)  # fmt: skip
BUILDINGS = Register(
    "keys.buildings", Building,
    (
        Column("block", width=10, sort="natural"), Column("building_state", "state", width=12),
        Column("custodian", "custodian.name", width=14), Column("deputy", "deputy.name", width=14),
        Column("taken_over_on", width=12, sort="taken_over_on"),
    ),
    noun="building", natural_key=("block",), sort="natural",
    query=lambda ctx: Building.all().select_related("custodian", "deputy"),
    related=(Related("keys.spaces", "building"),),
)  # fmt: skip
SPACES = Register(
    "keys.spaces", Space,
    (
        Column("code", width=24, sort="natural"), Column("space_kind", "kind", width=16),
        Column("block", "building.block", width=8), Column("unit", width=6), Column("floor", width=6),
        Column("room", width=10), Column("owner_name", width=12, secret=True),
    ),
    noun="space", natural_key=("code",), sort="natural",
    query=lambda ctx: Space.all().select_related("building").prefetch_related("keys__ring", "not_supplied"),
    sections=(Column("kinds", key_kinds),),
    related=(Related("keys.keys", "space"),),
)  # fmt: skip
CUSTODY = Register(
    "keys.custody", CustodyEvent,
    (
        Column("at", width=16, sort="at"), Column("key", "key.tag_no", width=16), Column("event", "kind", width=12),
        Column("from_holder", lambda ctx, event: _place(event.from_holder), width=20),
        Column("to_holder", lambda ctx, event: _place(event.to_holder), width=20),
        Column("record_ref", width=16, narrow=False),
        Column("by", width=12, narrow=False),
    ),
    noun="event", natural_key=("id",), sort="id",
    query=lambda ctx: CustodyEvent.all().select_related("key"),
    sections=(Column("prev_hash"), Column("hash")),
)  # fmt: skip
REGISTER = Action(
    "keys.register", run=book.register, needs="keys.register", input=RegisterKey, register="keys.keys",
    rules=("keys-01", "keys-02", "keys-08", "keys-09", "keys-10", "keys-13", "keys-19"),
    bulk=Bulk(book.register_rows, natural_key=("tag_no",), aliases=ALIASES),
)  # fmt: skip

REGISTERS = (
    KEYS,
    RINGS,
    BUILDINGS,
    SPACES,
    CUSTODY,
)
ACTIONS = (REGISTER,)
PAPERS = papers.PAPERS
