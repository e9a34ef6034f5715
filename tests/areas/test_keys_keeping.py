"""Rings, labels, hand-overs, losses, and who leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cstui.api import BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui_keys.kinds import Condition, CustodyKind, Dept, HolderKind, KeyState, LossState
from cstui_keys.models import CustodyEvent, Key, LoanLine, Loss

OWNER = {"tag_no": "U1", "block": "3", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02",
         "door_kind": "unit_door", "labelled": True}  # fmt: skip
ROOM = {"tag_no": "S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
        "door_kind": "equipment_room", "labelled": True, "ring": "S"}  # fmt: skip
LOAN = {"borrower": "wang.fang", "work_reason": "repair W-1182", "consent_ref": "call"}


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    people = (("wang.fang", "engineering"), ("li.na", "customer_service"))
    for number, (login, department) in enumerate(people):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": department})
    await run("keys.register", OWNER)
    return host


async def key(host: Any, tag: str = "U1") -> Key:
    async def get() -> Key:
        return await Key.get(tag_no=tag).select_related("ring")

    return await host.call(get())


async def last_event(host: Any) -> CustodyEvent:
    async def get() -> CustodyEvent:
        found = await CustodyEvent.all().order_by("-id").first()
        assert found is not None
        return found

    return await host.call(get())


async def test_without_a_ring_given_keys_go_to_their_households_ring(office: Any, run: Any) -> None:
    await run("keys.register", {**OWNER, "tag_no": "U2", "copy_no": 2})
    await run("keys.register", {**OWNER, "tag_no": "U3", "room": "03"})
    await run("keys.group", {"hook": "H1"}, target=["U1", "U2", "U3"])
    rings = [(await key(office, tag)).ring.ring_no for tag in ("U1", "U2", "U3")]
    assert rings == ["3-2-1502", "3-2-1502", "3-2-1503"]
    assert (await key(office)).state is KeyState.IN_CUSTODY
    await run("keys.register", {**OWNER, "tag_no": "U4", "copy_no": 3})
    await run("keys.group", {}, target=["U4"])
    assert (await key(office, "U4")).ring.ring_no == "3-2-1502"


@pytest.mark.rule("keys-08")
async def test_a_key_cant_be_put_on_another_households_ring(office: Any, run: Any) -> None:
    await run("keys.group", {}, target=["U1"])
    await run("keys.register", {**OWNER, "tag_no": "U3", "room": "03"})
    with pytest.raises(Refusal) as refusal:
        await run("keys.group", {"ring": "3-2-1502"}, target=["U3"])
    assert refusal.value.rule == "keys-08"


@pytest.mark.rule("keys-11")
async def test_only_the_sites_media_hold_keys(office: Any, run: Any) -> None:
    figure = {"rule": "keys-11", "name": "ring_media", "value": "ring", "from_day": "2026-11-24"}
    await run("site.set_figure", {**figure, "reason": "cords wear out"})
    with pytest.raises(Refusal) as refusal:
        await run("keys.group", {"medium": "cord"}, target=["U1"])
    assert (refusal.value.rule, (await key(office)).ring) == ("keys-11", None)


async def test_a_label_is_made_once(office: Any, run: Any) -> None:
    with pytest.raises(Refusal):
        await run("keys.label", {}, target=["U1"])


@pytest.mark.rule("keys-19")
async def test_only_equipment_keys_go_to_engineering(office: Any, run: Any) -> None:
    await run("keys.register", ROOM)
    await run("keys.hand_over_equipment", {"receiver": "wang.fang"}, target=["S1"])
    assert (await key(office, "S1")).custodian_dept is Dept.ENGINEERING
    event = await last_event(office)
    assert (event.kind, event.from_holder, event.to_holder) == (
        CustodyKind.CUSTODIAN_CHANGE, "cabinet:customer_service", "cabinet:engineering",
    )  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        await run("keys.hand_over_equipment", {"receiver": "wang.fang"}, target=["U1"])
    assert refusal.value.rule == "keys-19"


@pytest.mark.rule("keys-19")
async def test_the_receiver_is_of_engineering_and_somebody_else(office: Any, run: Any) -> None:
    await run("keys.register", ROOM)
    with pytest.raises(Refusal) as refusal:
        await run("keys.hand_over_equipment", {"receiver": "li.na"}, target=["S1"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-19", "receiver")
    await run("people.grant_role", {"role": "admin"}, target=["wang.fang"])
    with pytest.raises(NotPermitted):
        await run("keys.hand_over_equipment", {"receiver": "wang.fang"}, login="wang.fang", target=["S1"])


async def test_nobody_is_their_own_deputy(office: Any, run: Any) -> None:
    with pytest.raises(BadInput):
        await run("keys.appoint", {"custodian": "li.na", "deputy": "li.na"}, target=["3"])
    with pytest.raises(BadInput):
        await run("keys.appoint", {}, target=["3"])


async def test_a_lost_key_ends_its_loan_and_has_no_holder(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["U1"])
    await run("keys.report_lost", {"circumstances": "fell into the shaft"}, target=["U1"])
    lost = await key(office)
    assert (lost.state, lost.holder_kind, lost.holder_id) == (KeyState.LOST, HolderKind.NONE, None)
    line = await office.call(_first(LoanLine))
    loss = await office.call(_first(Loss))
    assert (line.condition, loss.last_holder.login) == (Condition.LOST, "wang.fang")
    with pytest.raises(Refusal):
        await run("keys.lend", LOAN, target=["U1"])


async def _first(model: Any) -> Any:
    query = model.all().select_related("last_holder") if model is Loss else model.all()
    return await query.first()


@pytest.mark.rule("keys-29")
async def test_a_late_report_is_told(office: Any, run: Any) -> None:
    raw = {"circumstances": "gone", "noticed_at": "2026-11-24 08:02"}
    assert not (await run("keys.report_lost", raw, target=["U1"])).notes
    await run("keys.found", {}, target=["U1"])
    outcome = await run("keys.report_lost", {**raw, "noticed_at": "08:01"}, target=["U1"])
    assert [note.args["late"] for note in outcome.notes] == [timedelta(minutes=61)]


async def test_found_until_the_lock_is_changed(office: Any, run: Any) -> None:
    await run("keys.report_lost", {"circumstances": "gone"}, target=["U1"])
    await run("keys.waive_lock", {"reason": "the door is bricked up"}, target=["U1"])
    await run("keys.found", {"remark": "in a drawer"}, target=["U1"])
    assert (await key(office)).holder_kind is HolderKind.CABINET
    await run("keys.report_lost", {"circumstances": "gone again"}, target=["U1"])
    await run("keys.lock_changed", {"cost": "180.50"}, target=["U1"])
    assert (await key(office)).state is KeyState.WRITTEN_OFF
    losses = await office.call(_losses())
    assert losses == [(LossState.FOUND, None), (LossState.LOCK_CHANGED, 18050)]
    with pytest.raises(Refusal):
        await run("keys.found", {}, target=["U1"])


async def _losses() -> list[tuple[LossState, int | None]]:
    return [(loss.state, loss.cost) for loss in await Loss.all().order_by("id")]


@pytest.mark.rule("keys-30")
async def test_nobody_leaves_with_a_key(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["U1"])
    with pytest.raises(Refusal) as refusal:
        await run("people.leave", {"left_on": "2026-11-24"}, target=["wang.fang"])
    assert (refusal.value.rule, refusal.value.text.args["keys"]) == ("keys-30", "U1")
    await run("keys.return", {"condition": "ok"}, target=["U1"])
    await run("people.leave", {"left_on": "2026-11-24"}, target=["wang.fang"])
