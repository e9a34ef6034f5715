"""Leaving waits for nobody: what was seen is kept only where the store is free."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cstui import quick
from cstui.tui import glimpse
from cstui.tui.screens.register import Register


async def test_leaving_does_not_wait_for_an_import_elsewhere(sit: Any, config_path: Path) -> None:
    with closing(sqlite3.connect(config_path.with_name("cstui.db"), isolation_level=None)) as other:
        async with sit() as desk:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("Q", "enter")
            start = time.monotonic()
            await desk.app._site
            assert time.monotonic() - start < 2.5
        assert not desk.app.fault
        other.execute("ROLLBACK")
    assert glimpse.read(quick.look(config_path, {}), "admin") is None


async def test_what_was_seen_is_kept_where_the_store_is_free(sit: Any, config_path: Path) -> None:
    async with sit() as desk:
        await desk.press("Q", "enter")
    assert glimpse.read(quick.look(config_path, {}), "admin")


async def test_a_role_that_is_taken_back_ends_in_open_sessions_too(sit: Any, run: Any) -> None:
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-24"}, target=["wang.fang"])
    async with sit(login="wang.fang") as desk:
        assert desk.app.actor.may("people.manage")
        await run("people.take_back_role", {"reason": "by mistake"}, target=[2])
        await desk.until(lambda: not desk.app.actor.may("people.manage"))


@pytest.mark.parametrize("above", ["", "form", "page"])
async def test_a_register_that_may_not_be_looked_at_any_more_is_left(sit: Any, run: Any, above: str) -> None:
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    await run("people.grant_role", {"role": "admin", "first_day": "2026-11-24"}, target=["wang.fang"])
    async with sit(login="wang.fang") as desk:
        desk.app.push_screen(Register("people.staff"))
        await desk.sees("K007")
        if above == "form":
            await desk.press("e")
            await desk.sees("leave (kept)")
            await desk.type("K8")
        if above == "page":
            await desk.press("J")
            await desk.sees("grant a role")
        await run("people.take_back_role", {"reason": "by mistake"}, target=[2])
        await desk.until(lambda: not desk.app.actor.may("people.manage"))
        if above == "page":
            await desk.press("escape")
        await desk.sees("Staff: you may not look at it any more")
        assert "K007" not in desk.painted and desk.app.screen.review
        assert not desk.app.fault and ("K8" in str(desk.app.drafts.kept)) == (above == "form")
