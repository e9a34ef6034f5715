"""Loans: who may have which key, until when, signed how; returns, reminders, extensions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import naming
from cstui.api import SYSTEM, BadInput, Refusal
from cstui.contract.errors import NotPermitted
from cstui.timeline import timeline
from cstui_keys.kinds import HolderKind, KeyState, LoanState, Signed
from cstui_keys.models import Key, Loan, LoanLine

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = {"block": "3", "space_kind": "public_door_window", "unit": "2", "room": "公共", "door_kind": "unit_door",
          "labelled": True}  # fmt: skip
LOAN = {"borrower": "wang.fang", "work_reason": "repair W-1182"}


def at(clock: str, day: int = 24) -> datetime:
    hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)


def clock(host: Any, time: str, day: int = 24) -> None:
    host.clock = lambda: at(time, day).astimezone(UTC)


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """Two borrowers, a day and a night shift, two public keys and one of an owner; it is 09:40."""
    for number, login, name in (("1", "wang.fang", "王芳"), ("2", "li.qiang", "李强")):
        await run("people.enrol", {"number": number, "login": login, "name": name, "department": "工程部"})
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run("people.shift_type", {"code": "N", "shift_name": "夜班", "start_minute": 1080, "end_minute": 1440})
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "wang.fang", "shift": "D"})
    for floor in ("1", "2"):
        await run("keys.register", {**PUBLIC, "tag_no": f"P{floor}", "floor": floor, "ring": f"R{floor}"})
    unit = {"tag_no": "U1", "space_kind": "owner_unit", "floor": "15", "room": "02", "ring": "U"}
    await run("keys.register", {**PUBLIC, **unit, "door_kind": "security_gate"})
    clock(host, "09:40")
    return host


async def loan_of(host: Any) -> Loan:
    return await host.call(_last_loan())


async def _last_loan() -> Loan:
    loan = await Loan.all().order_by("-id").select_related("borrower").first()
    assert loan is not None
    return loan


async def key_of(host: Any, tag: str = "P1") -> Key:
    return await host.call(_get(tag))


async def _get(tag: str) -> Key:
    return await Key.get(tag_no=tag)


async def grant(run: Any, login: str) -> None:
    await run("people.grant_role", {"role": "admin"}, target=[login])


async def test_a_loan_is_due_at_the_end_of_the_borrowers_shift(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    loan = await loan_of(office)
    assert (loan.loan_no, loan.due_at, loan.due_basis) == ("L20261124-001", at("18:00"), "shift")
    assert (loan.borrower.login, loan.signed, loan.issued_by) == ("wang.fang", Signed.PAPER, "admin")
    key = await key_of(office)
    assert (key.state, key.holder_kind, key.holder_id) == (KeyState.ON_LOAN, HolderKind.PERSON, loan.borrower_id)


async def test_due_without_own_shift_follows_the_sites_shift_then_the_longest_loan(office: Any, run: Any) -> None:
    await run("keys.lend", {**LOAN, "borrower": "li.qiang"}, target=["P1"])
    assert ((await loan_of(office)).due_at, (await loan_of(office)).due_basis) == (at("18:00"), "site_shift")
    clock(office, "07:00", 25)
    await run("keys.return", {"condition": "ok"}, target=["P1"])
    await run("keys.lend", {**LOAN, "borrower": "li.qiang"}, target=["P1"])
    assert ((await loan_of(office)).due_at, (await loan_of(office)).due_basis) == (at("07:00", 26), "limit")


async def test_night_shift_is_due_at_midnight(office: Any, run: Any) -> None:
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "li.qiang", "shift": "N"})
    clock(office, "23:50")
    await run("keys.lend", {**LOAN, "borrower": "li.qiang"}, target=["P1"])
    assert (await loan_of(office)).due_at == at("00:00", 25)


@pytest.mark.rule("keys-22")
async def test_a_loan_lasts_24_hours_at_most(office: Any, run: Any) -> None:
    await run("keys.lend", {**LOAN, "due_at": "2026-11-25 09:40"}, target=["P1"])
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", {**LOAN, "due_at": "2026-11-25 15:40"}, target=["P2"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-22", "due_at")
    assert refusal.value.text.args["longest"] == timedelta(hours=24)


@pytest.mark.rule("keys-22")
async def test_an_overdue_key_blocks_the_next_loan_from_one_second_on(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    clock(office, "18:00:00")
    await run("keys.lend", {**LOAN, "due_at": "19:00"}, target=["P2"])
    await run("keys.return", {"condition": "ok"}, target=["P2"])
    clock(office, "18:00:01")
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", {**LOAN, "due_at": "19:00"}, target=["P2"])
    assert (refusal.value.rule, refusal.value.text.args["key"]) == ("keys-22", "P1")


@pytest.mark.rule("keys-06")
@pytest.mark.parametrize(
    ("more", "field"), [({"purpose": "private"}, "purpose"), ({"work_reason": "abc"}, "work_reason")]
)
async def test_keys_are_lent_for_work_only(office: Any, run: Any, more: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", {**LOAN, **more}, target=["P1"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-06", field)
    assert (await key_of(office)).state is KeyState.IN_CUSTODY


@pytest.mark.rule("keys-06")
async def test_a_borrower_needs_a_department(office: Any, run: Any) -> None:
    await run("people.enrol", {"number": "9", "login": "nobody", "name": "无门"})
    with pytest.raises(Refusal):
        await run("keys.lend", {**LOAN, "borrower": "nobody"}, target=["P1"])


@pytest.mark.rule("keys-07")
@pytest.mark.usefixtures("quick_pins")
async def test_a_borrower_with_a_pin_signs_with_it(office: Any, run: Any) -> None:
    await grant(run, "wang.fang")
    await run("people.set_pin", {"pin": "4711"}, login="wang.fang")
    with pytest.raises(BadInput):
        await run("keys.lend", LOAN, target=["P1"])
    with pytest.raises(BadInput):
        await run("keys.lend", {**LOAN, "pin": "4712"}, target=["P1"])
    await run("keys.lend", {**LOAN, "pin": "4711"}, target=["P1"])
    assert (await loan_of(office)).signed is Signed.PIN


async def test_a_key_that_is_out_names_its_holder_and_since_when(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", {**LOAN, "borrower": "li.qiang"}, target=["P1"])
    args = refusal.value.text.args
    assert (refusal.value.rule, args["holder"], args["since"]) == ("keys-07", "王芳", at("09:40"))


@pytest.mark.rule("keys-12")
async def test_an_unlabelled_key_is_not_lent(office: Any, run: Any) -> None:
    await run("keys.register", {**PUBLIC, "tag_no": "P9", "floor": "9", "labelled": False})
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", LOAN, target=["P9"])
    assert (refusal.value.rule, refusal.value.value) == ("keys-12", "P9")


@pytest.mark.rule("keys-25")
async def test_owners_keys_need_the_owners_consent(office: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.lend", LOAN, target=["U1"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-25", "consent_ref")
    await run("keys.lend", {**LOAN, "consent_ref": "call 11-24 09:30"}, target=["U1"])
    assert (await loan_of(office)).consent_ref == "call 11-24 09:30"


@pytest.mark.rule("keys-24")
async def test_contractor_borrows_through_a_member_of_staff(office: Any, run: Any) -> None:
    await run("keys.lend", {**LOAN, "contractor": "安达电梯 赵师傅"}, target=["P1"])
    loan = await loan_of(office)
    assert (loan.contractor, loan.borrower.login) == ("安达电梯 赵师傅", "wang.fang")
    assert (await key_of(office)).holder_id == loan.borrower_id
    with pytest.raises(BadInput) as fault:
        await run("keys.lend", {"work_reason": "lift repair", "contractor": "赵师傅"}, target=["P2"])
    assert fault.value.field == "borrower"


async def test_who_has_left_borrows_nothing(office: Any, run: Any) -> None:
    await run("people.leave", {"left_on": "2026-11-23"}, target=["li.qiang"])
    with pytest.raises(BadInput) as fault:
        await run("keys.lend", {**LOAN, "borrower": "li.qiang"}, target=["P1"])
    assert (fault.value.field, fault.value.value) == ("borrower", "li.qiang")


async def test_an_unknown_key_is_named(office: Any, run: Any) -> None:
    with pytest.raises(BadInput) as fault:
        await run("keys.lend", LOAN, target=["P77"])
    assert fault.value.value == "P77"


async def test_several_keys_of_one_loan_come_back_one_by_one(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1", "P2"])
    await run("keys.return", {"condition": "ok"}, target=["P1"])
    assert (await loan_of(office)).state is LoanState.OUT
    clock(office, "18:10")
    outcome = await run("keys.return", {"condition": "damaged", "remark": "bent"}, target=["P2"])
    assert [note.args["late"] for note in outcome.notes] == [timedelta(minutes=10)]
    loan = await loan_of(office)
    assert (loan.state, loan.back_at) == (LoanState.RETURNED, at("18:10"))
    assert (await key_of(office, "P2")).state is KeyState.IN_CUSTODY


@pytest.mark.rule("keys-23")
async def test_nobody_takes_back_what_they_borrowed(office: Any, run: Any) -> None:
    await grant(run, "wang.fang")
    await run("keys.lend", LOAN, target=["P1"])
    with pytest.raises(NotPermitted) as refusal:
        await run("keys.return", {"condition": "ok"}, login="wang.fang", target=["P1"])
    assert refusal.value.rule == "keys-23"


@pytest.mark.rule("keys-23")
async def test_a_return_tells_the_condition(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    with pytest.raises(BadInput) as missing:
        await run("keys.return", {}, target=["P1"])
    assert missing.value.field == "condition"
    with pytest.raises(Refusal) as refusal:
        await run("keys.return", {"condition": "incomplete"}, target=["P1"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-23", "remark")


@pytest.mark.rule("keys-22")
async def test_extension_stays_within_24_hours_of_the_hand_out(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    await run("keys.extend", {"due_at": "2026-11-25 09:40", "reason": "pump not dry"}, target=["P1"])
    loan = await loan_of(office)
    assert (loan.due_at, loan.extended, loan.extend_reason) == (at("09:40", 25), 1, "pump not dry")
    with pytest.raises(Refusal) as refusal:
        await run("keys.extend", {"due_at": "2026-11-25 09:41", "reason": "still wet"}, target=["P1"])
    assert refusal.value.rule == "keys-22"


@pytest.mark.rule("keys-22")
async def test_what_was_out_for_the_longest_loan_isnt_offered_to_be_extended(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])

    async def blocked() -> Any:
        ctx = await office.call(office.context(await office.call(office.actor("admin"))))
        key = await office.call(naming.find(office, ctx, "keys.keys", "P1"))
        return await office.call(office.actions["keys.extend"].blocked(ctx, key))

    assert await blocked() is None
    clock(office, "09:40", 25)
    assert (await blocked()).id == "keys.blocked.longest_out"


async def test_extension_must_be_later(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    with pytest.raises(BadInput) as fault:
        await run("keys.extend", {"due_at": "17:00", "reason": "mistake"}, target=["P1"])
    assert fault.value.field == "due_at"


async def test_reminders_are_counted(office: Any, run: Any) -> None:
    await run("keys.lend", LOAN, target=["P1"])
    await run("keys.remind", {}, target=["P1"])
    clock(office, "18:30")
    await run("keys.remind", {}, target=["P1"])
    loan = await loan_of(office)
    assert (loan.reminders, loan.reminded_at) == (2, at("18:30"))


async def test_a_key_in_the_cabinet_can_be_neither_returned_nor_extended(office: Any, run: Any) -> None:
    for action, raw in (("keys.return", {"condition": "ok"}), ("keys.remind", {})):
        with pytest.raises(Refusal) as refusal:
            await run(action, raw, target=["P1"])
        assert refusal.value.value == "P1"


async def test_the_store_itself_keeps_one_open_loan_a_key(office: Any, run: Any) -> None:
    from tortoise.exceptions import IntegrityError

    await run("keys.lend", LOAN, target=["P1"])

    async def second() -> None:
        line = await LoanLine.first()
        assert line is not None
        await LoanLine.create(loan_id=line.loan_id, key_id=line.key_id)

    with pytest.raises(IntegrityError):
        await office.call(second())


async def test_the_history_of_a_finding_tells_its_title_in_the_reader_s_language(office: Any, run: Any) -> None:
    with pytest.raises(Refusal):
        await run("keys.lend", {**LOAN, "purpose": "private"}, target=["P1"])

    async def told() -> list[str]:
        ctx = await office.context(SYSTEM)
        (event, *_), _ = await timeline(office, ctx, office.registers["approvals.findings"], 1)
        titles = [one.after for change in event.changes for one in change.differences if one.name == "title"]
        return [office.words.say(title, lang) for title in titles for lang in ("zh_CN", "en")]

    assert await office.call(told()) == ["王芳欲以个人名义借用钥匙 P1", "For private purposes: 王芳 wanted P1"]
