"""The first-run tour: shown once, over what is there, ended step by step by the keys that it teaches."""

from __future__ import annotations

from typing import Any

import pytest

from cstui.store.state import keep
from cstui.tui.screens.help import Help
from cstui.tui.screens.palette import Palette
from cstui.tui.screens.pick import Pick
from cstui.tui.tour import first_time


def step(desk: Any) -> str:
    """The step that is shown, or ""."""
    return desk.app.screen.tour.current if desk.app.screen.tour else ""


async def late(run: Any, key: Any) -> None:
    """Something to look at: keys without labels."""
    for block in ("3", "4"):
        await run("keys.register", {**key, "tag_no": f"{block}-S1-A", "block": block, "labelled": "false"})


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_each_step_points_at_its_place_and_ends_when_its_key_is_pressed(
    sit: Any, run: Any, key: Any, size: tuple[int, int]
) -> None:
    await late(run, key)
    async with sit(size=size, first=True) as desk:
        today = desk.app.screen
        taught = []
        for pressed, opened in (("down", None), ("enter", Pick), ("space", None), (":", Palette), ("?", Help)):
            box = today.tour.region
            assert box.right <= size[0] and box.bottom <= size[1] - 1, "within the screen, above the footer"
            assert f"{len(taught) + 1}/5" in desk.painted
            taught.append(step(desk))
            await desk.press(pressed)
            if opened:
                await desk.until(lambda kind=opened: isinstance(desk.app.screen, kind))
                assert not (today.tour and today.tour.display), "where its next key isn't heard it says nothing"
                await desk.press("escape")
            await desk.until(lambda: desk.app.screen is today)
        assert taught == ["move", "menu", "read", "palette", "help"]
        assert (today.tour, today.review.counts["read"]) == (None, 1)
    async with sit(first=True) as desk:
        assert not step(desk), "it comes once"


async def test_escape_ends_it_at_once_and_the_command_list_brings_it_back(sit: Any) -> None:
    async with sit(first=True) as desk:
        assert step(desk)
        await desk.press("escape")
        assert not step(desk) and "command list" in desk.painted
    async with sit(first=True) as desk:
        assert not step(desk)
        await desk.press("G", "enter")
        await desk.until(lambda: getattr(desk.app.screen, "offers", None))
        await desk.press(":")
        await desk.type("dl")
        await desk.until(lambda: any(one.id == "core:tour" for one in desk.app.screen.shown))
        await desk.press(*["backspace"] * 2)
        await desk.type("tour")
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "tour", None))
        assert len(desk.app.screen_stack) == 2


async def test_other_keys_work_as_ever_and_leave_the_step_where_it_is(sit: Any, run: Any, key: Any) -> None:
    await late(run, key)
    async with sit(first=True) as desk:
        await desk.press("L")
        await desk.sees("方向键")
        await desk.press("J", "escape")
        assert step(desk) == "move"


async def test_without_a_matter_it_tells_only_what_is_there(sit: Any) -> None:
    async with sit(first=True) as desk:
        assert not desk.app.screen.matter
        assert [*desk.app.screen.tour.steps] == ["palette", "help"]


async def test_another_key_for_a_step_is_the_one_it_shows(sit: Any, config_path: Any, run: Any, key: Any) -> None:
    await late(run, key)
    config_path.write_text(config_path.read_text() + '\n[keymap]\nmenu = ["ctrl+x"]\nread = "none"\n')
    async with sit(first=True) as desk:
        await desk.press("down", "enter")
        assert "ctrl+x" in desk.painted and step(desk) == "menu"
        await desk.press("ctrl+x", "escape")
        assert step(desk) == "palette"


async def test_a_store_that_cannot_be_written_has_no_tour(sit: Any) -> None:
    async with sit(first=True) as desk:
        await desk.press("escape")
        today = desk.app.screen
        await desk.app.call(keep(today.host.store, "admin", "tour", False))
        today.host.store.read_only = "store.not_writable"
        await first_time(today)
        assert not step(desk)
        today.host.store.read_only = ""
        await first_time(today)
        assert step(desk)
