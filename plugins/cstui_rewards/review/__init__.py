"""Review: the chief's step of the chain, and the month's figures asked for the last time."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Column, Register
from cstui_rewards.models import ReviewStep
from cstui_rewards.review import acts, demo, dimensions
from cstui_rewards.review.due import lost_due, months_due, reviews_due
from cstui_rewards.review.inputs import Because, Pass

__all__ = ["ACTIONS", "CHARTS", "DUE", "REGISTERS", "demo"]

STEPS = Register(
    "rewards.steps", ReviewStep,
    (
        Column("nomination", "nomination.nomination_no", width=14), Column("step", width=10),
        Column("actor", "actor.name", width=10), Column("decision", width=8), Column("reason", width=28, narrow=False),
        Column("at", width=16, sort="at"),
    ),
    noun="step", natural_key=("id",), sort="-id", needs="rewards.nominate",
    query=lambda ctx: ReviewStep.all().select_related("nomination", "actor"),
)  # fmt: skip


def _on(name: str, run: Any, model: Any, mnemonic: str, **more: Any) -> Action:
    given: dict[str, Any] = {"target": "row", "blocked": acts.review_blocked, "rules": ("rewards-27",)}
    return Action(
        f"rewards.{name}", run=run, needs="rewards.review", input=model, register="rewards.nominations",
        mnemonic=mnemonic, **(given | more),
    )  # fmt: skip


REGISTERS = (STEPS,)
ACTIONS = (
    _on("pass_nomination", acts.pass_, Pass, "y", rules=("rewards-25", "rewards-27")),
    _on("return_nomination", acts.give_back, Because, "b"),
    _on("decline_nomination", acts.decline, Because, "x"),
    _on("disqualify", acts.disqualify, Because, "d", blocked=acts.disqualify_blocked),
    _on("measure_again", acts.measure_again, None, "v", target="rows", blocked=acts.disqualify_blocked, settles=False),
    Action("rewards.close_month", run=acts.close_month, needs="rewards.keep", target="row", register="rewards.rounds",
           mnemonic="m", rules=("rewards-12",), blocked=acts.close_blocked),
)  # fmt: skip
DUE = (reviews_due, lost_due, months_due)
CHARTS = dimensions.CHARTS
