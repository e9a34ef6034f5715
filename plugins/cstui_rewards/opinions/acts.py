"""The phase of opinions: opened with slips, closed with a count, read before anybody is chosen.

Opening and closing stand in the journal with who did it; what lies between them is anonymous (`voting`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from cstui.api import Content, Context, Labels, Refusal, Text, choice, utc
from cstui_rewards.kinds import Channel, NominationState, RoundState
from cstui_rewards.models import (
    AwardRound,
    BallotBox,
    BallotCode,
    BallotRoll,
    CountedBallot,
    Nomination,
    OpinionBallot,
    OpinionComment,
    OpinionSummary,
)
from cstui_rewards.opinions import roll, urn
from cstui_rewards.opinions.tally import Summary, summary

Box = tuple[str, Channel]


def closed(round_: AwardRound) -> bool:
    """Whether opinions were asked and counted."""
    return bool(round_.ballots_digest)


async def open_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    """Why opinions can't be asked now: before the shortlist stands, or once they were."""
    if round_.state not in (RoundState.NOMINATING, RoundState.REVIEWING):
        return Text("rewards.refusal.opinions_asked", round=round_.round_no, state=choice("rewards", round_.state))
    if utc(ctx.now) < round_.nominate_by:
        return Text("rewards.refusal.still_nominating", round=round_.round_no, by=round_.nominate_by)
    if waiting := await Nomination.filter(round=round_, state=NominationState.SUBMITTED).count():
        return Text("rewards.refusal.still_reviewed", round=round_.round_no, count=waiting)
    if not await Nomination.exists(round=round_, state=NominationState.SHORTLISTED):
        return Text("rewards.refusal.no_shortlist", round=round_.round_no)
    return None


