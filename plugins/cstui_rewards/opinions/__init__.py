"""Opinions: slips drawn by hand, ballots nobody can link to anybody, and a count that everybody can check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cstui.api import Action, Column, Context, Register, Related, Text
from cstui_rewards.kinds import Channel, NominationState
from cstui_rewards.models import BallotBox, BallotRoll, CountedBallot, Nomination, OpinionComment, OpinionSummary
from cstui_rewards.opinions import acts, demo, voting
from cstui_rewards.opinions.charts import CHARTS
from cstui_rewards.opinions.due import opinions_due
from cstui_rewards.opinions.inputs import Cast, CheckReceipt, Withdraw

__all__ = ["ACTIONS", "CHARTS", "DUE", "REGISTERS", "demo"]

_LISTED = (NominationState.SHORTLISTED, NominationState.WON, NominationState.NOT_CHOSEN)


def _candidates(ctx: Context) -> Any:
    """Everybody sees of whom opinions are asked, and were."""
    rows = Nomination.filter(round__opinions_from__not_isnull=True, state__in=_LISTED)
    return rows.select_related("award", "nominee", "round").prefetch_related("cases")


def _cases(ctx: Context, nomination: Nomination) -> list[str]:
    return [one.title for one in nomination.cases]


def _ballots(ctx: Context) -> Any:
    """Enough of a channel to be shown; what other departments said only reviewers see (rewards-38)."""
    rows = CountedBallot.filter(score__not_isnull=True).select_related("nomination__nominee", "round")
    if ctx.rule("rewards-38").on and not ctx.may("rewards.review"):
        rows = rows.filter(channel=Channel.INTERNAL)
    return rows


def _comments(ctx: Context) -> Any:
    """For reviewers; none of oneself."""
    rows = OpinionComment.all().select_related("nomination__nominee", "nomination__award")
    return rows.exclude(nomination__nominee_id=ctx.actor.staff_id or 0)


def _told(name: str) -> Any:
    """A figure of a summary, or that there are too few ballots."""

    def value(ctx: Context, row: OpinionSummary) -> Any:
        if row.mean is None:
            return Text("rewards.value.not_enough")
        return Decimal(row.mean).scaleb(-2) if name == "mean" else getattr(row, name)

    return value


CANDIDATES = Register(
    "rewards.candidates", Nomination,
    (
        Column("nomination_no", width=14, sort="nomination_no"), Column("nominee", "nominee.name", width=10),
        Column("award", "award.name", width=14), Column("round", "round.round_no", width=8, sort="round_id"),
        Column("nomination_state", "state", width=10, sort="state"), Column("reason", width=30, narrow=False),
    ),
    noun="candidate", natural_key=("nomination_no",), sort="-id", query=_candidates,
    sections=(Column("case_titles", _cases),),
    related=(
        Related("rewards.summaries", "nomination"), Related("rewards.ballots", "nomination"),
        Related("rewards.comments", "nomination"),
    ),
)  # fmt: skip
SUMMARIES = Register(
    "rewards.summaries", OpinionSummary,
    (
        Column("nominee", "nomination.nominee.name", width=10), Column("award", "nomination.award.name", width=14),
        Column("ballot_channel", "channel", width=10, sort="channel"),
        Column("mean_score", _told("mean"), width=10, align="right"),
        Column("supports", _told("supports"), width=8, align="right"),
        Column("ballots", _told("ballots"), width=8, align="right"),
        Column("entitled", width=8, align="right", narrow=False),
    ),
    noun="summary", natural_key=("id",), sort="-id", needs="rewards.review",
    query=lambda ctx: OpinionSummary.all().select_related("nomination__nominee", "nomination__award"),
)  # fmt: skip
BALLOTS = Register(
    "rewards.ballots", CountedBallot,
    (
        Column("round", "round.round_no", width=8, sort="round_id"),
        Column("nomination_no", "nomination.nomination_no", width=14, sort="nomination_id"),
        Column("nominee", "nomination.nominee.name", width=10), Column("ballot_channel", "channel", width=10),
        Column("score", width=6, align="right", sort="score"), Column("support", width=6, sort="support"),
        Column("receipt", width=16, narrow=False, sort="receipt"),
    ),
    noun="ballot", natural_key=("receipt",), sort="receipt", query=_ballots, private=True,
)  # fmt: skip
COMMENTS = Register(
    "rewards.comments", OpinionComment,
    (
        Column("nominee", "nomination.nominee.name", width=10), Column("award", "nomination.award.name", width=14),
        Column("ballot_channel", "channel", width=10), Column("words", width=40),
    ),
    noun="comment", natural_key=("id",), sort="id", query=_comments, needs="rewards.review", private=True,
)  # fmt: skip
BOXES = Register(
    "rewards.boxes", BallotBox,
    (
        Column("round", "round.round_no", width=8, sort="round_id"), Column("award", "award.name", width=14),
        Column("ballot_channel", "channel", width=10), Column("entitled", width=8, align="right"),
        Column("used_slips", "used", width=8, align="right"), Column("digest", width=16, narrow=False),
    ),
    noun="box", natural_key=("id",), sort="-id",
    query=lambda ctx: BallotBox.all().select_related("round", "award"),
)  # fmt: skip
ROLL = Register(
    "rewards.roll", BallotRoll,
    (
        Column("round", "round.round_no", width=8, sort="round_id"), Column("award", "award.name", width=14),
        Column("ballot_channel", "channel", width=10, sort="channel"), Column("voter", "voter.name", width=10),
    ),
    noun="voter", natural_key=("id",), sort="-round_id", needs="rewards.keep",
    query=lambda ctx: BallotRoll.all().select_related("round", "award", "voter"),
)  # fmt: skip


def _on_round(name: str, run: Any, mnemonic: str, **more: Any) -> Action:
    given: dict[str, Any] = {"needs": "rewards.keep", "target": "row", "register": "rewards.rounds"}
    return Action(f"rewards.{name}", run=run, mnemonic=mnemonic, **(given | more))


REGISTERS = (CANDIDATES, SUMMARIES, BALLOTS, COMMENTS, BOXES, ROLL)
ACTIONS = (
    _on_round("open_opinions", acts.open_opinions, "p", blocked=acts.open_blocked, effect=acts.open_effect,
              rules=("rewards-25", "rewards-26", "rewards-38"), dangerous=True),
    _on_round("new_slips", acts.new_slips, "w", blocked=acts.new_slips_blocked, rules=("rewards-38",), dangerous=True,
              settles=False),
    _on_round("close_opinions", acts.close_opinions, "c", blocked=acts.close_blocked,
              rules=("rewards-25", "rewards-38")),
    _on_round("read_opinions", acts.read_opinions, "r", blocked=acts.read_blocked, needs="rewards.approve",
              rules=("rewards-25",)),
    _on_round("recount", voting.recount, "z", blocked=voting.recount_blocked, needs="rewards.own", anonymous=True,
              rules=("rewards-38",), settles=False),
    Action("rewards.cast", run=voting.cast, needs="rewards.own", input=Cast, target="row",
           register="rewards.candidates", mnemonic="v", rules=("rewards-26", "rewards-38"),
           prefill=voting.cast_prefill, effect=voting.cast_effect, blocked=voting.cast_blocked, dangerous=True,
           anonymous=True, settles=False),
    Action("rewards.withdraw", run=voting.withdraw, needs="rewards.own", input=Withdraw,
           register="rewards.candidates", mnemonic="t", rules=("rewards-38",), anonymous=True),
    Action("rewards.check_receipt", run=voting.check_receipt, needs="rewards.own", input=CheckReceipt,
           register="rewards.candidates", mnemonic="q", rules=("rewards-38",), anonymous=True),
)  # fmt: skip
DUE = (opinions_due,)
