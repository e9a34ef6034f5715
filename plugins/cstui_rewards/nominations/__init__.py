"""Nominations: tips to the leader, forms with cases and witnesses, the criteria one by one."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import Q

from cstui.api import Action, Column, Context, Register, Related
from cstui_rewards.models import CriterionCheck, Nomination, NominationCase, Tip, WitnessConfirmation
from cstui_rewards.nominations import acts, demo, papers, witnesses
from cstui_rewards.nominations.due import answers_due, nominations_due
from cstui_rewards.nominations.inputs import (
    AddCase,
    AddWitnesses,
    AdmitLate,
    ChangeReason,
    Confirm,
    Deny,
    GiveTip,
    Nominate,
    Tick,
)

__all__ = ["ACTIONS", "DUE", "PAPERS", "REGISTERS", "demo"]


def _seen(ctx: Context) -> Any:
    """Reviewers see all, a leader those of the team and their own, a member those in which they are asked."""
    rows = Nomination.all()
    if not ctx.may("rewards.review"):
        mine = ctx.actor.staff_id or 0
        rows = rows.filter(Q(nominated_by_id=mine) | Q(witnesses__witness_id=mine)).distinct()
    return rows.select_related("award", "nominee", "team", "nominated_by", "round").prefetch_related(
        "cases", "witnesses__witness"
    )


def _of_seen(ctx: Context, rows: Any) -> Any:
    if ctx.may("rewards.review"):
        return rows
    mine = ctx.actor.staff_id or 0
    return rows.filter(Q(nomination__nominated_by_id=mine) | Q(nomination__witnesses__witness_id=mine)).distinct()


def _answers(ctx: Context) -> Any:
    """What oneself is asked as a witness, and what others said of one's own nominations."""
    rows = WitnessConfirmation.all().select_related("witness", "nomination__nominee", "nomination__award")
    mine = ctx.actor.staff_id or 0
    own = Q(nomination__nominated_by_id=mine) | Q(witness_id=mine)
    return rows if ctx.may("rewards.review") else rows.filter(own)


def _tips(ctx: Context) -> Any:
    """Leaders hear of all, a member sees what they said themselves."""
    rows = Tip.all().select_related("award", "nominee", "by", "round")
    return rows if ctx.may("rewards.nominate") else rows.filter(by_id=ctx.actor.staff_id or 0)


TIPS = Register(
    "rewards.tips", Tip,
    (
        Column("tip_no", width=14, sort="tip_no"), Column("nominee", "nominee.name", width=10),
        Column("award", "award.name", width=14), Column("case", width=36, narrow=False), Column("at", width=16),
    ),
    noun="tip", natural_key=("tip_no",), sort="-id", query=_tips, needs="rewards.own",
)  # fmt: skip
NOMINATIONS = Register(
    "rewards.nominations", Nomination,
    (
        Column("nomination_no", width=14, sort="nomination_no"), Column("nominee", "nominee.name", width=10),
        Column("award", "award.name", width=14), Column("nomination_state", "state", width=10, sort="state"),
        Column("team", "team.name", width=12), Column("nominated_by", "nominated_by.name", width=10, narrow=False),
        Column("submitted_at", width=16, narrow=False),
    ),
    noun="nomination", natural_key=("nomination_no",), sort="-id", query=_seen, needs="rewards.own",
    sections=(
        Column("round", "round.round_no"), Column("reason"), Column("late_reason"), Column("ended_because"),
        Column("created_at"),
    ),
    related=(
        Related("rewards.cases", "nomination", told=True), Related("rewards.witnesses", "nomination", told=True),
        Related("rewards.checks", "nomination", told=True), Related("rewards.steps", "nomination", told=True),
    ),
)  # fmt: skip
CASES = Register(
    "rewards.cases", NominationCase,
    (
        Column("nomination", "nomination.nomination_no", width=14), Column("day", width=10, sort="day"),
        Column("title", width=20), Column("description", width=40, narrow=False),
        Column("attachment", width=14, narrow=False),
    ),
    noun="case", natural_key=("id",), sort="-id", needs="rewards.own",
    query=lambda ctx: _of_seen(ctx, NominationCase.all()).select_related("nomination"),
)  # fmt: skip
WITNESSES = Register(
    "rewards.witnesses", WitnessConfirmation,
    (
        Column("nomination", "nomination.nomination_no", width=14),
        Column("nominee", "nomination.nominee.name", width=10),
        Column("witness", "witness.name", width=10), Column("witness_state", "state", width=10, sort="state"),
        Column("remark", width=24), Column("asked_at", width=16, narrow=False),
        Column("answered_at", width=16, narrow=False),
    ),
    noun="witness", natural_key=("id",), sort="-id", needs="rewards.own",
    query=_answers,
)  # fmt: skip
CHECKS = Register(
    "rewards.checks", CriterionCheck,
    (
        Column("nomination", "nomination.nomination_no", width=14), Column("criterion", "criterion.told", width=26),
        Column("met", width=8, sort="met"), Column("told", width=10, align="right"),
        Column("remark", width=24, narrow=False), Column("decided_by", width=10, narrow=False),
    ),
    noun="check", natural_key=("id",), sort="id", needs="rewards.nominate",
    query=lambda ctx: _of_seen(ctx, CriterionCheck.all()).select_related("criterion", "nomination"),
    sections=(Column("criterion_kind", "criterion.kind"), Column("rule", "criterion.rule"), Column("at")),
)  # fmt: skip


