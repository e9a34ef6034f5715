"""Each month the head chooses among equals, the assistant publishes, hands over and files."""

from __future__ import annotations

from datetime import timedelta

from cstui.approvals import Request
from cstui_rewards.granting.choosing import undecided
from cstui_rewards.kinds import GrantKind, GrantState, RoundState
from cstui_rewards.models import AwardRound, Grant
from cstui_rewards.rounds.acts import number_of
from cstui_rewards.stage import Act, Moments, Part, Plan


def moments(part: Part) -> Moments:
    found: Moments = []
    for plan in part.plans():
        found += [
            (plan.published, "10:00", _choose(part, plan)), (plan.published, "15:00", _publish(part, plan)),
            (plan.granted, "16:00", _grant(part, plan)),
        ]  # fmt: skip
    days = part.workdays()
    if len(days) > 20:
        found += [(days[-20], "14:00", _propose(part)), (days[-19], "09:40", _approve(part))]
    return found


async def _round(plan: Plan) -> AwardRound | None:
    return await AwardRound.filter(round_no=number_of(plan.month), state=RoundState.MONTH_CLOSED).first()


def _choose(part: Part, plan: Plan) -> Act:
    async def choose() -> None:
        round_ = await _round(plan)
        if round_ is None or not await undecided(round_):
            return
        if round_.ballots_digest and not round_.opinions_read_by:
            await part.stage.run("rewards.read_opinions", {}, part.head, target=[round_.round_no])
        while left := await undecided(round_):
            await part.stage.run("rewards.choose", {}, part.head, target=[left[0].nomination_no])

    return choose


def _publish(part: Part, plan: Plan) -> Act:
    async def publish() -> None:
        round_ = await _round(plan)
        if round_ and not await undecided(round_):
            await part.stage.run("rewards.publish", {}, part.assistant, target=[round_.round_no])

    return publish


def _grant(part: Part, plan: Plan) -> Act:
    async def grant() -> None:
        due = Grant.filter(period=number_of(plan.month), state=GrantState.DUE).order_by("id").select_related("person")
        own = [one for one in await due if one.person.login != part.assistant]
        points = [one.grant_no for one in own if one.kind is GrantKind.POINTS]
        given = [one.grant_no for one in own if one.kind is not GrantKind.POINTS]
        if points:
            await part.stage.run("rewards.post_grants", {}, part.assistant, target=points)
        if given:
            await part.stage.run("rewards.hand_over", {}, part.assistant, target=given)
            receipt = {"receipt_ref": f"签收单 {number_of(plan.month)}"}
            await part.stage.run("rewards.acknowledge", receipt, part.assistant, target=given)
        if plan.month < part.today.replace(day=1) - timedelta(days=31):  # the last one's papers still wait
            await part.stage.run("rewards.archive", {}, part.assistant, target=[number_of(plan.month)])

    return grant


def _propose(part: Part) -> Act:
    async def propose() -> None:
        raw = {"person": part.members[9].login, "cash": "200", "reason": "连夜抢修热线系统，次日正常开线"}
        await part.stage.run("rewards.propose_prize", raw)

    return propose


def _approve(part: Part) -> Act:
    async def approve() -> None:
        request = await Request.filter(kind="rewards.prize", state="asked").order_by("-id").first()
        if request:
            await part.stage.run("approvals.approve", {"note": "表现突出，同意"}, part.head, target=[request.pk])

    return approve
