"""The key register: taken on one by one or as a spreadsheet; labels, classes, rings."""

from __future__ import annotations

from typing import Any

import pytest

from cstui import engine, registers
from cstui.api import BadInput, Refusal
from cstui_keys import labels
from cstui_keys.kinds import Dept, Grouping, HolderKind, KeyState, SpaceKind
from cstui_keys.models import Building, CustodyEvent, Key, Ring, Space

UNIT = {"block": "3", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02"}
GATE = {"tag_no": "3-2-1502-A", **UNIT, "door_kind": "security_gate"}
PUBLIC = {"tag_no": "3-2-B1", "block": "3", "space_kind": "public_door_window", "unit": "2", "floor": "B1",
          "room": "公共", "door_kind": "unit_door"}  # fmt: skip
ROOM = {"tag_no": "3-S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "2号配电房",
        "door_kind": "equipment_room"}  # fmt: skip


async def key(host: Any, tag: str = "3-2-1502-A") -> Key:
    return await host.call(_key(tag))


async def _key(tag: str) -> Key:
    return await Key.get(tag_no=tag).select_related("space__building", "ring")


async def bulk(host: Any, rows: list[dict[str, Any]], **more: Any) -> engine.BulkOutcome:
    actor = await host.call(host.actor("admin"))
    return await engine.run_bulk(host, "keys.register", list(enumerate(rows, 2)), actor, **more)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (GATE, "3-2 1502"),
        ({**GATE, "room": "1502", "block": "3栋", "unit": "2单元", "floor": "15层"}, "3-2 1502"),
        ({**GATE, "block": "A", "unit": "", "floor": "7", "room": "01"}, "A 701"),
        (PUBLIC, "3-2 B1公共"),
        ({**PUBLIC, "room": ""}, "3-2 B1公共"),
        (ROOM, "2号配电房"),
    ],
)
async def test_label_texts(host: Any, run: Any, row: dict[str, Any], text: str) -> None:
    await run("keys.register", row)
    assert (await key(host, row["tag_no"])).label_text == text


async def test_door_kind_is_named_where_kinds_share_a_text_and_copies_are_numbered(host: Any, run: Any) -> None:
    await run("keys.register", GATE)
    await run("keys.register", {**GATE, "tag_no": "3-2-1502-B", "copy_no": "2"})
    assert (await key(host, "3-2-1502-B")).label_text == "3-2 1502 #2"
    await run("keys.register", {**GATE, "tag_no": "3-2-1502-C", "door_kind": "inner_door"})
    assert (await key(host)).label_text == "3-2 1502 防盗铁门"
    assert (await key(host, "3-2-1502-B")).label_text == "3-2 1502 防盗铁门 #2"
    assert (await key(host, "3-2-1502-C")).label_text == "3-2 1502 室内门"


async def test_a_label_whose_text_changes_must_be_made_again(host: Any, run: Any) -> None:
    await run("keys.register", {**GATE, "labelled": True, "ring": "R1"})
    assert (await key(host)).state is KeyState.IN_CUSTODY
    await run("keys.register", {**GATE, "tag_no": "3-2-1502-C", "door_kind": "inner_door"})
    changed = await key(host)
    assert (changed.labelled, changed.state) == (False, KeyState.RECEIVED)


def test_nobody_types_a_label() -> None:
    from cstui_keys import AREA

    fields = {name for action in AREA.actions if action.input for name in action.input.model_fields}
    assert not {"label", "label_text"} & fields


def test_natural_order_of_floors_and_rooms() -> None:
    def order(floor: str, room: str) -> str:
        return labels.space_natural(SpaceKind.OWNER_UNIT, "3", "2", floor, room, "")

    places = [("15", "02"), ("1", "公共"), ("B1", "公共"), ("9", "02"), ("B2", "公共")]
    assert sorted(places, key=lambda place: order(*place)) == [
        ("B2", "公共"), ("B1", "公共"), ("1", "公共"), ("9", "02"), ("15", "02"),
    ]  # fmt: skip


async def test_register_reads_in_natural_order(host: Any, run: Any) -> None:
    for floor in ("15", "9", "10"):
        await run("keys.register", {**GATE, "tag_no": f"T{floor}", "floor": floor})
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    page = await host.call(registers.page(host, ctx, "keys.keys"))
    assert [row.values["label_text"] for row in page.rows] == ["3-2 902", "3-2 1002", "3-2 1502"]


