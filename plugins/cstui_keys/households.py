"""The kinds of keys that a household has (keys-14), and how they stand on the register."""

from __future__ import annotations

from typing import Any

from cstui.api import Context, Text, choice
from cstui_keys.kinds import GONE, DoorKind, SpaceKind
from cstui_keys.models import Building, Space


def kinds_of(ctx: Context, building: Building) -> tuple[DoorKind, ...]:
    """The kinds of keys that a building's households have: its own list, else the site's."""
    listed = [one for one in building.owner_kinds.split(",") if one]
    return tuple(DoorKind(kind) for kind in listed or ctx.rule("keys-14").owner_key_kinds)


def lacking(ctx: Context, space: Space) -> list[DoorKind]:
    """The kinds that an owner's unit lacks and nobody confirmed; its building, keys and confirmations are loaded."""
    if space.kind is not SpaceKind.OWNER_UNIT:
        return []
    has = {key.door_kind for key in space.keys if key.state not in GONE} | {one.door_kind for one in space.not_supplied}
    return [kind for kind in kinds_of(ctx, space.building) if kind not in has]


def key_kinds(ctx: Context, space: Space) -> Any:
    """The space's keys by kind, for its record: how many, and how each kind is told from the others."""
    keys = [key for key in space.keys if key.state not in GONE]
    if space.kind is not SpaceKind.OWNER_UNIT:
        return Text("keys.value.keys", count=len(keys))
    confirmed = {one.door_kind for one in space.not_supplied}
    kinds = kinds_of(ctx, space.building)
    there = sum(any(key.door_kind is kind for key in keys) for kind in kinds)
    told = Text("keys.value.kinds", there=there, whole=len(kinds), count=len(keys))
    for kind in dict.fromkeys((*kinds, *(key.door_kind for key in keys))):
        some = [key for key in keys if key.door_kind is kind]
        how = (
            "not_supplied" if not some and kind in confirmed
            else "lacking" if not some
            else "labelled" if all(key.labelled for key in some)
            else "apart" if all(key.ring and key.ring.hook for key in some)
            else "unmarked"
        )  # fmt: skip
        hook = next((key.ring.hook for key in some if key.ring and key.ring.hook), "")
        told = Text(f"keys.value.kind_{how}", before=told, kind=choice("keys", kind), count=len(some), hook=hook)
    return told
