"""Help: the live keys in columns, what each does, and why one doesn't; back at the same place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual import events

from cstui.cells import width
from cstui.tui.screens.help import Help, spread
from cstui.tui.screens.register import Register
from cstui.tui.widgets.rows import Rows


async def seed(run: Any, key: Any) -> None:
    for number in range(1, 4):
        await run("keys.register", {**key, "tag_no": f"3-S{number}-A", "equipment_room_name": f"{number}号配电房"})


async def at_keys(desk: Any) -> Register:
    await desk.press("G")
    await desk.type("keys.keys")
    await desk.press("enter")
    await desk.until(lambda: getattr(desk.app.screen, "offers", None))
    page = desk.app.screen
    assert isinstance(page, Register)
    return page


async def helped(desk: Any) -> Help:
    await desk.press("?")
    await desk.until(lambda: isinstance(desk.app.screen, Help))
    page = desk.app.screen
    assert isinstance(page, Help)
    return page


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize(("size", "columns"), [((80, 24), 2), ((120, 40), 3)])
async def test_today_and_its_keys_fit_on_one_screen_in_both_languages(
    sit: Any, run: Any, key: Any, size: tuple[int, int], columns: int, lang: str
) -> None:
    await seed(run, key)
    async with sit(size=size) as desk:
        if lang == "zh_CN":
            await desk.press("L")
        today = desk.app.screen
        page = await helped(desk)
        say = desk.app.say
        told = await page.told()
        assert len(told) <= size[1] - 3
        heads = [say(f"tui.help.{name}") for name in ("here", "page", "moving", "always")]
        assert all(head in desk.painted for head in heads)
        keys = {words.split()[0] for line in desk.lines for words in (line, line[41:]) if words.split()}
        for name in ("read", "defer", "palette", "quit", "language"):
            assert today.key_of(name) in keys or today.key_of(name) in desk.painted
        found = [re.search(rf"(?<!\S){head}(?!\S)", line) for line in desk.lines for head in heads]
        at = {width(one.string[: one.start()]) for one in found if one}
        assert 2 <= len(at) <= columns


async def test_each_says_what_it_does_and_a_dimmed_one_why_it_does_not(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(200, 60)) as desk:
        page = await at_keys(desk)
        blocked = next(offer for offer in page.offers if offer.key == "r")
        await helped(desk)
        assert blocked.reason and blocked.reason in desk.painted
        assert "Lends keys for work" in desk.painted and "by the next column" in desk.painted
        assert desk.app.say("tui.no_undo") in desk.painted


@pytest.mark.parametrize("leave", ["escape", "?", "？"])
async def test_it_leaves_one_where_one_was(sit: Any, run: Any, key: Any, leave: str) -> None:
    await seed(run, key)
    async with sit() as desk:
        page = await at_keys(desk)
        await desk.press("down", "down")
        where = (page.current, page.query_one(Rows).cursor)
        await helped(desk)
        desk.app.post_message(events.Key(leave, leave))
        await desk.until(lambda: desk.app.screen is page)
        assert (page.current, page.query_one(Rows).cursor) == where


async def test_it_follows_a_switch_of_language_and_a_change_of_size(sit: Any, run: Any, key: Any) -> None:
    await seed(run, key)
    async with sit(size=(120, 40)) as desk:
        await at_keys(desk)
        await helped(desk)
        for keys, words in (("L", "本页"), ("ctrl+l", "THIS PAGE")):
            await desk.press(keys)
            await desk.sees(words)
            await desk.until(lambda: ("借出" in desk.painted) == (desk.app.lang == "zh_CN"))
        await desk.pilot.resize_terminal(40, 12)
        await desk.until(lambda: all(width(line) <= 40 for line in desk.lines))
        await desk.press("end")
        await desk.sees("quit")


def test_columns_are_as_low_as_they_go_and_break_nothing_apart() -> None:
    blocks: list[Any] = [[[(f"{number}", "")]] * lines for number, lines in enumerate((3, 1, 4, 1, 5, 9, 2, 6))]
    for count in (1, 2, 3):
        columns = spread(blocks, count)
        assert len(columns) <= count
        assert [line for column in columns for line in column] == [line for block in blocks for line in block]
        for number, block in enumerate(blocks):
            assert sum([(f"{number}", "")] in column for column in columns) == 1, block
    assert max(map(len, spread(blocks, 3))) <= 14