@pytest.mark.rule("keys-01")
@pytest.mark.rule("keys-02")
async def test_keys_fall_into_three_classes(host: Any, run: Any) -> None:
    for row in (GATE, PUBLIC, ROOM):
        await run("keys.register", {**row, "ring": f"R-{row['tag_no']}"})
    assert [kind.value for kind in SpaceKind] == ["owner_unit", "public_door_window", "equipment_room"]
    groupings = [(await key(host, row["tag_no"])).ring.grouping for row in (GATE, PUBLIC, ROOM)]
    assert groupings == [Grouping.BY_HOUSEHOLD, Grouping.BY_FLOOR, Grouping.BY_EQUIPMENT]


async def test_receipt_makes_building_space_ring_and_the_first_custody_event(host: Any, run: Any) -> None:
    await run("keys.register", {**GATE, "ring": "3-2-1502", "hook": "H7", "received_on": "2026-11-20"})
    made = await key(host)
    assert (made.space.building.block, made.ring.hook, made.state) == ("3", "H7", KeyState.RECEIVED)
    assert (made.holder_kind, made.custodian_dept) == (HolderKind.CABINET, Dept.CUSTOMER_SERVICE)
    (event,) = await host.call(_events(made))
    assert (event.from_holder, event.to_holder) == ("none", "cabinet:customer_service")
    assert made.chain == event.hash


async def _events(of: Key) -> list[CustodyEvent]:
    return await CustodyEvent.filter(key_id=of.id).order_by("id")


async def test_spreadsheet_marks_created_unchanged_updated(host: Any) -> None:
    rows = [{**GATE, "ring": "R1"}, PUBLIC, ROOM]
    assert [line.mark for line in (await bulk(host, rows)).lines] == ["created"] * 3
    again = await bulk(host, [{**GATE, "ring": "R1", "hook": "9"}, PUBLIC, ROOM])
    assert [line.mark for line in again.lines] == ["updated", "unchanged", "unchanged"]
    assert (await key(host)).ring.hook == "9"
    assert await host.call(_counts()) == (3, 1, 3, 1)


async def _counts() -> tuple[int, int, int, int]:
    return (await Key.all().count(), await Building.all().count(), await Space.all().count(), await Ring.all().count())


async def test_chinese_words_and_measure_words_are_understood(host: Any) -> None:
    row = {"tag_no": "３-2-501-A", "block": "3栋", "space_kind": "业主", "unit": "2单元", "floor": "5楼",
           "room": "501室", "door_kind": "入户门"}  # fmt: skip
    assert (await bulk(host, [row])).lines[0].mark == "created"
    assert (await key(host, "3-2-501-A")).label_text == "3-2 501"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**GATE, "room": ""}, "room"),
        ({**ROOM, "equipment_room_name": ""}, "equipment_room_name"),
        ({**GATE, "received_on": "2026-11-25"}, "received_on"),
        ({**GATE, "door_kind": "hatch"}, "door_kind"),
    ],
)
async def test_faulty_lines_name_their_field(host: Any, row: dict[str, Any], field: str) -> None:
    (line,) = (await bulk(host, [row])).lines
    assert line.fault is not None and line.fault.field == field
    assert await host.call(_counts()) == (0, 0, 0, 0)


async def test_the_same_tag_or_copy_twice_is_refused(host: Any) -> None:
    lines = (await bulk(host, [GATE, GATE, {**GATE, "tag_no": "other"}])).lines
    assert [line.mark for line in lines] == ["created", "refused", "refused"]
    assert [line.fault.field for line in lines[1:] if line.fault] == ["tag_no", "copy_no"]