def _on(name: str, run: Any, model: Any = None, mnemonic: str = "", **more: Any) -> Action:
    """An action on a nomination."""
    given: dict[str, Any] = {
        "needs": "rewards.nominate",
        "target": "row",
        "blocked": acts.own_blocked,
        "settles": False,
    }
    return Action(
        f"rewards.{name}", run=run, input=model, register="rewards.nominations", mnemonic=mnemonic, **(given | more)
    )


REGISTERS = (NOMINATIONS, TIPS, CASES, WITNESSES, CHECKS)
ACTIONS = (
    Action("rewards.tip", run=acts.tip, needs="rewards.own", input=GiveTip, register="rewards.tips", mnemonic="n",
           rules=("rewards-03",), settles=False),
    Action("rewards.nominate", run=acts.nominate, needs="rewards.nominate", input=Nominate,
           register="rewards.nominations", mnemonic="n",
           rules=("rewards-05", "rewards-23", "rewards-24", "rewards-27"), settles=False),
    _on("submit_nomination", acts.submit, mnemonic="s", settles=True,
        rules=("rewards-05", "rewards-12", "rewards-23", "rewards-24")),
    _on("add_case", acts.add_case, AddCase, "c", rules=("rewards-05",)),
    _on("add_witnesses", acts.add_witnesses, AddWitnesses, "w", rules=("rewards-05",)),
    _on("change_reason", acts.change_reason, ChangeReason, "g", prefill=acts.change_reason_prefill),
    _on("drop_nomination", acts.drop, mnemonic="z"),
    _on("admit_late", acts.admit_late, AdmitLate, "l", needs="rewards.approve", rules=("rewards-24",)),
    Action("rewards.confirm", run=witnesses.confirm, needs="rewards.own", input=Confirm, target="row",
           register="rewards.witnesses", mnemonic="y", rules=("rewards-24",), blocked=witnesses.answer_blocked),
    Action("rewards.deny", run=witnesses.deny, needs="rewards.own", input=Deny, target="row",
           register="rewards.witnesses", mnemonic="n", rules=("rewards-24",), blocked=witnesses.answer_blocked),
    Action("rewards.ask_again", run=witnesses.ask_again, needs="rewards.nominate", target="row",
           register="rewards.witnesses", mnemonic="w", rules=("rewards-24",), blocked=witnesses.ask_again_blocked),
    Action("rewards.judge", run=witnesses.tick, needs="rewards.nominate", input=Tick, target="rows",
           register="rewards.checks", mnemonic="t", rules=("rewards-07", "rewards-11", "rewards-13"),
           blocked=witnesses.tick_blocked, settles=False),
)  # fmt: skip
DUE = (nominations_due, answers_due)
PAPERS = papers.PAPERS
