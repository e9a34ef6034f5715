"""What was typed, and an act that is just being done, when the line breaks."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import pytest
from tests.tui.test_form_once import filled, held, loans

from cstui.store.state import keep, recall
from cstui.tui.screens.form import Form


@pytest.fixture
async def site(run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})


async def test_an_act_that_is_being_done_when_the_line_breaks_is_done_once_and_its_draft_goes(
    sit: Any, host: Any, site: None
) -> None:
    async with sit() as desk:
        await filled(desk)
        await desk.app.drafts.save()
        assert "wang.fang" in str(await host.call(recall("admin", "drafts")))
        with held(host.store.database.path) as let_go:
            await desk.press("enter")
            await desk.until(lambda: desk.app.handing_in)
            os.kill(os.getpid(), signal.SIGHUP)
            await asyncio.sleep(0.2)
            await asyncio.to_thread(let_go)
        await desk.until(lambda: desk.app.return_code == 128 + signal.SIGHUP)
    async with sit() as desk:
        assert await loans(desk) == 1
        assert "kept from" not in desk.painted
    assert not await host.call(recall("admin", "drafts"))


async def lend_form(desk: Any, key: str, reason: str) -> None:
    """The form for a loan of a key, begun."""
    await desk.press("G")
    await desk.type("keys.keys")
    await desk.press("enter", "/")
    await desk.type(key)
    await desk.press("enter")
    await desk.until(lambda: key in desk.painted and getattr(desk.app.screen, "offers", None))
    await desk.press("l")
    await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.focused)
    desk.app.screen.query_one("#field-work_reason").focus()
    await desk.type(reason)


async def test_two_dashboards_of_one_login_keep_each_its_forms(sit: Any, run: Any, key: Any, host: Any) -> None:
    await run("keys.register", key)
    await run("keys.register", {**key, "tag_no": "3-S2-A", "equipment_room_name": "3号配电房"})
    async with sit() as one, sit() as other:
        await lend_form(one, "3-S1-A", "lamp in the hall")
        await lend_form(other, "3-S2-A", "pump in the cellar")
        await one.app.drafts.save()
        await other.app.drafts.save()
        other.app.end(129)
    kept = str(await host.call(recall("admin", "drafts")))
    assert "lamp in the hall" in kept and "pump in the cellar" in kept


async def test_a_form_is_offered_until_a_session_ends_in_order(sit: Any, site: None, host: Any) -> None:
    async with sit() as desk:
        await lend_form(desk, "3-S1-A", "lamp in the hall")
        desk.app.end(129)
    for code in (129, 0):  # the line breaks again before one could do anything
        async with sit() as desk:
            await desk.sees("kept from")
            desk.app.end(code)
    async with sit() as desk:
        assert "kept from" not in desk.painted
        await lend_form(desk, "3-S1-A", " and in the stairs")
        assert desk.app.screen._typed("work_reason").startswith("lamp in the hall")


async def test_what_another_dashboard_did_meanwhile_keeps_nothing_from_being_saved(
    sit: Any, run: Any, key: Any, host: Any, site: None
) -> None:
    await run("keys.register", {**key, "tag_no": "3-S2-A", "equipment_room_name": "3号配电房"})
    async with sit() as desk:
        await lend_form(desk, "3-S1-A", "lamp in the hall")
        desk.app.end(129)
    async with sit() as one:
        await one.sees("kept from")
        await host.call(keep(host.store, "admin", "drafts", {}))  # the other one did what both were told of
        await lend_form(one, "3-S2-A", "pump in")
        await one.app.drafts.save()
        await one.type(" the cellar")
        one.app.end(0)
    assert "pump in the cellar" in str(await host.call(recall("admin", "drafts")))


async def test_the_end_waits_a_little_for_a_store_that_is_written_to_keep_what_was_typed(
    sit: Any, host: Any, site: None
) -> None:
    async with sit() as desk:
        await lend_form(desk, "3-S1-A", "lamp in the hall")
        with held(host.store.database.path) as let_go:
            desk.app.end(129)
            await asyncio.sleep(0.9)
            await asyncio.to_thread(let_go)
    assert "lamp in the hall" in str(await host.call(recall("admin", "drafts")))