async def test_a_label_cant_stand_for_two_places(host: Any, run: Any) -> None:
    await run("keys.register", GATE)
    with pytest.raises(BadInput) as fault:
        await run("keys.register", {**GATE, "tag_no": "x", "floor": "1", "room": "502", "door_kind": "inner_door"})
    assert fault.value.value == "3-2 1502"


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        pytest.param(GATE, {**GATE, "room": "03"}, "keys-08", marks=pytest.mark.rule("keys-08")),
        pytest.param(PUBLIC, {**PUBLIC, "floor": "1"}, "keys-09", marks=pytest.mark.rule("keys-09")),
        pytest.param(ROOM, {**ROOM, "equipment_room_name": "水泵房"}, "keys-10", marks=pytest.mark.rule("keys-10")),
    ],
)
async def test_a_ring_holds_one_household_floor_or_equipment_room(
    run: Any, first: dict[str, Any], second: dict[str, Any], rule: str
) -> None:
    await run("keys.register", {**first, "ring": "R1"})
    with pytest.raises(Refusal) as refusal:
        await run("keys.register", {**second, "tag_no": "T2", "ring": "R1"})
    assert (refusal.value.rule, refusal.value.value) == (rule, "R1")


async def test_public_keys_of_one_floor_share_a_ring(run: Any, host: Any) -> None:
    await run("keys.register", {**PUBLIC, "ring": "R1"})
    await run("keys.register", {**PUBLIC, "tag_no": "T2", "unit": "1", "ring": "R1"})
    assert await host.call(_counts()) == (2, 1, 2, 1)


@pytest.mark.rule("keys-19")
async def test_engineering_keeps_equipment_keys_only(run: Any, host: Any) -> None:
    await run("keys.register", {**ROOM, "custodian_dept": "工程"})
    assert (await key(host, "3-S1")).custodian_dept is Dept.ENGINEERING
    with pytest.raises(Refusal) as refusal:
        await run("keys.register", {**GATE, "custodian_dept": "engineering"})
    assert refusal.value.rule == "keys-19"


async def test_three_thousand_keys_in_one_act(host: Any) -> None:
    from cstui.sample import key_register
    from cstui_keys.register.inputs import ALIASES

    table = key_register()
    of = {header: name for name, headers in ALIASES.items() for header in headers}
    names = [of.get(header) for header in table.headers]
    assert None not in names
    words = {"业主房屋": "owner_unit", "公共门窗": "public_door_window", "设备房": "equipment_room",
             "防盗铁门": "security_gate", "室内门": "inner_door", "信报箱": "letter_box", "电子对讲门": "intercom_door",
             "单元门": "unit_door", "其他": "other", "窗": "window", "工程部": "engineering",
             "客服部": "customer_service", "是": "true", "否": "false"}  # fmt: skip
    rows = [
        {name: words.get(cell, cell) for name, cell in zip(names, row, strict=True) if name and cell is not None}
        for row in table.rows
    ]
    asked = await host.call(_count_statements(host, rows))
    assert asked < 400
    assert (await host.call(_counts()))[0] == 3000


async def _count_statements(host: Any, rows: list[dict[str, Any]]) -> int:
    from logging import DEBUG, Handler, getLogger

    class Count(Handler):
        seen = 0

        def emit(self, record: Any) -> None:
            Count.seen += 1

    log, counter = getLogger("tortoise.db_client"), Count()
    level = log.level
    log.addHandler(counter)
    log.setLevel(DEBUG)
    try:
        outcome = await bulk(host, rows)
    finally:
        log.removeHandler(counter)
        log.setLevel(level)
    assert {line.mark for line in outcome.lines} == {"created"}
    return Count.seen


@pytest.mark.parametrize(
    ("row", "ring"),
    [
        (GATE | {"hook": "A-01"}, "3-2-1502"),
        (
            {"tag_no": "P1", "block": "3", "unit": "2", "floor": "5", "space_kind": "public_door_window",
             "door_kind": "window", "hook": "P-05"},
            "3-F5",
        ),
    ],
)  # fmt: skip
async def test_a_hook_without_a_ring_number_is_that_of_the_ring_the_key_belongs_on(
    host: Any, run: Any, row: dict[str, Any], ring: str
) -> None:
    await run("keys.register", row)
    key = await host.call(found(row["tag_no"]))
    assert (key.ring.ring_no, key.ring.hook) == (ring, row["hook"])
    await run("keys.register", {**row, "tag_no": "X2", "copy_no": 2})
    assert (await host.call(found("X2"))).ring_id == key.ring_id


async def found(tag: str) -> Key:
    return await Key.get(tag_no=tag).select_related("ring")
