"""One act for one form: Enter struck twice, a store that somebody holds, a record that changed meanwhile."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events

from cstui import registers
from cstui.tui.screens.form import Form
from cstui.tui.screens.help import Help
from cstui.tui.screens.register import Register
from cstui.tui.widgets.line import Line

HOLD = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
store.execute("ROLLBACK")
print("let go", flush=True)
"""


@contextmanager
def held(store: Path) -> Iterator[Any]:
    """Another process holds the store's lock until it is let go of."""
    command = [sys.executable, "-c", HOLD, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == "held\n"

        def let_go() -> None:
            assert other.stdin and other.stdout
            if other.poll() is None and not other.stdin.closed:
                other.stdin.write("\n")
                other.stdin.close()
                other.stdout.readline()

        try:
            yield let_go
        finally:
            let_go()


async def loans(desk: Any) -> int:
    async def count() -> int:
        host = desk.app.host
        return await registers.count(host, await host.context(desk.app.actor), "keys.loans")

    return int(await desk.app.call(count()))


@pytest.fixture
async def site(run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})


async def filled(desk: Any) -> Form:
    """The form for a loan, all filled in."""
    await desk.press("G")
    await desk.type("keys.keys")
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))
    await desk.press("l")
    await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.focused)
    form = desk.app.screen
    assert isinstance(form, Form)
    for name, words in (("borrower", "wang.fang"), ("work_reason", "lamp in the hall"), ("signature_ref", "book 7")):
        field = form.query_one(f"#field-{name}")
        field.focus()
        await desk.until(lambda field=field: desk.app.focused is field)
        await desk.type(words)
    return form


async def test_enter_struck_many_times_lends_once(sit: Any, site: None) -> None:
    async with sit() as desk:
        await filled(desk)
        for _ in range(5):
            desk.app.simulate_key("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.sees("on loan")
        assert await loans(desk) == 1


async def test_while_another_program_holds_the_store_the_form_waits_and_lends_once(
    sit: Any, site: None, config_path: Path
) -> None:
    store = config_path.with_name("cstui.db")
    async with sit() as desk:
        form = await filled(desk)
        with held(store) as let_go:
            await desk.press("enter")
            await desk.sees("storing ...")
            for pressed in ("enter", "enter", "x", "ctrl+s", "escape"):
                desk.app.simulate_key(pressed)
            await desk.pilot.pause(0.2)
            assert desk.app.screen is form and form._typed("signature_ref") == "book 7"
            await asyncio.to_thread(let_go)
            await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.sees("on loan")
        await desk.until(lambda: desk.app.screen.query_one("#status", Line).left)
        assert isinstance(desk.app.screen, Register), "no Enter struck meanwhile opened anything"
        assert await loans(desk) == 1


async def test_a_store_held_too_long_is_told_and_the_next_enter_does_it(
    sit: Any, site: None, config_path: Path
) -> None:
    store = config_path.with_name("cstui.db")
    async with sit() as desk:
        form = await filled(desk)
        await desk.app.call(desk.app.host.store.patience(0.7))
        with held(store):
            await desk.press("enter")
            await desk.until(lambda: not form.busy and form.faults)
            assert desk.app.focused.id == "field-signature_ref", "one is where one was"
            assert form._typed("work_reason") == "lamp in the hall"
            assert await loans(desk) == 0
        await desk.press("enter")
        await desk.sees("on loan")
        assert await loans(desk) == 1


async def test_keys_pressed_while_it_is_stored_are_for_the_page_that_follows(sit: Any, site: None) -> None:
    async with sit() as desk:
        await filled(desk)
        desk.app.simulate_key("enter")
        desk.app.post_message(events.Key("question_mark", "?"))
        await desk.until(lambda: isinstance(desk.app.screen, Help))
        await desk.press("escape")
        await desk.sees("on loan")
        assert (await desk.app.call(one(desk.app.host, "keys.loans"))).record.signature_ref == "book 7"


async def test_what_others_changed_meanwhile_is_told_and_one_goes_on(sit: Any, site: None, run: Any, host: Any) -> None:
    async with sit() as desk:
        form = await filled(desk)
        await run("keys.group", {"ring": "R9", "hook": "12"}, target=["3-S1-A"])
        await desk.press("enter")
        await desk.until(lambda: form.remarks)
        await desk.sees("R9")
        assert "ring: none -> R9" in desk.painted and "state: labelled -> in custody" in desk.painted
        assert form._typed("work_reason") == "lamp in the hall"
        await desk.press("ctrl+l")
        await desk.sees("R9")
        await desk.sees(desk.app.say("tui.form.still")[:8])
        await desk.press("ctrl+l")
        await desk.press("enter")
        await desk.sees("on loan")
        await desk.until(lambda: isinstance(desk.app.screen, Register))


async def test_a_second_enter_that_was_struck_before_the_effect_was_shown_does_nothing(
    sit: Any, site: None, host: Any, run: Any
) -> None:
    async with sit() as desk:
        form = Form(desk.app.host.actions["keys.destroy"], (1,), {})
        desk.app.push_screen(form)
        await desk.until(lambda: desk.app.screen is form and desk.app.focused)
        await desk.type("broken in the lock")
        await desk.press("tab")
        await desk.type("wang.fang")
        for _ in range(3):
            desk.app.simulate_key("enter")
        await desk.until(lambda: form.confirmed)
        await desk.sees("1 key destroyed for good")
        await desk.pilot.pause(0.2)
        assert desk.app.screen is form
        state = (await host.call(one(host))).values["state"]
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not form)
        assert (await host.call(one(host))).values["state"] != state


