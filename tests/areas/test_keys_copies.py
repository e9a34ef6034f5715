"""Copies of keys: leave first, every copy received accounted for; keys that are destroyed or not accepted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW

from cstui import review
from cstui.api import BadInput, Refusal
from cstui.approvals import Request
from cstui.contract.errors import NotPermitted
from cstui_keys.kinds import CopyState, CustodyKind, HolderKind, KeyState
from cstui_keys.models import CustodyEvent, Key, KeyDuplication

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = {"tag_no": "P1", "block": "3", "space_kind": "public_door_window", "unit": "2", "floor": "1",
          "room": "大堂", "door_kind": "unit_door", "labelled": True, "ring": "R1"}  # fmt: skip
OWNER = {"tag_no": "U1", "block": "3", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02",
         "door_kind": "security_gate", "labelled": True, "ring": "U"}  # fmt: skip
ROOM = {"tag_no": "S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
        "door_kind": "equipment_room", "labelled": True, "ring": "S"}  # fmt: skip
ASK = {"copies": "2", "reason": "夜班另备一把"}
MADE = {"received": "2", "made_by": "老李锁匠"}
PEOPLE = (
    ("zhang.wei", "customer_service", ""), ("zhou.hua", "customer_service", "supervisor"),
    ("sun.li", "engineering", "engineering_supervisor"), ("qian.jun", "engineering", "engineering_manager"),
)  # fmt: skip


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """Customer service and its supervisor, engineering's supervisor and manager; a key of each class."""
    for number, (login, department, role) in enumerate(PEOPLE):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": department})
        for one in ("admin", role):
            if one:
                await run("people.grant_role", {"role": one}, target=[login])
    for key in (PUBLIC, OWNER, ROOM):
        await run("keys.register", key)
    return host


async def ask(run: Any, tag: str = "P1", login: str = "zhang.wei", **raw: Any) -> None:
    await run("keys.request_copies", ASK | raw, login, target=[tag])


async def decide(run: Any, login: str, verdict: str = "approve", number: int = 1) -> None:
    await run(f"approvals.{verdict}", {"note": "按章办理"}, login, target=[number])


async def receive(run: Any, count: int, number: str = "D20261124-001") -> Any:
    return await run("keys.receive_copies", MADE | {"received": str(count)}, "zhang.wei", target=[number])


async def copies(host: Any) -> KeyDuplication:
    async def get() -> Any:
        return await KeyDuplication.all().order_by("-id").first()

    found = await host.call(get())
    assert isinstance(found, KeyDuplication)
    return found


async def keys_of(host: Any, tag: str = "P1") -> list[Key]:
    async def get() -> list[Key]:
        first = await Key.get(tag_no=tag)
        return (
            await Key.filter(space_id=first.space_id, door_kind=first.door_kind).select_related("ring").order_by("id")
        )

    return list(await host.call(get()))


async def matters(host: Any, login: str = "admin") -> dict[str, Any]:
    today = await host.call(review.collect(host, await host.call(host.actor(login))))
    return {m.item.id: m for m in today.matters if m.item.id.startswith(("approvals.request", "keys.copies"))}


async def due(host: Any, login: str = "admin") -> dict[str, Any]:
    return {name: matter.item for name, matter in (await matters(host, login)).items()}


@pytest.mark.rule("keys-20")
@pytest.mark.parametrize("tag", ["P1", "S1"])
@pytest.mark.parametrize("approver", ["sun.li", "qian.jun"])
async def test_engineerings_manager_or_supervisor_decides(office: Any, run: Any, tag: str, approver: str) -> None:
    await ask(run, tag)
    assert (await copies(office)).state is CopyState.REQUESTED
    with pytest.raises(NotPermitted) as refusal:
        await decide(run, "zhou.hua")  # the supervisor of customer service isn't engineering's
    assert refusal.value.rule == "keys-20"
    await decide(run, approver)
    made = await copies(office)
    assert (made.state, made.approved_by, made.approved_at) == (CopyState.APPROVED, approver, NOW)


