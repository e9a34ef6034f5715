"""The list that pages show: where its cursor stands, and what is in sight."""

from __future__ import annotations

from textual.app import App, ComposeResult

from cstui.tui.widgets.rows import Rows


class Shown(App[None]):
    def compose(self) -> ComposeResult:
        yield Rows(lambda index, width: [(f"line {index}", "")], skips=lambda index: index < 2)


async def test_what_was_known_before_there_was_room_is_seen_from_its_first_line() -> None:
    async with Shown().run_test(size=(40, 10)) as pilot:
        rows = pilot.app.query_one(Rows)
        rows.display = False
        await pilot.pause()
        rows.set_count(30, 2)
        rows.display = True
        await pilot.pause()
        assert (rows.cursor, rows.scroll_offset.y) == (2, 0)


async def test_the_cursor_is_in_sight_in_a_smaller_room() -> None:
    async with Shown().run_test(size=(40, 10)) as pilot:
        rows = pilot.app.query_one(Rows)
        rows.set_count(30, 9)
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        assert rows.scroll_offset.y <= rows.cursor < rows.scroll_offset.y + 5
