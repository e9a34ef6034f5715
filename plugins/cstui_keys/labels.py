"""What a label says (keys-13), how a ring is named (keys-08 to keys-10), and in which order both are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cstui.api import Context
from cstui_keys.kinds import DOOR_LABELS, PUBLIC_ROOM, Grouping, SpaceKind
from cstui_keys.models import Key, Space

GROUPING_RULES = {
    SpaceKind.OWNER_UNIT: ("keys-08", "grouping_owner"),
    SpaceKind.PUBLIC: ("keys-09", "grouping_public"),
    SpaceKind.EQUIPMENT: ("keys-10", "grouping_equipment"),
}
_FLOOR = re.compile(r"(-|B|负)?\s*(\d+)\D*", re.IGNORECASE)


def natural(text: str) -> str:
    """Sort text in which numbers compare as numbers: 902 before 1502."""
    return re.sub(r"\d+", lambda found: found[0].zfill(6), text.casefold())


def floor_order(floor: str) -> str:
    """Sort text of a floor, the deepest basement first: B2, B1, 1, 2."""
    found = _FLOOR.fullmatch(floor.strip())
    if not found:
        return "2" + natural(floor) if floor else "0"
    number = int(found[2])
    return f"0{999999 - number:06}" if found[1] else f"1{number:06}"


def room_of(kind: SpaceKind, floor: str, room: str) -> str:
    """The room without its floor (floor 15, room 1502 → 02); a public door's room is 公共 unless named."""
    if kind is SpaceKind.PUBLIC and not room:
        return PUBLIC_ROOM
    if floor and room.startswith(floor) and len(room) - len(floor) >= 2:
        return room[len(floor) :]
    return room


def space_name(ctx: Context, kind: SpaceKind, block: str, unit: str, floor: str, room: str, equipment: str) -> str:
    """The text that the labels of a space begin with. "-{unit}" is dropped where a block has no units."""
    rule = ctx.rule("keys-13")
    if kind is SpaceKind.EQUIPMENT:
        return str(rule.label_format_equipment).format(equipment_room_name=equipment)
    form = str(rule.label_format) if unit else str(rule.label_format).replace("-{unit}", "")
    return form.format(block=block, unit=unit, floor=floor, room=room).strip()


def space_natural(kind: SpaceKind, block: str, unit: str, floor: str, room: str, equipment: str) -> str:
    if kind is SpaceKind.EQUIPMENT:
        return f"{natural(block)} ~ {natural(equipment)}"
    return f"{natural(block)} {natural(unit)} {floor_order(floor)} {natural(room)}"


def label_all(keys: Iterable[Key], spaces: dict[int, Space]) -> list[Key]:
    """Give all keys of some spaces their label texts; answers those whose text changed.

    `keys` must hold every key of each space: the kind of door is named where keys of several kinds share a text.
    """
    shared = defaultdict(list)
    for key in keys:
        shared[key.space_id].append(key)
    changed = []
    for space_id, group in shared.items():
        space = spaces[space_id]
        several = len({key.door_kind for key in group}) > 1
        for key in group:
            text = space.name
            if several:
                text += f" {DOOR_LABELS[key.door_kind]}"
            if key.copy_no > 1:
                text += f" #{key.copy_no}"
            order = f"{space.natural} {list(DOOR_LABELS).index(key.door_kind)} {key.copy_no:03}"
            if (key.label_text, key.natural) != (text, order):
                key.label_text, key.natural = text, order
                changed.append(key)
    return changed


def grouping_of(ctx: Context, kind: SpaceKind) -> Grouping:
    """How keys of a class are grouped at this site."""
    rule_id, name = GROUPING_RULES[kind]
    return Grouping(getattr(ctx.rule(rule_id), name))


def ring_of(grouping: Grouping, space: Space, block: str) -> tuple[str, str, str]:
    """(what the ring is for, its sort text, its number unless one is given): household, floor, equipment room."""
    if grouping is Grouping.BY_FLOOR:
        floor = space.floor or "-"
        return f"{block} {floor}", f"{natural(block)} ~ {floor_order(space.floor)}", f"{block}-F{floor}"
    return space.code, space.natural, space.code.replace(" ", "-")


def check_ring(ctx: Context, space: Space, block: str, ring_no: str, ring_ref: str, field: str = "ring") -> None:
    """Refuse a key on the ring of another household, floor or equipment room."""
    own, _, _ = ring_of(grouping_of(ctx, space.kind), space, block)
    ctx.rule(GROUPING_RULES[space.kind][0]).forbid(
        own != ring_ref, "keys.refusal.other_ring", field=field, value=ring_no, space=own, ring_space=ring_ref
    )


def names(keys: Sequence[Key]) -> str:
    """Tag numbers of a few keys, then how many more."""
    shown = "、".join(key.tag_no for key in keys[:5])
    return shown if len(keys) <= 5 else f"{shown} +{len(keys) - 5}"
