"""Lockers: one for each person, given and taken back, found locked or not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import engine
from cstui.api import BadInput, DueItem, Refusal
from cstui.approvals.models import Finding
from cstui.contract.errors import NotPermitted
from cstui_hygiene.lockers.due import lockers as matters
from cstui_hygiene.models import Locker

SHANGHAI = ZoneInfo("Asia/Shanghai")


def clock(host: Any, day: int, time: str = "09:02") -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any) -> dict[str, DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return {item.title.id.removeprefix("hygiene.due."): item for item in await host.call(matters(ctx))}


async def locker(host: Any, number: str) -> Locker:
    async def get() -> Locker:
        return await Locker.get(locker_no=number).select_related("holder")

    return await host.call(get())  # type: ignore[no-any-return]


@pytest.fixture
async def room(host: Any, run: Any) -> Any:
    """Two people of customer service and one of engineering; locker 1 is li.na's, locker 2 is free."""
    for number, login, name, dept in (
        ("1", "li.na", "李娜", "客服部"), ("2", "wang.fang", "王芳", "客服部"), ("3", "zhao.lei", "赵磊", "工程部"),
    ):  # fmt: skip
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": dept})
    await run("hygiene.set_locker", {"locker_no": "01", "holder": "li.na"})
    await run("hygiene.set_locker", {"locker_no": "02"})
    return host


@pytest.mark.rule("hygiene-26")
async def test_each_of_customer_service_needs_a_locker(room: Any, run: Any) -> None:
    item = (await items(room))["no_locker"]
    assert (item.severity, item.person, item.rule) == ("warning", "王芳", "hygiene-26")
    assert item.records == ((await locker(room, "02")).pk,)
    await run("hygiene.assign_locker", {"holder": "wang.fang"}, target=["02"])
    assert "no_locker" not in await items(room)  # zhao.lei is of another department
    held = await locker(room, "02")
    assert (held.holder.login, held.first_day) == ("wang.fang", date(2026, 11, 24))


async def test_where_no_lockers_are_kept_nobody_needs_one(host: Any, run: Any) -> None:
    await run("people.enrol", {"number": "1", "login": "li.na", "name": "李娜", "department": "客服部"})
    assert await items(host) == {}


@pytest.mark.rule("hygiene-26")
async def test_many_without_are_one_matter(room: Any, run: Any) -> None:
    for number in range(10, 14):
        await run(
            "people.enrol",
            {"number": str(number), "login": f"u{number}", "name": f"甲{number}", "department": "客服部"},
        )
    found = await items(room)
    item = found["no_locker_more"]
    assert (len(found), item.title.args["count"], len(item.proof)) == (1, 5, 5)


async def test_nobody_has_two_lockers_and_no_locker_two_holders(room: Any, run: Any) -> None:
    for action, raw, target in (
        ("hygiene.assign_locker", {"holder": "li.na"}, ["02"]),
        ("hygiene.assign_locker", {"holder": "wang.fang"}, ["01"]),
        ("hygiene.set_locker", {"locker_no": "02", "holder": "li.na"}, []),
        ("hygiene.release_locker", {}, ["02"]),
        ("hygiene.locker_unlocked", {}, ["02"]),
        ("hygiene.locker_repaired", {}, ["02"]),
    ):
        with pytest.raises(Refusal):
            await run(action, raw, target=target)
    with pytest.raises(BadInput):
        await run("hygiene.assign_locker", {"holder": "wang.fang", "first_day": "2026-11-25"}, target=["02"])
    assert (await locker(room, "01")).holder.login == "li.na"


