"""Base pay, overtime over the law's floor, and departments' entries: the worked cases of the page on money."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.areas.test_ledger_charges import Desk, charge_template

from cstui import registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import NotPermitted, Refusal
from cstui.ledger.models import DepartmentEntry
from cstui.ledger.pay import base_on
from cstui.people import Staff

__all__ = ["charge_template"]
BASE = {"person": "an", "first_day": "2026-01-01", "base": "2200", "contract": "C-17"}
DAYS = {"workday": "2026-11-23", "rest_day": "2026-11-22", "statutory": "2026-10-01"}


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, charge_template: Path) -> AsyncIterator[Desk]:
    async with Desk.opened(request, tmp_path, charge_template) as opened:
        yield opened


async def overtime(desk: Desk, kind: str, hours: str, written: str = "0", **more: Any) -> Any:
    raw = {"person": "an", "day": DAYS[kind], "day_kind": kind, "hours": hours, "written": written, "approval": "A-3"}
    return await desk.run("pay_overtime", raw | more)


@pytest.mark.rule("money-15")
@pytest.mark.parametrize(
    ("kind", "hours", "written", "floor", "paid"),
    [
        ("workday", "4", "40", "75.86", 75_86),
        ("rest_day", "8", "80", "202.30", 202_30),
        ("statutory", "8", "120", "303.45", 303_45),
        ("workday", "3.5", "0", "66.38", 66_38),  # under the seed's four hours in a month
        ("workday", "4", "90", "75.86", 90_00),  # the regulation gives more
    ],
)
async def test_the_higher_of_both_is_paid(
    desk: Desk, kind: str, hours: str, written: str, floor: str, paid: int
) -> None:
    await desk.run("set_base_pay", BASE)
    made = await overtime(desk, kind, hours, written)
    assert await desk.postings() == [("money", paid, "")]
    assert str(await desk.cell("overtime", made.rows[0], "floor")) == floor
    assert f"floor CNY {floor}" in desk.host.words.say(made.text, "en")


@pytest.mark.rule("money-15")
async def test_time_off_takes_the_place_of_a_rest_days_pay_only(desk: Desk) -> None:
    await desk.run("set_base_pay", BASE)
    with pytest.raises(Refusal, match="no_time_off"):
        await overtime(desk, "workday", "4", time_off="yes")
    await overtime(desk, "rest_day", "8", "0", time_off="yes")
    assert await desk.postings() == []


@pytest.mark.rule("money-15")
async def test_without_a_base_pay_the_floor_is_unknown_not_zero(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_base"):
        await overtime(desk, "workday", "4", "40")


async def test_overtime_is_paid_once_on_a_day_of_its_kind_and_never_by_oneself(desk: Desk) -> None:
    await desk.run("set_base_pay", BASE)
    for kind, day in (("rest_day", DAYS["workday"]), ("workday", DAYS["rest_day"]), ("workday", DAYS["statutory"])):
        with pytest.raises(Refusal, match="other_day"):
            await overtime(desk, kind, "4", day=day)
    with pytest.raises(Refusal, match="to_come"):
        await overtime(desk, "workday", "4", day="2026-11-25")
    await overtime(desk, "workday", "4")
    with pytest.raises(Refusal, match="overtime_paid"):
        await overtime(desk, "workday", "4")
    await overtime(desk, "workday", "1", approval="A-4")
    with pytest.raises(NotPermitted):
        await overtime(desk, "workday", "4", person="deng")


@pytest.mark.rule("money-13")
async def test_less_base_pay_needs_the_persons_consent_and_the_minimum_wage(desk: Desk) -> None:
    await desk.figure("money-08", "minimum_wage", "2000")
    await desk.run("set_base_pay", BASE)
    later = BASE | {"first_day": "2026-12-01", "base": "2100", "contract": "C-18"}
    with pytest.raises(Refusal, match="no_consent"):
        await desk.run("set_base_pay", later)
    with pytest.raises(Refusal, match="under_minimum"):
        await desk.run("set_base_pay", later | {"base": "1999.99", "consent": "signed 3"})
    await desk.run("set_base_pay", later | {"consent": "signed 3"})
    with pytest.raises(NotPermitted):
        await desk.run("set_base_pay", BASE | {"person": "deng"})


async def test_the_last_base_pay_entered_for_a_day_holds(desk: Desk) -> None:
    await desk.run("set_base_pay", BASE)
    await desk.run("set_base_pay", BASE | {"base": "2300"})
    await desk.run("set_base_pay", BASE | {"base": "2500", "first_day": "2026-12-01"})
    person = await desk.ask(Staff.get(login="an"))
    days = (date(2025, 12, 31), date(2026, 11, 30), date(2026, 12, 1))
    assert [await desk.ask(base_on(person.pk, day)) for day in days] == [None, 2300_00, 2500_00]


async def test_a_department_that_rules_speak_of_is_told_by_its_word(desk: Desk) -> None:
    raw = {"department": "customer_service", "act": "投诉成立", "act_on": "2026-11-20", "rule": "complaints-17",
           "budget": "200"}  # fmt: skip
    outcome = await desk.run("charge_department", raw)
    assert "客服部" in desk.host.words.say(outcome.text, "zh_CN")
    page = await desk.ask(registers.page(desk.host, await desk.host.context(SYSTEM), "ledger.department_entries"))
    assert desk.host.words.value(page.rows[0].values["department"], "zh_CN", desk.host.zone) == "客服部"


async def test_a_department_is_charged_and_none_of_its_people(desk: Desk) -> None:
    raw = {"department": "客服部", "act": "投诉成立", "act_on": "2026-11-20", "rule": "complaints-17",
           "budget": "200", "points": "10"}  # fmt: skip
    await desk.run("charge_department", raw)
    assert await desk.postings() == []
    await desk.run("reverse_department", {"reason": "another department"}, target=[1])
    rows = await desk.ask(DepartmentEntry.all().order_by("id"))
    assert [(row.department, row.budget, row.points) for row in rows] == [
        ("客服部", 200_00, 10_00), ("客服部", -200_00, -10_00),
    ]  # fmt: skip
    for pk, why in ((1, "reversed"), (2, "is_reversal")):
        with pytest.raises(Refusal, match=why):
            await desk.run("reverse_department", {"reason": "again"}, target=[pk])
    with pytest.raises(Refusal, match="nothing"):
        await desk.run("charge_department", raw | {"budget": "0", "points": "0"})
