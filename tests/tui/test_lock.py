"""The lock: nothing shows through it, nothing gets past it but the PIN, and what was open under it comes back."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.tui.conftest import NOW, Desk
from tests.tui.test_bad_moments import fill, lending, seed
from textual import events
from textual.app import App

from cstui.signing import TRIES
from cstui.tui import reload
from cstui.tui.screens.form import Form

PIN = "2468"


class Screen:
    """What reaches the terminal, as far as it was painted since `painted` was emptied."""

    painted = ""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """All that the dashboard hands to its terminal."""
    seen, display = Screen(), App._display

    def shown(app: App[Any], screen: Any, update: Any) -> None:
        strips = getattr(update, "strips", None)
        if strips is not None:
            seen.painted += "\n".join("".join(strip.text for strip in line) for line in strips)
        elif update is not None:
            seen.painted += "".join(part.text for row in update.chops for part in row.values() if part is not None)
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", shown)
    yield seen


@pytest_asyncio.fixture
async def slow_pin(run: Any) -> None:
    await run("people.set_pin", {"pin": PIN})


@pytest.fixture
def pin(quick_pins: None, slow_pin: None) -> None:
    """It takes no time to prove it."""


async def silent(desk: Desk, minutes: int) -> None:
    """So long no key is struck."""
    desk.app.lock.last_key -= minutes * 60 + 1
    await desk.app._watch()


async def proved(desk: Desk) -> None:
    await desk.until(lambda: not desk.app.lock.proving)
    await desk.pilot.pause()


def kept(config: Path, name: str) -> Any:
    with closing(sqlite3.connect(config.with_name("cstui.db"))) as store:
        row = store.execute("SELECT value FROM house_state WHERE login = 'admin' AND name = ?", [name]).fetchone()
    return json.loads(row[0]) if row else None


async def test_a_form_that_was_open_is_covered_and_comes_back_as_it_was(
    sit: Any, run: Any, key: Any, pin: None, terminal: Screen
) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        form = await lending(desk)
        await fill(desk)
        at = desk.app.focused
        await silent(desk, 9)
        assert not desk.app.lock.on
        terminal.painted = ""
        await silent(desk, 10)
        await desk.until(lambda: "cstui is locked" in terminal.painted)
        terminal.painted = ""
        await run("keys.lend", {"borrower": "li.qiang", "work_reason": "pump", "signature_ref": "7"}, target=["3-S2-A"])
        await desk.app._watch()
        await desk.app._minute()
        await desk.pilot.resize_terminal(120, 40)
        await desk.type("2468\n")
        await desk.press("x", "tab", "ctrl+l", "ctrl+k", "f1")
        await desk.pilot.click()
        await desk.press(*"1357", "enter", "j", "enter")
        await proved(desk)
        assert "is wrong" in terminal.painted
        for word in ("wang.fang", "lamp", "3-S1-A", "borrower", "09:02", "1357", "Tab"):
            assert word not in terminal.painted, word
        assert desk.app.screen is form and desk.app.focused is at
        await desk.press("1", "escape", *"２４６９", "backspace", "8", "enter")
        await proved(desk)
        assert not desk.app.lock.on and "lamp in the hall" in terminal.painted
        await desk.type(" and stairs")
        assert (form._typed("borrower"), form._typed("work_reason")) == ("wang.fang", "lamp in the hall and stairs")
        await desk.press("ctrl+k")
        assert desk.app.lock.on and isinstance(desk.app.screen, Form)


async def test_without_a_pin_a_key_tells_what_is_missing_and_a_silence_ends_the_session(sit: Any) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("K")
        await desk.sees("you have none yet")
        await silent(desk, 20)
        assert not desk.app.lock.on
        await silent(desk, 60)
        assert desk.app.fault == desk.app.say("tui.idle") and desk.app.return_code == 0


async def test_a_locked_session_ends_after_a_longer_silence_and_the_next_one_begins_locked(
    sit: Any, pin: None, config_path: Path, terminal: Screen
) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("K")
        assert desk.app.lock.on
        await silent(desk, 60)
        assert desk.app.fault == desk.app.say("tui.idle")
    assert kept(config_path, "locked") is True
    terminal.painted = ""
    async with sit(size=(80, 24)) as desk:
        await desk.press("down", "enter", ":")
        assert desk.app.lock.on and "cstui is locked: admin" in terminal.painted
        assert "TO SETTLE" not in terminal.painted and "as of" not in terminal.painted
        await desk.press(*PIN, "enter")
        await proved(desk)
        assert desk.app.screen.review and "command" in terminal.painted
    assert kept(config_path, "locked") is False
    async with sit(size=(80, 24)) as desk:
        assert not desk.app.lock.on


async def test_too_many_wrong_ones_end_the_session_and_a_wait_begins(
    sit: Any, run: Any, host: Any, pin: None, config_path: Path
) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("K")
        for _ in range(5):
            await desk.press(*"1357", "enter")
            await proved(desk)
        assert (desk.app.return_code, "is locked until" in desk.app.fault) == (3, True)
    assert (kept(config_path, "locked"), kept(config_path, "pin")["wrong"]) == (True, 5)
    async with sit(size=(80, 24)) as desk:
        await desk.press(*PIN, "enter")
        await proved(desk)
        assert (desk.app.return_code, "is locked until" in desk.app.fault) == (3, True)
    async with sit(size=(80, 24)) as desk:
        desk.app.host.clock = lambda: NOW + timedelta(minutes=15)
        await desk.press(*PIN, "enter")
        await proved(desk)
        assert not desk.app.lock.on and kept(config_path, "pin") is None
        await desk.press("K")
        await run("people.clear_pin", target=["admin"])
        await desk.press("1", "enter")
        await proved(desk)
        assert desk.app.fault == desk.app.say("tui.lock.cleared")
    async with sit(size=(80, 24)) as desk:
        assert not desk.app.lock.on and desk.app.screen.review
    told = await host.call(host.store.query("SELECT body FROM house_body"))
    assert PIN not in str(told) and "1357" not in str(told)


async def test_it_opens_though_the_store_cannot_be_written_and_not_by_trying(sit: Any, pin: None) -> None:
    async with sit(size=(80, 24)) as desk:
        desk.app.host.store.read_only = "store.not_writable"
        await desk.press("K")
        await desk.press(*PIN, "enter")
        await proved(desk)
        assert not desk.app.lock.on
        await desk.press("K")
        desk.app.lock.wrong = TRIES - 1
        await desk.press(*"1357", "enter")
        await proved(desk)
        assert desk.app._exit and "is wrong" in desk.app.fault


async def test_it_says_the_same_in_both_languages_and_in_little_room(sit: Any, pin: None, terminal: Screen) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("K")
        for size in ((80, 24), (40, 12), (20, 5)):
            await desk.pilot.resize_terminal(*size)
            for lang, words in (("zh_CN", ("已锁定：admin", "PIN：**_")), ("en", ("is locked", "PIN: **_"))):
                desk.app.lang, terminal.painted = lang, ""
                await desk.press("1", "2")
                assert all(word in terminal.painted for word in words), terminal.painted
                await desk.press("escape")
        await desk.press(*PIN, "enter")
        await proved(desk)
        assert not desk.app.lock.on


async def test_keys_that_come_while_the_pin_is_proved_reach_nothing(sit: Any, slow_pin: None) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("K", *PIN)
        for one in ("enter", "Q", "enter"):  # at once, one behind the other
            desk.app.post_message(events.Key(one, one if len(one) == 1 else None))
        await proved(desk)
        await desk.until(lambda: not desk.app.lock.on)
        await desk.pilot.pause()
        assert len(desk.app.screen_stack) == 2 and not desk.app._exit


async def test_who_leaves_at_the_lock_has_let_no_form_be(sit: Any, run: Any, key: Any, pin: None) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        await lending(desk)
        await fill(desk)
        await desk.press("ctrl+k")
        desk.app.end(129)
    async with sit(size=(80, 24)) as desk:
        assert desk.app.lock.on
        await desk.press("ctrl+q")
        assert desk.app._exit
    async with sit(size=(80, 24)) as desk:
        await desk.press(*PIN, "enter")
        await proved(desk)
        await desk.sees("kept from")


@pytest.mark.parametrize("leaves", [False, True])
async def test_plugins_read_again_wait_for_an_open_lock_without_looking_at_it_all_the_time(
    sit: Any, pin: None, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    waits, looks, at_rest, sleep = asyncio.Event(), 0, reload._at_rest, asyncio.sleep

    async def resting(app: Any) -> bool:
        waits.set()
        return await at_rest(app)

    async def sleeping(delay: float, *rest: Any) -> Any:
        nonlocal looks
        looks += delay == reload.PAUSE
        return await sleep(delay, *rest)

    monkeypatch.setattr(reload, "_at_rest", resting)
    async with sit(size=(80, 24)) as desk:
        site = desk.app._site
        assert site
        await desk.press("K")
        desk.app.action_reload()  # pressed just before
        await asyncio.wait_for(waits.wait(), 10)
        monkeypatch.setattr(asyncio, "sleep", sleeping)
        await sleep(0.3)
        assert looks <= 1
        if leaves:
            await desk.press("ctrl+q")
            await asyncio.wait_for(asyncio.shield(site), 3)
        else:
            await desk.press(*PIN, "enter")
            await proved(desk)
            await desk.sees("no plugin of the site's own")
