"""Granting: winners chosen and published, what they get handed over, posted and acknowledged."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tortoise.expressions import RawSQL

from cstui.api import Action, ApprovalKind, Column, Context, Register, Related, Separation
from cstui_rewards.granting import choosing, demo, handing, papers, prizes, publishing
from cstui_rewards.granting.due import choices_due, files_due, findings_due, grants_due
from cstui_rewards.granting.inputs import Acknowledge, Because, Choose, HandOver, ProposePrize, TakeFinding
from cstui_rewards.kinds import Channel, Comparison, Confirmation
from cstui_rewards.models import Grant, Nomination

__all__ = ["ACTIONS", "APPROVALS", "DUE", "PAPERS", "REGISTERS", "demo"]


def _mean(channel: Channel) -> RawSQL:
    return RawSQL(
        '(SELECT "mean" FROM "rewards_summary" WHERE "nomination_id"="rewards_nomination"."id"'
        f" AND \"channel\"='{channel.value}')"
    )


def _listed(ctx: Context) -> Any:
    rows = Nomination.filter(state__in=choosing.LISTED).select_related("award", "nominee", "team", "round")
    return rows.prefetch_related("checks__criterion", "witnesses").annotate(
        cross=_mean(Channel.CROSS_DEPARTMENT), internal=_mean(Channel.INTERNAL)
    )


def _figure(ctx: Context, one: Nomination) -> Any:
    """The figure of which the first is asked."""
    return next((check.told for check in one.checks if check.criterion.op is Comparison.TOP), "")


def _witnesses(ctx: Context, one: Nomination) -> str:
    said = [witness.state for witness in one.witnesses]
    return f"{said.count(Confirmation.CONFIRMED)}/{len(said)}"


def _hundredth(name: str) -> Any:
    def value(ctx: Context, one: Any) -> Any:
        mean = getattr(one, name)
        return None if mean is None else Decimal(mean).scaleb(-2)

    return value


CHOICES = Register(
    "rewards.choices", Nomination,
    (
        Column("award", "award.name", width=12), Column("nominee", "nominee.name", width=10),
        Column("nomination_state", "state", width=8, sort="state"),
        Column("told", _figure, width=8, align="right"), Column("confirmations", _witnesses, width=6, align="right"),
        Column("cross_department", _hundredth("cross"), width=8, align="right"),
        Column("internal", _hundredth("internal"), width=8, align="right"),
        Column("hired_on", "nominee.hired_on", width=10, narrow=False),
        Column("nomination_no", width=14, sort="nomination_no", narrow=False),
    ),
    noun="listed", natural_key=("nomination_no",), sort="-id", query=_listed, needs="rewards.approve",
    sections=(Column("round", "round.round_no"), Column("team", "team.name"), Column("reason")),
    related=(
        Related("rewards.summaries", "nomination"), Related("rewards.comments", "nomination"),
        Related("rewards.cases", "nomination"), Related("rewards.witnesses", "nomination"),
        Related("rewards.checks", "nomination"), Related("rewards.steps", "nomination", told=True),
    ),
)  # fmt: skip


def _due_on(ctx: Context, one: Grant) -> Any:
    return papers.last_day(ctx, one.due_at)


def _own(ctx: Context) -> Any:
    """Who keeps or decides sees all, anybody else what is theirs."""
    rows = Grant.all().select_related("person", "award", "nomination__round")
    if ctx.may("rewards.keep") or ctx.may("rewards.approve"):
        return rows
    return rows.filter(person_id=ctx.actor.staff_id or 0)


GRANTS = Register(
    "rewards.grants", Grant,
    (
        Column("grant_no", width=14, sort="grant_no"), Column("person", "person.name", width=10),
        Column("granted", lambda ctx, one: papers.granted(one), width=14), Column("grant_kind", "kind", width=8),
        Column("amount", lambda ctx, one: papers.told(one), width=13, align="right"),
        Column("grant_state", "state", width=8, sort="state"),
        Column("due_on", _due_on, width=10, sort="due_at", narrow=False), Column("period", width=8, narrow=False),
    ),
    noun="grant", natural_key=("grant_no",), sort="-id", query=_own, needs="rewards.own", private=True,
    sections=(
        Column("award", "award.name"), Column("rule"), Column("gift"), Column("gift_value"), Column("elsewhere"),
        Column("approved_by"), Column("created_at"), Column("handed_by"), Column("handed_at"),
        Column("received_at"), Column("receipt_ref"), Column("dropped_because"),
    ),
)  # fmt: skip


def _on_choice(name: str, run: Any, model: Any, mnemonic: str, **more: Any) -> Action:
    given: dict[str, Any] = {"blocked": choosing.choose_blocked, "rules": ("rewards-25", "rewards-27", "rewards-34")}
    return Action(
        f"rewards.{name}", run=run, needs="rewards.approve", input=model, target="row", register="rewards.choices",
        mnemonic=mnemonic, settles=False, **(given | more),
    )  # fmt: skip


def _on_grant(name: str, run: Any, model: Any, mnemonic: str, blocked: Any, **more: Any) -> Action:
    given: dict[str, Any] = {"needs": "rewards.keep", "target": "rows", "rules": ("rewards-33",)}
    return Action(
        f"rewards.{name}", run=run, input=model, register="rewards.grants", mnemonic=mnemonic, blocked=blocked,
        **(given | more),
    )  # fmt: skip


REGISTERS = (CHOICES, GRANTS)
ACTIONS = (
    _on_choice("choose", choosing.choose, Choose, "y",
               rules=("rewards-09", "rewards-23", "rewards-25", "rewards-27", "rewards-34")),
    _on_choice("reject", choosing.reject, Because, "x"),
    _on_choice("reconsider", choosing.reconsider, Because, "z", blocked=choosing.reconsider_blocked),
    Action("rewards.publish", run=publishing.publish, needs="rewards.keep", target="row", register="rewards.rounds",
           mnemonic="p", rules=("rewards-30", "rewards-31", "rewards-33", "rewards-35"),
           blocked=publishing.publish_blocked),
    Action("rewards.archive", run=publishing.archive, needs="rewards.keep", target="row", register="rewards.rounds",
           mnemonic="a", rules=("rewards-33",), blocked=publishing.archive_blocked),
    _on_grant("hand_over", handing.hand_over, HandOver, "g", handing.hand_blocked, rules=("rewards-29", "rewards-33"),
              separate=(Separation("person_id"),)),
    _on_grant("post_grants", handing.post_points, None, "s", handing.post_blocked),
    _on_grant("acknowledge", handing.acknowledge, Acknowledge, "q", handing.acknowledge_blocked, settles=False),
    _on_grant("drop_grant", handing.drop, Because, "x", handing.drop_blocked, needs="rewards.approve", target="row",
              separate=(Separation("person_id"),)),
    Action("rewards.propose_prize", run=prizes.propose_prize, needs="rewards.nominate", input=ProposePrize,
           register="rewards.grants", mnemonic="n", rules=("rewards-40", "rewards-44"),
           separate=(Separation("person"),), settles=False),
    Action("rewards.take_finding", run=prizes.take, needs="rewards.approve", input=TakeFinding, target="row",
           register="approvals.findings", mnemonic="g", rules=("rewards-60", "rewards-61"),
           prefill=prizes.take_prefill, blocked=prizes.take_blocked),
)  # fmt: skip
APPROVALS = (
    ApprovalKind(
        prizes.KIND, (lambda ctx: ctx.rule("rewards-27").head_role,), prizes.approved, prizes.refused,
        rule="rewards-44", withdrawn=prizes.refused,
    ),
)  # fmt: skip
DUE = (choices_due, grants_due, files_due, findings_due)
PAPERS = papers.PAPERS
