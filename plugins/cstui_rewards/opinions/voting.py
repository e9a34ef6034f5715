"""Giving an opinion, taking it back, and what anybody can check: anonymous acts, on whoever's login.

They touch the urn only. A receipt leads its holder, and whoever it is shown to, to the ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, random_key, utc
from cstui_rewards.kinds import NominationState, RoundState
from cstui_rewards.models import (
    AwardRound,
    AwardType,
    BallotBox,
    BallotCode,
    CountedBallot,
    Nomination,
    OpinionBallot,
    OpinionSummary,
)
from cstui_rewards.opinions import urn
from cstui_rewards.opinions.acts import closed, sealed
from cstui_rewards.opinions.codes import RECEIPT, SLIP, code_of, digest, signs_of
from cstui_rewards.opinions.inputs import Cast, CheckReceipt, Withdraw
from cstui_rewards.opinions.tally import summary


async def cast_blocked(ctx: Context, nomination: Nomination) -> Text | None:
    """Opinions end with a day, so that an act that knows no time finer than the day knows whether they have."""
    round_ = nomination.round
    if round_.state is not RoundState.OPINIONS or closed(round_):
        return Text("rewards.refusal.no_opinions", round=round_.round_no)
    if round_.opinions_by and utc(ctx.now) >= round_.opinions_by:
        return Text("rewards.refusal.opinions_over", round=round_.round_no, by=round_.opinions_by)
    if nomination.state is not NominationState.SHORTLISTED:
        return Text("rewards.refusal.not_on_shortlist", number=nomination.nomination_no)
    return None


async def cast(ctx: Context, nomination: Nomination, data: Cast) -> Text:
    """One ballot of a slip on a nominee; as many of a slip support somebody as a voter may (rewards-26)."""
    number = nomination.nomination_no
    Refusal.because(await cast_blocked(ctx, nomination), field="candidate", value=number, rule="rewards-26")
    signs, slip = await _slip(data.slip)
    if (slip.round_no, slip.award_code) != (nomination.round.round_no, nomination.award.code):
        raise Refusal("rewards.refusal.other_slip", field="slip", value="****", rule="rewards-26",
                      award=(await AwardType.get(code=slip.award_code)).name, round=slip.round_no)  # fmt: skip
    rule = ctx.rule("rewards-26")
    places = rule.ballots_per_voter
    rule.forbid(await urn.served(signs, number), "rewards.refusal.slip_used", field="slip", value="****",
                number=number)  # fmt: skip
    supported = [await urn.served(signs, urn.support_of(n)) for n in range(places)]
    rule.forbid(data.support and all(supported), "rewards.refusal.supported", field="support", value=places)
    receipt = data.receipt or code_of(random_key(), RECEIPT)
    kept = signs_of(receipt, RECEIPT, "receipt")
    if await OpinionBallot.exists(receipt=digest(kept)) or await CountedBallot.exists(receipt=digest(kept)):
        raise BadInput("rewards.refusal.receipt_taken", field="receipt", value="****")
    opinion = urn.Opinion(data.score, data.support, data.comment)
    await urn.cast(slip, signs, number, opinion, kept, places)
    return Text("rewards.done.cast", receipt=receipt)


async def _slip(typed: str) -> tuple[str, BallotCode]:
    signs = signs_of(typed, SLIP, "slip")
    slip = await urn.slip_of(signs)
    if slip is None:
        raise Refusal("rewards.refusal.no_slip", field="slip", value="****", rule="rewards-26")
    return signs, slip


async def cast_prefill(ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
    """A new receipt, to be written down before the ballot is cast."""
    return {"receipt": code_of(random_key(), RECEIPT)}


async def cast_effect(ctx: Context, rows: Sequence[Any], data: Cast) -> Text:
    """In plain words: what is protected, and what isn't."""
    return Text("rewards.effect.cast", receipt=data.receipt or "—")


