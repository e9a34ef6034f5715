"""Accounts: who holds them, what is known of their secrets, and what becomes of them (confidentiality-02, 21 to 23)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment
from desk import words

from cstui import engine, paper, registers
from cstui.api import BadInput, Refusal
from cstui.contract.errors import Fault, NotPermitted
from cstui.people import Staff
from cstui_confidentiality.accounts.due import accounts as due
from cstui_confidentiality.kinds import AccountState, LogFormat
from cstui_confidentiality.models import Account, AccountHolding, AccountUseGrant, ConfidentialityCase

ISSUED = {"system": "CRM", "login": "cs01", "holder": "an", "strength": "4", "length": "14"}
RAW: dict[str, dict[str, str]] = {
    "activate_account": {},
    "suspend_account": {"reason": "on leave"},
    "resume_account": {},
    "hand_over_account": {"new_holder": "bo", "strength": "4", "length": "14"},
    "record_secret": {"strength": "4", "length": "14"},
    "order_change": {},
    "report_compromised": {"how": "on a note", "loss": "0"},
    "revoke_account": {"reason": "not needed"},
}
"""Acts on an account, and what is filled in."""
ENTERED = {**ISSUED, "issued_on": "2026-10-01", "secret_changed_on": "2026-11-01"}


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.system()
        for login in ("an", "bo", "cai", "guan"):
            await opened.undertaking(login)
        yield opened


async def account(desk: Desk, number: str = "CRM/cs01") -> Account:
    found: Account = await desk.ask(Account.get(account_no=number).select_related("holder"))
    return found


async def held(desk: Desk) -> list[tuple[str, bool]]:
    """Who held the account, and whether they still do."""
    rows = await desk.ask(AccountHolding.all().order_by("id").select_related("staff"))
    return [(row.staff.login, row.until is None) for row in rows]


async def refused(desk: Desk, action: str, raw: dict[str, Any], **more: Any) -> tuple[str, str]:
    """The reason's name, and the field it is about."""
    with pytest.raises((Refusal, BadInput)) as no:
        await desk.run(action, raw, "guan", **more)
    return no.value.text.id.rpartition(".")[2], no.value.field


# issuing


@pytest.mark.rule("confidentiality-02")
async def test_an_account_is_issued_to_whoever_has_signed_a_current_undertaking(desk: Desk) -> None:
    await desk.system("OA")
    await desk.undertaking("fu", date(2025, 11, 24))  # 365 days ago: its last day
    await desk.undertaking("head", date(2025, 11, 23))
    await desk.run("issue_account", {**ISSUED, "holder": "fu"}, "guan")
    for holder in ("head", "boss"):
        assert await refused(desk, "issue_account", {**ISSUED, "system": "OA", "holder": holder}) == (
            "no_undertaking",
            "holder",
        )
    assert (await account(desk)).state is AccountState.ISSUED
    assert await desk.ask(Account.all().count()) == 1
    await desk.run("sign_undertaking", {"agreed": "yes"}, "head")
    await desk.run("issue_account", {**ISSUED, "system": "OA", "holder": "head"}, "guan")


async def test_an_account_s_life(desk: Desk) -> None:
    await desk.run("issue_account", ISSUED, "guan")
    for action, raw, state in (
        ("activate_account", {}, "active"), ("suspend_account", {"reason": "on leave"}, "suspended"), ("resume_account", {}, "active"),
        ("review_accounts", {}, "active"), ("revoke_account", {"reason": "not needed"}, "revoked"),
    ):  # fmt: skip
        await desk.run(action, raw, "guan", target=["CRM/cs01"])
        assert (await account(desk)).state == state
    row = await account(desk)
    assert (row.last_review, row.ended_at, row.holder.login) == (date(2026, 11, 24), moment("2026-11-24 09:02"), "an")
    assert await held(desk) == [("an", False)]
    for action, raw in RAW.items():
        assert (await refused(desk, action, raw, target=["CRM/cs01"]))[0] == "account"
    assert await refused(desk, "issue_account", ISSUED) == ("account_known", "login")  # nor is its login issued again


