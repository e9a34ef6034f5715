"""Takeovers: declared, counted, signed, on the register; and the five kinds of keys of a household."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import engine, naming, registers, review
from cstui.api import BadInput, DueItem, Refusal
from cstui_keys import custody
from cstui_keys import due as all_matters
from cstui_keys.kinds import BuildingState, CustodyKind, HolderKind, KeyState, Signed, TakeoverState
from cstui_keys.models import Building, CustodyEvent, Key, NotSupplied, Takeover, TakeoverLine

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNIT = {"block": "7栋", "space_kind": "业主", "unit": "2单元", "floor": "15", "room": "1502"}
FIVE = {"security_gate": 3, "unit_door": 2, "inner_door": 6, "intercom_door": 2, "letter_box": 1}


def clock(host: Any, day: int, time: str = "09:02") -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any, word: str) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return [item for item in await host.call(all_matters(ctx)) if item.title.id.startswith(f"keys.due.{word}")]


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    for number, login in enumerate(("li.na", "zhao.min")):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": "客服部"})
    return host


@pytest.fixture
async def taking(office: Any, run: Any) -> Any:
    """Building 7 is being taken over: one unit's five kinds are declared, and a window nobody counted yet."""
    await run("keys.takeover_open", {"block": "7", "from_party": "宏远开发", "units": "2", "floors": "18"})
    for door, declared in FIVE.items():
        await run("keys.takeover_line", {**UNIT, "door_kind": door, "declared": str(declared)})
    return office


async def takeover(host: Any) -> Takeover:
    async def get() -> Takeover:
        return await Takeover.get(id=1).select_related("building__custodian", "received_by")

    return await host.call(get())  # type: ignore[no-any-return]


async def lines(host: Any) -> list[TakeoverLine]:
    async def get() -> list[TakeoverLine]:
        return list(await TakeoverLine.all().order_by("natural"))

    return list(await host.call(get()))


async def keys(host: Any) -> list[Key]:
    async def get() -> list[Key]:
        return list(await Key.all().order_by("tag_no").select_related("space"))

    return list(await host.call(get()))


async def count(run: Any, host: Any, **counted: int) -> None:
    """Count all lines as declared, but those told otherwise."""
    for line in await lines(host):
        number = counted.get(line.door_kind.value)
        await run("keys.takeover_count", {} if number is None else {"counted": str(number)}, target=[line.id])


async def sign(run: Any, **more: str) -> Any:
    raw = {"receiver": "li.na", "their_ref": "交接单 7-1", **more}
    return await run("keys.takeover_sign", raw, target=["T20261124-001"])


@pytest.mark.rule("keys-05")
async def test_from_the_declaration_to_the_register(taking: Any, run: Any) -> None:
    assert (await takeover(taking)).state is TakeoverState.DRAFT
    assert (await takeover(taking)).building.state is BuildingState.PLANNED
    with pytest.raises(Refusal) as refusal:
        await sign(run)
    assert (refusal.value.rule, refusal.value.text.args["left"]) == ("keys-05", 5)
    await count(run, taking)
    assert (await takeover(taking)).state is TakeoverState.COUNTED
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await sign(run)
    made = await takeover(taking)
    assert (made.state, made.signed, made.received_by.login) == (TakeoverState.SIGNED, Signed.PAPER, "li.na")
    assert (made.building.state, made.building.taken_over_on) == (BuildingState.TAKEN_OVER, date(2026, 11, 24))
    assert not await keys(taking)
    clock(taking, 25)
    await run("keys.takeover_close", {}, target=["T20261124-001"])
    found = await keys(taking)
    assert [key.tag_no for key in found] == [f"7-2-1502-{letter}" for letter in "ABCDEFGHIJKLMN"]
    assert {(key.state, key.holder_kind, key.label_owed_since) for key in found} == {
        (KeyState.RECEIVED, HolderKind.CABINET, date(2026, 11, 24))
    }
    assert {key.space.code for key in found} == {"7-2 1502"}
    gates = [key.label_text for key in found if key.door_kind.value == "security_gate"]
    assert sorted(gates) == ["7-2 1502 防盗铁门", "7-2 1502 防盗铁门 #2", "7-2 1502 防盗铁门 #3"]
    events = await taking.call(_events())
    assert {(event.kind, event.to_holder) for event in events} == {(CustodyKind.RECEIVE, "cabinet:customer_service")}
    assert len(events) == 14
    assert not await taking.call(
        custody.verify(await taking.call(taking.context(await taking.call(taking.actor("admin")))))
    )
    with pytest.raises(Refusal):
        await run("keys.takeover_close", {}, target=["T20261124-001"])


async def _events() -> list[CustodyEvent]:
    return list(await CustodyEvent.all())


