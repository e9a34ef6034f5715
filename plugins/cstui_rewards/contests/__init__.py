"""Contests of departments, halls and channels: results, who shares in them, the grants that follow."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Context, Register, Related
from cstui_rewards.contests import acts, demo, year
from cstui_rewards.contests.due import results_due, settlement_due
from cstui_rewards.contests.inputs import AddShare, Compute, EnterResult
from cstui_rewards.models import ContestResult, ContestShare

__all__ = ["ACTIONS", "DUE", "REGISTERS", "demo"]

CONTESTS = Register(
    "rewards.contests", ContestResult,
    (
        Column("result_no", width=14, sort="result_no"), Column("contest", width=18, sort="contest"),
        Column("period", width=8, sort="period"), Column("unit_name", width=16), Column("rank", width=6, align="right"),
        Column("contest_state", "state", width=10, sort="state"), Column("ended_on", width=10, narrow=False),
    ),
    noun="result", natural_key=("result_no",), sort="-id", needs="rewards.look",
    sections=(
        Column("unit"), Column("evidence"), Column("training_places"), Column("entered_by"), Column("confirmed_by"),
    ),
    related=(Related("rewards.shares", "result", told=True),),
)  # fmt: skip


def _login(ctx: Context, one: ContestShare) -> Any:
    return one.staff.login


SHARES = Register(
    "rewards.shares", ContestShare,
    (
        Column("result", "result.result_no", width=14), Column("share_name", "staff.name", width=10),
        Column("place", width=10), Column("rank", width=6, align="right", sort="rank"),
        Column("elsewhere", width=10, align="right"),
    ),
    noun="share", natural_key=("id",), sort="-id", needs="rewards.keep",
    query=lambda ctx: ContestShare.all().select_related("result", "staff"),
    sections=(Column("staff", _login),),
)  # fmt: skip

REGISTERS = (CONTESTS, SHARES, year.CANDIDATES)
ACTIONS = (
    Action("rewards.enter_result", run=acts.enter, needs="rewards.keep", input=EnterResult,
           register="rewards.contests", mnemonic="n", rules=("rewards-49", "rewards-50"), settles=False),
    Action("rewards.share", run=acts.share, needs="rewards.keep", input=AddShare, register="rewards.shares",
           mnemonic="n", rules=("rewards-51",), settles=False),
    Action("rewards.confirm_result", run=acts.confirm, needs="rewards.keep", target="row",
           register="rewards.contests", mnemonic="y", rules=("rewards-49",), blocked=acts.confirm_blocked),
    Action("rewards.compute_shares", run=acts.compute, needs="rewards.approve", input=Compute, target="row",
           register="rewards.contests", mnemonic="c", blocked=acts.compute_blocked,
           rules=tuple(f"rewards-{number}" for number in (51, 52, 53, 54, 55, 56, 58))),
    *year.ACTIONS,
)  # fmt: skip
DUE = (results_due, settlement_due)
