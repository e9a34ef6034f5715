"""Praise: a word and points for good work, read out at the next morning meeting; good deeds with a witness."""

from __future__ import annotations

from cstui.api import Action, Column, Register, Separation
from cstui_rewards.models import Praise
from cstui_rewards.praise import acts, demo
from cstui_rewards.praise.due import praises_due
from cstui_rewards.praise.inputs import GivePraise, GoodDeed
from cstui_rewards.praise.papers import PAPERS

__all__ = ["ACTIONS", "DUE", "PAPERS", "REGISTERS", "demo"]

PRAISES = Register(
    "rewards.praises", Praise,
    (
        Column("praise_no", width=14, sort="praise_no"), Column("staff", "staff.name", width=10),
        Column("words", width=30), Column("points", width=6, align="right"), Column("day", width=10, sort="day"),
        Column("read_out_at", width=16, narrow=False),
    ),
    noun="praise", natural_key=("praise_no",), sort="-id", needs="rewards.look",
    query=lambda ctx: Praise.all().select_related("staff", "witness"),
    sections=(Column("good_deed"), Column("witness", "witness.name"), Column("praised_by")),
)  # fmt: skip

REGISTERS = (PRAISES,)
ACTIONS = (
    Action("rewards.praise", run=acts.praise, needs="rewards.nominate", input=GivePraise, register="rewards.praises",
           mnemonic="n", rules=("rewards-43",), separate=(Separation("person"),), settles=False),
    Action("rewards.good_deed", run=acts.good_deed, needs="rewards.nominate", input=GoodDeed,
           register="rewards.praises", mnemonic="g", rules=("rewards-46",), separate=(Separation("person"),),
           settles=False),
    Action("rewards.read_out", run=acts.read_out, needs="rewards.nominate", target="rows", register="rewards.praises",
           mnemonic="r", rules=("rewards-43",), blocked=acts.read_out_blocked),
)  # fmt: skip
DUE = (praises_due,)
