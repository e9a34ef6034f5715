"""What a newcomer meets who has nothing but the screen: each of these once made somebody hesitate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

KEEPER = {"number": "K001", "name": "王芳", "login": "wang.fang", "department": "客服部"}
AGENT = {"number": "K002", "name": "李强", "login": "li.qiang", "department": "工程部"}
ROLES = 'admin = ["*"]\ncustodian = ["keys.*"]\nstaff = ["review.look", "keys.look"]\n'


@pytest.fixture
async def keeper(run: Any, key: Any, config_path: Path) -> None:
    """A key, its keeper, and somebody who may only look."""
    config_path.write_text(config_path.read_text().replace('admin = ["*"]\n', ROLES))
    await run("people.enrol", KEEPER)
    await run("people.enrol", AGENT)
    await run("people.grant_role", {"role": "custodian"}, target=["wang.fang"])
    await run("people.grant_role", {"role": "staff"}, target=["li.qiang"])
    await run("keys.register", key)


async def go(desk: Any, register: str) -> None:
    await desk.press("G")
    await desk.type(register)
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))


async def test_whoever_may_not_reads_who_may_and_whom_to_ask(sit: Any, keeper: None) -> None:
    async with sit(login="li.qiang", size=(80, 24)) as desk:
        await go(desk, "keys.keys")
        await desk.press("l")
        await desk.sees("for key custodian to do; ask 王芳")
        assert "keys.lend" not in desk.painted
        await desk.press("escape", "D")  # what only an administrator may, who isn't on the staff list by a name
        await desk.sees("for administrator to do; ask admin")
