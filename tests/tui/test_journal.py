"""The journal at the dashboard: every entry can be opened, and names people and records."""

from __future__ import annotations

import asyncio
from typing import Any

from cstui.tui.screens.journal import Journal
from cstui.tui.widgets.rows import Rows


async def test_every_entry_opens_and_names_whom_it_is_about(sit: Any, run: Any, key: Any) -> None:
    await run("keys.register", key)
    await run("people.enrol", {"number": "K007", "login": "wang.fang", "name": "王芳", "department": "工程部"})
    lent = {"borrower": "wang.fang", "work_reason": "楼道照明更换", "signature_ref": "7 页"}
    await run("keys.lend", lent, target=[key["tag_no"]])
    await run("keys.appoint", {"custodian": "wang.fang"}, target=[key["block"]])
    async with sit() as desk:
        await desk.press("J")
        await desk.until(lambda: isinstance(desk.app.screen, Journal))
        page = desk.app.screen
        await desk.sees("lend")
        for number in range(5):
            await desk.press("enter")
            await desk.until(lambda: desk.app.screen is not page)
            await desk.sees("2026-11-24" if number > 3 else "11-24")
            if number < 2:
                await desk.sees("wang.fang")
            await desk.press("escape")
            await desk.until(lambda: desk.app.screen is page)
            await desk.press("down")
        reading = asyncio.create_task(page.load())
        await asyncio.sleep(0)
        page.query_one(Rows).refresh()
        assert "lend" in desk.painted  # as it was, until it is read
        await reading
        assert desk.app.is_running