async def test_only_what_isnt_on_the_register_yet_is_taken_on(taking: Any, run: Any) -> None:
    key = {"tag_no": "7-2-1502-A", "block": "7", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02",
           "door_kind": "security_gate", "copy_no": 2}  # fmt: skip
    await run("keys.register", key)
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await count(run, taking, letter_box=1)
    await sign(run)
    await run("keys.takeover_close", {}, target=["T20261124-001"])
    found = await keys(taking)
    assert len(found) == 14
    assert sorted(key.copy_no for key in found if key.door_kind.value == "security_gate") == [1, 2, 3]


@pytest.mark.rule("keys-05")
@pytest.mark.parametrize("gates", [2, 4])
async def test_a_difference_is_explained_before_it_is_signed(taking: Any, run: Any, gates: int) -> None:
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await count(run, taking, security_gate=gates)
    assert (await takeover(taking)).state is TakeoverState.DISPUTED
    (item,) = await items(taking, "takeover_")
    assert (item.title.id, item.severity) == ("keys.due.takeover_disputed", "warning")
    assert [t.args["counted"] for t in item.proof if t.id == "keys.proof.takeover_line"] == [gates]
    with pytest.raises(Refusal) as refusal:
        await sign(run)
    assert (refusal.value.rule, refusal.value.field) == ("keys-05", "discrepancy")
    await sign(run, discrepancy="one was handed to the owner already")
    assert (await takeover(taking)).discrepancy
    await run("keys.takeover_close", {}, target=["T20261124-001"])
    assert len(await keys(taking)) == 11 + gates


async def test_a_missing_key_here_isnt_made_up_for_by_one_too_many_there(taking: Any, run: Any) -> None:
    await count(run, taking, security_gate=2, unit_door=3)
    assert (await takeover(taking)).state is TakeoverState.DISPUTED


@pytest.mark.rule("keys-05")
async def test_a_site_may_allow_a_difference(taking: Any, run: Any) -> None:
    figure = {"rule": "keys-05", "name": "takeover_difference_max", "value": "1", "from_day": "2026-11-24"}
    await run("site.set_figure", {**figure, "reason": "old building"})
    await count(run, taking, security_gate=2)
    assert (await takeover(taking)).state is TakeoverState.COUNTED
    await run("keys.takeover_count", {"counted": "1"}, target=["T20261124-001/1"])
    assert (await takeover(taking)).state is TakeoverState.DISPUTED


@pytest.mark.rule("keys-03")
async def test_without_a_custodian_nothing_is_signed(taking: Any, run: Any) -> None:
    await count(run, taking)
    with pytest.raises(Refusal) as refusal:
        await sign(run)
    assert refusal.value.rule == "keys-03"
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await run("people.leave", {"left_on": "2026-11-23"}, target=["li.na"])
    with pytest.raises(Refusal) as refusal:
        await sign(run, receiver="zhao.min")
    assert refusal.value.rule == "keys-03"


@pytest.mark.rule("keys-05")
@pytest.mark.usefixtures("quick_pins")
async def test_ours_signs_with_the_pin_where_there_is_one(taking: Any, run: Any) -> None:
    await run("people.grant_role", {"role": "admin"}, target=["li.na"])
    await run("people.set_pin", {"pin": "4711"}, login="li.na")
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await count(run, taking)
    with pytest.raises(BadInput):
        await sign(run)
    await sign(run, receiver_pin="4711")
    assert (await takeover(taking)).signed is Signed.PIN


async def test_a_list_is_imported_as_one_act_and_counted_by_another(office: Any, run: Any) -> None:
    admin = await office.call(office.actor("admin"))
    rows = [(n, {**UNIT, "room": f"15{n:02}", "door_kind": "入户门", "declared": "2"}) for n in range(1, 31)]
    bulk = await engine.run_bulk(office, "keys.takeover_line", rows, admin)
    assert bulk.count("refused") == 30  # nobody said who hands over
    rows = [(n, {**row, "from_party": "宏远开发"}) for n, row in rows]
    bulk = await engine.run_bulk(office, "keys.takeover_line", rows, admin)
    assert (bulk.count("created"), (await takeover(office)).from_party) == (30, "宏远开发")
    counted = [(n, {**row, "declared": "", "counted": "2"}) for n, row in rows]
    assert (await engine.run_bulk(office, "keys.takeover_line", counted, admin)).count("updated") == 30
    assert (await takeover(office)).state is TakeoverState.COUNTED
    assert (await engine.run_bulk(office, "keys.takeover_line", counted, admin)).count("unchanged") == 30
    assert len(await lines(office)) == 30


