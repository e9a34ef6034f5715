"""The staff list, roles with their days, shifts, absences."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from conftest import NOW, SHANGHAI, Run

from cstui import engine, journal, naming, people, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInput, BadInputs, NotPermitted, Refusal
from cstui.engine import BulkOutcome
from cstui.host import Host
from cstui.people import role_name
from cstui.store.past import past

WANG = {"number": "1001", "name": "王芳", "department": "客服部", "team": "一组"}


async def bulk(
    host: Host, rows: list[dict[str, Any]], login: str = "admin", action: str = "people.enrol", **more: Any
) -> BulkOutcome:
    return await engine.run_bulk(host, action, list(enumerate(rows, 2)), await host.call(host.actor(login)), **more)


def marks(outcome: BulkOutcome) -> list[str]:
    return [str(line.mark) for line in outcome.lines]


async def staff(host: Host, named: str) -> people.Staff:
    async def read() -> people.Staff:
        found = await naming.find(host, await host.context(SYSTEM), "people.staff", named)
        assert isinstance(found, people.Staff)
        return found

    return await host.call(read())


def at(day: int, hour: int = 9, minute: int = 2) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


async def test_a_list_is_enrolled_and_the_same_list_again_changes_nothing(host: Host) -> None:
    rows = [WANG, {"number": "1002", "name": "李强", "phone": "13800000000"}]
    first = await bulk(host, rows)
    assert marks(first) == ["created", "created"]
    assert first.entry
    again = await bulk(host, rows)
    assert (marks(again), again.entry) == (["unchanged", "unchanged"], 0)
    changed = await bulk(host, [WANG, {"number": "1002", "name": "李强", "phone": "13900000000"}])
    assert marks(changed) == ["unchanged", "updated"]
    assert (await staff(host, "li.qiang")).phone == "13900000000"


async def test_what_a_list_leaves_out_stays(host: Host) -> None:
    await bulk(host, [WANG | {"phone": "13800000000", "hired_on": "2026-01-05"}])
    await bulk(host, [{"number": "1001", "name": "王芳", "post": "管家"}])
    wang = await staff(host, "1001")
    assert (wang.phone, wang.hired_on, wang.post, wang.department) == (
        "13800000000", date(2026, 1, 5), "管家", "customer_service",
    )  # fmt: skip


async def test_people_of_one_name_get_logins_of_their_own_and_keep_them(host: Host) -> None:
    rows: list[dict[str, Any]] = [
        {"number": str(n), "name": name} for n, name in enumerate(("王芳", "王方", "欧阳娜", "Ann Lee"), 1)
    ]
    await bulk(host, rows)
    assert [(await staff(host, str(n))).login for n in range(1, 5)] == [
        "wang.fang",
        "wang.fang2",
        "ouyang.na",
        "ann.lee",
    ]
    assert marks(await bulk(host, list(reversed(rows)))) == ["unchanged"] * 4


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        (WANG, "engine.twice"),
        ({"number": "1003", "name": "李", "login": "Wang.Fang"}, "people.refusal.login_taken"),
        ({"number": "1003", "name": "李", "login": "system"}, "people.refusal.login_form"),
        ({"number": "1003", "name": "李", "login": "#1 or so"}, "people.refusal.login_form"),
        (
            {"number": "1003", "name": "李", "hired_on": "2026-05-01", "left_on": "2026-04-01"},
            "people.refusal.left_before_hired",
        ),
        ({"number": "1003"}, "input.missing"),
        ({"number": "1003", "name": "名" * 65}, "input.string_too_long"),
        ({"number": "9" * 33, "name": "李"}, "input.string_too_long"),
        ({"number": "1003", "name": "李", "hired_on": "2026-13-01"}, "input.day"),
        ({"number": "1003", "name": "a\x1b[2J"}, "input.control_character"),
    ],
)
async def test_a_faulty_line_keeps_the_whole_list_out_unless_skipped(
    host: Host, row: dict[str, Any], refusal: str
) -> None:
    refused = await bulk(host, [WANG, row])
    assert (marks(refused), refused.entry) == (["created", "refused"], 0)
    fault = refused.lines[1].fault
    assert fault
    assert fault.text.id == refusal
    with pytest.raises(BadInput):
        await staff(host, "1001")
    assert (await bulk(host, [WANG, row], skip_bad=True)).entry
    assert (await staff(host, "1001")).name == "王芳"


async def test_a_dry_run_of_a_list_tells_and_keeps_nothing(host: Host) -> None:
    told = await bulk(host, [WANG], dry_run=True)
    assert (marks(told), told.entry) == (["created"], 0)
    assert marks(await bulk(host, [WANG])) == ["created"]


async def test_a_list_gives_no_role_that_its_writer_may_not_give(host: Host, run: Run) -> None:
    host.settings.roles["staff_keeper"] = ["people.enrol"]
    await bulk(host, [{"number": "1", "name": "hr", "login": "hr", "role": "staff_keeper"}])
    told = await bulk(host, [{"number": "2", "name": "friend", "role": "admin"}], login="hr")
    fault = told.lines[0].fault
    assert isinstance(fault, NotPermitted)
    assert marks(await bulk(host, [{"number": "2", "name": "friend"}], login="hr")) == ["created"]


async def test_no_login_moves_to_who_may_not_grant_its_roles(host: Host) -> None:
    host.settings.roles["staff_keeper"] = ["people.enrol"]
    await bulk(host, [WANG | {"role": "admin"}, {"number": "1", "name": "hr", "login": "hr", "role": "staff_keeper"}])
    for login, refusal in (("hr", "people.refusal.move_login"), ("wang.fang", "people.refusal.own_login")):
        fault = (await bulk(host, [WANG | {"login": "someone.else"}], login=login)).lines[0].fault
        assert isinstance(fault, NotPermitted)
        assert fault.text.id == refusal
    assert marks(await bulk(host, [WANG | {"login": "wang.f"}])) == ["updated"]
    assert (await host.call(host.actor("wang.f"))).permissions == {"*"}
    assert not (await host.call(host.actor("wang.fang"))).permissions


async def test_the_first_administrator_gets_their_number_from_the_list(host: Host) -> None:
    assert marks(await bulk(host, [{"number": "1000", "name": "刘主管", "login": "admin"}])) == ["updated"]
    assert (await staff(host, "1000")).login == "admin"
    assert (await host.call(host.actor("admin"))).permissions == {"*"}
    again = await bulk(host, [{"number": "1009", "name": "另一人", "login": "admin"}])
    assert marks(again) == ["refused"]


async def test_roles_hold_on_their_first_and_last_day(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run(
        "people.grant_role",
        {"role": "admin", "first_day": "2026-11-25", "last_day": "2026-11-26"},
        target=["wang.fang"],
    )
    held = []
    for day in (24, 25, 26, 27):
        host.clock = lambda day=day: at(day, 23, 59)  # type: ignore[misc]
        held.append((await host.call(host.actor("wang.fang"))).may("keys.lend"))
    assert held == [False, True, True, False]


async def test_a_role_that_nobody_knows_is_refused_with_the_nearest(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    with pytest.raises(BadInput) as fault:
        await run("people.grant_role", {"role": "custodain"}, target=["wang.fang"])
    assert (fault.value.text.id, fault.value.text.args["near"]) == (
        "people.refusal.no_role",
        ["custodian", "account_custodian"],
    )
    told = await bulk(host, [{"number": "2", "name": "李强", "role": "boss"}])
    assert isinstance(told.lines[0].fault, BadInput) and "supervisor" in told.lines[0].fault.text.args["near"]


async def test_nobody_gives_themselves_a_role(run: Run) -> None:
    with pytest.raises(NotPermitted) as fault:
        await run("people.grant_role", {"role": "custodian"}, target=["admin"])
    assert fault.value.text.id == "people.refusal.own_role"


async def test_who_has_left_may_do_nothing_from_the_day_after(host: Host, run: Run) -> None:
    await run("people.enrol", WANG | {"role": "admin"})
    await run("people.leave", {"left_on": "今天"}, target=["wang.fang"])
    await run("people.set_pin", {"pin": "1234"}, login="wang.fang")
    host.clock = lambda: NOW + timedelta(days=1)
    with pytest.raises(NotPermitted):
        await run("people.set_pin", {"pin": "1234"}, login="wang.fang")
    assert (await host.call(people.holders_of("admin", date(2026, 11, 25))))[0].login == "admin"
    with pytest.raises(Refusal, match="gone"):
        await run("people.shift_type", SHIFT)
        await run("people.assign_duty", {"day": "2026-11-25", "staff": "wang.fang", "shift": "A"})


async def test_leaving_takes_later_duty_away_and_can_be_taken_back(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.shift_type", SHIFT)
    for day in ("2026-11-24", "2026-11-25"):
        await run("people.assign_duty", {"day": day, "staff": "wang.fang", "shift": "A"})
    with pytest.raises(Refusal, match="not_left"):
        await run("people.rejoin", target=["wang.fang"])
    await run("people.leave", {"left_on": "2026-11-24"}, target=["wang.fang"])
    assert [len(await host.call(people.duty_on(date(2026, 11, day)))) for day in (24, 25)] == [1, 0]
    await run("people.rejoin", target=["wang.fang"])
    assert (await staff(host, "wang.fang")).left_on is None


async def test_leaving_lies_after_hiring(run: Run) -> None:
    await run("people.enrol", WANG | {"hired_on": "2026-11-01"})
    with pytest.raises(BadInput, match="left_before_hired"):
        await run("people.leave", {"left_on": "2026-10-31"}, target=["wang.fang"])


async def test_a_role_ends(host: Host, run: Run) -> None:
    await run("people.enrol", WANG | {"role": "admin"})
    with pytest.raises(BadInput, match="period"):
        await run("people.end_role", {"last_day": "2026-11-01"}, target=["#2"])
    await run("people.end_role", {"last_day": "2026-11-24"}, target=["#2"])
    host.clock = lambda: at(25)
    assert not (await host.call(host.actor("wang.fang"))).permissions
    with pytest.raises(Refusal, match="ended"):
        await run("people.end_role", {"last_day": "2026-11-24"}, target=["#2"])


async def test_a_role_is_granted_once_and_ending_never_lengthens_it(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "admin", "last_day": "2026-11-26"}, target=["wang.fang"])
    with pytest.raises(Refusal, match="has_role"):
        await run("people.grant_role", {"role": "admin"}, target=["wang.fang"])
    with pytest.raises(Refusal, match="ends_earlier"):
        await run("people.end_role", {"last_day": "2099-01-01"}, target=["#2"])
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-27"}, target=["wang.fang"])


async def state(host: Host, pk: int) -> str:
    async def read() -> Any:
        return (await registers.one(host, await host.context(SYSTEM), "people.roles", pk)).values["state"]

    return str((await host.call(read())).id).rpartition(".")[2]


async def test_a_role_granted_by_mistake_is_taken_back_and_then_granted_rightly(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-20"}, target=["wang.fang"])
    with pytest.raises(Refusal, match="has_role"):  # one day in common is enough
        await run("people.grant_role", {"role": "admin", "first_day": "2026-11-01"}, target=["wang.fang"])
    assert await state(host, 2) == "in_force"
    await run("people.take_back_role", {"reason": "another Wang Fang"}, target=["#2"])
    assert await state(host, 2) == "taken_back"
    assert not (await host.call(host.actor("wang.fang"))).permissions
    for action, raw in (("end_role", {}), ("renew_role", {}), ("take_back_role", {"reason": "again"})):
        with pytest.raises(Refusal, match="taken_back"):
            await run(f"people.{action}", raw, target=["#2"])
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-25"}, target=["wang.fang"])
    assert await state(host, 3) == "ahead"


async def test_a_role_is_renewed_from_the_day_after_its_last(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "custodian", "last_day": "2026-11-26"}, target=["wang.fang"])
    await run("people.renew_role", {"last_day": "2026-12-31"}, target=["#2"])
    with pytest.raises(Refusal, match="has_role"):
        await run("people.renew_role", {}, target=["#2"])
    with pytest.raises(Refusal, match="endless"):
        await run("people.renew_role", {}, target=["#1"])
    held = [(await host.call(people.roles_of("wang.fang", date(2026, month, day))))[1] for month, day in (
        (11, 26), (11, 27), (12, 31),
    )]  # fmt: skip
    assert held == [{"custodian"}] * 3
    host.clock = lambda: at(27)
    assert (await state(host, 2), await state(host, 3)) == ("ended", "in_force")


async def test_what_was_in_force_on_a_past_day_is_told(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "custodian", "last_day": "2026-11-26"}, target=["wang.fang"])
    host.clock = lambda: at(25)
    await run("people.end_role", {}, target=["#2"])
    host.clock = lambda: at(28)

    async def told(day: int) -> list[str]:
        async with past(host, at(day)):
            page = await registers.page(host, await host.context(SYSTEM, at(day)), "people.roles")
            return [row.values["state"].id.rpartition(".")[2] for row in page.rows]

    assert await host.call(told(24)) == ["in_force", "in_force"]
    assert (await state(host, 1), await state(host, 2)) == ("in_force", "ended")


async def test_somebody_is_always_left_who_may_grant_roles(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    ends = [
        ("people.end_role", {}, "#1"), ("people.take_back_role", {"reason": "a mistake"}, "#1"),
        ("people.leave", {"left_on": "2026-11-24"}, "admin"),
    ]  # fmt: skip
    gone = {"number": "admin", "name": "admin", "login": "admin", "left_on": "2026-11-24"}

    async def refused() -> None:
        for action, raw, target in ends:
            with pytest.raises(Refusal, match="last_admin"):
                await run(action, raw, target=[target])
        with pytest.raises(Refusal, match="last_admin"):
            await bulk(host, [gone])

    await refused()
    # neither somebody for a time, nor somebody later on
    for days in ({"last_day": "2026-12-31"}, {"first_day": "2027-01-01"}):
        await run("people.grant_role", {"role": "admin", **days}, target=["wang.fang"])
    await refused()
    await run("people.end_role", {"last_day": "2026-12-31"}, target=["#1"])  # the next one begins on the day after


async def test_who_left_by_a_list_has_no_role_when_taken_back(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "custodian"}, target=["wang.fang"])
    await bulk(host, [WANG | {"left_on": "2026-11-24"}])
    await run("people.rejoin", target=["wang.fang"])
    assert (await host.call(people.roles_of("wang.fang", date(2026, 11, 25))))[1] == frozenset()


async def due(host: Host) -> list[str]:
    async def read() -> list[str]:
        found = host.areas["people"].due
        assert found
        return [item.id for item in await found(await host.context(SYSTEM))]

    return await host.call(read())


@pytest.mark.rule("people-01")
async def test_a_role_that_ends_within_a_week_is_told_unless_it_goes_on(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.grant_role", {"role": "custodian", "last_day": "2026-12-02"}, target=["wang.fang"])
    assert await due(host) == []
    host.clock = lambda: at(25)
    assert await due(host) == ["people.role_ends:2"]
    await run("people.renew_role", {}, target=["#2"])
    assert await due(host) == []


async def test_a_working_day_without_customer_service_is_told_where_duty_is_kept(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.enrol", {"number": "2", "name": "李强", "department": "工程部"})
    await run("people.shift_type", SHIFT)
    assert await due(host) == []  # a site that keeps no duty
    await run("people.assign_duty", {"day": "2026-11-23", "staff": "wang.fang", "shift": "A"})
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "li.qiang", "shift": "A"})
    assert await due(host) == ["people.unstaffed:2026-11-24"]
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "wang.fang", "shift": "A"})
    assert await due(host) == []
    host.clock = lambda: at(28)  # a Saturday
    assert await due(host) == []


async def test_only_the_program_itself_makes_the_first_administrator(host: Host, run: Run) -> None:
    with pytest.raises(NotPermitted) as fault:
        await run("people.first_admin", {"login": "second", "role": "supervisor"})
    assert fault.value.text.id == "people.refusal.system_only"


async def test_the_first_administrator_is_the_only_one_of_its_kind(host: Host) -> None:
    with pytest.raises(Refusal, match="admin_exists"):
        await engine.run(host, "people.first_admin", {"login": "second"}, SYSTEM)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "१२३४"])
async def test_pins_are_of_4_to_8_digits(host: Host, run: Run, pin: str) -> None:
    with pytest.raises(BadInput) as fault:
        await run("people.set_pin", {"pin": pin})
    assert fault.value.text.id == "people.refusal.pin_form"
    assert pin not in host.words.say(fault.value.text, "en")


SHIFT = {"code": "A", "shift_name": "早班", "start_minute": "540", "end_minute": "1080"}
NIGHT = {"code": "N", "shift_name": "夜班", "start_minute": "1080", "end_minute": "1440"}
LATE = {"code": "L", "shift_name": "通宵", "start_minute": "1320", "end_minute": "1860"}  # 22:00 to 07:00


@pytest.mark.parametrize(
    ("shift", "out", "ends"),
    [
        ("A", at(24, 9, 40), at(24, 18, 0)),
        ("A", at(24, 7, 0), at(24, 18, 0)),  # the next of that day
        ("A", at(24, 9, 0), at(24, 18, 0)),
        ("A", at(24, 18, 0), None),  # over to the second
        ("A", at(23, 9, 40), None),
        ("N", at(24, 23, 50), at(25, 0, 0)),
        ("N", at(25, 0, 0), None),
        ("L", at(25, 6, 30), at(25, 7, 0)),  # past midnight still the shift that began on the 24th
        ("L", at(25, 7, 0), None),
    ],
)
async def test_when_the_shift_ends(host: Host, run: Run, shift: str, out: datetime, ends: datetime | None) -> None:
    await run("people.enrol", WANG)
    for raw in (SHIFT, NIGHT, LATE):
        await run("people.shift_type", raw)
    await run("people.assign_duty", {"day": "2026-11-24", "staff": "王芳", "shift": shift})

    async def end() -> datetime | None:
        person = await naming.find(host, await host.context(SYSTEM), "people.staff", "wang.fang")
        return await people.shift_end(await host.context(SYSTEM), person, out)

    assert await host.call(end()) == ends


@pytest.mark.parametrize(
    ("start", "end"), [("-1", "60"), ("1440", "1500"), ("540", "540"), ("540", "1981"), ("0", "9999999999")]
)
async def test_shifts_that_are_none(run: Run, start: str, end: str) -> None:
    with pytest.raises(BadInput) as fault:
        await run("people.shift_type", SHIFT | {"start_minute": start, "end_minute": end})
    assert fault.value.field == "end_minute"


async def test_a_shift_is_told_as_rosters_write_it(host: Host, run: Run) -> None:
    await run("people.shift_type", {"code": "N", "shift_name": "通宵", "start_minute": "22：00", "end_minute": "30:00"})
    page = await host.call(shifts(host))
    assert [(row.record.start_minute, row.record.end_minute) for row in page.rows] == [(1320, 1800)]
    assert [row.values["end_minute"] for row in page.rows] == ["30:00"], "as it may be typed again"
    with pytest.raises(BadInput):
        await run("people.shift_type", SHIFT | {"end_minute": "17:75"})


async def shifts(host: Host) -> Any:
    return await registers.page(host, await host.context(SYSTEM), "people.shifts")


async def test_a_roster_is_imported_once(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run("people.shift_type", SHIFT)
    rows = [{"day": f"2026-11-{day}", "staff": "1001", "shift": "早班"} for day in (24, 25)]
    assert marks(await bulk(host, rows, action="people.assign_duty")) == ["created", "created"]
    assert marks(await bulk(host, [*rows, rows[0] | {"day": "2026-11-26"}], action="people.assign_duty")) == [
        "unchanged", "unchanged", "created",
    ]  # fmt: skip
    told = await bulk(host, [rows[0] | {"staff": "nobody"}], action="people.assign_duty")
    assert told.lines[0].fault
    assert told.lines[0].fault.field == "staff"
    assert len(await host.call(people.on_duty(at(24, 17, 59)))) == 1
    assert await host.call(people.on_duty(at(24, 18, 0))) == []


async def test_absence_covers_both_days_and_ends_early(host: Host, run: Run) -> None:
    await run("people.enrol", WANG)
    await run(
        "people.record_absence",
        {"staff": "wang.fang", "first_day": "2026-11-24", "last_day": "2026-11-27", "kind": "sick"},
    )
    wang = await staff(host, "wang.fang")

    async def away() -> list[int]:
        return [day for day in range(23, 29) if await people.is_absent(wang, date(2026, 11, day))]

    assert await host.call(away()) == [24, 25, 26, 27]
    await run("people.end_absence", {"last_day": "2026-11-25"}, target=["#1"])
    assert await host.call(away()) == [24, 25]
    with pytest.raises(BadInputs):
        await run(
            "people.record_absence",
            {"staff": "wang.fang", "first_day": "2026-11-24", "last_day": "2026-11-27", "kind": "bored"},
        )


def test_a_role_is_told_in_the_readers_language_and_a_sites_own_as_the_site_calls_it(host: Host) -> None:
    said = [host.words.say(role_name(role), lang) for role in ("supervisor", "夜班长") for lang in ("zh_CN", "en")]
    assert said == ["主管", "supervisor", "夜班长", "夜班长"]


@pytest.mark.parametrize(
    ("action", "raw", "target"),
    [("people.take_back_role", {"reason": "a mistake"}, "#2"), ("people.leave", {"left_on": "2026-11-23"}, "1001")],
)
async def test_whose_role_ended_while_they_waited_for_the_store_may_no_longer(
    host: Host, run: Run, action: str, raw: dict[str, Any], target: str
) -> None:
    await bulk(host, [WANG | {"login": "wang"}])
    await run("people.grant_role", {"role": "admin"}, target=["1001"])
    admin, wang = [await host.call(host.actor(login)) for login in ("admin", "wang")]
    li = {"number": "1002", "name": "李强"}
    assert wang.may("people.enrol")
    ended, late = await asyncio.gather(
        engine.run(host, action, raw, admin, target=[target]),
        engine.run(host, "people.enrol", li, wang),
        return_exceptions=True,
    )
    assert not isinstance(ended, BaseException), ended
    assert isinstance(late, NotPermitted)
    with pytest.raises(NotPermitted):
        await engine.run_bulk(host, "people.enrol", [(2, li)], wang)
    assert [row.login for row in await host.call(people.Staff.all().order_by("id"))] == ["admin", "wang"]
    assert [one.outcome for one in await host.call(journal.page(host, limit=2))] == ["refused", "refused"]