async def open_opinions(ctx: Context, round_: AwardRound, data: None) -> Text:
    """The roll is frozen and hashed; slips are made in one batch and handed out once."""
    Refusal.because(await open_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-25")
    listed = await _shortlist(round_)
    awards = {one.award.code: one.award for one in listed}
    entries = await roll.entitled(ctx, listed)
    await BallotRoll.insert(
        BallotRoll(round=round_, award=awards[code], voter=voter, channel=channel) for code, channel, voter in entries
    )
    counted: dict[Box, int] = {}
    for code, channel, _ in entries:
        counted[code, channel] = counted.get((code, channel), 0) + 1
    boxes = [
        BallotBox(round=round_, award=awards[code], channel=channel, entitled=count)
        for (code, channel), count in counted.items()
    ]
    await BallotBox.insert(boxes)
    await _hand_out(ctx, round_, boxes)
    days = ctx.rule("rewards-25").opinion_days
    round_.state = RoundState.OPINIONS
    round_.opinions_from = utc(ctx.now)
    round_.opinions_by = ctx.moment(ctx.calendar.add_workdays(ctx.today, days), 24 * 60)
    round_.roll_digest = await roll.digest_of(round_)
    await round_.save()
    return Text("rewards.done.opinions_open", round=round_.round_no, slips=len(entries), by=round_.opinions_by)


async def _shortlist(round_: AwardRound) -> list[Nomination]:
    rows = Nomination.filter(round=round_, state=NominationState.SHORTLISTED)
    return await rows.order_by("id").select_related("award", "nominee")


async def _hand_out(ctx: Context, round_: AwardRound, boxes: Sequence[BallotBox]) -> None:
    """A sheet of slips for each award and channel, to be cut, folded and drawn."""
    for box in boxes:
        code = box.award.code
        codes = await urn.issue(ctx.today, round_.round_no, code, box.channel, box.entitled)
        names = {"award": box.award.name, "channel": choice("rewards", box.channel), "round": round_.round_no}
        halves = [f"{one[:19]} {one[20:]}" for one in codes]  # on a narrow slip they stand one below the other
        slips = [(one, f"{box.award.name} {round_.round_no}") for one in halves]
        title = Text("rewards.paper.slips", **names)
        ctx.pages.append(Content(title, (Text("rewards.paper.slips_told", count=box.entitled), Labels(slips))))


async def open_effect(ctx: Context, rows: Sequence[AwardRound], data: None) -> Text:
    """In plain words: what nobody can see, and what who runs the computer still could."""
    return Text("rewards.effect.open_opinions")


async def new_slips_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if round_.state is not RoundState.OPINIONS or closed(round_):
        return Text("rewards.refusal.no_opinions", round=round_.round_no)
    if await BallotCode.exists(round_no=round_.round_no, used=True):
        return Text("rewards.refusal.slips_used", round=round_.round_no)
    return None


async def new_slips(ctx: Context, round_: AwardRound, data: None) -> Text:
    """A new batch in place of one that got lost or was seen, as long as nobody has used a slip; the old one is void."""
    Refusal.because(await new_slips_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-38")
    await BallotCode.filter(round_no=round_.round_no).delete()
    boxes = await BallotBox.filter(round=round_).order_by("id").select_related("award")
    await _hand_out(ctx, round_, boxes)
    return Text("rewards.done.new_slips", round=round_.round_no, slips=sum(box.entitled for box in boxes))


async def close_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if round_.state is not RoundState.OPINIONS or closed(round_):
        return Text("rewards.refusal.no_opinions", round=round_.round_no)
    if ctx.rule("rewards-25").on and round_.opinions_by and utc(ctx.now) < round_.opinions_by:
        return Text("rewards.refusal.opinions_until", round=round_.round_no, by=round_.opinions_by)
    return None


async def close_opinions(ctx: Context, round_: AwardRound, data: None) -> Text:
    """Count what lies in the urn, commit to it, and leave the urn empty. What is too little to be shown isn't kept."""
    Refusal.because(await close_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-25")
    if await roll.digest_of(round_) != round_.roll_digest:
        raise Refusal("rewards.refusal.roll_changed", field="round", value=round_.round_no, rule="rewards-38")
    boxes = {(one.award.code, one.channel): one for one in await _boxes(round_)}
    used = await urn.used(round_.round_no)
    ballots = await urn.empty(round_.round_no)
    spoken = {one.nomination_no for one in ballots}
    rule = ctx.rule("rewards-38")
    least = round_.min_ballots_shown if rule.on else 1
    shown: dict[str, tuple[Nomination, OpinionBallot]] = {}
    for nomination in await Nomination.filter(round=round_).order_by("id").select_related("award"):
        if nomination.state is not NominationState.SHORTLISTED and nomination.nomination_no not in spoken:
            continue
        for channel in Channel:
            if box := boxes.get((nomination.award.code, channel)):
                said = [b for b in ballots if (b.nomination_no, b.channel) == (nomination.nomination_no, channel)]
                found = summary([(one.score, one.support) for one in said], least)
                await _summarise(nomination, box, found)
                shown |= {one.receipt: (nomination, one) for one in said} if found else {}
    await _keep(ctx, round_, ballots, shown)
    for (code, channel), box in boxes.items():
        box.used = used.get((code, channel), 0)
        mine = [(n, b) for n, b in shown.values() if (n.award.code, b.channel) == (code, channel)]
        box.digest = ctx.seal("rewards_counted", [sealed(n.nomination_no, b) for n, b in mine])
        await box.save()
    round_.ballots_digest = ctx.seal("rewards_counted", [sealed(n.nomination_no, b) for n, b in shown.values()])
    await round_.save()
    return Text("rewards.done.opinions_closed", round=round_.round_no, ballots=len(ballots))


async def _boxes(round_: AwardRound) -> list[BallotBox]:
    return await BallotBox.filter(round=round_).order_by("id").select_related("award")


def sealed(number: str, ballot: OpinionBallot | CountedBallot) -> dict[str, Any]:
    """A ballot as the journal commits to it: anybody can write it down so from the published list."""
    return {
        "nomination": number, "channel": str(ballot.channel), "score": ballot.score, "support": bool(ballot.support),
        "receipt": ballot.receipt,
    }  # fmt: skip


async def _summarise(nomination: Nomination, box: BallotBox, found: Summary | None) -> None:
    await OpinionSummary.create(
        nomination=nomination, channel=box.channel, entitled=box.entitled, ballots=found and found.ballots,
        mean=found and found.mean, supports=found and found.supports,
    )  # fmt: skip


async def _keep(
    ctx: Context, round_: AwardRound, ballots: Sequence[OpinionBallot], shown: dict[str, tuple[Nomination, Any]]
) -> None:
    """Ballots in the order of their receipts, comments in one of their own; of what isn't shown, the receipt."""
    kept = []
    for one in ballots:
        if one.receipt in shown:
            nomination = shown[one.receipt][0]
            kept.append(CountedBallot(round=round_, nomination=nomination, channel=one.channel, score=one.score,
                                      support=one.support, receipt=one.receipt))  # fmt: skip
        else:
            kept.append(CountedBallot(round=round_, receipt=one.receipt))
    await CountedBallot.insert(kept)
    said = [(nomination, one) for nomination, one in shown.values() if one.comment]
    random.SystemRandom().shuffle(said)
    words = [OpinionComment(nomination=n, channel=one.channel, words=one.comment) for n, one in said]
    await OpinionComment.insert(words)
    if words:
        lines = [{"nomination": n.nomination_no, "channel": str(b.channel), "words": b.comment} for n, b in said]
        ctx.seal("rewards_comment", lines)


async def read_blocked(ctx: Context, round_: AwardRound) -> Text | None:
    if not closed(round_):
        return Text("rewards.refusal.opinions_open", round=round_.round_no)
    if round_.opinions_read_by:
        return Text("rewards.refusal.opinions_read", round=round_.round_no)
    return None


async def read_opinions(ctx: Context, round_: AwardRound, data: None) -> Text:
    """The head has read what was said: only then may winners be chosen (rewards-25)."""
    Refusal.because(await read_blocked(ctx, round_), field="round", value=round_.round_no, rule="rewards-25")
    round_.opinions_read_by = ctx.actor.login
    await round_.save()
    return Text("rewards.done.opinions_read", round=round_.round_no)


def unread(ctx: Context, round_: AwardRound) -> Text | None:
    """Why nobody may be chosen yet: opinions still open, or not read (rewards-25)."""
    if not ctx.rule("rewards-25").on:
        return None
    if not closed(round_):
        return Text("rewards.refusal.opinions_open", round=round_.round_no)
    if not round_.opinions_read_by:
        return Text("rewards.refusal.opinions_unread", round=round_.round_no)
    return None