async def test_one_takeover_of_a_building_at_a_time(taking: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.takeover_open", {"block": "7", "from_party": "other"})
    assert refusal.value.text.args["takeover"] == "T20261124-001"


async def test_what_is_signed_stands(taking: Any, run: Any) -> None:
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await count(run, taking)
    await sign(run)
    for action, raw, target in (
        ("keys.takeover_count", {"counted": "1"}, ["T20261124-001/1"]),
        ("keys.takeover_line", {**UNIT, "door_kind": "letter_box", "declared": "9"}, ()),
        ("keys.takeover_sign", {"receiver": "li.na", "their_ref": "x"}, ["T20261124-001"]),
    ):
        with pytest.raises(Refusal):
            await run(action, raw, target=target)


@pytest.mark.rule("keys-05")
async def test_a_takeover_is_a_matter_until_it_is_closed(taking: Any, run: Any) -> None:
    async def now() -> list[tuple[str, str]]:
        return [(item.title.id.rpartition(".")[2], item.severity) for item in await items(taking, "takeover_")]

    assert await now() == [("takeover_draft", "warning")]
    await count(run, taking)
    assert await now() == [("takeover_counted", "warning")]
    await run("keys.appoint", {"custodian": "li.na"}, target=["7"])
    await sign(run)
    assert await now() == [("takeover_signed", "warning")]
    today = await taking.call(review.collect(taking, await taking.call(taking.actor("admin"))))
    waiting = {matter.item.title.id for matter in today.matters if matter.open}  # neither act was the last of it
    assert waiting >= {"keys.due.takeover_signed", "keys.due.no_deputy"}
    await run("keys.takeover_close", {}, target=["T20261124-001"])
    assert await now() == []


# five kinds


@pytest.fixture
async def unit(office: Any, run: Any) -> Any:
    """A unit with the five kinds but the letter box: 13 keys."""
    for door, number in FIVE.items():
        for copy in range(1, number + 1):
            if door != "letter_box":
                await key(run, f"{door}-{copy}", door_kind=door, copy_no=copy)
    gates = [f"security_gate-{copy}" for copy in (1, 2, 3)]
    await run("keys.label", {}, target=gates)  # the other kinds made their texts longer
    return office


async def key(run: Any, tag: str, **more: Any) -> None:
    raw = {"tag_no": tag, "block": "7", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02",
           "labelled": True}  # fmt: skip
    await run("keys.register", {**raw, **more})


async def told(host: Any, code: str = "7-2 1502") -> str:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    record = await host.call(naming.find(host, ctx, "keys.spaces", code))
    row = await host.call(registers.one(host, ctx, "keys.spaces", record.pk))
    return str(host.words.say(row.values["kinds"], "en"))


@pytest.mark.rule("keys-14")
async def test_five_of_five_or_four_until_confirmed(unit: Any, run: Any) -> None:
    assert (await told(unit)).startswith(
        "4 of 5 kinds, 13 keys; security gate 3; unit door 2; inner door 6; intercom door 2"
    )
    (item,) = await items(unit, "kinds")
    assert (item.severity, item.actions) == ("info", ("keys.none_supplied",))
    await run("keys.none_supplied", {"door_kind": "letter_box"}, target=["7-2 1502"])
    assert "letter box: none supplied" in await told(unit)
    assert not await items(unit, "kinds")
    with pytest.raises(Refusal) as refusal:
        await run("keys.none_supplied", {"door_kind": "letter_box"}, target=["7-2 1502"])
    assert refusal.value.rule == "keys-14"
    await run("keys.kind_owed", {"door_kind": "letter_box"}, target=["7-2 1502"])
    assert len(await items(unit, "kinds")) == 1
    await key(run, "box", door_kind="letter_box")
    assert (await told(unit)).startswith("5 of 5 kinds, 14 keys")
    assert not await items(unit, "kinds")


async def test_a_kind_without_label_may_hang_apart(office: Any, run: Any) -> None:
    await key(run, "gate", door_kind="security_gate", labelled=False, ring="G", hook="K-17")
    await key(run, "box", door_kind="letter_box", labelled=False)
    text = await told(office)
    assert "security gate 1 (apart, hook K-17)" in text
    assert "letter box 1 (no label, no place of their own)" in text


@pytest.mark.rule("keys-14")
async def test_many_units_are_one_matter_a_building_and_one_act(office: Any, run: Any) -> None:
    for number in range(1, 31):
        await key(run, f"g{number}", room=f"{number:02}", door_kind="security_gate")
    (item,) = await items(office, "kinds")
    assert len(item.records) == 30
    await run("keys.none_supplied", {"door_kind": "intercom_door"}, target=list(item.records))
    assert await office.call(_confirmed()) == 30
    await run("keys.set_kinds", dict.fromkeys(("unit_door", "inner_door", "letter_box"), "no"), target=["7"])
    assert not await items(office, "kinds")
    assert (await told(office, "7-2 1501")).startswith("1 of 2 kinds, 1 key")


async def _confirmed() -> int:
    return int(await NotSupplied.all().count())


async def test_a_buildings_own_list_of_kinds(unit: Any, run: Any) -> None:
    await run("keys.set_kinds", {"letter_box": False}, target=["7"])
    assert (await told(unit)).startswith("4 of 4 kinds")
    with pytest.raises(Refusal):
        await run("keys.set_kinds", dict.fromkeys(FIVE, False), target=["7"])
    await run("keys.set_kinds", {}, target=["7"])
    assert not (await unit.call(_building())).owner_kinds


async def _building() -> Building:
    return await Building.get(block="7")
