"""The sample department's charges, on their way, its overtime and an entry of the department's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from cstui.ledger.models import ChargeState
from cstui.people import Staff, holders_of

PLAN = (
    (16, "晨会迟到 10 分钟", "meetings-16", "10", ChargeState.POSTED),
    (5, "上班时间玩游戏（第二次）", "discipline-02", "50", ChargeState.APPEALED),
    (2, "上班时间看视频（第二次）", "discipline-02", "50", ChargeState.NOTIFIED),
    (1, "周会无故缺席", "meetings-16", "20", ChargeState.PROPOSED),
)
"""So many working days ago, what was done, by which rule and figure (CNY), and how far it came."""


async def fill(stage: Any) -> None:
    """Play the part of the ledger on a `cstui.demo.Stage`."""
    calendar = (await stage.context()).calendar
    head = (await holders_of("department_head", stage.today))[0].login
    people = await Staff.filter(department="customer_service", team_id__not_isnull=True).order_by("-number").limit(4)
    plan: list[Any] = []
    for person, (ago, act, rule, figure, state) in zip(people, PLAN, strict=False):
        day = calendar.add_workdays(stage.today, -ago)
        raw = {"person": person.login, "act": act, "act_on": day, "rule": rule, "regulation_amount": figure}
        plan += _Way(stage, calendar, head, person.login, raw).moments(day, state)
    await stage.play([*plan, *_paid(stage, calendar, people)])


def _paid(stage: Any, calendar: Any, people: list[Staff]) -> list[Any]:
    """An evening's overtime for one, and a complaint that the department answers for."""
    person, evening = people[0].login, calendar.add_workdays(stage.today, -4)

    async def base() -> None:
        raw = {"person": person, "first_day": date(stage.today.year, 1, 1), "base": "2200", "contract": "HT-2026-031"}
        await stage.run("ledger.set_base_pay", raw)

    async def overtime() -> None:
        raw = {
            "person": person,
            "day": evening,
            "day_kind": "workday",
            "hours": "4",
            "written": "40",
            "approval": "JB-118",
        }
        await stage.run("ledger.pay_overtime", raw)

    async def department() -> None:
        raw = {"department": "customer_service", "act": "业主投诉核实成立", "act_on": evening, "rule": "complaints-17",
               "budget": "200", "points": "10"}  # fmt: skip
        await stage.run("ledger.charge_department", raw)

    return [
        (evening, "08:40", base),
        (evening, "16:20", department),
        (calendar.add_workdays(evening, 1), "09:15", overtime),
    ]


class _Way:
    """One charge's way: the supervisor proposes, tells and posts, the head decides."""

    def __init__(self, stage: Any, calendar: Any, head: str, login: str, raw: dict[str, Any]) -> None:
        self.stage, self.calendar, self.head, self.login, self.raw = stage, calendar, head, login, raw
        self.pk = 0

    async def propose(self) -> None:
        self.pk = (await self.stage.run("ledger.propose_charge", self.raw)).rows[0]

    async def decide(self) -> None:
        raw = {"kind": "penalty", "amount": self.raw["regulation_amount"], "reasons": "当事人在场，事实清楚"}
        await self.stage.run("ledger.decide_charge", raw, self.head, target=[self.pk])
        await self.stage.run("ledger.notify", {}, target=[self.pk])

    async def hear(self) -> None:
        await self.stage.run("ledger.hear", {"statement": "路上堵车，以后提前出门"}, self.login, target=[self.pk])

    async def appeal(self) -> None:
        raw = {"appeal": "当时在等客户回电，不是在玩"}
        await self.stage.run("ledger.appeal", raw, self.login, target=[self.pk])

    async def post(self) -> None:
        await self.stage.run("ledger.post_charge", {}, target=[self.pk])

    def moments(self, day: date, state: ChargeState) -> list[Any]:
        after = [self.calendar.add_workdays(day, number) for number in (1, 2, 8)]
        way = [(day, "16:30", self.propose)]
        if state is ChargeState.PROPOSED:
            return way
        way.append((day, "17:10", self.decide))
        if state is ChargeState.APPEALED:
            way.append((after[1], "10:20", self.appeal))
        if state is ChargeState.POSTED:
            way += [(after[0], "11:00", self.hear), (after[2], "09:40", self.post)]
        return way
