"""Pages that an act hands out once: the dashboard writes them to a file that only its owner reads, and says where."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import Any

import pytest
from rewards_desk import Desk
from rewards_vote import Vote


@pytest.fixture
def config_path(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> Path:
    """A site whose opinions are open."""

    async def make() -> None:
        async with Desk.opened(request, tmp_path, reward_template) as desk:
            await (await Vote.begin(desk)).open()

    asyncio.run(make())
    return tmp_path / "desk" / "config.toml"


async def test_slips_are_written_once_to_a_file_of_its_owner(sit: Any, config_path: Path) -> None:
    async with sit(login="zhu") as desk:
        await desk.app.screen.act("rewards.new_slips", {}, (1,))
        await desk.sees("written to")
    (written,) = config_path.parent.glob("rewards-new-slips*.html")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    page = written.read_text("utf-8")
    assert page.count("<li>") > 30 and page.count("<section") == 4
