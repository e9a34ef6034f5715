"""Signatures by PIN: right, wrong, locked, unlocked; tries count even where the act is refused."""

from __future__ import annotations

import asyncio
import io
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import pytest
import pytest_asyncio
from conftest import NOW, Run
from errands import enrol

from cstui import journal
from cstui.cli.action import perform
from cstui.cli.call import Call
from cstui.cli.talk import Talk
from cstui.contract.action import Action, Signature
from cstui.contract.context import SYSTEM, Context
from cstui.contract.declare import Ref
from cstui.contract.errors import BadInput, NotPermitted, Refusal, StoreFault
from cstui.contract.files import File
from cstui.contract.inputs import Input, Pin
from cstui.contract.text import Text
from cstui.host import Host
from cstui.people import Staff


class Receipt(Input):
    receiver: Annotated[Staff, Ref("people.staff")]
    pin: Pin = ""
    broken: bool = False


async def receive(ctx: Context, data: Receipt) -> Text:
    if data.broken:
        raise Refusal("people.refusal.gone", value="it", day=ctx.today)
    return Text("people.done.back", day=ctx.today)


RECEIVE = Action(
    "people.receive", run=receive, needs="people.receive", input=Receipt, signatures=(Signature("pin", "receiver"),)
)


@pytest_asyncio.fixture
async def slow_signer(host: Host, run: Run) -> Host:
    """A site where wang.fang has the PIN 2468, and an action she signs."""
    host.actions[RECEIVE.id] = RECEIVE
    await enrol(host, "wang.fang", "admin")
    await run("people.set_pin", {"pin": "２４６８"}, login="wang.fang")
    return host


@pytest.fixture
def signer(quick_pins: None, slow_signer: Host) -> Host:
    """The same, where it takes no time to look at a PIN."""
    return slow_signer


async def sign(run: Run, pin: str = "", **raw: Any) -> Any:
    return await run(RECEIVE.id, {"receiver": "wang.fang", "pin": pin, **raw})


async def refused(run: Run, pin: str = "", **raw: Any) -> str:
    with pytest.raises((BadInput, NotPermitted, Refusal)) as fault:
        await sign(run, pin, **raw)
    return fault.value.text.id


async def test_the_right_pin_signs_and_stands_nowhere(slow_signer: Host, run: Run) -> None:
    outcome = await sign(run, "2468")
    assert outcome.entry
    told = (await slow_signer.call(journal.page(slow_signer)))[0]
    assert (told.action, told.input["pin"]) == (RECEIVE.id, "***")
    stored = await slow_signer.call(slow_signer.store.query("SELECT * FROM house_body"))
    assert "2468" not in str(stored)
    assert "argon2" not in str(stored)


async def test_a_wrong_or_missing_pin_signs_nothing(signer: Host, run: Run) -> None:
    assert await refused(run, "1357") == "engine.pin_wrong"
    assert await refused(run) == "engine.pin_needed"
    assert (await sign(run, "2468")).entry


async def test_the_person_may_be_named_in_any_way(signer: Host, run: Run) -> None:
    for named in ("wang.fang", "Wang.Fang", "#2", 2):
        assert await refused(run, "1357", receiver=named) == "engine.pin_wrong"


async def test_who_has_no_pin_signs_on_paper(signer: Host, run: Run) -> None:
    assert (await run(RECEIVE.id, {"receiver": "admin"})).entry
    assert await refused(run, "2468", receiver="admin") == "engine.pin_not_set"


async def test_five_wrong_ones_lock_for_fifteen_minutes_and_as_many_more_for_longer(signer: Host, run: Run) -> None:
    at = NOW
    for minutes in (15, 30, 60):
        for _ in range(4):
            assert await refused(run, "1357") == "engine.pin_wrong"
        assert await refused(run, "1357") == "engine.pin_locked"
        assert await refused(run, "2468") == "engine.pin_locked"
        signer.clock = lambda at=at + timedelta(minutes=minutes, seconds=-1): at
        assert await refused(run, "2468") == "engine.pin_locked"
        at += timedelta(minutes=minutes)
        signer.clock = lambda at=at: at
    assert (await sign(run, "2468")).entry
    assert await refused(run, "1357") == "engine.pin_wrong"  # and the count begins anew


async def test_tries_count_although_the_act_is_refused_or_only_tried(signer: Host, run: Run) -> None:
    for n in range(4):
        with pytest.raises(BadInput):
            await run(RECEIVE.id, {"receiver": "wang.fang", "pin": "1357", "broken": True}, dry_run=n % 2 == 0)
    assert await refused(run, "1357", broken=True) == "engine.pin_locked"


async def test_a_dry_run_on_a_copy_tries_no_pin_for_nothing(
    signer: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Scanned(Receipt):
        scan: File

    signer.actions[RECEIVE.id] = replace(RECEIVE, input=Scanned)
    page, call = tmp_path / "page.txt", Call(Talk(signer.words, "en", True))
    page.write_text("signed")
    given = {"receiver": "wang.fang", "pin": "-", "scan": str(page), "dry_run": True}
    for n in range(5):
        monkeypatch.setattr(sys, "stdin", io.StringIO("1357\n"))
        with pytest.raises((BadInput, NotPermitted)) as fault:
            await perform(call, signer, SYSTEM, signer.actions[RECEIVE.id], given, [])
        assert fault.value.text.id == ("engine.pin_locked" if n == 4 else "engine.pin_wrong")


async def test_no_pin_is_tried_where_nothing_can_be_done(signer: Host, run: Run) -> None:
    signer.store.read_only = "store.upgraded"
    for pin in ("1357", "2468"):  # a try couldn't be counted
        with pytest.raises(StoreFault) as fault:
            await sign(run, pin)
        assert fault.value.text.id == "store.upgraded"


async def test_tries_at_the_same_time_count_as_many(slow_signer: Host, run: Run) -> None:
    said = await asyncio.gather(*(refused(run, "1357") for _ in range(8)))
    assert sorted(said) == ["engine.pin_locked"] * 4 + ["engine.pin_wrong"] * 4


async def test_a_signed_act_that_is_refused_is_refused(signer: Host, run: Run) -> None:
    assert await refused(run, "2468", broken=True) == "people.refusal.gone"


async def test_a_pin_is_changed_with_the_old_one_or_cleared(signer: Host, run: Run) -> None:
    for old, said in (("", "engine.pin_needed"), ("1357", "engine.pin_wrong")):
        with pytest.raises(BadInput) as fault:
            await run("people.set_pin", {"pin": "97531", "old_pin": old}, login="wang.fang")
        assert fault.value.text.id == said
    await run("people.set_pin", {"pin": "97531", "old_pin": "2468"}, login="wang.fang")
    assert await refused(run, "2468") == "engine.pin_wrong"
    assert (await sign(run, "97531")).entry
    for _ in range(5):
        await refused(run, "2468")
    await run("people.clear_pin", target=["wang.fang"])
    assert (await sign(run)).entry
    with pytest.raises(Refusal):
        await run("people.clear_pin", target=["wang.fang"])
    await run("people.set_pin", {"pin": "1111"}, login="wang.fang")
    assert (await sign(run, "1111")).entry  # the wrong ones were tried on another PIN
    told = await signer.call(signer.store.query("SELECT body FROM house_body"))
    assert not any(pin in str(told) for pin in ("97531", "1111", "2468"))
