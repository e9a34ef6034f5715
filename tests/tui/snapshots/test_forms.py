"""What forms look like: empty, completed, with faults, before a dangerous act, and with a draft."""

from __future__ import annotations

from typing import Any

from .conftest import SIZES, SMALL, Go, Snap


async def test_a_form(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:keys.keys")
        await desk.press("end", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await snap(desk, "form", (*SIZES, SMALL))
        await desk.press("f1")
        await desk.until(lambda: hasattr(desk.app.screen, "about"))
        await snap(desk, "form-help")
        await desk.press("escape")
        await desk.type("l")
        await snap(desk, "form-completion")
        await desk.type("nobody")
        await desk.press("tab", "enter")
        await snap(desk, "form-faults")
        await desk.press("escape", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await snap(desk, "form-draft")


async def test_before_a_dangerous_act(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:people.staff")
        await desk.press("down", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await desk.type("2026-12-31")
        await desk.press("enter")
        await snap(desk, "form-effect")
