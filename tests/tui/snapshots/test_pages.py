"""What an import, the rules and a member's Today look like."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.tui.conftest import NOW

from .conftest import SIZES, Go, Snap

LIST = """\
钥匙编号,楼栋,部位类别,单元,楼层,房号,门类,业主,天气
1-1-1301-A,1,业主,1,13,01,入户门,吴,晴
1-1-1302-A,1,业主,1,13,02,入户们,诸葛,雨
,1,业主,1,14,01,入户门,欧阳,雨
1-1-0501-A,1,业主,1,5,01,入户门,吴,阴
"""


async def test_an_import(sit: Any, department: None, snap: Snap, go: Go, config_path: Path) -> None:
    folder = config_path.parent / "exchange"
    folder.mkdir()
    path = folder / "新增钥匙.csv"
    path.write_text(LIST, "utf-8")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    async with sit(size=(80, 24)) as desk:
        await go(desk, "register:keys.keys")
        await desk.press("I")
        await desk.sees("新增钥匙")
        await snap(desk, "import-file", SIZES[:1])
        await desk.press("enter")
        await desk.sees("天气")
        await snap(desk, "import-column", SIZES[:1])
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen.outcome)
        await snap(desk, "import")


async def test_the_rules_and_a_members_today(sit: Any, department: None, snap: Snap, go: Go) -> None:
    async with sit(size=(80, 24), login="zhou.ting") as desk:
        await snap(desk, "member")
        await desk.press("enter")
        await snap(desk, "member-menu", SIZES[:1])
        await desk.press("escape")
        await go(desk, "core:rules")
        await snap(desk, "rules")