async def test_a_locker_out_of_order_has_no_holder_until_it_is_repaired(room: Any, run: Any) -> None:
    outcome = await run("hygiene.locker_broken", {"fault": "锁芯坏"}, target=["01"])
    assert [note.id for note in outcome.notes] == ["hygiene.note.needs_locker"]
    with pytest.raises(Refusal):
        await run("hygiene.assign_locker", {"holder": "li.na"}, target=["01"])
    with pytest.raises(Refusal):
        await run("hygiene.set_locker", {"locker_no": "01", "holder": "li.na"})
    await run("hygiene.locker_repaired", target=["01"])
    await run("hygiene.assign_locker", {"holder": "li.na"}, target=["01"])
    held = await locker(room, "01")
    assert (held.state, held.fault, held.holder.login) == ("assigned", "", "li.na")


@pytest.mark.rule("hygiene-27")
async def test_who_leaves_it_unlocked_is_told_until_it_is_found_locked(room: Any, run: Any) -> None:
    await run("hygiene.locker_unlocked", target=["01"])
    clock(room, 25)
    item = (await items(room))["locker_unlocked"]
    assert (item.severity, item.person, item.rule) == ("info", "李娜", "hygiene-27")
    await run("hygiene.locker_locked", target=["01"])
    assert "locker_unlocked" not in await items(room)
    assert (await locker(room, "01")).locked_ok_last == date(2026, 11, 25)


@pytest.mark.rule("hygiene-27")
async def test_a_loss_is_put_before_those_who_look_into_it(room: Any, run: Any) -> None:
    outcome = await run("hygiene.report_locker_loss", {"what": "雨伞一把"}, target=["01"])
    assert [note.id for note in outcome.notes] == ["hygiene.note.own_loss"]

    async def found() -> list[str]:
        return [finding.rule for finding in await Finding.all()]

    assert await room.call(found()) == ["hygiene-27"]


async def test_who_leaves_gives_it_back(room: Any, run: Any) -> None:
    outcome = await run("people.leave", {"left_on": "2026-11-26"}, target=["li.na"])
    assert "hygiene.note.locker_back" in [note.id for note in outcome.notes]
    assert (await items(room))["locker_back"].severity == "info"
    for day in (26, 30):
        clock(room, day)
        assert (await items(room))["locker_back"].severity == "warning"
    await run("hygiene.release_locker", target=["01"])
    assert "locker_back" not in await items(room)
    freed = await locker(room, "01")
    assert (freed.state, freed.last_day) == ("free", date(2026, 11, 30))


async def test_an_import_tells_each_row_what_became_of_it(room: Any, run: Any) -> None:
    rows = [
        (2, {"locker_no": "01", "holder": "li.na"}),
        (3, {"locker_no": "02", "holder": "wang.fang"}),
        (4, {"locker_no": "03"}),
        (5, {"locker_no": "04", "holder": "li.na"}),
        (6, {"locker_no": "05", "holder": "zhao.lei", "first_day": "2026-12-01"}),
    ]
    actor = await room.call(room.actor("admin"))
    bulk = await engine.run_bulk(room, "hygiene.set_locker", rows, actor, skip_bad=True)
    assert [bulk.counts[mark] for mark in ("unchanged", "updated", "created")] == [1, 1, 1]
    assert [line.line for line in bulk.refused] == [5, 6]
    again = await engine.run_bulk(room, "hygiene.set_locker", rows[:3], actor)
    assert again.counts["unchanged"] == 3


async def test_only_who_arranges_gives_lockers(room: Any, run: Any) -> None:
    with pytest.raises(NotPermitted):
        await run("hygiene.assign_locker", {"holder": "wang.fang"}, "li.na", target=["02"])


async def test_the_form_begins_with_who_still_needs_one(room: Any, run: Any) -> None:
    prefill = room.actions["hygiene.assign_locker"].prefill
    ctx = await room.call(room.context(await room.call(room.actor("admin"))))
    assert dict(await room.call(prefill(ctx, [await locker(room, "02")]))) == {"holder": "wang.fang"}
    await run("hygiene.assign_locker", {"holder": "wang.fang"}, target=["02"])
    assert dict(await room.call(prefill(ctx, []))) == {}
