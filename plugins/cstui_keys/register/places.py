"""Which space a line of the key register is about, and rows found by many values at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from cstui.api import BadInput, Context
from cstui_keys import labels
from cstui_keys.kinds import SpaceKind
from cstui_keys.models import Space
from cstui_keys.register.inputs import RegisterKey


class Place(Protocol):
    """What a line says of the space that it is about."""

    @property
    def block(self) -> str: ...
    @property
    def space_kind(self) -> SpaceKind: ...
    @property
    def unit(self) -> str: ...
    @property
    def floor(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def equipment_room_name(self) -> str: ...


def check_place(row: Place) -> None:
    """Refuse an equipment room without its name, and an owner's unit without its room (keys-13)."""
    if row.space_kind is SpaceKind.EQUIPMENT and not row.equipment_room_name:
        raise BadInput("keys.refusal.no_equipment_name", field="equipment_room_name", value="", rule="keys-13")
    if row.space_kind is SpaceKind.OWNER_UNIT and not row.room:
        raise BadInput("keys.refusal.no_room", field="room", value="", rule="keys-13")


def space_of(ctx: Context, row: Place) -> tuple[str, str, tuple[str, str, str, str]]:
    """(code, name, (unit, floor, room, equipment)) of the space that a row is about."""
    if row.space_kind is SpaceKind.EQUIPMENT:
        parts = (row.unit, row.floor, "", row.equipment_room_name)
    else:
        parts = (row.unit, row.floor, labels.room_of(row.space_kind, row.floor, row.room), "")
    name = labels.space_name(ctx, row.space_kind, row.block, *parts)
    return (f"{row.block} {name}" if row.space_kind is SpaceKind.EQUIPMENT else name), name, parts


def place(parts: tuple[str, str, str, str]) -> dict[str, str]:
    return dict(zip(("unit", "floor", "room", "equipment_room_name"), parts, strict=True))


def ring_ref_of(ctx: Context, row: RegisterKey) -> str:
    """What a ring is for on which this key may hang: its household, floor or equipment room."""
    code, _, parts = space_of(ctx, row)
    space = Space(code=code, natural="", kind=row.space_kind, **place(parts))
    return labels.ring_of(labels.grouping_of(ctx, row.space_kind), space, row.block)[0]


async def having(model: Any, name: str, values: Iterable[Any], *joined: str) -> list[Any]:
    """Rows whose field is one of the values, 500 values a statement."""
    wanted = sorted(values)
    found: list[Any] = []
    for start in range(0, len(wanted), 500):
        rows = model.filter(**{f"{name}__in": wanted[start : start + 500]})
        found += await (rows.select_related(*joined) if joined else rows)
    return found