@pytest.mark.rule("keys-20")
async def test_nobody_takes_copies_over_without_leave(office: Any, run: Any) -> None:
    await ask(run)
    with pytest.raises(Refusal) as refusal:
        await receive(run, 2)
    assert (refusal.value.rule, refusal.value.value) == ("keys-20", "D20261124-001")
    await decide(run, "sun.li", "refuse")
    assert (await copies(office)).state is CopyState.REFUSED
    with pytest.raises(Refusal):
        await receive(run, 2)
    assert len(await keys_of(office)) == 1


@pytest.mark.rule("keys-20")
async def test_who_asked_doesnt_decide(office: Any, run: Any) -> None:
    await ask(run, login="sun.li")
    with pytest.raises(NotPermitted) as refusal:
        await decide(run, "sun.li")
    assert (refusal.value.text.id, refusal.value.rule) == ("approvals.refusal.own_request", "keys-20")
    await decide(run, "qian.jun")


async def test_the_site_names_who_decides(office: Any, run: Any) -> None:
    figure = {"rule": "keys-20", "name": "duplication_approver", "value": "supervisor", "from_day": "today"}
    await run("site.set_figure", figure | {"reason": "no engineering here"})
    await ask(run)
    await decide(run, "zhou.hua")
    assert (await copies(office)).state is CopyState.APPROVED


