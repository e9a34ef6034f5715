"""Awards: what may be won, for what, by which criteria; proposed by anybody, adopted by the head."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, ApprovalKind, Column, Context, Register, Related, Text, choice
from cstui_rewards.awards import acts, demo
from cstui_rewards.awards.due import awards_due
from cstui_rewards.awards.inputs import ProposeAward, RetireAward, SetCriteria
from cstui_rewards.kinds import Comparison
from cstui_rewards.models import AwardType, Criterion

__all__ = ["ACTIONS", "APPROVALS", "DUE", "REGISTERS", "demo"]


def limit(ctx: Context, criterion: Criterion) -> Any:
    """Against what a figure is compared: one's own value, or the rule's figure in force today."""
    if criterion.op in (Comparison.NONE, Comparison.TOP):
        return choice("rewards", criterion.op) if criterion.op is Comparison.TOP else None
    value = getattr(ctx.rule(criterion.rule), criterion.figure) if criterion.figure else criterion.value
    return Text("rewards.value.compared", op=choice("rewards", criterion.op), value=value)


AWARDS = Register(
    "rewards.awards", AwardType,
    (
        Column("code", width=14, sort="code"), Column("award_name", "name", width=16, sort="name"),
        Column("award_kind", "kind", width=10), Column("award_state", "state", width=10, sort="state"),
        Column("cash", width=10, align="right"), Column("points", width=8, align="right"),
        Column("purpose", width=28, narrow=False),
    ),
    noun="award", natural_key=("code",), lookup=("name",), sort="code",
    query=lambda ctx: AwardType.all().select_related("proposer"),
    sections=(
        Column("certificate"), Column("monthly"), Column("proposer", "proposer.name"), Column("proposed_at"),
        Column("adopted_by"), Column("adopted_at"), Column("first_day"), Column("last_day"), Column("answer"),
        Column("reviewed_on"),
    ),
    related=(Related("rewards.criteria", "award", told=True),),
)  # fmt: skip
CRITERIA = Register(
    "rewards.criteria", Criterion,
    (
        Column("criterion_no", width=18, sort="criterion_no"), Column("criterion", "told", width=34),
        Column("criterion_kind", "kind", width=8), Column("limit", limit, width=16),
        Column("rule", width=12, narrow=False),
    ),
    noun="criterion", natural_key=("criterion_no",), sort="criterion_no",
    query=lambda ctx: Criterion.all().select_related("award"),
    sections=(Column("award", "award.name"), Column("metric")),
)  # fmt: skip

REGISTERS = (AWARDS, CRITERIA)
ACTIONS = (
    Action("rewards.load_awards", run=acts.load, needs="rewards.scheme", register="rewards.awards", mnemonic="l",
           rules=("rewards-02",), settles=False),
    Action("rewards.propose_award", run=acts.propose, needs="rewards.own", input=ProposeAward,
           register="rewards.awards", mnemonic="n", rules=("rewards-02", "rewards-03"), settles=False),
    Action("rewards.set_criteria", run=acts.set_criteria, needs="rewards.scheme", input=SetCriteria, target="row",
           register="rewards.awards", mnemonic="c", rules=("rewards-04",), prefill=acts.set_criteria_prefill,
           blocked=acts.adopted_blocked),
    Action("rewards.keep_award", run=acts.keep, needs="rewards.scheme", target="rows", register="rewards.awards",
           mnemonic="k", rules=("rewards-01",), blocked=acts.adopted_blocked),
    Action("rewards.retire_award", run=acts.retire, needs="rewards.scheme", input=RetireAward, target="row",
           register="rewards.awards", mnemonic="t", rules=("rewards-02",), blocked=acts.adopted_blocked),
)  # fmt: skip
APPROVALS = (
    ApprovalKind(
        acts.KIND, (lambda ctx: ctx.rule("rewards-02").award_adopter,), acts.adopted, acts.declined,
        rule="rewards-03", withdrawn=acts.declined, deadline=acts.deadline,
    ),
)  # fmt: skip
DUE = (awards_due,)
