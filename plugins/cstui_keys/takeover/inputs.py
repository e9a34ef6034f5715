"""What is filled in about takeovers and the kinds of keys of households."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from cstui.api import Day, Input, Line, Pin, Reference, Whole
from cstui.people import Person
from cstui_keys.kinds import DoorKind, SpaceKind
from cstui_keys.register.inputs import ALIASES as REGISTER_ALIASES
from cstui_keys.register.inputs import Block, Short, bare, known_word

Number = Annotated[Whole, Field(ge=0, le=999)]


class OpenTakeover(Input):
    block: Block
    from_party: Annotated[Line, Field(min_length=1, max_length=100)]
    on: Day | None = None
    units: Annotated[Whole, Field(ge=0)] = 0
    floors: Annotated[Whole, Field(ge=0)] = 0


class TakeoverKeys(Input):
    """One line of what the other side declares, and what was counted; a number left out keeps what was said.

    `from_party` opens a takeover where the building has none open.
    """

    block: Block
    space_kind: Annotated[SpaceKind, BeforeValidator(known_word)]
    unit: Annotated[Short, bare("单元")] = ""
    floor: Annotated[Short, bare("层", "楼", "F")] = ""
    room: Annotated[Line, Field(max_length=32), bare("室", "号房")] = ""
    equipment_room_name: Annotated[Line, Field(max_length=48)] = ""
    door_kind: Annotated[DoorKind, BeforeValidator(known_word)]
    declared: Number | None = None
    counted: Number | None = None
    from_party: Annotated[Line, Field(max_length=100)] = ""


ALIASES = {name: words for name, words in REGISTER_ALIASES.items() if name in TakeoverKeys.model_fields} | {
    "space_kind": tuple(
        word for word in REGISTER_ALIASES["space_kind"] if word != "部位"
    ),  # 部位 is the whole place here
    "declared": ("移交数", "应交数", "移交数量", "declared number"),
    "from_party": ("移交单位", "移交人", "from"),
    "counted": ("实收数", "实点数", "清点数", "counted number"),
}


class CountTaken(Input):
    """Left empty: as many as declared."""

    counted: Number | None = None


class SignTakeover(Input):
    """Ours signs with the PIN, or on paper; the other side on paper."""

    receiver: Person
    receiver_pin: Pin = ""
    signature_ref: Reference = ""
    their_ref: Annotated[Reference, Field(min_length=1)]
    discrepancy: Line = ""


class NoneSupplied(Input):
    door_kind: Annotated[DoorKind, BeforeValidator(known_word)]
    reason: Line = ""


class KindOf(Input):
    door_kind: Annotated[DoorKind, BeforeValidator(known_word)]


class HouseholdKinds(Input):
    """Which of the usual kinds the households of a building have."""

    security_gate: bool = True
    unit_door: bool = True
    inner_door: bool = True
    intercom_door: bool = True
    letter_box: bool = True
