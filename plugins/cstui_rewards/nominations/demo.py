"""Each month the leaders nominate for their teams; witnesses confirm, leaders judge what nobody reports."""

from __future__ import annotations

from cstui_rewards.kinds import Confirmation, Met
from cstui_rewards.models import CriterionCheck, Nomination, WitnessConfirmation
from cstui_rewards.stage import Act, Moments, Part, Plan

CASES = (
    ("bee", "协助处理积压工单", "连续三天主动加班，协助同事处理积压工单四十余单，无一返工"),
    ("service_star", "化解业主投诉", "上门三次耐心沟通，业主当面致谢并送来锦旗，班组晨会分享了做法"),
    ("bee", "带教新同事", "利用午休带教两名新同事熟悉系统，一周后均能独立上岗"),
    ("service_star", "台风夜值守", "台风夜主动留守前台，安抚住户并及时转报修，全程记录清楚"),
)
REASON = "工作踏实主动，本月表现突出，班组一致推荐，事例真实可查"


def moments(part: Part) -> Moments:
    found: Moments = []
    for number, plan in enumerate(part.plans()):
        for at, team in enumerate(team for team in part.teams if team.pk in part.leaders):
            found.append((plan.nominated, f"10:{10 + 10 * at}", _nominate(part, plan, team.pk, number + at)))
        found.append((plan.confirmed, "11:00", _confirm(part)))
        found.append((plan.confirmed, "16:00", _tick(part)))
    return found


def _nominate(part: Part, plan: Plan, team: int, turn: int) -> Act:
    async def nominate() -> None:
        mates = [one for one in part.members if one.team_id == team]
        award, title, story = CASES[turn % len(CASES)]
        nominee, *others = (mates[(turn * 3 + step) % len(mates)].login for step in range(4))
        raw = {"award": award, "nominee": nominee, "reason": REASON, "title": title, "description": story,
               "day": plan.month.replace(day=8), "witnesses": others}  # fmt: skip
        await part.stage.run("rewards.nominate", raw, part.leaders[team])

    return nominate


def _confirm(part: Part) -> Act:
    async def confirm() -> None:
        asked = WitnessConfirmation.filter(state=Confirmation.ASKED, asked_at__not_isnull=True)
        for one in await asked.select_related("witness").order_by("id"):
            await part.stage.run("rewards.confirm", {"remark": "亲眼所见"}, one.witness.login, target=[one.pk])

    return confirm


def _tick(part: Part) -> Act:
    """The leader says of each criterion without a figure whether it is met."""

    async def tick() -> None:
        for nomination in await Nomination.filter(state="submitted").select_related("nominated_by").order_by("id"):
            left = CriterionCheck.filter(nomination=nomination, met=Met.UNKNOWN).order_by("id")
            if checks := [int(str(pk)) for pk in await left.values_list("id", flat=True)]:
                raw = {"met": "met", "remark": "查本月记录，符合"}
                await part.stage.run("rewards.judge", raw, nomination.nominated_by.login, target=checks)

    return tick
