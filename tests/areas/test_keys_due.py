"""What the key account puts before the supervisor, at the exact bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui.api import DueItem
from cstui_keys import due as all_matters
from cstui_keys.models import CustodyEvent

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = {"tag_no": "P1", "block": "3", "space_kind": "public_door_window", "floor": "1", "door_kind": "unit_door"}
OWNER = {"tag_no": "U1", "block": "3", "space_kind": "owner_unit", "floor": "1", "room": "01",
         "door_kind": "unit_door", "labelled": True, "ring": "U"}  # fmt: skip
ROOM = {"tag_no": "S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
        "door_kind": "equipment_room", "labelled": True, "ring": "S"}  # fmt: skip
LOAN = {"borrower": "wang.fang", "work_reason": "repair W-1182"}


def clock(host: Any, day: int, time: str) -> None:
    hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
    moment = datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any, word: str = "") -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    found = await host.call(all_matters(ctx))
    return [item for item in found if not word or item.title.id == f"keys.due.{word}"]


@pytest.fixture
async def staff(host: Any, run: Any) -> Any:
    people = (("wang.fang", "engineering"), ("li.na", "customer_service"), ("zhao.min", "customer_service"))
    for number, (login, department) in enumerate(people):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": department})
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    return host


@pytest.fixture
async def lent(staff: Any, run: Any) -> Any:
    """A public key out since 09:40 on the 24th, due at 18:00."""
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "wang.fang", "shift": "D"})
    await run("keys.register", {**PUBLIC, "labelled": True, "ring": "P"})
    clock(staff, 24, "09:40")
    await run("keys.lend", LOAN, target=["P1"])
    return staff


@pytest.mark.rule("keys-22")
@pytest.mark.parametrize(
    ("day", "time", "word", "severity"),
    [
        (24, "18:00:00", "due_today", "warning"),
        (24, "18:00:01", "overdue", "warning"),
        (25, "18:00:00", "overdue", "warning"),
        (25, "18:00:01", "overdue", "critical"),
    ],
)
async def test_overdue_begins_and_grows_critical_to_the_second(
    lent: Any, day: int, time: str, word: str, severity: str
) -> None:
    clock(lent, day, time)
    found = [item for item in await items(lent) if item.title.id in {"keys.due.due_today", "keys.due.overdue"}]
    assert [(item.title.id, item.severity) for item in found] == [(f"keys.due.{word}", severity)]


async def test_the_proof_names_people_not_logins(staff: Any, run: Any) -> None:
    await run("people.enrol", {"number": "9", "login": "sun.li", "name": "孙丽"})
    await run("people.grant_role", {"role": "admin"}, target=["sun.li"])
    await run("keys.register", {**PUBLIC, "labelled": True, "ring": "P"})
    await run("keys.lend", LOAN, login="sun.li", target=["P1"])
    (item,) = await items(staff, "due_today")
    told = next(text for text in item.proof if text.id == "keys.proof.out")
    assert told.args["by"] == "孙丽"


async def test_the_proof_tells_how_the_due_time_came_about(lent: Any) -> None:
    clock(lent, 24, "19:00")
    (item,) = await items(lent, "overdue")
    lines = {line.id: line.args for line in item.proof}
    assert lines["keys.proof.out"]["at"] == datetime(2026, 11, 24, 9, 40, tzinfo=SHANGHAI)
    assert lines["keys.proof.due_shift"]["due"] == datetime(2026, 11, 24, 18, 0, tzinfo=SHANGHAI)
    assert lines["keys.proof.late"]["late"] == timedelta(hours=1)
    assert (item.person, item.register) == ("wang.fang", "keys.keys")


async def test_a_loan_due_tomorrow_is_only_listed(staff: Any, run: Any) -> None:
    await run("keys.register", {**PUBLIC, "labelled": True, "ring": "P"})
    await run("keys.lend", {**LOAN, "due_at": "2026-11-25 08:00"}, target=["P1"])
    assert [item.severity for item in await items(staff, "out")] == ["info"]
    await run("keys.return", {"condition": "ok"}, target=["P1"])
    assert not await items(staff, "out")


@pytest.mark.rule("keys-12")
async def test_unlabelled_keys_are_one_item_a_building_and_day(staff: Any, run: Any) -> None:
    for floor in range(1, 8):
        await run("keys.register", {**PUBLIC, "tag_no": f"P{floor}", "floor": str(floor), "received_on": "2026-11-24"})
    (item,) = await items(staff, "unlabelled")
    assert (item.severity, len(item.records)) == ("info", 7)
    clock(staff, 25, "09:00")
    assert [item.severity for item in await items(staff, "unlabelled")] == ["warning"]
    clock(staff, 26, "00:00")
    assert [item.severity for item in await items(staff, "unlabelled")] == ["critical"]
    await run("keys.label", {}, target=[f"P{floor}" for floor in range(1, 8)])
    assert not await items(staff, "unlabelled")


@pytest.mark.rule("keys-11")
async def test_unringed_keys_turn_from_info_to_warning(staff: Any, run: Any) -> None:
    await run("keys.register", {**PUBLIC, "labelled": True})
    assert [item.severity for item in await items(staff, "unringed")] == ["info"]
    clock(staff, 26, "00:00")
    assert [item.severity for item in await items(staff, "unringed")] == ["warning"]
    await run("keys.group", {}, target=["P1"])
    assert not await items(staff, "unringed")


@pytest.mark.rule("keys-03")
async def test_a_building_needs_a_custodian_and_a_deputy(staff: Any, run: Any) -> None:
    await run("keys.register", OWNER)
    assert [item.severity for item in await items(staff, "no_custodian")] == ["critical"]
    await run("keys.appoint", {"custodian": "li.na"}, target=["3"])
    assert not await items(staff, "no_custodian")
    assert [item.severity for item in await items(staff, "no_deputy")] == ["warning"]
    await run("keys.appoint", {"deputy": "zhao.min"}, target=["3"])
    assert not await items(staff, "no_deputy")
    await run("people.leave", {"left_on": "2026-11-23"}, target=["li.na"])
    (item,) = await items(staff, "no_custodian")
    assert item.proof[0].args["person"] == "li.na"


@pytest.mark.rule("keys-04")
async def test_a_shift_without_custodian_or_deputy(staff: Any, run: Any) -> None:
    await run("keys.register", OWNER)
    await run("keys.appoint", {"custodian": "li.na", "deputy": "zhao.min"}, target=["3"])
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "wang.fang", "shift": "D"})
    (item,) = await items(staff, "no_cover")
    assert (item.severity, item.title.args["blocks"]) == ("warning", "3")
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "zhao.min", "shift": "D"})
    assert not await items(staff, "no_cover")


@pytest.mark.rule("keys-04")
async def test_who_is_absent_covers_no_shift(staff: Any, run: Any) -> None:
    await run("keys.register", OWNER)
    await run("keys.appoint", {"custodian": "li.na", "deputy": "zhao.min"}, target=["3"])
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "li.na", "shift": "D"})
    assert not await items(staff, "no_cover")
    away = {"staff": "li.na", "first_day": "2026-11-23", "last_day": "2026-11-24", "kind": "sick"}
    await run("people.record_absence", away)
    (item,) = await items(staff, "no_cover")
    assert [line.args["count"] for line in item.proof] == [0]


@pytest.mark.rule("keys-04")
async def test_a_night_shift_is_without_cover_until_it_ends(staff: Any, run: Any) -> None:
    await run("people.shift_type", {"code": "N", "shift_name": "夜班", "start_minute": 1320, "end_minute": 1800})
    await run("keys.register", OWNER)
    await run("keys.appoint", {"custodian": "li.na", "deputy": "zhao.min"}, target=["3"])
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "wang.fang", "shift": "N"})
    clock(staff, 24, "23:00")
    (before,) = await items(staff, "no_cover")
    clock(staff, 25, "05:59")
    assert [item.id for item in await items(staff, "no_cover")] == [before.id]
    clock(staff, 25, "06:00")
    assert not await items(staff, "no_cover")


@pytest.mark.rule("keys-19")
async def test_equipment_keys_are_handed_over_to_engineering(staff: Any, run: Any) -> None:
    await run("keys.register", ROOM)
    assert [item.severity for item in await items(staff, "equipment")] == ["warning"]
    await run("keys.hand_over_equipment", {"receiver": "wang.fang"}, target=["S1"])
    assert not await items(staff, "equipment")


@pytest.mark.rule("keys-29")
@pytest.mark.parametrize(
    ("row", "late"), [(OWNER, "critical"), (ROOM, "critical"), ({**PUBLIC, "labelled": True, "ring": "P"}, "warning")]
)
async def test_the_lock_of_a_lost_key_is_decided_within_24_hours(
    staff: Any, run: Any, row: dict[str, Any], late: str
) -> None:
    await run("keys.register", row)
    clock(staff, 24, "09:00:00")
    await run("keys.report_lost", {"circumstances": "not in the bag"}, target=[row["tag_no"]])
    clock(staff, 25, "09:00:00")
    assert [item.severity for item in await items(staff, "lost")] == ["warning"]
    clock(staff, 25, "09:00:01")
    assert [item.severity for item in await items(staff, "lost")] == [late]
    await run("keys.waive_lock", {"reason": "door is bricked up"}, target=[row["tag_no"]])
    assert not await items(staff, "lost")


async def test_a_changed_custody_event_is_found(staff: Any, run: Any) -> None:
    await run("keys.register", OWNER)
    assert not await items(staff, "chain")

    async def forge() -> None:
        await CustodyEvent.all().update(to_holder="person:wang.fang")

    await staff.call(forge())
    assert [item.severity for item in await items(staff, "chain")] == ["critical"]
    outcome = await run("keys.verify")
    assert outcome.text.id == "keys.done.chain_broken"


async def test_a_custody_event_taken_away_is_found(staff: Any, run: Any) -> None:
    await run("keys.register", {**OWNER, "labelled": False})
    await run("keys.label", {}, target=["U1"])

    async def cut() -> None:
        last = await CustodyEvent.all().order_by("-id").first()
        assert last is not None
        await last.delete()

    await staff.call(cut())
    assert len(await items(staff, "chain")) == 1


async def test_whole_chains_verify(lent: Any, run: Any) -> None:
    await run("keys.return", {"condition": "ok"}, target=["P1"])
    outcome = await run("keys.verify")
    assert (outcome.text.id, outcome.text.args["count"]) == ("keys.done.chain_whole", 1)
