"""Emergencies: an act goes before the permission or the role that it lacks, before nothing else, and others settle it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import NOW
from errands import act, crew, enrol, one, text_of

from cstui import journal, review
from cstui.cli import main
from cstui.contract.action import Action
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.host import Host

WHY = "the pipe bursts, nobody answers the phone"


@pytest_asyncio.fixture
async def errands(tmp_path: Path, errand_template: Path) -> AsyncIterator[Host]:
    async with crew(tmp_path, errand_template) as host:
        await enrol(host, "nick", "night")
        yield host


async def overrides(host: Host) -> list[dict[str, Any]]:
    return await host.call(host.store.query("SELECT * FROM approvals_override ORDER BY id"))


async def test_an_act_is_done_without_its_permission_and_stands_in_the_journal_as_an_emergency(errands: Host) -> None:
    with pytest.raises(NotPermitted):
        await act(errands, "nick", "errand.ask", {"title": "a plumber"})
    outcome = await act(errands, "nick", "errand.ask", {"title": "a plumber"}, override=WHY)
    assert outcome.text
    assert WHY in errands.words.say(outcome.text, "en")
    assert "approvals.overrides" in outcome.changed
    entry = await errands.call(journal.entry(errands, outcome.entry))
    assert (entry.actor, entry.action, entry.outcome) == ("nick", "errand.ask", "done")
    assert {change["table"] for change in entry.changes} == {"approvals_request", "approvals_override"}
    rows = await errands.call(errands.store.query(f"SELECT body FROM house_body WHERE seq = {outcome.entry}"))
    assert json.loads(rows[0]["body"])["override"] == WHY
    (kept,) = await overrides(errands)
    assert (kept["action"], kept["by_login"], kept["reason"], kept["state"]) == ("errand.ask", "nick", WHY, "open")


async def test_somebody_else_settles_it_in_the_next_review(errands: Host) -> None:
    await act(errands, "nick", "errand.ask", {"title": "a plumber"}, override=WHY)

    async def matters(login: str) -> list[Any]:
        found = await review.collect(errands, await errands.call(errands.actor(login)))
        return [matter for matter in found.matters if matter.item.register == "approvals.overrides"]

    for login in ("admin", "lena", "mia", "nick"):
        (matter,) = await matters(login)
        assert (matter.item.severity, matter.item.person, matter.open) == ("critical", "Nick", True)
        told = " ".join(errands.words.say(text, "en") for text in (matter.item.title, *matter.item.proof))
        assert WHY in told and "errand.ask" in told
    await act(errands, "admin", "people.grant_role", {"role": "leader"}, "nick")  # who might settle those of others
    with pytest.raises(NotPermitted) as fault:
        await act(errands, "nick", "approvals.confirm_override", {}, "#1")
    assert text_of(fault) == "approvals.refusal.own_override"
    with pytest.raises(BadInput):
        await act(errands, "lena", "approvals.contest_override", {}, "#1")  # not without a word why
    await act(errands, "lena", "approvals.contest_override", {"note": "a bucket would have done"}, "#1")
    with pytest.raises(Refusal, match="decided"):
        await act(errands, "mia", "approvals.confirm_override", {}, "#1")
    row = await one(errands, "approvals.overrides")
    assert (row["settled_by"], row["remark"], row["state"].id) == (
        "Lena", "a bucket would have done", "approvals.choice.contested",
    )  # fmt: skip
    assert await matters("admin") == []


async def test_nobody_who_stands_in_for_the_doer_nor_for_whom_the_doer_does_settles_it(errands: Host) -> None:
    await act(errands, "admin", "people.grant_role", {"role": "elder"}, "nick")
    day = {"first_day": "2026-11-24", "last_day": "2026-11-24"}
    lenas = {"staff": "lena", "deputy": "nick", "role": "leader", **day}
    await act(errands, "lena", "approvals.name_deputy", lenas)  # for whom the doer acts
    await act(errands, "nick", "errand.pay", {"person": "mia", "yuan": "5"}, override=WHY)
    nicks = {"staff": "nick", "deputy": "leo", "role": "elder", **day}
    await act(errands, "nick", "approvals.name_deputy", nicks)  # who acts for the doer

    async def mine(login: str) -> bool:
        found = await review.collect(errands, await errands.call(errands.actor(login)))
        return next(matter.item.mine for matter in found.matters if matter.item.register == "approvals.overrides")

    for day_number in (24, 27):  # it was so on the day when it was done
        errands.clock = partial(NOW.replace, day=day_number)
        for login in ("lena", "leo"):
            with pytest.raises(NotPermitted) as fault:
                await act(errands, login, "approvals.confirm_override", {}, "#1")
            assert (text_of(fault), fault.value.text.args["name"]) == ("approvals.refusal.deputys_override", "Nick")
            assert not await mine(login)
        assert await mine("mia")
    mias = {"staff": "mia", "deputy": "nick", "role": "manager", "first_day": "2026-11-27", "last_day": "2026-11-27"}
    await act(errands, "mia", "approvals.name_deputy", mias)  # today
    with pytest.raises(NotPermitted, match="deputys_override"):
        await act(errands, "mia", "approvals.contest_override", {"note": "no"}, "#1")
    await act(errands, "max", "approvals.confirm_override", {}, "#1")


async def test_who_can_t_settle_it_doesn_t_put_it_off_either(errands: Host) -> None:
    errands.settings.roles["head"] = frozenset({"review.*", "approvals.*", "emergency.override"})
    for login in ("hana", "hugo"):
        await enrol(errands, login, "head")
    await act(errands, "hana", "errand.pay", {"person": "mia", "yuan": "5"}, override=WHY)
    matter = {"items": ["approvals.override:1"]}
    later = {**matter, "until": "2026-11-25", "reason": "later"}
    for action, raw in (("defer", later), ("delegate", {**matter, "to": "hana"})):
        with pytest.raises(Refusal, match="own_emergency"):
            await act(errands, "hana", f"review.{action}", raw)
    await act(errands, "hana", "review.delegate", {**matter, "to": "hugo"})
    await act(errands, "hugo", "review.defer", later)


async def test_of_a_private_record_those_who_settle_it_are_told_only_which_act_it_was(errands: Host) -> None:
    key = {"block": "3", "space_kind": "equipment_room", "door_kind": "equipment_room", "labelled": "true"}
    for private in (False, True):
        key |= {"tag_no": f"3-S{private + 1}-A", "equipment_room_name": f"{private + 1}号配电房"}
        errands.registers["keys.keys"] = replace(errands.registers["keys.keys"], private=private)
        await act(errands, "nick", "keys.register", key, override=WHY)
    told, kept = await overrides(errands)
    assert "3-S1-A" in told["title"] and "3-S1-A" in told["words"]
    assert "3-S2-A" not in kept["title"] + kept["words"] and "keys.action.register" in kept["words"]


async def test_a_step_is_decided_without_its_role_but_never_for_oneself_nor_twice(errands: Host) -> None:
    await act(errands, "admin", "people.grant_role", {"role": "night"}, "leo")
    await act(errands, "cleo", "errand.ask", {"title": "a day off"})
    await act(errands, "leo", "approvals.approve", {}, "#1")
    await act(errands, "nick", "errand.ask", {"title": "his own"}, override=WHY)
    for login, request, refusal in (("leo", "#1", "two_steps"), ("nick", "#2", "own_request")):
        with pytest.raises(NotPermitted) as fault:
            await act(errands, login, "approvals.approve", {}, request, override=WHY)
        assert text_of(fault) == f"approvals.refusal.{refusal}"
    await act(errands, "nick", "approvals.approve", {}, "#1", override=WHY)  # lacks permission and role
    assert (await one(errands, "approvals.requests"))["state"].id == "approvals.choice.approved"
    lacks = errands.words.value((await one(errands, "approvals.overrides", 2))["lacked"], "en", errands.zone)
    assert "approvals.decide" in lacks and "manager" in lacks


async def test_no_emergency_goes_before_a_rule_one_s_own_money_or_what_can_wait(errands: Host) -> None:
    await act(errands, "cleo", "errand.ask", {"title": "impossible"})
    await act(errands, "lena", "approvals.approve", {}, "#1")
    tries: tuple[tuple[str, str, dict[str, Any], tuple[str, ...], str], ...] = (
        ("nick", "approvals.approve", {}, ("#1",), "errand.refusal.impossible"),  # what the area refuses
        ("nick", "errand.pay", {"person": "nick", "yuan": "5"}, (), "ledger.refusal.own_emergency"),
        ("nick", "people.grant_role", {"role": "leader"}, ("cleo",), "engine.can_wait"),
        ("nick", "site.set_day", {"day": "2026-12-01", "working": "no"}, (), "engine.can_wait"),
        ("nick", "approvals.name_deputy", {}, (), "engine.can_wait"),
        ("cleo", "errand.pay", {"person": "mia", "yuan": "5"}, (), "engine.not_permitted"),  # nobody let them
        ("admin", "errand.ask", {"title": "a pen"}, (), "approvals.refusal.needless"),  # who may do it anyway
        ("nick", "errand.ask", {"title": "a pen"}, (), "engine.override_reason"),
    )
    for login, action, raw, target, refusal in tries:
        why = "two\nlines" if refusal == "engine.override_reason" else WHY
        with pytest.raises((BadInput, NotPermitted, Refusal)) as fault:
            await act(errands, login, action, raw, *target, override=why)
        assert text_of(fault) == refusal
    assert await overrides(errands) == []
    await act(errands, "nick", "errand.pay", {"person": "mia", "yuan": "5"}, override=WHY)


def test_nothing_that_is_cast_without_a_name_is_an_emergency(host: Host) -> None:
    from cstui.permitted import urgent

    unnamed: list[Action] = [action for action in host.actions.values() if action.anonymous or action.discreet]
    assert unnamed and not any(map(urgent, unnamed))
    assert urgent(host.actions["keys.lend"]) and not urgent(host.actions["review.sign_off"])


def test_a_key_is_lent_at_night_from_the_command_line(config_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config_path.write_text(config_path.read_text("utf-8") + 'night = ["emergency.override"]\n', "utf-8")

    def run(login: str, *words: str) -> int:
        return main(["--config", str(config_path), "--as", login, *words])

    key = "--tag-no 3-S1-A --block 3 --space-kind equipment_room --equipment-room-name pumps --door-kind equipment_room"
    nick = ["--number", "1", "--name", "Nick", "--login", "nick", "--role", "night"]
    assert run("admin", "people", "enrol", *nick) == 0
    assert run("admin", "keys", "register", *key.split(), "--labelled", "yes") == 0
    lend = ["keys", "lend", "--key", "3-S1-A", "--borrower", "nick", "--work-reason", "pumps", "--signature-ref", "1"]
    assert run("nick", *lend) == 3
    assert run("nick", *lend, "--override", WHY) == 1  # a rule: nobody of no department borrows a key
    assert run("admin", "people", "enrol", *nick[:4], "--department", "engineering") == 0
    assert run("nick", *lend, "--override", WHY, "--dry-run") == 0
    capsys.readouterr()
    assert run("nick", *lend, "--override", WHY) == 0
    told = capsys.readouterr()
    assert WHY in told.out and "confirm or contest" in told.err
    assert run("admin", "--json", "review") == 0
    due = [item for item in json.loads(capsys.readouterr().out)["items"] if item["severity"] == "critical"]
    assert "approvals.override:1" in [item["id"] for item in due]
    assert run("admin", "review", "decide", "approvals.override:1", "confirm-override") == 0
    assert run("nick", "people", "set-pin", "--override", WHY) == 2  # no act of the house has this option
