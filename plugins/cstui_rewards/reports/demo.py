"""Letters of the sample department: one about a choice that was unfounded, one that waits to be opened."""

from __future__ import annotations

from cstui_rewards.kinds import NominationState, WhistleState
from cstui_rewards.models import Nomination, Report, WhistleReport
from cstui_rewards.rounds.acts import number_of
from cstui_rewards.stage import Act, Moments, Part, Plan

LETTERS = ("材料里写的加班那天，本人在休假，请核实", "希望公布评选事例的原始记录，大家心里有数")


def moments(part: Part) -> Moments:
    plans = part.plans()
    found: Moments = []
    for plan, words in zip(plans[-2:], LETTERS, strict=False):
        found.append((plan.reviewed, "18:00", _write(part, plan, words)))
    for plan in plans[:-1]:
        found += [(plan.heard, "09:00", _examine(part)), (plan.heard, "14:00", _decide(part))]
    return found


def _write(part: Part, plan: Plan, words: str) -> Act:
    async def write() -> None:
        rows = Nomination.filter(round__round_no=number_of(plan.month), state=NominationState.SHORTLISTED)
        about = await rows.order_by("id").first()
        if about:
            raw = {"words": words, "nomination": about.nomination_no}
            await part.stage.run("rewards.write_letter", raw, part.members[5].login)

    return write


def _examine(part: Part) -> Act:
    async def examine() -> None:
        if await WhistleReport.exists(taken_up=""):
            await part.stage.run("rewards.examine", {})

    return examine


def _decide(part: Part) -> Act:
    async def decide() -> None:
        for one in await Report.filter(state=WhistleState.EXAMINED):
            raw = {"answer": "查考勤与工单记录：当天有出勤和四十余单处理记录，事例属实"}
            await part.stage.run("rewards.dismiss_report", raw, target=[one.report_no])

    return decide