@pytest.mark.rule("confidentiality-21")
async def test_nobody_hands_an_account_to_themselves(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        await desk.run("issue_account", {**ISSUED, "holder": "guan"}, "guan")
    await desk.run("issue_account", {**ISSUED, "holder": "guan"})
    for action, raw in (
        ("hand_over_account", {"new_holder": "bo", "strength": "4", "length": "14"}), ("review_accounts", {}),
        ("record_secret", {"strength": "4", "length": "14"}),
    ):  # fmt: skip
        with pytest.raises(NotPermitted):
            await desk.run(action, raw, "guan", target=["CRM/cs01"])
    with pytest.raises(NotPermitted):
        await desk.run("issue_account", {**ISSUED, "login": "cs02"}, "an")  # a member keeps no accounts


async def test_handing_over_needs_a_signature_a_new_secret_and_another_person(desk: Desk) -> None:
    await desk.account()
    raw = {"new_holder": "bo", "strength": "3", "length": "16", "seat": "PC-7"}
    for holder, reason in (("an", "same_holder"), ("boss", "no_undertaking")):
        assert await refused(desk, "hand_over_account", {**raw, "new_holder": holder}, target=["CRM/cs01"]) == (
            reason, "holder" if reason == "no_undertaking" else "new_holder",
        )  # fmt: skip
    await desk.run("hand_over_account", raw, "guan", target=["CRM/cs01"])
    row = await account(desk)
    assert (row.holder.login, row.strength, row.length, row.seat) == ("bo", 3, 16, "PC-7")
    assert row.secret_changed_on == date(2026, 11, 24)
    assert await held(desk) == [("an", False), ("bo", True)]


# a list of accounts


@pytest.mark.rule("confidentiality-02")
@pytest.mark.rule("confidentiality-21")
async def test_accounts_that_were_there_before_are_entered_from_a_list(desk: Desk) -> None:
    await desk.system("NEW", registered_at=moment("2026-09-01 09:00"))
    rows = [
        (2, ENTERED),
        (3, {**ENTERED, "login": "cs02", "holder": "head"}),  # not signed: entered, and a matter each day
        (4, {**ENTERED, "login": "cs03", "system": "NEW", "holder": "head"}),  # after the system was registered
        (5, {**ENTERED, "login": "cs04", "secret_changed_on": "2026-11-25"}),
        (6, {**ENTERED, "login": "cs05", "strength": "5"}),
    ]
    actor = await desk.host.call(desk.host.actor("guan"))
    bulk = await desk.host.call(engine.run_bulk(desk.host, "confidentiality.enter_account", rows, actor, skip_bad=True))
    assert bulk.counts["created"] == 2
    assert [(line.line, line.fault.field) for line in bulk.refused if line.fault] == [
        (4, "holder"), (5, "secret_changed_on"), (6, "strength"),
    ]  # fmt: skip
    assert (await account(desk)).state is AccountState.ACTIVE
    assert await held(desk) == [("an", True), ("head", True)]
    again = [(2, {**ENTERED, "seat": "PC-3"}), (3, rows[1][1]), (4, {**ENTERED, "login": "cs02", "holder": "bo"})]
    bulk = await desk.host.call(
        engine.run_bulk(desk.host, "confidentiality.enter_account", again[:2], actor, skip_bad=True)
    )
    assert (bulk.counts["updated"], bulk.counts["unchanged"]) == (1, 1)
    assert await refused(desk, "enter_account", {**ENTERED, "login": "cs06", "holder": "guan"}) == (
        "own_entry",
        "holder",
    )
    other = await refused(desk, "enter_account", again[2][1])
    assert other == ("other_holder", "holder")  # a holder changes through the register only
    assert await held(desk) == [("an", True), ("head", True)]


# leavers


@pytest.mark.rule("confidentiality-21")
async def test_a_leaver_s_account_is_revoked_by_the_end_of_the_last_day(desk: Desk) -> None:
    await desk.account()
    grant = await desk.make_row(
        AccountUseGrant, grant_no="U-1", account=await account(desk), grantee="bo", reason="x", state="approved",
        start_at=moment("2026-11-25 09:00"), end_at=moment("2026-11-27 18:00"), requested_at=moment("2026-11-24 09:00"),
        approved_at=moment("2026-11-24 09:00"),
    )  # fmt: skip
    told = await desk.run("people.leave", {"left_on": "2026-11-26"}, target=["an"])
    assert [note.id for note in told.notes] == ["confidentiality.note.accounts_back"]
    for day, time, severity in ((24, "09:02", "info"), (26, "23:59:59", "warning"), (27, "00:00:00", "critical")):
        desk.at(day, time)
        (item,) = await desk.due(due, "leaver")
        assert (item.severity, item.due, item.person) == (severity, moment("2026-11-27 00:00"), "an")
    assert item.actions[0] == "confidentiality.revoke_account"
    for login, told in (("guan", True), ("bo", False)):
        assert ("confidentiality.due.leaver" in await desk.today(login)) is told
    assert await refused(desk, "enter_account", {**ENTERED, "login": "cs02"}) == ("gone", "holder")
    await desk.run("revoke_account", {"reason": "left"}, "guan", target=["CRM/cs01"])
    assert await desk.due(due, "leaver") == []
    assert (await desk.ask(AccountUseGrant.get(id=grant.id))).state == "withdrawn"


async def test_the_site_may_want_it_earlier(desk: Desk) -> None:
    await desk.account()
    await desk.figure("confidentiality-21", "revoke_on_leave", "18:00")
    await desk.run("people.leave", {"left_on": "2026-11-24"}, target=["an"])
    desk.at(24, "18:00")
    (item,) = await desk.due(due, "leaver")
    assert (item.severity, item.due) == ("critical", moment("2026-11-24 18:00"))


# secrets


@pytest.mark.rule("confidentiality-22")
async def test_a_secret_is_good_for_ninety_days_and_not_too_simple(desk: Desk) -> None:
    """The worked example: changed on 1 January, day 90 is in time, day 91 isn't."""
    await desk.account(secret_changed_on=date(2026, 1, 1))
    await desk.account("cs02", "bo", secret_changed_on=date(2026, 4, 1), strength=3, length=12)
    desk.at(1, month=4)
    assert await desk.due(due) == []
    desk.at(2, month=4)
    (item,) = await desk.due(due)
    assert (words([item]), item.severity, item.due) == (["secret_old"], "warning", moment("2026-04-02 00:00"))
    await desk.run("order_change", {}, "guan", target=["CRM/cs01"])
    (item,) = await desk.due(due)
    assert item.state and item.state.id == "confidentiality.state.ordered"
    told = await desk.run("record_secret", {"strength": "2", "length": "20"}, "guan", target=["CRM/cs01"])
    assert [note.id for note in told.notes] == ["confidentiality.proof.secret_weak"]
    (item,) = await desk.due(due)
    assert words([item]) == ["secret_weak"]
    await desk.run("record_secret", {"strength": "3", "length": "11"}, "guan", target=["CRM/cs01"])
    assert words(await desk.due(due)) == ["secret_weak"]
    await desk.run("record_secret", {"strength": "3", "length": "12"}, "guan", target=["CRM/cs01"])
    assert await desk.due(due) == []
    assert (await account(desk)).change_ordered_on is None


async def test_when_a_secret_was_set_is_a_day_that_can_be(desk: Desk) -> None:
    await desk.account()
    for day, reason in (("2026-11-25", "later"), ("2026-10-31", "secret_before")):
        raw = {"strength": "4", "length": "14", "secret_changed_on": day}
        assert await refused(desk, "record_secret", raw, target=["CRM/cs01"]) == (reason, "secret_changed_on")


@pytest.mark.rule("confidentiality-23")
async def test_a_secret_that_got_out_is_a_case_of_its_holder_with_the_loss(desk: Desk) -> None:
    await desk.account()
    with pytest.raises(BadInput) as no:
        await desk.run("report_compromised", {"how": "on a sticky note"}, "guan", target=["CRM/cs01"])
    assert no.value.field == "loss"
    told = await desk.run("report_compromised", {"how": "on a note", "loss": "120.50"}, "guan", target=["CRM/cs01"])
    (case,) = await desk.ask(ConfidentialityCase.all().select_related("subject"))
    assert (case.subject.login, case.article, case.ground, case.loss) == (
        "an", "confidentiality-23", "password", 12050,
    )  # fmt: skip
    assert case.case_no in [note.args.get("case") for note in told.notes]
    assert (await account(desk)).state is AccountState.COMPROMISED
    (item,) = await desk.due(due)
    assert (words([item]), item.severity) == (["compromised"], "critical")
    await desk.run("revoke_account", {"reason": "got out"}, "guan", target=["CRM/cs01"])
    assert await desk.due(due) == []


async def test_nobody_reports_their_own_secret_s_leak_over_this_counter(desk: Desk) -> None:
    await desk.account(holder="guan")
    with pytest.raises(NotPermitted):
        await desk.run("report_compromised", {"how": "x", "loss": "0"}, "guan", target=["CRM/cs01"])


# one holder, whatever happens


async def test_random_histories_keep_one_holding_as_long_as_an_account_is_held(desk: Desk) -> None:
    """Issue, activate, hand over, suspend, resume, compromise, leave, come back, revoke in any order."""
    random = Random(21)
    for login in ("deng", "fu"):
        await desk.undertaking(login)
    often = ("activate_account", "suspend_account", "resume_account", "resume_account", "hand_over_account", "leave")
    steps = [*RAW, *often]
    steps.remove("revoke_account")
    done = set()
    for history in range(5):
        number = f"CRM/h{history}"
        await desk.run("issue_account", {**ISSUED, "login": f"h{history}", "holder": "bo"}, "guan")
        for step in [*random.choices(steps, k=11), "revoke_account", "activate_account", "hand_over_account"]:
            before = await account(desk, number)
            try:
                if step == "leave":
                    await desk.run("people.leave", {"left_on": "2026-11-20"}, target=[before.holder.login])
                else:
                    new_holder = {"new_holder": random.choice(("an", "bo", "cai", "fu"))} if "hand" in step else {}
                    await desk.run(step, RAW[step] | new_holder, "guan", target=[number])
                done.add(step)
            except Fault:
                after = await account(desk, number)
                assert (after.state, after.holder_id, after.version) == (before.state, before.holder_id, before.version)
            row = await account(desk, number)
            still = await desk.ask(AccountHolding.filter(account=row, until__isnull=True))
            revoked = row.state is AccountState.REVOKED
            assert [one.staff_id for one in still] == ([] if revoked else [row.holder_id])
        for login in ("an", "bo", "cai", "fu"):
            if (await desk.ask(Staff.get(login=login))).left_on:
                await desk.run("people.rejoin", target=[login])
    assert done == {*steps, "revoke_account"}


# what is looked at


async def test_lists_papers_and_pictures(desk: Desk) -> None:
    await desk.account(secret_changed_on=date(2026, 8, 1))
    await desk.account("cs02", "bo")
    made = await desk.host.call(desk.host.actor("guan"))
    ctx = await desk.host.call(desk.host.context(made))

    def printed(name: str, pks: list[int]) -> Any:
        return paper.printed(desk.host, ctx, desk.host.papers[f"confidentiality.{name}"], pks, "en", "txt")

    async def look() -> tuple[Any, str, str]:
        rows = (await registers.page(desk.host, ctx, "confidentiality.accounts")).rows
        (system,) = (await registers.page(desk.host, ctx, "confidentiality.systems")).rows
        chart = next(one for one in desk.host.areas["confidentiality"].charts if one.id.endswith("secret_ages"))
        figures = await chart.fn(ctx, None)  # type: ignore[arg-type]
        listed = await printed("account_list", [system.pk])
        sheet = await printed("undertaking", [row.pk for row in rows])
        return figures, listed.decode(), sheet.decode()

    figures, listed, sheet = await desk.host.call(look())
    assert [datum.value for datum in figures.series[0].data] == [1, 0, 0, 1]
    assert "CRM/cs01" in listed and "CRM/cs02" in listed
    assert sheet.count("discipline of communication") == 2  # a sheet for each holder


# systems

LOG = {"system_code": "GB", "system_name": "back end", "system_kind": "game_backend", "log_format": "csv"}
COLUMNS = "操作时间=时间\n工号 = login\n类型＝操作\n客户=subject_ref"


async def test_a_system_is_registered_with_what_its_log_means(desk: Desk) -> None:
    await desk.run("register_system", {**LOG, "log_columns": COLUMNS, "log_words": "查看客户=query\n心跳="}, "guan")
    made = await desk.system("GB")
    assert made.mapping == (
        '{"columns": {"at": "操作时间", "login": "工号", "kind": "类型", "subject_ref": "客户"}, '
        '"kinds": {"查看客户": "query", "心跳": ""}}'
    )
    assert await desk.cell("systems", made.id, "log_words") == "查看客户=query\n心跳="
    by_hand = {"system_name": "back end 2", "system_kind": "game_backend", "log_format": "by_hand"}
    await desk.run("change_system", by_hand, "guan", target=["GB"])
    made = await desk.system("GB")
    assert (made.name, made.mapping, made.log_format) == ("back end 2", "", LogFormat.BY_HAND)


async def test_what_doesn_t_fit_in_a_system_s_form_is_named(desk: Desk) -> None:
    for raw, reason in (
        ({"log_columns": COLUMNS, "system_code": "CRM"}, ("system_known", "system_code")),
        ({"log_columns": COLUMNS, "log_zone": "Asia/Beijing"}, ("no_zone", "log_zone")),
        ({"log_columns": COLUMNS, "log_format": "sshd"}, ("mapping_unused", "log_format")),
        ({"log_columns": "时间"}, ("mapping_line", "log_columns")),
        ({"log_columns": "=时间"}, ("mapping_line", "log_columns")),
        ({"log_columns": f"{COLUMNS}\n地址=where"}, ("mapping_field", "log_columns")),
        ({"log_columns": f"{COLUMNS}\n时刻=at"}, ("mapping_twice", "log_columns")),
        ({"log_columns": "时间=at"}, ("mapping_needs", "log_columns")),
        ({"log_columns": COLUMNS, "log_words": "看=look"}, ("mapping_kind", "log_words")),
        ({"log_columns": COLUMNS, "log_words": "看=query\n看=修改"}, ("mapping_twice", "log_words")),
    ):
        assert await refused(desk, "register_system", {**LOG, **raw}) == reason


async def test_a_system_retires_when_nobody_has_an_account_left(desk: Desk) -> None:
    await desk.account()
    raw = {"reason": "replaced"}
    assert await refused(desk, "retire_system", raw, target=["CRM"]) == ("system_used", "system")
    await desk.run("revoke_account", {"reason": "replaced"}, "guan", target=["CRM/cs01"])
    await desk.run("retire_system", raw, "guan", target=["CRM"])
    assert await refused(desk, "enter_account", {**ENTERED, "login": "cs09"}) == ("system_retired", "system")
    assert (await refused(desk, "change_system", {**LOG, "system_code": "CRM"}, target=["CRM"]))[1]
