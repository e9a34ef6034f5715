"""A dashboard on a real site, driven by keys, read as it is painted."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from cstui.host import Host
from cstui.tui.app import Dashboard

NOW = datetime(2026, 11, 24, 9, 2, tzinfo=ZoneInfo("Asia/Shanghai"))


class Nine(Dashboard):
    """The dashboard at two minutes past nine."""

    async def show(self, host: Host, first: Screen[Any]) -> None:
        host.clock = lambda: NOW
        await super().show(host, first)


class Desk:
    """A supervisor at the dashboard: types keys, reads the screen."""

    def __init__(self, app: Dashboard, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type into the focused field (pasted: a pilot waits after every key)."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def until(self, true: Callable[[], Any]) -> None:
        for _ in range(200):
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(self.app.fault or self.painted)

    async def sees(self, words: str) -> None:
        await self.until(lambda: words in self.painted)

    @property
    def lines(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def painted(self) -> str:
        return "\n".join(self.lines)


def toured(config: Path, login: str) -> None:
    """This login has had the tour."""
    path = config.with_name("cstui.db")
    if path.exists():
        with closing(sqlite3.connect(path)) as store, store:
            store.execute("INSERT OR REPLACE INTO house_state (login, name, value) VALUES (?, 'tour', 'true')", [login])


Sit = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def sit(config_path: Path) -> Sit:
    """Open the dashboard of the test's site: `async with sit(size=(80, 24)) as desk`.

    The login knows its way, unless this is its `first` time: then the tour begins.
    """

    @asynccontextmanager
    async def open_(
        login: str = "admin", size: tuple[int, int] = (120, 40), config: Path = config_path, first: bool = False
    ) -> AsyncIterator[Desk]:
        if not first:
            toured(config, login)
        app = Nine(config, lambda _: login)
        async with app.run_test(size=size) as pilot:
            desk = Desk(app, pilot)
            await desk.until(lambda: app.fault or getattr(app.screen, "review", None))
            await pilot.pause()
            yield desk

    return open_


@pytest.fixture
def key() -> dict[str, Any]:
    """A key as it stands in the register's spreadsheet."""
    return {
        "tag_no": "3-S1-A", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "2号配电房",
        "door_kind": "equipment_room", "labelled": "true",
    }  # fmt: skip
