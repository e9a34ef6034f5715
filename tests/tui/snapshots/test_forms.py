"""What forms look like: empty, completed, with faults, before a dangerous act, and with a draft."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import LANGS, SIZES, SMALL, Go, Snap


async def test_a_form(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:keys.keys")
        await desk.press("end", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await snap(desk, "form", (*SIZES, SMALL))
        await desk.type("l")
        await snap(desk, "form-completion")
        await desk.type("nobody")
        await desk.press("tab", "enter")
        await snap(desk, "form-faults")
        await desk.press("escape", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await snap(desk, "form-draft")


@pytest.mark.parametrize("lang", LANGS)
async def test_the_help_of_a_field(sit: Any, department: None, snap: Snap, go: Go, lang: str) -> None:
    """Opened in its language: the list behind it is painted anew only once it is in sight again."""
    async with sit() as desk:
        if desk.app.lang != lang:
            desk.app.switch_language()
        await go(desk, "register:keys.keys")
        await desk.press("end", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await desk.press("f1")
        await desk.until(lambda: hasattr(desk.app.screen, "about"))
        await snap(desk, "form-help", langs=(lang,))


async def test_before_a_dangerous_act(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:people.staff")
        await desk.press("down", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await desk.type("2026-12-31")
        await desk.press("enter")
        await snap(desk, "form-effect")
