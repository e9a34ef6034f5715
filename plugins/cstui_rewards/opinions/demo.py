"""Opinions of the sample department: slips are drawn by chance, most are used; once somebody thinks better of it."""

from __future__ import annotations

from random import Random

from cstui.api import Labels
from cstui_rewards.kinds import Channel, NominationState, RoundState
from cstui_rewards.models import AwardRound, Nomination
from cstui_rewards.rounds.acts import number_of
from cstui_rewards.stage import Act, Moments, Part, Plan

VOTES = {Channel.INTERNAL: 7, Channel.CROSS_DEPARTMENT: 4}
"""How many slips of each pile are used."""
COMMENTS = ("踏实，值得学习", "帮过我好几次", "表现不错，还可以更主动", "", "", "", "")
Slips = dict[tuple[str, Channel], list[str]]
"""By the name of the award, and channel: what voters hold in their hands."""


def moments(part: Part) -> Moments:
    found: Moments = []
    for plan in part.plans():
        slips: Slips = {}
        chance = Random(f"{plan.month}")
        vote = _vote(part, slips, chance)
        found += [
            (plan.reviewed, "15:00", _ask(part, plan, slips)), (plan.reviewed, "17:00", vote),
            (plan.heard, "11:00", vote), (plan.closed, "09:10", _count(part, plan)),
        ]  # fmt: skip
    return found


def _ask(part: Part, plan: Plan, slips: Slips) -> Act:
    async def ask() -> None:
        if await Nomination.exists(round__round_no=number_of(plan.month), state=NominationState.SHORTLISTED):
            done = await part.stage.run("rewards.open_opinions", {}, part.assistant, target=[number_of(plan.month)])
            for page in done.pages:
                drawn = [code for one in page.parts if isinstance(one, Labels) for code, _ in one.texts]
                channel = Channel(page.title.args["channel"].id.rpartition(".")[2])
                slips[page.title.args["award"], channel] = drawn

    return ask


def _vote(part: Part, slips: Slips, chance: Random) -> Act:
    """Half of those who vote at all; one ballot on each nominee of the award."""

    async def vote() -> None:
        rows = Nomination.filter(state=NominationState.SHORTLISTED, round__state=RoundState.OPINIONS)
        listed = await rows.order_by("id").select_related("award")
        for (award, channel), left in slips.items():
            nominees = [one.nomination_no for one in listed if one.award.name == award]
            for _ in range(min(len(left), -(-VOTES[channel] // 2)) if nominees else 0):
                slip, liked = left.pop(), chance.choice(nominees)
                for number in nominees:
                    raw = {"slip": slip, "score": str(chance.randint(3, 5)), "comment": chance.choice(COMMENTS),
                           "support": str(number == liked).lower()}  # fmt: skip
                    await part.stage.run("rewards.cast", raw, chance.choice(part.members).login, target=[number])

    return vote


def _count(part: Part, plan: Plan) -> Act:
    async def count() -> None:
        asked = AwardRound.filter(round_no=number_of(plan.month), state=RoundState.OPINIONS, ballots_digest="")
        if await asked.exists():
            await part.stage.run("rewards.close_opinions", {}, part.assistant, target=[number_of(plan.month)])

    return count
