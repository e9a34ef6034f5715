"""Defects: by when and by whom they are put right, whom they are put before, and the second look of another person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from counting import counted
from hygiene_desk import Desk, hygiene_desk

from cstui import engine
from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui_hygiene.defects.due import defects_due, monitors_due
from cstui_hygiene.kinds import DefectState
from cstui_hygiene.models import HygieneDefect


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, clean_template: Path) -> AsyncIterator[Desk]:
    async with hygiene_desk(request, tmp_path, clean_template) as opened:
        yield opened


def utc(text: str) -> datetime:
    """A moment of November in Shanghai."""
    return datetime.fromisoformat(f"2026-11-{text}+08:00").astimezone(UTC)


async def entered(
    desk: Desk, item: str = "desk", login: str = "lead", action: str = "raise_defect", **more: Any
) -> Any:
    pk = (await desk.run(action, {"item": item, "area": "FL", **more}, login)).rows[0]
    return (await desk.defects(id=pk))[0]


# by when


@pytest.mark.rule("hygiene-05")
@pytest.mark.rule("hygiene-06")
@pytest.mark.parametrize("item", ["litter", "dropped"])
async def test_litter_and_what_fell_down_are_put_right_within_ten_minutes(desk: Desk, item: str) -> None:
    assert (await entered(desk, item)).due_at == utc("24T09:12")


async def test_anything_else_by_the_end_of_the_next_day_of_work(desk: Desk) -> None:
    assert (await entered(desk)).due_at == utc("26T00:00")  # Tuesday → the end of Wednesday
    desk.at(27)
    friday = await entered(desk, "floor")
    assert friday.due_at == utc("30T00:00") + timedelta(days=1)  # the end of Monday
    (item, *_) = [one for one in await desk.due(defects_due) if one.records == (friday.id,)]
    assert [line.id for line in item.proof][:2] == ["hygiene.proof.found", "hygiene.proof.workdays"]


async def test_the_site_s_own_days_of_rest_move_the_due_time(desk: Desk) -> None:
    admin = await desk.host.call(desk.host.actor("admin"))
    await engine.run(desk.host, "site.set_day", {"day": "2026-11-25", "working": False, "note": "stocktaking"}, admin)
    assert (await entered(desk)).due_at == utc("27T00:00")


# who puts it right


async def test_who_is_named_puts_it_right(desk: Desk) -> None:
    await desk.duty("an")
    defect = await entered(desk, person="bo")
    assert (defect.responsible.login, defect.named) == ("bo", True)


@pytest.mark.rule("hygiene-13")
@pytest.mark.rule("hygiene-20")
@pytest.mark.parametrize(
    ("item", "time", "cleaner"),
    [("put_back", "08:30", "bo"), ("peel", "21:59", "bo"), ("put_back", "22:00", "an"), ("peel", "23:30", "an")],
)
async def test_else_whoever_had_the_area_to_clean_last(desk: Desk, item: str, time: str, cleaner: str) -> None:
    await desk.duty("bo", slot="opening")
    await desk.duty("an", slot="closing", due_at=utc("24T22:00"))
    await desk.duty("lead", slot="weekly", due_at=utc("24T23:00"), state="excused")
    await desk.duty("cai", day="2026-11-23", due_at=utc("23T22:00"))
    desk.at(24, time)
    number = await desk.inspect("FL", "deng")
    await desk.walk(number, {item: {}}, "deng")
    (defect,) = await desk.defects()
    assert (defect.responsible.login, defect.named) == (cleaner, False)
    await desk.run("name_responsible", {"person": "cai"}, target=[defect.defect_no])
    (defect,) = await desk.defects()
    assert (defect.responsible.login, defect.named) == ("cai", True)


async def test_where_nobody_cleans_nobody_is_named_and_somebody_decides(desk: Desk) -> None:
    defect = await entered(desk)
    assert defect.responsible is None
    (item,) = await desk.due(defects_due)
    assert (item.severity, item.person_id) == ("warning", None)
    assert "hygiene.name_responsible" in item.actions
    assert "hygiene.proof.nobody" in [line.id for line in item.proof]


@pytest.mark.rule("hygiene-04")
async def test_a_dirty_desk_is_its_owner_s(desk: Desk) -> None:
    number = await desk.inspect("", staff="an")
    await desk.walk(number, {"desk": {"remark": "dust", "deduction": "5"}})
    (defect,) = await desk.defects()
    assert (defect.responsible.login, defect.named, defect.remark, defect.rule) == ("an", True, "dust", "hygiene-04")


async def test_dress_is_nobody_s_duty(desk: Desk) -> None:
    await desk.duty("an")
    number = await desk.inspect()
    await desk.walk(number, {"dress": {}})
    assert (await desk.defects())[0].responsible is None


async def test_the_due_time_of_a_failed_item_runs_from_the_signature(desk: Desk) -> None:
    number = await desk.inspect()
    desk.at(24, "11:30")
    await desk.walk(number, {"litter": {"person": "an"}, "floor": {}})
    litter, floor = sorted(await desk.defects(), key=lambda one: one.due_at)
    assert (litter.due_at, litter.found_at, floor.due_at) == (utc("24T11:40"), utc("24T11:30"), utc("26T00:00"))
    assert litter.inspection_id == floor.inspection_id is not None


async def test_an_unlocked_locker_is_its_holder_s(desk: Desk) -> None:
    await desk.run("set_locker", {"locker_no": "7"}, "deng")
    await desk.run("assign_locker", {"holder": "an"}, "deng", target=["7"])
    number = await desk.inspect("CH")
    with pytest.raises(BadInput):
        await desk.run("fail_item", {"place": "8"}, target=[f"{number}/lockers"])
    await desk.walk(number, {"lockers": {"place": "7"}})
    (defect,) = await desk.defects()
    assert (defect.responsible.login, defect.severity, defect.place) == ("an", "info", "7")


# how grave


@pytest.mark.rule("hygiene-20")
@pytest.mark.rule("hygiene-19")
@pytest.mark.parametrize(("item", "rule"), [("peel", "hygiene-20"), ("graffiti", "hygiene-19")])
async def test_peel_and_writing_are_as_grave_as_the_site_says(desk: Desk, item: str, rule: str) -> None:
    await desk.duty("an")
    await entered(desk, item)
    assert [one.severity for one in await desk.due(defects_due)] == ["warning"]
    await desk.figure(rule, f"{item}_severity", "critical")
    await entered(desk, item)
    assert sorted(one.severity for one in await desk.due(defects_due)) == ["critical", "warning"]


@pytest.mark.rule("hygiene-47")
async def test_overdue_is_a_warning_for_some_days_and_then_critical(desk: Desk) -> None:
    await entered(desk, person="an")

    async def told(day: int, time: str) -> tuple[str, str]:
        desk.at(day, time)
        (item,) = await desk.due(defects_due)
        return item.title.id.rpartition(".")[2], item.severity

    assert await told(25, "23:59") == ("defect_open", "info")
    assert await told(26, "00:00") == ("defect_open", "info")
    assert await told(26, "00:00:01") == ("defect_overdue", "warning")
    assert await told(29, "00:00") == ("defect_overdue", "warning")
    assert await told(29, "00:00:01") == ("defect_overdue", "critical")


@pytest.mark.rule("hygiene-47")
async def test_past_its_time_the_register_says_overdue(desk: Desk) -> None:
    defect = await entered(desk, person="an")
    assert await desk.cell("defects", defect.id, "defect_state") == "open"
    desk.at(26)
    assert await desk.cell("defects", defect.id, "defect_state") == "overdue"


async def test_it_stands_in_the_today_of_who_puts_it_right(desk: Desk) -> None:
    await entered(desk, person="an")
    assert "hygiene.due.defect_open" in await desk.today("an")
    assert "hygiene.due.defect_open" not in await desk.today("bo")


# the second look


@pytest.mark.rule("hygiene-47")
async def test_only_another_person_than_the_fixer_may_close_it(desk: Desk) -> None:
    number = (await entered(desk, person="lead", login="deng")).defect_no
    await desk.run("fix_defect", target=[number])
    with pytest.raises(NotPermitted):
        await desk.run("recheck_defect", {"look": "put_right"}, target=[number])
    await desk.run("recheck_defect", {"look": "put_right", "note": "clean"}, "deng", target=[number])
    (defect,) = await desk.defects()
    assert (defect.state, defect.rechecked_by, defect.note) == (DefectState.CLOSED, "deng", "clean")
    assert await desk.due(defects_due) == []


async def test_what_is_not_put_right_is_open_again_with_a_new_time(desk: Desk) -> None:
    number = (await entered(desk, person="an")).defect_no
    await desk.run("fix_defect", None, "an", target=[number])
    (item,) = await desk.due(defects_due)
    assert (item.title.id, item.severity, item.actions) == (
        "hygiene.due.defect_fixed", "warning", ("hygiene.recheck_defect",)
    )  # fmt: skip
    desk.at(26)
    await desk.run("recheck_defect", {"look": "not_yet"}, target=[number])
    (defect,) = await desk.defects()
    assert (defect.state, defect.reopened, defect.fixed_by_id, defect.fixed_at) == (DefectState.OPEN, 1, None, None)
    assert defect.due_at == utc("28T00:00")
    assert defect.found_at == utc("24T09:02")


@pytest.mark.parametrize(
    ("action", "raw", "login"),
    [("recheck_defect", {"look": "put_right"}, "deng"), ("accept_defect", None, "deng"),
     ("refuse_defect", {"reason": "no"}, "deng"), ("pass_on_defect", None, "deng")],
)  # fmt: skip
async def test_an_open_defect_in_time_is_only_put_right(desk: Desk, action: str, raw: Any, login: str) -> None:
    defect = await entered(desk, person="an")
    with pytest.raises(Refusal):
        await desk.run(action, raw, login, target=[defect.defect_no])


async def test_a_closed_defect_stays_closed(desk: Desk) -> None:
    number = (await entered(desk, person="an")).defect_no
    await desk.run("fix_defect", None, "an", target=[number])
    await desk.run("recheck_defect", {"look": "put_right"}, target=[number])
    for action, raw in (("fix_defect", None), ("recheck_defect", {"look": "not_yet"}),
                        ("name_responsible", {"person": "bo"})):  # fmt: skip
        with pytest.raises(Refusal):
            await desk.run(action, raw, "deng", target=[number])


# passed on


@pytest.mark.rule("hygiene-05")
async def test_litter_of_the_same_person_twice_in_a_month_is_offered_to_discipline(desk: Desk) -> None:
    await entered(desk, "litter", person="an")
    await entered(desk, "litter", person="bo")
    assert await desk.findings() == []
    desk.at(30, "23:00")
    await entered(desk, "litter", person="an")
    assert await desk.findings() == [("hygiene-05", "litter", "an")]
    desk.at(1, month=12)
    await entered(desk, "litter", person="an")
    assert len(await desk.findings()) == 1


async def test_litter_of_nobody_known_is_held_against_nobody(desk: Desk) -> None:
    await desk.duty("an")
    for _ in range(2):
        await entered(desk, "litter")
    assert await desk.findings() == []
    first, second = await desk.defects()
    for defect in (first, second):
        await desk.run("name_responsible", {"person": "bo"}, target=[defect.defect_no])
    assert await desk.findings() == [("hygiene-05", "litter", "bo")]


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        pytest.param("graffiti", "hygiene-19", marks=pytest.mark.rule("hygiene-19")),
        pytest.param("makeup", "hygiene-44", marks=pytest.mark.rule("hygiene-44")),
        pytest.param("dress", "hygiene-23", marks=pytest.mark.rule("hygiene-23")),
        pytest.param("appearance", "hygiene-24", marks=pytest.mark.rule("hygiene-24")),
        pytest.param("lights", "hygiene-31", marks=pytest.mark.rule("hygiene-31")),
    ],
)
async def test_what_concerns_others_is_put_before_them(desk: Desk, item: str, rule: str) -> None:
    await entered(desk, item, person="an")
    assert await desk.findings() == [(rule, item, "an")]


async def test_without_a_name_nobody_is_accused(desk: Desk) -> None:
    await desk.duty("an")
    await entered(desk, "graffiti")
    assert await desk.findings() == [("hygiene-19", "graffiti", "")]


@pytest.mark.rule("hygiene-18")
async def test_phones_and_pagers_go_to_discipline_other_things_do_not(desk: Desk) -> None:
    number = await desk.inspect()
    with pytest.raises(Refusal):
        await entered(desk, "foreign", person="an")
    await entered(desk, "foreign", person="an", remark="a bag of nuts")
    assert await desk.findings() == []
    await desk.walk(number, {"foreign": {"remark": "a pager", "phone": True, "person": "bo"}})
    assert await desk.findings() == [("hygiene-18", "phone", "bo")]


@pytest.mark.rule("hygiene-47")
async def test_an_overdue_one_is_passed_on_once(desk: Desk) -> None:
    defect = await entered(desk, person="an")
    desk.at(26)
    await desk.run("pass_on_defect", None, "deng", target=[defect.defect_no])
    assert await desk.findings() == [("hygiene-47", "overdue", "an")]
    with pytest.raises(Refusal):
        await desk.run("pass_on_defect", None, "deng", target=[defect.defect_no])
    with pytest.raises(NotPermitted):
        await desk.run("pass_on_defect", None, "lead", target=[defect.defect_no])


async def test_only_what_is_asked_for_here_can_be_entered(desk: Desk) -> None:
    desk.host.rules_off = frozenset({"hygiene-04"})
    with pytest.raises(BadInput) as refused:
        await entered(desk, "desk")
    assert refused.value.text.id == "hygiene.refusal.not_asked"
    with pytest.raises(BadInput):
        await desk.run("raise_defect", {"item": "floor"})
    with pytest.raises(BadInput):
        await entered(desk, "floor", phone=True)


# monitors


@pytest.mark.rule("hygiene-42")
async def test_what_a_monitor_reports_waits_for_being_accepted(desk: Desk) -> None:
    defect = await entered(desk, "graffiti", "mo", "report_defect", person="an")
    assert defect.state is DefectState.REPORTED
    assert await desk.findings() == []
    assert "hygiene.due.defect_open" not in await desk.today("an")
    (item,) = await desk.due(defects_due)
    assert (item.rule, item.severity, item.actions) == (
        "hygiene-42", "warning", ("hygiene.accept_defect", "hygiene.refuse_defect")
    )  # fmt: skip
    desk.at(25, "10:00")
    with pytest.raises(NotPermitted):
        await desk.run("accept_defect", None, "lead", target=[defect.defect_no])
    await desk.run("accept_defect", None, "deng", target=[defect.defect_no])
    (defect,) = await desk.defects()
    assert (defect.state, defect.due_at) == (DefectState.OPEN, utc("27T00:00"))
    assert await desk.findings() == [("hygiene-19", "graffiti", "an")]


async def test_a_report_that_is_refused_has_no_effect(desk: Desk) -> None:
    await entered(desk, "litter", person="an")
    defect = await entered(desk, "litter", "mo", "report_defect", person="an")
    await desk.run("refuse_defect", {"reason": "it was a leaf"}, "deng", target=[defect.defect_no])
    assert (await desk.defects(id=defect.id))[0].note == "it was a leaf"
    assert await desk.findings() == []
    for login, action in (("mo", "raise_defect"), ("an", "report_defect")):
        with pytest.raises(NotPermitted):
            await entered(desk, "litter", login, action)


@pytest.mark.rule("hygiene-42")
async def test_a_team_without_enough_monitors_is_told(desk: Desk) -> None:
    (item,) = await desk.due(monitors_due)  # mo is of team T2
    assert (item.title.args["team"], item.severity) == ("T1", "warning")
    await desk.figure("hygiene-42", "monitors_min", "2")
    assert [one.title.args["team"] for one in await desk.due(monitors_due)] == ["T1", "T2"]


async def test_a_site_that_never_had_monitors_is_not_asked_for_them(desk: Desk) -> None:
    from cstui.people import RoleGrant

    await desk.ask(RoleGrant.filter(role="hygiene_monitor").delete())
    assert await desk.due(monitors_due) == []


async def test_what_is_due_takes_as_many_queries_however_many_there_are(desk: Desk) -> None:
    async def asked_for() -> int:
        ctx = await desk.context()
        return (await counted(desk.host, defects_due(ctx)))[0]

    await entered(desk, person="an")
    one = await asked_for()
    for login, item in (("lead", "floor"), ("deng", "litter"), ("lead", "graffiti"), ("mo", "chair")):
        await entered(desk, item, login, "report_defect" if login == "mo" else "raise_defect", person="bo")
    assert len(await desk.due(defects_due)) == 5
    assert await asked_for() == one


async def test_each_has_a_number_of_its_day(desk: Desk) -> None:
    await entered(desk)
    await entered(desk)
    desk.at(25)
    await entered(desk)
    assert await desk.ask(HygieneDefect.all().order_by("id").values_list("defect_no", flat=True)) == [
        "D20261124-001", "D20261124-002", "D20261125-001",
    ]  # fmt: skip
