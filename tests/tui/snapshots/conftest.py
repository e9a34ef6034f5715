"""A picture of the screen against the accepted one, of one department that all tests here look at."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from picture import changes, svg
from pictured import ROLES, furnish

import cstui.plugins
from cstui.host import Host
from cstui.plugins.find import installed
from cstui.tui.app import Dashboard
from cstui.tui.palette import follow

ACCEPTED = Path(__file__).with_name("accepted")
SIZES = ((80, 24), (120, 40))
SMALL = (40, 12)
LANGS = ("zh_CN", "en")
ACCEPT = "CSTUI_ACCEPT"
"""An environment variable: a new picture is accepted as it is."""
ROUND, REST, ENOUGH = 0.02, 50, 500
"""Seconds between two looks, how many that are alike make a screen at rest, and how many there are at most."""


@pytest.fixture(autouse=True)
def everywhere_alike(monkeypatch: pytest.MonkeyPatch, config_path: Path) -> None:
    """The same terminal, the same folder and the same areas on every machine."""
    said = Dashboard.say

    def say(self: Dashboard, *args: Any, **more: Any) -> str:
        return said(self, *args, **more).replace(str(config_path.parent), "/srv/cstui")

    monkeypatch.setattr(Dashboard, "say", say)
    monkeypatch.setattr(cstui.plugins, "installed", lambda: [one for one in installed() if one.name == "cstui_keys"])
    monkeypatch.setattr(cstui.plugins, "misplaced", lambda *_: None)
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(scope="session")
def furnished(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """config.toml of the department of the pictures, made once."""
    folder = tmp_path_factory.mktemp("pictured")
    path = Path(shutil.copy(template, folder))
    path.write_text(path.read_text("utf-8") + ROLES, "utf-8")
    shutil.copy(template.with_name("cstui.db"), folder)

    async def make() -> None:
        async with Host.open(path) as host:
            await furnish(host)

    asyncio.run(make())
    yield path


@pytest.fixture
def department(furnished: Path, config_path: Path) -> None:
    """The test's site is a copy of that department."""
    for name in ("config.toml", "cstui.db"):
        shutil.copy(furnished.with_name(name), config_path.with_name(name))


Snap = Go = Callable[..., Awaitable[None]]


@pytest.fixture
def snap() -> Snap:
    """Compare what stands on the screen with the accepted pictures NAME-LANGUAGE-WIDTH.svg; all faults at once."""

    async def compare(desk: Any, name: str, sizes: Any = SIZES, langs: tuple[str, ...] = LANGS) -> None:
        told = []
        for size in sizes:
            if desk.app.size != size:
                await desk.pilot.resize_terminal(*size)
            for lang in langs if desk.app.lang == langs[0] else langs[::-1]:
                if desk.app.lang != lang:
                    desk.app.switch_language()
                told.append(await like(desk, f"{name}-{lang[:2]}-{size[0]}"))
        complain(told)

    return compare


async def like(desk: Any, name: str) -> str:
    """What still differs from the accepted picture once the screen is at rest, or ""."""
    known, before, alike = read(name), "", 0
    for _ in range(ENOUGH):
        picture = svg(desk.app.screen._compositor.render_strips())
        alike = alike + 1 if picture == before else 0
        if picture == known or alike == REST:
            return accepted(name, picture)
        before = picture
        await desk.pilot.pause(ROUND)
    raise AssertionError(f"{name}: the screen doesn't come to rest")


def read(name: str) -> str:
    path = ACCEPTED / f"{name}.svg"
    return "" if os.environ.get(ACCEPT) or not path.exists() else path.read_text("utf-8")


def accepted(name: str, picture: str) -> str:
    """What differs from the accepted picture, or ""."""
    if os.environ.get(ACCEPT):
        (ACCEPTED / f"{name}.svg").write_text(picture, "utf-8")
        return ""
    before = read(name)
    return "" if picture == before else f"{name}.svg\n{changes(before, picture)}"


def complain(told: list[str]) -> None:
    """Fail with all that differs."""
    if faults := [one for one in told if one]:
        pytest.fail("\n\n".join([*faults, "If that is as it should be: python tools/snapshots.py"]), pytrace=False)


@pytest.fixture
def go() -> Go:
    """Open a register, chart or record by what it is called, and wait until it stands."""

    async def open_(desk: Any, name: str) -> None:
        before = desk.app.screen
        await follow(before, name)
        await desk.until(lambda: desk.app.screen is not before and desk.app.screen.stands)

    return open_
