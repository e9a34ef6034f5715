"""Letters without a name about a choice (rewards-34): a receipt, shown once, is the only way back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tortoise.expressions import Q

from cstui.api import BadInput, Context, Refusal, Text, choice, random_key, utc
from cstui_rewards.kinds import NominationState, RoundState, WhistleState
from cstui_rewards.models import AwardRound, Nomination, PublicObjection, Report, WhistleReport
from cstui_rewards.opinions.codes import RECEIPT, code_of, digest, signs_of
from cstui_rewards.reports.inputs import ReadAnswer, WriteLetter


async def write(ctx: Context, data: WriteLetter) -> Text:
    """From the opening of a round until so many days after its publication."""
    round_ = data.nomination.round if data.nomination else await _running(ctx)
    if round_ is None:
        raise Refusal("rewards.refusal.no_round_for_letters", field="words", value="", rule="rewards-34")
    rule = ctx.rule("rewards-34")
    rule.forbid(not _taken(ctx, round_), "rewards.refusal.letters_over", field="nomination", value=round_.round_no,
                days=rule.whistle_open)  # fmt: skip
    receipt = data.receipt or code_of(random_key(), RECEIPT)
    kept = digest(signs_of(receipt, RECEIPT, "receipt"))
    if await WhistleReport.exists(receipt=kept):
        raise BadInput("rewards.refusal.receipt_taken", field="receipt", value="****")
    number = data.nomination.nomination_no if data.nomination else ""
    await WhistleReport.create(
        day=ctx.today, round_no=round_.round_no, nomination_no=number, words=data.words, receipt=kept
    )
    return Text("rewards.done.letter", receipt=receipt)


def _taken(ctx: Context, round_: AwardRound) -> bool:
    """Whether letters about a round are taken now."""
    if round_.state is RoundState.CANCELLED:
        return False
    days = timedelta(days=ctx.rule("rewards-34").whistle_open)
    return round_.published_at is None or utc(ctx.now) < round_.published_at + days


async def _running(ctx: Context) -> AwardRound | None:
    """The last round about which letters are taken; the last of all where only the time is over."""
    rounds = await AwardRound.exclude(state=RoundState.CANCELLED).order_by("-month").limit(12)
    return next((one for one in rounds if _taken(ctx, one)), rounds[0] if rounds else None)


async def write_prefill(ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
    """A new receipt, to be written down before the letter is sent."""
    return {"receipt": code_of(random_key(), RECEIPT)}


async def write_effect(ctx: Context, rows: Sequence[Any], data: WriteLetter) -> Text:
    """In plain words: what is protected, and what isn't."""
    return Text("rewards.effect.letter", receipt=data.receipt or "—")


async def read_answer(ctx: Context, data: ReadAnswer) -> Text:
    """What became of a letter."""
    letter = await WhistleReport.filter(receipt=digest(signs_of(data.receipt, RECEIPT, "receipt"))).first()
    if letter is None:
        raise Refusal("rewards.refusal.no_letter", field="receipt", value="****", rule="rewards-34")
    made: Report | PublicObjection | None = await Report.filter(report_no=letter.taken_up).first()
    made = made or await PublicObjection.filter(objection_no=letter.taken_up).first()
    if made is None:
        return Text("rewards.done.letter_unread", day=letter.day)
    word = "letter_answered" if made.answer else "letter_read"
    return Text(f"rewards.done.{word}", day=letter.day, state=choice("rewards", made.state), answer=made.answer)


async def unread(ctx: Context) -> list[WhistleReport]:
    """Letters that the actor may open: none about a nomination of or by them."""
    me = ctx.actor.staff_id or 0
    mine = Nomination.filter(Q(nominee_id=me) | Q(nominated_by_id=me))
    own = {str(one) for one in await mine.values_list("nomination_no", flat=True)}
    letters = await WhistleReport.filter(taken_up="").order_by("day", "id")
    return [one for one in letters if one.nomination_no not in own]


async def examine(ctx: Context, data: None) -> Text:
    """Each letter becomes a report to be decided, or an objection to what is published; the journal commits to them."""
    letters = await unread(ctx)
    if not letters:
        raise Refusal("rewards.refusal.no_letters", field="action", value="", rule="rewards-34")
    lines = [{"day": f"{one.day}", "receipt": one.receipt, "words": one.words} for one in letters]
    ctx.seal("rewards_whistle", lines)
    for letter in letters:
        letter.taken_up = await _take_up(ctx, letter)
        await letter.save()
    return Text("rewards.done.examined", count=len(letters))


async def _take_up(ctx: Context, letter: WhistleReport) -> str:
    round_ = await AwardRound.get(round_no=letter.round_no)
    about = await Nomination.filter(nomination_no=letter.nomination_no).first() if letter.nomination_no else None
    if about and objectionable(about, round_) and round_.objections_by and letter.day < ctx.local(
        round_.objections_by
    ).date() + timedelta(days=1):  # fmt: skip
        number = await PublicObjection.next_number("objection_no", "O", ctx.today)
        await PublicObjection.create(objection_no=number, nomination=about, words=letter.words, day=letter.day)
        return number
    number = await Report.next_number("report_no", "R", ctx.today)
    await Report.create(
        report_no=number, round=round_, nomination=about, words=letter.words, day=letter.day,
        state=WhistleState.EXAMINED, examined_by=ctx.actor.login,
    )  # fmt: skip
    return number


def objectionable(nomination: Nomination, round_: AwardRound) -> bool:
    """Whether it is a winner that was published and isn't granted yet."""
    return nomination.state is NominationState.WON and round_.state is RoundState.PUBLISHED
