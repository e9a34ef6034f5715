"""A supervisor's morning by keyboard: the queue, decisions, and the sign-off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.text import Text as RichText
from textual.widgets import Static

from cstui.tui.screens.sign_off import SignOff
from cstui.tui.screens.today import Today


async def test_nothing_due_is_said(sit: Any) -> None:
    async with sit() as desk:
        assert "Nothing is due" in desk.painted
        assert "客服一部" in desk.lines[0]
        assert "2026-11-24" in desk.lines[0]
        assert "09:02" in desk.lines[0]


async def test_from_the_first_matter_to_the_sign_off(sit: Any, run: Any, key: Any, config_path: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        page = desk.app.screen
        assert isinstance(page, Today)
        first = page.matter
        assert first
        assert first.item.severity == "critical"
        await desk.press("S")
        assert "still open" in desk.painted
        while page.review.open:
            matter = page.review.open[0]
            if matter.item.severity == "critical":
                await desk.press("D")
                await desk.type("tomorrow")
                await desk.press("tab")
                await desk.type("waits for the new custodian")
                await desk.press("enter")
                await desk.until(lambda was=matter: was.item.id not in {m.item.id for m in page.review.open})
            else:
                await desk.press("space")
            await desk.pilot.pause()
        assert "until 11-25" in desk.painted
        await desk.press("S")
        assert isinstance(desk.app.screen, SignOff)
        await desk.press("enter")
        await desk.sees("checkpoint")
        for down in range(4):
            await desk.press("W", *["down"] * down, "enter")
            await desk.sees("written to")
        written = {path.suffix: path for path in config_path.parent.glob("sign-off-2026-11-24*")}
        assert written.keys() == {".md", ".xlsx", ".html", ".txt"}
        assert all("2026-11-24" in written[kind].read_text("utf-8") for kind in (".md", ".html", ".txt"))
        await desk.press("escape")
        await desk.sees("signed")
        await desk.press("S")
        await desk.sees("signed off already")


async def test_what_another_session_did_appears_and_the_selection_stays(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        page = desk.app.screen
        await desk.press("down")
        chosen = page.matter.item.id
        before = len(page.review.matters)
        await run("keys.register", {**key, "tag_no": "4-S1-A", "block": "4"})
        await desk.app._watch()
        await desk.until(lambda: len(page.review.matters) > before)
        assert page.matter.item.id == chosen


async def test_the_menu_holds_every_action_and_the_language_changes(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(size=(80, 24)) as desk:
        await desk.press("enter")
        assert all(word in desk.painted for word in ("defer", "delegate", "note"))
        await desk.press("escape", "L")
        await desk.sees("推迟")


async def test_a_login_without_permissions_sees_nothing_of_others(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit(login="nobody.here") as desk:
        assert not desk.app.screen.review.matters


async def test_what_the_cleaner_missed_is_dropped_at_paint(sit: Any) -> None:
    async with sit() as desk:
        static = desk.app.screen.query_one("#matter", Static)
        static.display = desk.app.screen.query_one("#detail").display = True
        static.update(RichText("raw\x1b[2J\x9bJ\u202e text"))
        await desk.sees("raw[2JJ text")


async def test_an_area_that_cannot_say_what_is_due_is_shown_as_unknown(sit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("CSTUI_STRICT", "0")
    async with sit() as desk:
        host, page = desk.app.host, desk.app.screen

        async def broken(ctx: Any) -> list[Any]:
            raise ValueError("no [/such] thing")

        host.areas = {**host.areas, "keys": replace(host.areas["keys"], due=broken)}
        await desk.press("R")
        await desk.sees("no [/such] thing")
        assert page.review.unknown


async def test_a_store_that_cannot_be_written_is_shown_and_keys_say_so(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    async with sit() as desk:
        desk.app.host.store.read_only = "store.not_writable"
        await desk.press("down", "R")
        assert "read only" in desk.lines[0]
        assert all(offer.reason for offer in desk.app.screen.offers)
