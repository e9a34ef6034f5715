"""Forms out of the inputs: completion, faults at their fields, drafts, and one act for one Enter."""

from __future__ import annotations

import os
import signal
from typing import Any

from cstui import journal, registers
from cstui.store.state import recall
from cstui.tui.screens.form import Form
from cstui.tui.screens.register import Register


async def lend_form(desk: Any, run: Any, key: Any) -> Form:
    await desk.press("G")
    await desk.type("keys.keys")
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))
    await desk.press("l")
    await desk.until(lambda: isinstance(desk.app.screen, Form))
    form = desk.app.screen
    assert isinstance(form, Form)
    return form


async def seed(run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})


async def test_lending_by_initials(sit: Any, run: Any, key: Any, host: Any) -> None:
    await seed(run, key)
    async with sit() as desk:
        form = await lend_form(desk, run, key)
        await desk.type("wf")
        await desk.sees("王芳")
        await desk.press("enter")
        assert form._typed("borrower") == "wang.fang"
        await desk.type("lamp")
        await desk.press("enter")
        await desk.until(
            lambda: (
                "signature_ref" in {n for n in form.infos if desk.app.focused and desk.app.focused.id == f"field-{n}"}
                or desk.app.screen is not form
            )
        )
        if desk.app.screen is form:  # without a PIN the loan is signed on paper: the fault stands at the field
            assert form._typed("work_reason") == "lamp"
            await desk.type("book 7")
            await desk.press("enter", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.sees("on loan")
        loans = await host.call(loans_of(host))
        assert loans == 1


async def loans_of(host: Any) -> int:
    ctx = await host.context(await host.actor("admin"))
    return await registers.count(host, ctx, "keys.loans")


async def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        form = await lend_form(desk, run, key)
        await desk.type("nobody.such")
        await desk.press("tab")
        await desk.type("lamp")
        await desk.press("enter")
        await desk.until(lambda: "nobody.such" in str(form.query_one("#under-borrower").visual))
        assert desk.app.focused.id == "field-borrower"
        await desk.press("escape", "l")
        await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.screen._typed("work_reason") == "lamp")


async def test_a_secret_is_neither_shown_nor_kept(sit: Any, run: Any, key: Any, host: Any) -> None:
    await seed(run, key)
    async with sit() as desk:
        form = await lend_form(desk, run, key)
        form.query_one("#field-pin").focus()
        await desk.type("4711")
        assert "4711" not in desk.painted
        await desk.press("escape")
        assert "4711" not in str(desk.app.drafts.kept)
    entries = await host.call(journal.page(host))
    assert "4711" not in str(entries)


async def test_a_wrong_person_is_typed_over_where_the_fault_stands(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        await desk.press("/")
        await desk.type("custodian")
        await desk.press("enter", "a")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        form = desk.app.screen
        for _ in range(2):
            await desk.type("wf")
            await desk.sees("王芳")
            await desk.press("enter", "tab")
        await desk.press("enter")
        await desk.sees("choose somebody else")
        assert desk.app.focused.id == "field-deputy"
        await desk.press("ctrl+u")
        assert form._typed("deputy") == ""
        await desk.type("ad")
        await desk.sees("admin")
        await desk.press("enter")
        assert form._typed("deputy") == "admin"


async def test_what_was_typed_when_the_connection_dropped_is_offered_at_the_next_start(
    sit: Any, run: Any, key: Any, host: Any
) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        await lend_form(desk, run, key)
        await desk.type("wang.fang")
        await desk.press("tab")
        await desk.type("lamp in the hall")
        desk.app.screen.query_one("#field-pin").focus()
        await desk.type("4711")
        os.kill(os.getpid(), signal.SIGHUP)
        await desk.until(lambda: desk.app.return_code == 128 + signal.SIGHUP)
    kept = await host.call(recall("admin", "drafts"))
    assert "lamp in the hall" in str(kept) and "4711" not in str(kept)
    async with sit(size=(80, 24)) as desk:
        await desk.sees("kept from")
        assert "3-S1-A" in desk.painted
        form = await lend_form(desk, run, key)
        assert (form._typed("borrower"), form._typed("work_reason")) == ("wang.fang", "lamp in the hall")
        assert form._typed("pin") == ""
        await desk.sees("is filled in again")
        await desk.press("escape")
    async with sit(size=(80, 24)) as desk:  # left by will, it waits in its form and is told of no more
        assert "kept from" not in desk.painted
        form = await lend_form(desk, run, key)
        assert form._typed("work_reason") == "lamp in the hall"


async def test_a_draft_goes_when_its_act_is_done(sit: Any, run: Any, key: Any, host: Any) -> None:
    await seed(run, key)
    async with sit(size=(80, 24)) as desk:
        await lend_form(desk, run, key)
        for words in ("wang.fang", "lamp"):
            await desk.type(words)
            await desk.press("tab")
        desk.app.screen.query_one("#field-signature_ref").focus()
        await desk.type("book 7")
        assert desk.app.drafts.kept
        await desk.press("enter")
        await desk.sees("on loan")
        assert not desk.app.drafts.kept
    assert not await host.call(recall("admin", "drafts"))
