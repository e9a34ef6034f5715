"""People's own checks: on arrival and on leaving, from the roster; what is missing is told, spoken about, excused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from counting import counted
from hygiene_desk import Desk, hygiene_desk

from cstui import engine
from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui.people import Staff
from cstui_hygiene.checks.due import checks_due
from cstui_hygiene.models import PersonalCheck

SHIFTS = {"D": (9 * 60, 18 * 60), "N": (16 * 60, 24 * 60)}
GOOD = {"desk_ok": True, "rubbish_ok": True, "chair_ok": True}
HERE = {"dress_ok": True, "tidy_ok": True}


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    """An on the day shift from Monday, 23 November to Friday, bo on the night shift on Tuesday and Wednesday.

    With the one check that mo makes, who isn't on the roster, the site begins to keep them.
    """
    async with hygiene_desk(request, tmp_path, clean_template) as opened:
        for code, (start, end) in SHIFTS.items():
            await ask(
                opened,
                "people.shift_type",
                {"code": code, "shift_name": code, "start_minute": start, "end_minute": end},
            )
        for login, shift, days in (("an", "D", range(23, 28)), ("bo", "N", (24, 25))):
            for day in days:
                await ask(opened, "people.assign_duty", {"staff": login, "shift": shift, "day": f"2026-11-{day}"})
        opened.at(23, "08:00")
        await opened.run("arrive", HERE, "mo")
        opened.at(24)
        yield opened


async def began(desk: Desk, day: str) -> None:
    """The site has kept checks since then."""
    await desk.ask(PersonalCheck.all().update(day=day, check_no=f"{day}/4"))


async def ask(desk: Desk, action: str, raw: dict[str, Any], **more: Any) -> Any:
    return await engine.run(desk.host, action, raw, await desk.host.call(desk.host.actor("admin")), **more)


async def due(desk: Desk, day: int, time: str, **more: Any) -> dict[str, tuple[str, str]]:
    """Whose check is told of at a moment: the title and severity by login."""
    desk.at(day, time, **more)
    return {item.person: (item.title.id.rpartition("_")[2], item.severity) for item in await desk.due(checks_due)}


async def checks(desk: Desk) -> dict[str, PersonalCheck]:
    return {one.check_no: one for one in await desk.ask(PersonalCheck.all().order_by("id"))}


@pytest.mark.rule("hygiene-09")
async def test_dress_and_own_area_are_looked_at_a_quarter_after_the_shift_began(desk: Desk) -> None:
    assert "an" not in await due(desk, 23, "09:15")
    assert (await due(desk, 23, "09:15:01"))["an"] == ("arrival", "info")
    await desk.run("arrive", HERE, "an")
    assert "an" not in await due(desk, 23, "17:59")


@pytest.mark.rule("hygiene-08")
async def test_the_check_on_leaving_is_missing_once_the_shift_has_ended(desk: Desk) -> None:
    await due(desk, 23, "09:00")
    await desk.run("arrive", HERE, "an")
    assert "an" not in await due(desk, 23, "17:59:59")
    assert (await due(desk, 23, "18:00"))["an"] == ("missing", "info")
    desk.at(23, "18:01")
    await desk.run("leave", GOOD, "an")
    assert "an" not in await due(desk, 23, "18:02")


@pytest.mark.rule("hygiene-08")
async def test_who_is_at_work_reads_that_their_own_check_is_due_on_leaving(desk: Desk) -> None:
    async def told(login: str, time: str) -> list[str]:
        desk.at(23, time)
        found = await desk.host.call(checks_due(await desk.context(login)))
        return [str(item.person) for item in found if item.mine]

    assert [await told("an", time) for time in ("08:59", "09:00", "17:59", "18:00")] == [[], ["an"], ["an"], []]
    assert await told("bo", "17:00") == []
    await desk.run("leave", GOOD, "an")
    assert await told("an", "17:30") == []


@pytest.mark.rule("hygiene-08")
async def test_from_the_third_of_a_month_it_is_a_warning(desk: Desk) -> None:
    assert (await due(desk, 24, "18:00"))["an"] == ("missing", "info")
    (item,) = [one for one in await desk.due(checks_due) if one.person == "an"]
    assert item.title.args["days"] == "11-23、11-24"
    assert (await due(desk, 25, "17:59"))["an"] == ("arrival", "info")
    assert [one.severity for one in await desk.due(checks_due) if one.person == "an"] == ["info", "info"]
    assert (await due(desk, 25, "18:00"))["an"] == ("missing", "warning")


async def test_each_month_counts_for_itself(desk: Desk) -> None:
    await ask(desk, "people.assign_duty", {"staff": "an", "shift": "D", "day": "2026-11-30"})
    await ask(desk, "people.assign_duty", {"staff": "an", "shift": "D", "day": "2026-12-01"})
    assert (await due(desk, 1, "09:00", month=12))["an"] == ("missing", "warning")  # November's six
    assert (await due(desk, 1, "18:00", month=12))["an"] == ("missing", "info")  # December's first


async def test_who_is_absent_owes_nothing(desk: Desk) -> None:
    away = {"staff": "an", "first_day": "2026-11-24", "last_day": "2026-11-24", "kind": "sick"}
    await ask(desk, "people.record_absence", away)
    await due(desk, 23, "18:00")
    await desk.run("leave", GOOD, "an")
    assert "an" not in await due(desk, 24, "18:00")
    assert (await due(desk, 25, "18:00"))["an"] == ("missing", "info")


async def test_who_does_not_work_that_day_owes_nothing(desk: Desk) -> None:
    assert {*await due(desk, 23, "20:00")} == {"an"}
    assert {*await due(desk, 24, "20:00")} == {"an", "bo"}  # bo's shift goes on


async def test_without_a_roster_everybody_s_office_day_counts(desk: Desk) -> None:
    await began(desk, "2026-10-12")
    found = await due(desk, 12, "18:00", month=10)
    assert {*found} == {"an", "bo", "cai", "mo", "lead", "deng"}
    assert {word for word, _ in found.values()} == {"missing"}
    assert await due(desk, 12, "17:59", month=10) != found
    await began(desk, "2026-10-17")
    assert await due(desk, 18, "19:00", month=10) == {}  # a weekend


async def test_nothing_is_asked_of_a_site_that_never_kept_checks(desk: Desk) -> None:
    await desk.ask(PersonalCheck.all().delete())
    assert await due(desk, 24, "19:00") == {}
    await desk.run("leave", GOOD, "an")
    assert {*await due(desk, 25, "08:00")} == {"bo"}


async def test_a_shift_past_midnight_is_still_yesterday_s(desk: Desk) -> None:
    desk.at(24, "16:05")
    await desk.run("arrive", HERE, "bo")
    desk.at(25, "00:20")
    await desk.run("leave", GOOD, "bo")
    assert [*await checks(desk)][1:] == ["2026-11-24/2"]
    desk.at(25, "15:50")
    await desk.run("arrive", HERE, "bo")
    assert [*await checks(desk)][1:] == ["2026-11-24/2", "2026-11-25/2"]


async def test_it_is_made_once_and_is_one_s_own(desk: Desk) -> None:
    await desk.run("arrive", HERE, "an")
    await desk.run("leave", GOOD, "an")
    assert await desk.cell("checks", (await checks(desk))["2026-11-24/1"].id, "check_state") == "done"
    for action, raw in (("arrive", HERE), ("leave", GOOD)):
        with pytest.raises(Refusal):
            await desk.run(action, raw, "an")
    for action, raw in (("arrive", {"dress_ok": True}), ("leave", {}), ("leave", {**GOOD, "chair_ok": "perhaps"})):
        with pytest.raises(BadInput):
            await desk.run(action, raw, "cai")


@pytest.mark.parametrize(
    ("answer", "item", "rule"),
    [
        pytest.param("dress_ok", "dress", "hygiene-23", marks=pytest.mark.rule("hygiene-23")),
        pytest.param("tidy_ok", "equipment", "hygiene-07", marks=pytest.mark.rule("hygiene-07")),
        pytest.param("desk_ok", "desk", "hygiene-04", marks=pytest.mark.rule("hygiene-04")),
        pytest.param("rubbish_ok", "litter", "hygiene-05", marks=pytest.mark.rule("hygiene-05")),
        pytest.param("chair_ok", "chair", "hygiene-12", marks=pytest.mark.rule("hygiene-12")),
    ],
)
async def test_what_is_not_in_order_is_one_s_own_to_put_right(desk: Desk, answer: str, item: str, rule: str) -> None:
    action, asked = ("arrive", HERE) if answer in HERE else ("leave", GOOD)
    await desk.run(action, {**asked, answer: False}, "an")
    (defect,) = await desk.defects()
    assert (defect.item.value, defect.rule, defect.responsible.login, defect.named) == (item, rule, "an", True)
    assert await desk.findings() == ([("hygiene-23", "dress", "an")] if item == "dress" else [])


async def test_what_one_finds_oneself_is_not_held_against_one(desk: Desk) -> None:
    for day in (23, 24):
        desk.at(day, "17:50")
        await desk.run("leave", {**GOOD, "rubbish_ok": False}, "an")
    assert await desk.findings() == []
    await desk.run("raise_defect", {"item": "litter", "person": "an"})
    assert await desk.findings() == []


async def test_who_was_told_still_counts_but_stands_there_no_more(desk: Desk) -> None:
    desk.at(24, "18:30")
    told = await desk.run("remind_check", None, "lead", target=["an"])
    assert told.text and told.text.args["count"] == 2
    assert "an" not in await due(desk, 24, "18:31")
    assert (await due(desk, 25, "18:00"))["an"] == ("missing", "warning")
    with pytest.raises(Refusal):
        await desk.run("remind_check", None, "lead", target=["cai"])
    with pytest.raises(NotPermitted):
        await desk.run("remind_check", None, "an", target=["an"])


async def test_an_excused_check_counts_no_more(desk: Desk) -> None:
    desk.at(25, "18:30")
    await desk.run("excuse_check", {"reason": "fire drill", "day": "2026-11-24"}, target=["an"])
    assert (await due(desk, 25, "18:31"))["an"] == ("missing", "info")
    await desk.run("excuse_check", {"reason": "new here"}, target=["an"])
    assert "an" not in await due(desk, 25, "18:32")
    assert {one.excused for one in (await checks(desk)).values()} == {"", "fire drill", "new here"}
    for raw in ({"reason": "x", "day": "2026-11-26"}, {"day": "2026-11-25"}):
        with pytest.raises(BadInput):
            await desk.run("excuse_check", raw, target=["an"])
    desk.at(26, "17:00")
    await desk.run("leave", GOOD, "an")
    with pytest.raises(Refusal):
        await desk.run("excuse_check", {"reason": "x", "day": "2026-11-26"}, target=["an"])


async def test_it_stands_in_one_s_own_today(desk: Desk) -> None:
    desk.at(24, "16:30")
    assert "hygiene.due.check_arrival" in await desk.today("an")
    assert "hygiene.due.check_missing" in await desk.today("an")  # Monday's
    assert not {one for one in await desk.today("cai") if "check" in one}


async def test_what_is_due_takes_as_many_queries_however_many_people_work(desk: Desk) -> None:
    await began(desk, "2026-10-12")
    desk.at(12, "19:00", month=10)
    ctx = await desk.context()
    few, _ = await counted(desk.host, checks_due(ctx))

    async def hire() -> None:
        await Staff.bulk_create(
            [Staff(login=f"p{n}", number=f"1{n:03}", name=f"p{n}", department="customer_service") for n in range(200)]
        )

    await desk.host.call(hire())
    many, found = await counted(desk.host, checks_due(await desk.context()))
    assert len(found) == 206
    assert many == few
