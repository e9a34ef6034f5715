"""How often the store is asked for what is due: as often for a large department as for a small one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from counting import counted

from cstui import engine
from cstui.review import collect
from cstui_keys import due as all_matters
from cstui_keys.kinds import CopyState, IssueState, LineState
from cstui_keys.models import CountLine, Key, KeyDuplication, OwnerKeyIssue

SHANGHAI = ZoneInfo("Asia/Shanghai")
HANDFUL = 32
"""Queries for everything that key custody puts before the supervisor."""
WINDOW = {"space_kind": "public_door_window", "door_kind": "window"}
UNIT = {"space_kind": "owner_unit", "floor": "1", "room": "01", "door_kind": "unit_door", "labelled": True}
PUMPS = {"space_kind": "equipment_room", "equipment_room_name": "水泵房", "door_kind": "equipment_room"}


def clock(host: Any, day: int, time: str = "09:02") -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def enrol(run: Any) -> None:
    for number, login in enumerate(("li.na", "zhao.min", "wang.fang")):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": "客服部"})
        await run("people.grant_role", {"role": "admin"}, target=[login])
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    for day in (24, 25):
        await run("people.assign_duty", {"day": f"2026-11-{day}", "staff": "wang.fang", "shift": "D"})


async def trouble(run: Any, host: Any, blocks: Iterable[int]) -> None:
    """Everything that can be amiss with keys, once for each of some buildings."""
    clock(host, 24)
    for block in blocks:
        here = {"block": f"{block}"}
        ring = {"ring": f"R{block}", "labelled": True}
        for copy in range(1, 7):
            key = {**WINDOW, **here, **ring, "tag_no": f"{block}-{copy}", "copy_no": copy, "floor": "1"}
            await run("keys.register", key)
        await run("keys.register", {**WINDOW, **here, "tag_no": f"{block}-bare", "floor": "2"})
        await run("keys.register", {**WINDOW, **here, "tag_no": f"{block}-loose", "floor": "3", "labelled": True})
        await run("keys.register", {**UNIT, **here, "tag_no": f"{block}-unit"})
        await run("keys.register", {**PUMPS, **here, "tag_no": f"{block}-pumps"})
        await run("keys.appoint", {"custodian": "li.na", "deputy": "zhao.min"}, target=[f"{block}"])
        await run("keys.lend", {"borrower": "wang.fang", "work_reason": "repair"}, target=[f"{block}-1"])
        await run("keys.report_lost", {"circumstances": "not in the bag"}, target=[f"{block}-6"])
        await run("keys.takeover_open", {"block": f"{block}", "from_party": "宏远"})
        await run("keys.takeover_line", {**here, **WINDOW, "floor": "9", "declared": "1"})
        counts = {"kind": "full", "block": f"{block}", "counter": "li.na", "witness": "zhao.min"}
        (found,) = (await run("keys.count_open", counts)).rows
        for login in ("li.na", "zhao.min"):
            await run("keys.count_enter", {"numbers": "3 4"}, login, target=[found])
        await run("keys.count_sign", {"counter": "li.na", "witness": "zhao.min"}, target=[found])
        short = await host.call(_line(found))
        await run("keys.count_missing", {"keys": [f"{block}-2"]}, target=[short])
        (open_one,) = (await run("keys.count_open", counts)).rows
        await run("keys.count_enter", {"numbers": "4"}, "li.na", target=[open_one])
        await host.call(_others(block))


async def _line(count: int) -> int:
    return (await CountLine.get(count_id=count, state=LineState.SHORT)).id


async def _others(block: int) -> None:
    """An issue that wasn't signed, and a copy too many: whose forms many people must fill in one after the other."""
    key = await Key.get(tag_no=f"{block}-unit")
    long_ago = datetime(2026, 11, 20, tzinfo=UTC)
    await OwnerKeyIssue.create(
        issue_no=f"I{block}", state=IssueState.VERIFIED, space_id=key.space_id, owner_name="郑雅琴",
        prepared_by="li.na", prepared_at=long_ago, verified_at=long_ago,
    )  # fmt: skip
    await KeyDuplication.create(
        duplication_no=f"D{block}", state=CopyState.MADE, key=key, copies=1, received=2, registered=1, reason="spare",
        requested_by="zhao.min", requested_at=long_ago, approved_by="wang.fang",
    )  # fmt: skip


async def asked(host: Any, day: int) -> tuple[int, Counter[str]]:
    """How many queries what is due in the morning of a day takes, and how many items there are of each kind."""
    clock(host, day)
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    queries, found = await counted(host, all_matters(ctx))
    return queries, Counter(item.title.id.removeprefix("keys.due.") for item in found)


async def test_the_number_of_queries_doesnt_grow_with_the_records(host: Any, run: Any) -> None:
    await enrol(run)
    await trouble(run, host, (1,))
    few, one_each = await asked(host, day=26)
    await trouble(run, host, (2, 3, 4))
    many, four_each = await asked(host, day=26)
    once = {"spot_missed", "closing_missed", "no_cover", "full_soon"}  # of days and shifts, not of buildings
    assert {word: 4 * number for word, number in one_each.items() if word not in once} == {
        word: number for word, number in four_each.items() if word not in once
    }
    assert {
        "unlabelled", "unringed", "equipment", "overdue", "lost", "takeover_draft", "count_full", "count_short",
        "unsigned_issue", "surplus", "kinds_lacking", "spot_missed", "closing_missed",
    } <= one_each.keys()  # fmt: skip
    assert many == few <= HANDFUL


async def test_the_review_asks_no_more_of_a_thousand_keys_than_of_one(host: Any, run: Any) -> None:
    await enrol(run)
    admin = await host.call(host.actor("admin"))

    async def looked() -> tuple[int, int]:
        queries, today = await counted(host, collect(host, admin))
        return queries, sum(len(matter.item.records) for matter in today.matters)

    rows = [(n, {**WINDOW, "block": "1", "tag_no": f"K{n}", "floor": f"{n}"}) for n in range(1, 1301)]
    await engine.run_bulk(host, "keys.register", rows[:1], admin)
    few, records = await looked()
    await engine.run_bulk(host, "keys.register", rows, admin)
    assert await looked() == (few, records + 1299)
