"""Papers at the dashboard: W on a matter, on a record, in a register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
async def keys(run: Any, key: Any) -> None:
    for tag, room in (("3-S1-A", "2号配电房"), ("3-S2-A", "3号水泵房"), ("3-S3-A", "消防控制室")):
        await run("keys.register", {**key, "tag_no": tag, "equipment_room_name": room, "labelled": "false"})


def labels(config_path: Path) -> list[Path]:
    return sorted(config_path.parent.glob("keys-labels-2026-11-24*"))


async def test_a_matter_gives_the_paper_of_its_rows(sit: Any, keys: None, config_path: Path) -> None:
    async with sit(size=(80, 24)) as desk:
        page = desk.app.screen
        for _ in range(len(page.queue.lines)):
            if page.matter and page.matter.item.title.id == "keys.due.unlabelled":
                break
            await desk.press("down")
        await desk.press("W")
        assert all(words in desk.painted for words in ("Key labels", "page to print (.html)", "plain text (.txt)"))
        await desk.press("enter")
        await desk.sees("written to")
    (written,) = labels(config_path)
    assert written.suffix == ".html"
    assert all(room in written.read_text("utf-8") for room in ("2号配电房", "3号水泵房", "消防控制室"))


async def test_the_queue_is_written_as_a_morning_sheet(sit: Any, keys: None, config_path: Path) -> None:
    async with sit() as desk:
        await desk.press("W")
        await desk.sees("Markdown")
        await desk.press("down", "down", "enter")
        await desk.sees("written to")
    (written,) = config_path.parent.glob("morning-2026-11-24*.md")
    assert "## Keys" in written.read_text("utf-8")


async def test_a_register_gives_what_is_marked_else_what_the_search_leaves(
    sit: Any, keys: None, config_path: Path
) -> None:
    async with sit() as desk:
        await desk.press("G")
        await desk.type("keys.keys")
        await desk.press("enter")
        await desk.sees("3-S1-A")
        await desk.press("space", "W", "down", "enter")
        await desk.sees("written to")
        await desk.press("escape", "/")
        await desk.type("水泵")
        await desk.press("enter", "W", "down", "enter")
        await desk.until(lambda: len(labels(config_path)) == 2)
        first, second = (path.read_text("utf-8") for path in sorted(labels(config_path), key=lambda p: len(p.name)))
    assert [room in first for room in ("2号配电房", "3号水泵房")] == [True, False]
    assert [room in second for room in ("2号配电房", "3号水泵房")] == [False, True]


async def test_where_there_is_no_paper_the_key_says_so(sit: Any, keys: None) -> None:
    async with sit() as desk:
        await desk.press("G")
        await desk.type("people.staff")
        await desk.press("enter")
        await desk.until(lambda: type(desk.app.screen).__name__ == "Register")
        await desk.press("W")
        await desk.sees("nothing to print about")
