"""The month's round: which awards, until when, how many of each team; opened, skipped, cancelled."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Related
from cstui_rewards.models import AwardRound, Headcount
from cstui_rewards.rounds import acts, demo
from cstui_rewards.rounds.due import rounds_due
from cstui_rewards.rounds.inputs import Because, Decided, IncludeAward

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]


def _awards(ctx: Context, round_: AwardRound) -> Any:
    return [one.award.name for one in round_.awards]


ROUNDS = Register(
    "rewards.rounds", AwardRound,
    (
        Column("round_no", width=10, sort="round_no"), Column("round_state", acts.state_of, width=12),
        Column("nominate_by", width=16, sort="nominate_by"), Column("round_awards", _awards, width=30),
        Column("opinions_by", width=16, narrow=False), Column("published_at", width=16, narrow=False),
    ),
    noun="round", natural_key=("round_no",), sort="-month",
    query=lambda ctx: AwardRound.all().prefetch_related("awards__award"),
    sections=(
        Column("opened_at"), Column("opened_by"), Column("min_ballots_shown"), Column("opinions_from"),
        Column("month_closed_at"), Column("objections_by"), Column("reason"), Column("decided"),
        Column("roll_digest"), Column("ballots_digest"),
    ),
    related=(Related("rewards.places", "round"),),
)  # fmt: skip
PLACES = Register(
    "rewards.places", Headcount,
    (
        Column("team", "team.name", width=16), Column("round", "round.round_no", width=10, sort="round_id"),
        Column("headcount", "count", width=8, align="right"),
        Column("places", acts.places_of, width=8, align="right"),
    ),
    noun="place", natural_key=("id",), sort="-round_id",
    query=lambda ctx: Headcount.all().select_related("team", "round"),
)  # fmt: skip

REGISTERS = (ROUNDS, PLACES)
ACTIONS = (
    Action("rewards.open_round", run=acts.open_round, needs="rewards.keep", register="rewards.rounds", mnemonic="o",
           rules=("rewards-04", "rewards-08", "rewards-23")),
    Action("rewards.skip_round", run=acts.skip, needs="rewards.approve", input=Because, register="rewards.rounds",
           mnemonic="k", rules=("rewards-08",)),
    Action("rewards.cancel_round", run=acts.cancel, needs="rewards.approve", input=Because, target="row",
           register="rewards.rounds", mnemonic="x", rules=("rewards-08",), blocked=acts.running_blocked,
           effect=acts.cancel_effect, dangerous=True),
    Action("rewards.include_award", run=acts.include, needs="rewards.keep", input=IncludeAward, target="row",
           register="rewards.rounds", mnemonic="i", rules=("rewards-28",), blocked=acts.include_blocked,
           settles=False),
    Action("rewards.note_decision", run=acts.decide, needs="rewards.scheme", input=Decided, target="row",
           register="rewards.rounds", mnemonic="d", rules=("rewards-59",), settles=False),
)  # fmt: skip
DUE = (rounds_due,)