@pytest.mark.rule("keys-26")
async def test_an_owners_key_is_copied_on_written_wish_and_with_the_supervisors_leave(office: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await ask(run, "U1")
    assert (refusal.value.rule, refusal.value.field) == ("keys-26", "consent_ref")
    await ask(run, "U1", consent_ref="书面申请 11-20")
    with pytest.raises(NotPermitted) as denied:
        await decide(run, "sun.li")
    assert denied.value.rule == "keys-26"
    await decide(run, "zhou.hua")
    assert ((await copies(office)).state, (await copies(office)).consent_ref) == (CopyState.APPROVED, "书面申请 11-20")


async def test_a_withdrawn_request_and_an_approval_nobody_used_lapse(office: Any, run: Any) -> None:
    await ask(run)
    await run("approvals.withdraw", {}, "zhang.wei", target=[1])
    assert (await copies(office)).state is CopyState.EXPIRED
    await ask(run)
    with pytest.raises(Refusal):
        await run("keys.lapse_copies", {"reason": "too early"}, target=["D20261124-002"])
    await decide(run, "sun.li", number=2)
    await run("keys.lapse_copies", {"reason": "改用密码锁"}, target=["D20261124-002"])
    assert ((await copies(office)).state, (await copies(office)).remark) == (CopyState.EXPIRED, "改用密码锁")


async def test_two_approved_two_received_are_copies_two_and_three_on_the_same_ring(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    await receive(run, 2)
    made = await copies(office)
    assert (made.state, made.registered, made.surplus, made.made_by) == (CopyState.TAGGED, 2, 0, "老李锁匠")
    first, *new = await keys_of(office)
    assert [(key.tag_no, key.copy_no, key.label_text) for key in new] == [
        ("P1-2", 2, "3-2 1大堂 #2"), ("P1-3", 3, "3-2 1大堂 #3"),
    ]  # fmt: skip
    assert {key.ring_id for key in new} == {first.ring_id}
    assert {(key.state, key.labelled, key.label_owed_since) for key in new} == {(KeyState.RECEIVED, False, NOW.date())}

    async def events() -> list[Any]:
        return [
            (event.key.tag_no, event.kind, event.from_holder, event.to_holder, event.record_ref)
            for event in await CustodyEvent.filter(key_id__in=[key.id for key in new]).select_related("key")
        ]

    told = (CustodyKind.DUPLICATE, "none", "cabinet:customer_service", "D20261124-001")
    assert await office.call(events()) == [("P1-2", *told), ("P1-3", *told)]
    assert await due(office) == {}


@pytest.mark.rule("keys-12")
async def test_copies_are_done_when_they_bear_their_labels(office: Any, run: Any) -> None:
    await ask(run, copies="1")
    await decide(run, "sun.li")
    await receive(run, 1)
    with pytest.raises(Refusal) as refusal:
        await run("keys.close_copies", {}, target=["D20261124-001"])
    assert (refusal.value.rule, refusal.value.text.args["keys"]) == ("keys-12", ["P1-2"])
    await run("keys.label", {}, target=["P1-2"])
    await run("keys.close_copies", {}, target=["D20261124-001"])
    assert (await copies(office)).state is CopyState.CLOSED


async def test_approved_copies_wait_in_today_until_they_come(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    (item,) = (await due(office)).values()
    assert (item.id, item.severity) == ("keys.copies.1.missing", "info")
    assert [text.id for text in item.proof][2:] == ["keys.proof.copies_none"]
    assert "keys.receive_copies" in item.actions


async def test_one_of_two_received_stays_open_until_the_other_comes(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    await receive(run, 1)
    (matter,) = (await matters(office, "zhang.wei")).values()
    assert matter.open and not matter.decided  # the act is one part of it
    made = await copies(office)
    assert (made.state, made.registered, made.missing) == (CopyState.MADE, 1, 1)
    (item,) = (await due(office)).values()
    assert (item.id, item.severity) == ("keys.copies.1.missing", "info")
    await receive(run, 1)
    assert (await copies(office)).state is CopyState.TAGGED
    assert [key.copy_no for key in await keys_of(office)] == [1, 2, 3]
    assert await due(office) == {}


@pytest.mark.rule("keys-20")
async def test_a_copy_that_never_comes_is_given_up_with_a_reason(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    await receive(run, 1)
    await run("keys.label", {}, target=["P1-2"])
    with pytest.raises(Refusal) as refusal:
        await run("keys.close_copies", {}, target=["D20261124-001"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-20", "remark")
    await run("keys.close_copies", {"remark": "锁匠停业"}, target=["D20261124-001"])
    assert (await copies(office)).state is CopyState.CLOSED


@pytest.mark.rule("keys-20")
async def test_a_third_copy_is_critical_until_it_is_destroyed_before_a_witness(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    outcome = await receive(run, 3)
    assert [note.args["count"] for note in outcome.notes] == [1]
    made = await copies(office)
    assert (made.state, made.registered, made.surplus) == (CopyState.MADE, 2, 1)
    (item,) = (await due(office)).values()
    assert (item.id, item.severity, item.rule) == ("keys.copies.1.surplus", "critical", "keys-20")
    with pytest.raises(Refusal) as refusal:
        await run("keys.close_copies", {"remark": "never mind"}, target=[made.id])
    assert refusal.value.rule == "keys-20"
    gone = {"witness": "zhang.wei", "reason": "当面锉断"}
    with pytest.raises(NotPermitted):
        await run("keys.destroy_surplus", gone, "zhang.wei", target=[made.id])
    await run("keys.destroy_surplus", gone, target=[made.id])
    made = await copies(office)
    assert (made.state, made.destroyed, made.surplus) == (CopyState.TAGGED, 1, 0)
    assert len(await keys_of(office)) == 3
    assert await due(office) == {}
    with pytest.raises(Refusal):
        await run("keys.destroy_surplus", gone, target=[made.id])


@pytest.mark.rule("keys-20")
async def test_a_surplus_is_kept_with_leave_only(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    await receive(run, 3)
    await run("keys.keep_surplus", {"reason": "门岗也要一把"}, "zhang.wei", target=["D20261124-001"])
    assert len(await keys_of(office)) == 3
    assert set(await due(office)) == {"keys.copies.1.surplus", "approvals.request:2"}
    with pytest.raises(Refusal):
        await run("keys.keep_surplus", {"reason": "again"}, "zhang.wei", target=["D20261124-001"])
    await decide(run, "qian.jun", "refuse", 2)
    assert set(await due(office)) == {"keys.copies.1.surplus"}
    await run("keys.keep_surplus", {"reason": "门岗也要一把"}, "zhang.wei", target=["D20261124-001"])
    await decide(run, "qian.jun", number=3)
    made = await copies(office)
    assert (made.state, made.copies, made.registered, made.surplus) == (CopyState.TAGGED, 3, 3, 0)
    assert [key.copy_no for key in await keys_of(office)] == [1, 2, 3, 4]


async def test_leave_is_given_for_the_copies_that_were_asked_for(office: Any, run: Any) -> None:
    await ask(run)
    await decide(run, "sun.li")
    await receive(run, 3)
    await run("keys.keep_surplus", {"reason": "门岗也要一把"}, "zhang.wei", target=["D20261124-001"])
    with pytest.raises(Refusal) as refusal:  # else leave for one would be leave for two
        await receive(run, 1)
    assert refusal.value.text.id == "keys.refusal.asked_again"
    await run("keys.destroy_surplus", {"witness": "zhang.wei", "reason": "当面锉断"}, target=["D20261124-001"])
    await decide(run, "qian.jun", number=2)  # leave for what is no longer there
    made = await copies(office)
    assert (made.approved_by, made.copies, made.registered, made.surplus) == ("sun.li", 2, 2, 0)


@pytest.mark.rule("keys-20")
@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("2026-11-24 09:02", "2026-11-26 00:00"),  # Tuesday: by the end of Wednesday
        ("2026-11-27 17:59", "2026-12-01 00:00"),  # Friday: by the end of Monday
        ("2026-11-28 10:00", "2026-12-01 00:00"),  # Saturday, too
    ],
)
async def test_a_request_waits_a_working_day_then_it_is_critical(office: Any, run: Any, asked: str, last: str) -> None:
    opened, until = (datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI) for text in (asked, last))
    office.clock = lambda: opened
    await ask(run)
    for moment, late in ((opened, False), (until - timedelta(seconds=1), False), (until, True)):
        office.clock = lambda moment=moment: moment
        asked_of, other = (
            (await due(office, "sun.li"))["approvals.request:1"],
            (await due(office))["approvals.request:1"],
        )
        assert (asked_of.severity, other.severity) == (("critical", "critical") if late else ("warning", "info"))
        assert (asked_of.due, asked_of.rule) == (until, "keys-20")
        assert asked_of.proof[1].args == {"reason": ASK["reason"]}
        assert [proof.id for proof in asked_of.proof] == [
            "approvals.proof.asked",
            "approvals.proof.reason",
            "approvals.proof.decides",
            "keys.proof.decide_by",
        ]


async def test_a_request_says_what_it_is_about_in_both_languages(office: Any, run: Any) -> None:
    await ask(run)

    async def told() -> Any:
        return (await Request.get(id=1)).told

    title = await office.call(told())
    assert office.words.say(title, "en") == "Copies asked for (2): 3-2 1大堂 (P1)"
    assert office.words.say(title, "zh_CN") == "申请配钥匙 2 份：3-2 1大堂（P1）"


@pytest.mark.rule("keys-06")
async def test_who_wants_a_key_for_private_purposes_is_a_finding_once_a_day(office: Any, run: Any) -> None:
    loan = {"borrower": "sun.li", "work_reason": "weekend trip", "purpose": "private"}

    async def findings() -> list[str]:
        ctx = await office.context(await office.actor("admin"))
        items = await office.areas["approvals"].due(ctx)
        return [
            f"{item.severity} {item.rule} {item.person}: {office.words.say(item.title, 'en')}"
            for item in items if item.id.startswith("approvals.finding")
        ]  # fmt: skip

    for day in (0, 0, 0, 1):
        office.clock = lambda day=day: NOW + timedelta(days=day)
        with pytest.raises(Refusal) as refusal:
            await run("keys.lend", loan, "zhang.wei", target=["P1"])
        assert refusal.value.rule == "keys-06"
    with pytest.raises(Refusal):
        await run("keys.lend", loan, "zhang.wei", target=["P1"], dry_run=True)
    first = "warning keys-06 sun.li: For private purposes: sun.li wanted P1"
    assert await office.call(findings()) == [first, first]
    assert {key.state for key in await keys_of(office)} == {KeyState.IN_CUSTODY}
    await run("approvals.accept_finding", {"note": "已提醒"}, target=[1])
    assert await office.call(findings()) == [first]


async def test_a_finding_of_a_refused_act_stands_in_the_journal(office: Any, run: Any) -> None:
    from cstui import journal
    from cstui.journal.verify import check, snapshot_of_file

    with pytest.raises(Refusal):
        await run("keys.lend", {"borrower": "sun.li", "work_reason": "trip", "purpose": "private"}, target=["P1"])
    entry = (await office.call(journal.history(office, "approvals.findings", 1)))[0]
    assert (entry.action, entry.outcome) == ("keys.lend", "refused")
    assert check(snapshot_of_file(office.settings.store_file)).verdict == "intact"


async def test_a_key_is_destroyed_before_a_witness_and_never_comes_back(office: Any, run: Any) -> None:
    raw = {"reason": "锁已更换", "witness": "sun.li"}
    with pytest.raises(NotPermitted):
        await run("keys.destroy", raw, "sun.li", target=["P1"])
    await run("keys.destroy", raw, target=["P1"])
    (key,) = await keys_of(office)
    assert (key.state, key.holder_kind) == (KeyState.DESTROYED, HolderKind.NONE)
    loan = {"borrower": "sun.li", "work_reason": "repair"}
    for action, more in (("keys.lend", loan), ("keys.report_lost", {"circumstances": "?"}), ("keys.destroy", raw),
                         ("keys.request_copies", ASK), ("keys.group", {}), ("keys.reject", {"reason": "?"})):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            await run(action, more, target=["P1"])
        assert refusal.value.value == "P1"


async def test_only_a_key_just_received_is_rejected(office: Any, run: Any) -> None:
    await run("keys.register", {**PUBLIC, "tag_no": "P9", "floor": "9", "ring": "", "labelled": False})
    with pytest.raises(Refusal):
        await run("keys.destroy", {"reason": "unfit", "witness": "sun.li"}, target=["P9"])
    await run("keys.reject", {"reason": "插不进锁孔"}, target=["P9"])
    (key,) = await keys_of(office, "P9")
    assert (key.state, key.holder_kind) == (KeyState.REJECTED, HolderKind.NONE)
    with pytest.raises(Refusal):
        await run("keys.reject", {"reason": "labelled"}, target=["P1"])


@pytest.mark.parametrize("count", ["0", "-1", "100"])
async def test_no_odd_numbers_of_copies(office: Any, run: Any, count: str) -> None:
    with pytest.raises(BadInput) as fault:
        await ask(run, copies=count)
    assert fault.value.field == "copies"


async def test_a_copy_number_is_never_given_again(office: Any, run: Any) -> None:
    for number in (1, 2):
        await ask(run, copies="1")
        await decide(run, "sun.li", number=number)
        await receive(run, 1, f"D20261124-00{number}")
        if number == 1:
            await run("keys.reject", {"reason": "卡齿"}, target=["P1-2"])
    assert [(key.tag_no, key.copy_no, key.state) for key in await keys_of(office)] == [
        ("P1", 1, KeyState.IN_CUSTODY), ("P1-2", 2, KeyState.REJECTED), ("P1-3", 3, KeyState.RECEIVED),
    ]  # fmt: skip
