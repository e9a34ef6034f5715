"""The urn: slips, and what is cast with them. It knows rounds, awards and nominations by their numbers, nobody by name.

A slip's code leaves marks that say for what it served. No mark names a ballot, no ballot a mark, and none says which
others are of the same code: only who has the code finds its marks, only who has code and receipt finds the ballot.
Nothing holds a time: of each row the day is that on which opinions opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cstui.api import random_key
from cstui_rewards.kinds import Channel
from cstui_rewards.models import BallotCode, BallotMark, OpinionBallot
from cstui_rewards.opinions.codes import SLIP, code_of, digest, key_of, signs_of


@dataclass(frozen=True, slots=True)
class Opinion:
    score: int
    support: bool
    comment: str = ""


async def issue(day: date, round_no: str, award_code: str, channel: Channel, count: int) -> list[str]:
    """So many new codes at once, in an order that says nothing; only their digests are kept."""
    codes = sorted(code_of(random_key(), SLIP) for _ in range(count))
    rows = [
        BallotCode(id=key_of(signs_of(code, SLIP, "")), day=day, round_no=round_no, award_code=award_code,
                   channel=channel)
        for code in codes
    ]  # fmt: skip
    await BallotCode.bulk_create(sorted(rows, key=lambda row: row.id), batch_size=500)
    return codes


async def slip_of(signs: str) -> BallotCode | None:
    """The slip with a code, as long as its round's opinions are open."""
    return await BallotCode.filter(id=key_of(signs)).first()


async def served(signs: str, what: str) -> bool:
    """Whether a code was used for something already."""
    return await BallotMark.exists(id=key_of(signs, what))


def support_of(place: int) -> str:
    """What the mark of a code's n-th supported nominee is for."""
    return f"support {place}"


async def cast(slip: BallotCode, signs: str, number: str, opinion: Opinion, receipt: str, places: int) -> None:
    """One ballot on a nomination; `receipt` as its signs. A supporting one takes the code's first free place."""
    await _mark(slip, signs, number)
    if opinion.support:
        free = [n for n in range(places) if not await served(signs, support_of(n))]
        await _mark(slip, signs, support_of(free[0] if free else places))
    await OpinionBallot.create(
        id=key_of(receipt, signs), day=slip.day, round_no=slip.round_no, nomination_no=number, channel=slip.channel,
        score=opinion.score, support=opinion.support, comment=opinion.comment, receipt=digest(receipt),
    )  # fmt: skip
    slip.used = True
    await slip.save()


async def _mark(slip: BallotCode, signs: str, what: str) -> None:
    await BallotMark.get_or_create(id=key_of(signs, what), defaults={"day": slip.day, "round_no": slip.round_no})


async def withdraw(slip: BallotCode, signs: str, receipt: str, numbers: Iterable[str], places: int) -> str | None:
    """Take a ballot out again; answers its nomination, or None where code and receipt don't belong together.

    `numbers` are the nominations on which the slip may be used: after the last of them it is as good as new.
    """
    ballot = await OpinionBallot.filter(id=key_of(receipt, signs)).first()
    if ballot is None:
        return None
    gone = [ballot.nomination_no]
    if ballot.support:
        taken = [support_of(n) for n in range(places + 1) if await served(signs, support_of(n))]
        gone += taken[-1:]
    await BallotMark.filter(id__in=[key_of(signs, what) for what in gone]).delete()
    await ballot.delete()
    left = [await served(signs, number) for number in numbers]
    slip.used = any(left)
    await slip.save()
    return ballot.nomination_no


async def used(round_no: str) -> dict[tuple[str, Channel], int]:
    """How many slips of each award and channel were used."""
    found: dict[tuple[str, Channel], int] = {}
    for slip in await BallotCode.filter(round_no=round_no):
        box = (slip.award_code, slip.channel)
        found[box] = found.get(box, 0) + slip.used
    return found


async def empty(round_no: str) -> list[OpinionBallot]:
    """All ballots of a round, in the order of their receipts; nothing of the round stays in the urn."""
    ballots = await OpinionBallot.filter(round_no=round_no).order_by("receipt")
    for model in (OpinionBallot, BallotMark, BallotCode):
        await model.filter(round_no=round_no).delete()
    return ballots
