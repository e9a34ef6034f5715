"""A tally that somebody else made: a poll held on star.vote in May 2023 about that year's song contest.

Six voters gave each of 31 songs 0 to 5; the totals and means are those published by starvote (Larry Hastings, MIT licence:
sample poll 9fm5fp2c), of which ballots and result are taken.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rewards_desk import Desk, rewards_desk
from rewards_vote import Vote

from cstui_rewards.models import OpinionSummary
from cstui_rewards.opinions.tally import summary

BALLOTS = (
    "4111334130211151111521110113115", "5222515152335152424221141225543", "0000000050000000000000000000000",
    "0001040030004450000000000001002", "4000004004004050000000003004004", "4553444344332323232344243342143",
)  # fmt: skip
TOTALS = {
    "no": 17, "mt": 8, "rs": 8, "lv": 7, "pt": 12, "ie": 12, "hr": 17, "ch": 5, "il": 20, "md": 10, "se": 8, "az": 7,
    "cz": 16, "nl": 9, "fi": 22, "dk": 6, "am": 7, "ro": 6, "ee": 7, "be": 10, "cy": 8, "is": 6, "gr": 4, "pl": 9,
    "si": 7, "ge": 6, "sm": 7, "at": 15, "al": 7, "lt": 9, "au": 17,
}  # fmt: skip
"""In the order of the ballots."""
SONGS = [*TOTALS]
MEANS = {22: 367, 20: 333, 17: 283, 16: 267, 15: 250, 12: 200, 10: 167, 9: 150, 8: 133, 7: 117, 6: 100, 5: 83, 4: 67}
"""As published, in hundredths."""


def test_totals_and_means_are_the_published_ones() -> None:
    for at, song in enumerate(SONGS):
        found = summary([(int(ballot[at]), ballot[at] == max(ballot)) for ballot in BALLOTS], 3)
        assert found and (found.ballots, found.mean) == (6, MEANS[TOTALS[song]]), song
    assert len(SONGS) == len(BALLOTS[0])


@pytest_asyncio.fixture
async def vote(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Vote]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        begun = await Vote.begin(opened)
        await begun.open()
        yield begun


async def test_the_same_ballots_through_the_urn_give_the_published_totals(vote: Vote) -> None:
    """Who gave nothing casts nothing: the sum is the same."""
    desk: Desk = vote.desk
    for n, ballot in enumerate(BALLOTS):
        for number, song in (("N1", "fi"), ("N2", "il")):
            if score := int(ballot[SONGS.index(song)]):
                await vote.cast(vote.slip(n), number, score)
    await vote.close()
    rows = OpinionSummary.filter(mean__not_isnull=True).order_by("nomination_id").select_related("nomination")
    told = {
        one.nomination.nomination_no: round((one.mean or 0) * (one.ballots or 0) / 100) for one in await desk.ask(rows)
    }
    assert told == {"N1": TOTALS["fi"], "N2": TOTALS["il"]}
