"""A round whose shortlist stands, and what voters do with the slips they drew."""

from __future__ import annotations

from typing import Any

from rewards_desk import Desk, moment

from cstui.api import Labels
from cstui.people import Staff
from cstui_rewards.kinds import Channel, NominationState
from cstui_rewards.models import AwardRound, AwardType, Nomination

STAR, BEE = "service_star", "bee"


async def nominate(desk: Desk, number: str, login: str, award: str = STAR, round_no: str = "2026-12") -> Nomination:
    """Somebody on the shortlist, by the leader `lead`."""
    nominee = await desk.ask(Staff.get(login=login))
    made: Nomination = await desk.make_row(
        Nomination, nomination_no=number, nominee=nominee, team_id=nominee.team_id, reason="r" * 20,
        round=await desk.ask(AwardRound.get(round_no=round_no)), award=await desk.ask(AwardType.get(code=award)),
        nominated_by=await desk.ask(Staff.get(login="lead")), state=NominationState.SHORTLISTED,
        created_at=moment("2026-12-10 09:00"), submitted_at=moment("2026-12-10 09:00"),
    )  # fmt: skip
    return made


class Vote:
    """The desk with opinions open; `slips` are the codes of each pile, by award and channel."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.slips: dict[tuple[str, Channel], list[str]] = {}

    @classmethod
    async def begin(cls, desk: Desk) -> Vote:
        """December's round: an and bo for one award, cai for another; 25 December, 09:00."""
        desk.at(2, month=12)
        await desk.run("load_awards")
        await desk.run("open_round", login="zhu")
        await nominate(desk, "N1", "an")
        await nominate(desk, "N2", "bo")
        await nominate(desk, "N3", "cai", BEE)
        desk.at(25, "09:00", month=12)
        return cls(desk)

    async def open(self, action: str = "open_opinions", round_no: str = "2026-12") -> Any:
        done = await self.desk.run(action, {}, "zhu", target=[round_no])
        named = {one.name: one.code for one in await self.desk.ask(AwardType.all())}
        self.slips = {}
        for page in done.pages:
            (labels,) = (part for part in page.parts if isinstance(part, Labels))
            channel = Channel(page.title.args["channel"].id.rpartition(".")[2])
            self.slips[named[page.title.args["award"]], channel] = [code.replace(" ", "-") for code, _ in labels.texts]
        return done

    def slip(self, at: int = 0, award: str = STAR, channel: Channel = Channel.INTERNAL) -> str:
        return self.slips[award, channel][at]

    async def cast(self, slip: str, number: str = "N1", score: int = 4, login: str = "dan", **more: Any) -> str:
        """Cast a ballot; answers its receipt."""
        raw = {"slip": slip, "score": str(score), **more}
        done = await self.desk.run("cast", raw, login, target=[number])
        assert done.text and done.entry == 0
        return str(done.text.args["receipt"])

    async def withdraw(self, slip: str, receipt: str) -> Any:
        return await self.desk.run("withdraw", {"slip": slip, "receipt": receipt}, "dan")

    async def check(self, receipt: str) -> str:
        done = await self.desk.run("check_receipt", {"receipt": receipt}, "dan")
        assert done.text
        return done.text.id.rpartition(".")[2]

    async def close(self, round_no: str = "2026-12") -> Any:
        self.desk.at(31, "09:00", month=12)
        return await self.desk.run("close_opinions", {}, "zhu", target=[round_no])
