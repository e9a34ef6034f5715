"""What is kept clean: cleaning areas with their standard, how often, and by whom."""

from __future__ import annotations

from cstui.api import Action, Bulk, Column, Register
from cstui_hygiene.models import CleaningArea
from cstui_hygiene.places import acts
from cstui_hygiene.places.inputs import ALIASES, ChangeArea, Retire, SetArea, UsePreset

AREAS = Register(
    "hygiene.areas", CleaningArea,
    (
        Column("code", width=8, sort="code"), Column("name", width=18, sort="name"),
        Column("kind", width=10),
        Column("frequency", width=10),
        Column("crew", width=10),
        Column("team", "team.code", width=10), Column("keeper_name", "keeper.name", width=8),
        Column("area_state", "state", width=8, sort="state", narrow=False),
    ),
    noun="area", natural_key=("code",), lookup=("name",), sort="code",
    query=lambda ctx: CleaningArea.all().select_related("team", "keeper"),
    sections=(
        Column("keeper", "keeper.login"), Column("standard"), Column("weekday"), Column("minutes"), Column("first_day"),
    ),
)  # fmt: skip
SET = Action(
    "hygiene.set_area", run=acts.set_area, needs="hygiene.arrange", input=SetArea, register="hygiene.areas",
    mnemonic="n", rules=("hygiene-10",),
    bulk=Bulk(acts.set_areas, natural_key=("code",), aliases=ALIASES),
)  # fmt: skip
PRESET = Action(
    "hygiene.use_preset", run=acts.use_preset, needs="hygiene.arrange", input=UsePreset, register="hygiene.areas",
    mnemonic="p",
)  # fmt: skip
CHANGE = Action(
    "hygiene.change_area", run=acts.change, needs="hygiene.arrange", input=ChangeArea, target="row",
    register="hygiene.areas", mnemonic="c", rules=("hygiene-10",), prefill=acts.change_prefill,
)  # fmt: skip
RETIRE = Action(
    "hygiene.retire_area", run=acts.retire, needs="hygiene.arrange", input=Retire, target="row",
    register="hygiene.areas", mnemonic="x", blocked=acts.retire_blocked, inverse="hygiene.restore_area",
)  # fmt: skip
RESTORE = Action(
    "hygiene.restore_area", run=acts.restore, needs="hygiene.arrange", target="row", register="hygiene.areas",
    mnemonic="b", blocked=acts.restore_blocked,
)  # fmt: skip

REGISTERS = (AREAS,)
ACTIONS = (
    SET,
    CHANGE,
    PRESET,
    RETIRE,
    RESTORE,
)
