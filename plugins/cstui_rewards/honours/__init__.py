"""Honours: who won which title when; the board to put up, and what promotion counts."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Fact, Register, Separation
from cstui_rewards.honours import acts
from cstui_rewards.honours.due import quarters_due
from cstui_rewards.honours.inputs import Annul, RecordHonour
from cstui_rewards.honours.papers import PAPERS
from cstui_rewards.models import HonourEntry

__all__ = ["ACTIONS", "DUE", "FACTS", "PAPERS", "REGISTERS"]


def _counts(ctx: Context, entry: HonourEntry) -> Any:
    return entry.annulled_at is None


HONOURS = Register(
    "rewards.honours", HonourEntry,
    (
        Column("honour_no", width=14, sort="honour_no"), Column("staff", "staff.name", width=10),
        Column("honour_title", "title", width=18), Column("period", width=10, sort="day"),
        Column("honour_source", "source", width=8, narrow=False), Column("counts", _counts, width=6),
    ),
    noun="honour", natural_key=("honour_no",), sort="-day", needs="rewards.look",
    query=lambda ctx: HonourEntry.all().select_related("staff__team", "round"),
    sections=(
        Column("team", "staff.team.name"), Column("round", "round.round_no"), Column("day"),
        Column("annulled_at"), Column("annulled_by"), Column("annulled_because"),
    ),
)  # fmt: skip

REGISTERS = (HONOURS,)
ACTIONS = (
    Action("rewards.record_honour", run=acts.record, needs="rewards.approve", input=RecordHonour,
           register="rewards.honours", mnemonic="n", rules=("rewards-47", "rewards-48", "rewards-62"),
           separate=(Separation("person"),), settles=False),
    Action("rewards.annul_honour", run=acts.annul, needs="rewards.approve", input=Annul, target="row",
           register="rewards.honours", mnemonic="x", rules=("rewards-36",), blocked=acts.annul_blocked,
           separate=(Separation("staff_id"),)),
)  # fmt: skip
DUE = (quarters_due,)
FACTS = (Fact("rewards.excellent_count", acts.excellent_count),)
