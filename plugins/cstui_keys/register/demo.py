"""Keys of a new building for the sample department."""

from __future__ import annotations

_DOORS = (("01", "A", "security_gate"), ("01", "B", "letter_box"), ("02", "A", "security_gate"))


def rows(block: str, unit: str, floors: range, *, labelled: bool, ring: bool) -> list[dict[str, str]]:
    """Of some floors: a gate and a letter box a household, with an equipment room."""
    made = []
    for floor in floors:
        for door, letter, kind in _DOORS:
            room = f"{floor}{door}"
            row = {"tag_no": f"{block}-{unit}-{room}-{letter}", "block": block, "space_kind": "owner_unit",
                   "unit": unit, "floor": str(floor), "room": room, "door_kind": kind,
                   "labelled": str(labelled).lower()}  # fmt: skip
            made.append(row | ({"ring": f"{block}-{unit}-{room}", "hook": f"{block}-{room}"} if ring else {}))
    return [
        *made,
        {"tag_no": f"{block}-S{unit}{floors[0]}-A", "block": block, "space_kind": "equipment_room",
         "equipment_room_name": f"{unit}单元{floors[0]}层弱电间", "door_kind": "equipment_room",
         "labelled": "true", "ring": f"{block}-S{unit}{floors[0]}"},
    ]  # fmt: skip
