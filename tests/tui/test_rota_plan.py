"""The cleaning rota as a plan: people by days, moved over by arrows, from each duty to its record and why it is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
async def rota(run: Any) -> None:
    """Three people, a floor to be cleaned each morning, the rest of November published."""
    for number, (login, name) in enumerate((("an", "安宁"), ("bo", "薄云"), ("cai", "蔡欣"))):
        person = {"number": f"{number}", "login": login, "name": name, "department": "customer_service"}
        await run("people.enrol", {**person, "hired_on": "2020-01-01"})
    floor = {"code": "FL", "name": "大厅", "kind": "floor", "standard": "clean", "frequency": "daily_open"}
    await run("hygiene.set_area", floor)
    await run("hygiene.generate_rota", {"month": "2026-11"})
    await run("hygiene.publish_rota", target=["2026-11"])


async def test_the_plan_leads_from_a_day_to_the_duty_and_why_it_is_theirs(sit: Any, rota: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("G")
        await desk.type("hygiene.rota_plan")
        await desk.press("enter")
        await desk.sees(">安宁 2")
        assert "2026-11-24 Tue" in desk.painted and "nothing" in desk.painted
        await desk.press("right")
        await desk.sees("大厅, opening, by 11-25 08:00: due")
        assert "the lower staff number decided (hygiene-10)" in desk.painted
        await desk.press("down", "right")
        await desk.sees("2026-11-26 Thu  薄云")
        await desk.press("enter")
        await desk.sees("WHY THIS PERSON")
        assert "Next in turn: 蔡欣 0, 安宁 1" in desk.painted
        await desk.press("escape", "pagedown")
        await desk.sees("No data for these days")
        await desk.press("home")
        await desk.sees("2026-11-24 Tue")
        await desk.press("L")
        await desk.sees("早 班前")


async def test_a_member_marks_ones_own_duty_on_ones_own_today(
    sit: Any, rota: None, run: Any, config_path: Path
) -> None:
    evening = {"code": "EV", "name": "茶水间", "kind": "floor", "standard": "clean", "frequency": "daily_close"}
    await run("hygiene.set_area", evening)
    await run("hygiene.generate_rota", {"month": "2026-11"})
    await run("people.grant_role", {"role": "staff"}, target=["an"])
    with config_path.open("a", encoding="utf-8") as config:
        config.write('staff = ["review.look", "hygiene.look", "hygiene.own"]\n')
    async with sit(login="an", size=(80, 24)) as desk:
        await desk.sees("Closing: 茶水间")
        assert "Opening tomorrow: 大厅" in desk.painted
        await desk.press("d")
        await desk.sees("Done: 11-24 茶水间")
