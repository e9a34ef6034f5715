"""What there is to do about opinions: ask for them, give one, count them, read them."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui_rewards.inputs import OVER
from cstui_rewards.kinds import NominationState, RoundState
from cstui_rewards.models import AwardRound, BallotBox, BallotRoll, Nomination
from cstui_rewards.opinions import urn
from cstui_rewards.opinions.acts import closed, open_blocked


async def opinions_due(ctx: Context) -> list[DueItem]:
    """Of the round that runs; a round without a shortlist asks for nothing."""
    found: list[DueItem] = []
    for round_ in await AwardRound.exclude(state__in=OVER).order_by("month"):
        if round_.state is RoundState.OPINIONS and not closed(round_):
            found += [*await _open(ctx, round_), *await _own(ctx, round_)]
        elif closed(round_):
            found += _unread(ctx, round_)
        elif ctx.may("rewards.keep") and await open_blocked(ctx, round_) is None:
            found.append(_item(ctx, round_, "ask_opinions", "warning", ("rewards.open_opinions",)))
    return found


def _item(
    ctx: Context, round_: AwardRound, word: str, severity: str, actions: tuple[str, ...], **more: object
) -> DueItem:
    given: dict[str, object] = {
        "id": f"rewards.{word}.{round_.round_no}", "severity": severity,
        "title": Text(f"rewards.due.{word}", round=round_.round_no), "rule": "rewards-25", "due": round_.opinions_by,
        "state": Text(f"rewards.state.{word}"), "register": "rewards.rounds", "records": (round_.pk,),
        "actions": actions,
    }  # fmt: skip
    return DueItem(**(given | more))  # type: ignore[arg-type]


async def _open(ctx: Context, round_: AwardRound) -> list[DueItem]:
    """How many slips were used, of how many; once the time is over: to be counted."""
    if not (ctx.may("rewards.keep") or ctx.may("rewards.review")):
        return []
    by = round_.opinions_by
    if by and utc(ctx.now) >= by:
        severity = "warning" if ctx.local(by).date() == ctx.today else "critical"
        return [_item(ctx, round_, "count_opinions", severity, ("rewards.close_opinions",))]
    boxes = await BallotBox.filter(round=round_)
    used = sum((await urn.used(round_.round_no)).values())
    told = Text("rewards.state.turnout", used=used, entitled=sum(one.entitled for one in boxes))
    return [_item(ctx, round_, "turnout", "info", ("rewards.new_slips",), state=told, rule="rewards-38")]


async def _own(ctx: Context, round_: AwardRound) -> list[DueItem]:
    """Whoever is on the roll is asked until the end: who has cast nobody knows."""
    if ctx.actor.staff_id is None or (round_.opinions_by and utc(ctx.now) >= round_.opinions_by):
        return []
    asked = await BallotRoll.filter(round=round_, voter_id=ctx.actor.staff_id).values_list("award_id", flat=True)
    rows = Nomination.filter(round=round_, award_id__in=asked, state=NominationState.SHORTLISTED)
    records = tuple(int(str(one)) for one in await rows.order_by("id").values_list("id", flat=True))
    if not records:
        return []
    return [
        _item(ctx, round_, "give_opinion", "info", ("rewards.cast", "rewards.withdraw"), rule="rewards-26", mine=True,
              register="rewards.candidates", records=records)
    ]  # fmt: skip


def _unread(ctx: Context, round_: AwardRound) -> list[DueItem]:
    if round_.opinions_read_by or not ctx.may("rewards.approve") or not ctx.rule("rewards-25").on:
        return []
    return [_item(ctx, round_, "read_opinions", "warning", ("rewards.read_opinions",), due=None)]