async def withdraw(ctx: Context, data: Withdraw) -> Text:
    """Before the close a ballot can be taken out with its slip and receipt, and another cast with the slip."""
    signs, slip = await _slip(data.slip)
    round_ = await AwardRound.get(round_no=slip.round_no)
    if round_.opinions_by and utc(ctx.now) >= round_.opinions_by:
        raise Refusal("rewards.refusal.opinions_over", field="slip", value="****", rule="rewards-38",
                      round=round_.round_no, by=round_.opinions_by)  # fmt: skip
    rows = Nomination.filter(round=round_, award__code=slip.award_code)
    numbers = [str(one) for one in await rows.values_list("nomination_no", flat=True)]
    kept = signs_of(data.receipt, RECEIPT, "receipt")
    number = await urn.withdraw(slip, signs, kept, numbers, ctx.rule("rewards-26").ballots_per_voter)
    if number is None:
        raise Refusal("rewards.refusal.no_ballot", field="receipt", value="****", rule="rewards-38")
    return Text("rewards.done.withdrawn", number=number)


async def check_receipt(ctx: Context, data: CheckReceipt) -> Text:
    """Whether one's ballot lies in the urn, or was counted. It doesn't say what was said."""
    kept = digest(signs_of(data.receipt, RECEIPT, "receipt"))
    if counted := await CountedBallot.filter(receipt=kept).select_related("round").first():
        return Text(f"rewards.done.{'counted' if counted.score else 'counted_few'}", round=counted.round.round_no)
    if ballot := await OpinionBallot.filter(receipt=kept).first():
        return Text("rewards.done.in_urn", round=ballot.round_no)
    raise Refusal("rewards.refusal.no_ballot", field="receipt", value="****", rule="rewards-38")


async def recount_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    return None if closed(round_) else Text("rewards.refusal.opinions_open", round=round_.round_no)


async def recount(ctx: Context, round_: AwardRound, data: None) -> Text:
    """Count the published ballots anew: do they give the summaries, and the digests that the journal has?"""
    Refusal.because(await recount_blocked(ctx, round_), field="round", value=round_.round_no)
    rows = CountedBallot.filter(round=round_, score__not_isnull=True).select_related("nomination__award")
    ballots = await rows.order_by("id")
    for told in await OpinionSummary.filter(nomination__round=round_).order_by("id"):
        said = [one for one in ballots if (one.nomination_id, one.channel) == (told.nomination_id, told.channel)]
        found = summary([(one.score or 0, bool(one.support)) for one in said], 1)
        if (found and (found.ballots, found.mean, found.supports)) != (
            (told.ballots, told.mean, told.supports) if told.ballots else None
        ):
            await _differs(round_, told)
    for box in await BallotBox.filter(round=round_).select_related("award"):
        mine = [one for one in ballots if (one.nomination and one.nomination.award_id, one.channel)
                == (box.award_id, box.channel)]  # fmt: skip
        if ctx.seal("rewards_counted", [sealed(_number(one), one) for one in mine]) != box.digest:
            raise Refusal("rewards.refusal.digest_differs", field="round", value=round_.round_no, rule="rewards-38",
                          award=box.award.name, channel=choice("rewards", box.channel))  # fmt: skip
    few = await CountedBallot.filter(round=round_, score=None).count()
    return Text("rewards.done.recounted", round=round_.round_no, ballots=len(ballots), few=few,
                digest=round_.ballots_digest[:16])  # fmt: skip


def _number(ballot: CountedBallot) -> str:
    return ballot.nomination.nomination_no if ballot.nomination else ""


async def _differs(round_: AwardRound, told: OpinionSummary) -> None:
    number = (await Nomination.get(id=told.nomination_id)).nomination_no
    raise Refusal("rewards.refusal.count_differs", field="round", value=round_.round_no, rule="rewards-38",
                  number=number, channel=choice("rewards", told.channel))  # fmt: skip