async def one(host: Any, register: str = "keys.keys") -> Any:
    ctx = await host.context(await host.actor("admin"))
    return await registers.one(host, ctx, register, 1)


async def test_the_effect_of_leaving_counts_what_ends(sit: Any, site: None, run: Any) -> None:
    await run("people.grant_role", {"role": "custodian", "first_day": "2026-11-24"}, target=["wang.fang"])
    shift = {"code": "D", "shift_name": "day", "start_minute": "480", "end_minute": "1020"}
    await run("people.shift_type", shift)
    for day in ("2026-11-25", "2026-11-26", "2026-11-27"):
        await run("people.assign_duty", {"day": day, "staff": "wang.fang", "shift": "D"})
    async with sit() as desk:
        form = Form(desk.app.host.actions["people.leave"], (2,), {})
        desk.app.push_screen(form)
        await desk.until(lambda: desk.app.screen is form and desk.app.focused)
        await desk.press("ctrl+u")
        await desk.type("tomorrow")
        await desk.press("enter")
        await desk.sees("王芳 leaves on 2026-11-25: 1 role ends, 2 duties after it dropped")
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not form)


def test_every_dangerous_act_shows_its_effect(host: Any) -> None:
    dangerous = [action for action in host.actions.values() if action.dangerous and action.input]
    assert dangerous and all(action.effect for action in dangerous)


async def test_keys_that_come_all_at_once_reach_each_its_field(sit: Any, site: None) -> None:
    async with sit() as desk:
        await desk.press(":")
        for letter in "people.enrol":
            desk.app.post_message(events.Key(letter, letter))
        await desk.sees("Takes a person on the staff list")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.focused)
        form = desk.app.screen
        for key in ("K", "7", "tab", "W", "a", "tab", "w", "a", "shift+tab", "n", "tab", "n", "tab", "tab", "y"):
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await desk.until(lambda: form._typed("team"))
        assert [form._typed(name) for name in ("number", "name", "login", "team")] == ["K7", "Wan", "wan", "y"]


async def test_keys_that_come_all_at_once_pass_a_choice_and_a_longer_text(sit: Any, site: None) -> None:
    def strike(desk: Any, *keys: str) -> None:
        for key in keys:
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))

    async with sit() as desk:
        form = Form(desk.app.host.actions["people.record_absence"], (), {})
        desk.app.push_screen(form)
        await desk.until(lambda: desk.app.screen is form and desk.app.focused)
        form._focus("kind")
        await desk.pilot.pause()
        names = list(form.infos)
        after = names[names.index("kind") + 1]
        strike(desk, "right", "down", "1", "up", "right", "tab", "3", "shift+tab", "2", "tab", "4")
        await desk.until(lambda: form._typed(after).endswith("4"))
        assert form._typed(after) == "34", "what no choice begins with is nothing there"
        await desk.press("escape")
        form = Form(desk.app.host.actions["ledger.post_points"], (), {})
        desk.app.push_screen(form)
        await desk.until(lambda: desk.app.screen is form and desk.app.focused)
        form._focus("note")
        await desk.pilot.pause()
        strike(desk, "a", "shift+tab", "b", "down", "c", "up", "d", "tab", "e")
        await desk.until(lambda: form._typed("note").endswith("e"))
        assert [form._typed(name) for name in ("rule", "note")] == ["bd", "ace"]
