"""Plants: watered every day, their leaves cleaned once a week, by the day shift."""

from __future__ import annotations

from cstui.api import Action, Column, Register
from cstui_hygiene.models import PlantCare
from cstui_hygiene.plants import acts
from cstui_hygiene.plants import due as matters
from cstui_hygiene.plants.inputs import Care

PLANTS = Register(
    "hygiene.plants", PlantCare,
    (
        Column("day", width=12, sort="day"), Column("task", width=16),
        Column("shift", "shift.name", width=12), Column("done_by", "done_by.name", width=12),
        Column("done_at", width=18),
    ),
    noun="care", natural_key=("care_no",), sort="-day",
    query=lambda ctx: PlantCare.all().select_related("shift", "done_by"),
    sections=(Column("care_no"),),
)  # fmt: skip
WATER = Action(
    "hygiene.water_plants", run=acts.water, needs="hygiene.own", input=Care, register="hygiene.plants",
    mnemonic="w", rules=("hygiene-29",),
)  # fmt: skip
LEAVES = Action(
    "hygiene.clean_leaves", run=acts.clean_leaves, needs="hygiene.own", input=Care, register="hygiene.plants",
    mnemonic="l", rules=("hygiene-30",),
)  # fmt: skip

REGISTERS = (PLANTS,)
ACTIONS = (
    WATER,
    LEAVES,
)
DUE = (matters.plants,)
