"""What registers and records look like, now and as they were."""

from __future__ import annotations

from typing import Any

from .conftest import SIZES, SMALL, Go, Snap


async def test_a_register(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:keys.keys")
        await snap(desk, "register", (*SIZES, SMALL))
        await desk.press("F")
        await desk.type("state=on_loan la")
        await snap(desk, "register-line")
        await desk.press("escape", "C")
        await snap(desk, "register-columns")
        await desk.press("escape", "E")
        await snap(desk, "register-export")
        await desk.press("escape")
        await desk.pilot.resize_terminal(*SMALL)
        await desk.press(*["right"] * 3)
        await snap(desk, "register-sideways", (SMALL,))
        await desk.press("/")
        await desk.type("没有这间")
        await desk.press("enter")
        await snap(desk, "register-nothing", SIZES[:1])


async def test_a_register_with_marks_and_sums_as_it_was_and_an_empty_one(
    sit: Any, department: None, snap: Snap, go: Go
) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:keys.duplications")
        await desk.press("M", "M")
        await snap(desk, "register-sums")
        await desk.press("escape", "H")
        await desk.type("2026-11-20 18:00")
        await snap(desk, "register-when", SIZES[:1])
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen.window.then and desk.app.screen.window.total == 2)
        await snap(desk, "register-past", SIZES[:1])
        await desk.press("escape", "escape")
        await go(desk, "register:keys.takeovers")
        await snap(desk, "register-empty", SIZES[:1])


async def test_a_record(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "record:keys.keys:1")
        await snap(desk, "record", (*SIZES, SMALL))
        while not desk.app.screen.lead.startswith("past:"):
            await desk.press("tab")
        await snap(desk, "record-history")
        await desk.press("escape")
        await go(desk, "record:keys.buildings:1")
        await desk.press("end")
        await snap(desk, "record-belonging")
