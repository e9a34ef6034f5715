"""A department at work: processes that write one store, and dashboards that are open on it, all at once."""

from __future__ import annotations

import asyncio
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import choices
from string import ascii_lowercase
from typing import Any

from bench.command import _login
from bench.measure import CSTUI, HOME, PYTHON, Row, child, environment
from bench.terminal import Terminal, started
from bench.writer import WANTED

WRITERS, DASHBOARDS = 16, 4
PAUSE = 1.0
"""Seconds between two loans of a writer, on average: a department does in a day what these do in a minute or two."""
IDLE = 60.0
EVERY = 5.0
"""Seconds between two matters for which the open screens are watched."""
FOLLOWED = 30.0
"""Seconds after which a screen counts as not following."""


@dataclass
class Seen:
    """What was seen: of the writers their own words, of the dashboards seconds until each showed what was new."""

    writers: list[dict[str, Any]] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    marks: int = 0
    seconds: float = 0.0
    idle: list[float] = field(default_factory=list)
    """Shares of a core, in %, of each dashboard while nothing happened."""
    busy: list[float] = field(default_factory=list)
    """The same while all wrote."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """MiB of each dashboard at half time and at the end."""

    @property
    def took(self) -> list[float]:
        """Seconds of all acts, sorted."""
        return sorted(seconds for one in self.writers for seconds in one["took"])


def furnish(config: Path, login: str, writers: int) -> None:
    """A borrower and a key for each writer, and the key that all want."""
    from cstui import engine
    from cstui.host import Host

    async def act() -> None:
        async with Host.open(config) as host:
            actor = await host.call(host.actor(login))
            key = {"block": "3", "space_kind": "public_door_window", "door_kind": "unit_door", "labelled": True}
            for floor, name in enumerate(["", *names(writers)], 1):
                if name:
                    person = {"number": f"T{floor}", "login": name, "name": name, "department": "工程部"}
                    await engine.run(host, "people.enrol", person, actor)
                tag = f"{WANTED}-{name}" if name else WANTED
                await engine.run(
                    host,
                    "keys.register",
                    {**key, "tag_no": tag, "unit": "9", "floor": f"{floor}", "room": "公共"},
                    actor,
                )

    asyncio.run(act())


def names(writers: int) -> list[str]:
    return [f"writer{number}" for number in range(writers)]


def together(
    config: Path, login: str, seconds: float, *, writers: int = WRITERS, dashboards: int = DASHBOARDS,
    pause: float = PAUSE, idle: float = 0.0, every: float = EVERY,
) -> Seen:  # fmt: skip
    """All at once for so many seconds. Raises RuntimeError where a program or a screen doesn't do its part."""
    seen = Seen()
    words = (*CSTUI, "--config", str(config), "--as", login)
    with ExitStack() as stack:
        screens = [stack.enter_context(started(words, config.parent)) for _ in range(dashboards)]
        _open(screens)
        if idle:
            seen.idle = _shares(screens, idle)
        processes = [stack.enter_context(_program(config, login, name, pause)) for name in names(writers)]
        marker = stack.enter_context(_program(config, login, "marker", pause))
        half: list[float] = []
        began, used = time.monotonic(), [screen.processor() for screen in screens]
        for one in processes:
            _tell(one, "begin")
        while (left := began + seconds - time.monotonic()) > 0:
            seen.followed += _mark(screens, marker)
            seen.marks += 1
            _read(screens, min(every, left))
            if not half and time.monotonic() - began > seconds / 2:
                half = [screen.memory() for screen in screens]
        seen.seconds = time.monotonic() - began
        seen.busy = [
            100 * (screen.processor() - first) / seen.seconds for screen, first in zip(screens, used, strict=True)
        ]
        for one in processes:
            _tell(one, "end")
        seen.writers = [json.loads(_line(one, screens)) for one in processes]
        seen.memory = [(first, screen.memory()) for first, screen in zip(half, screens, strict=True)]
    return seen


def _open(screens: Sequence[Terminal]) -> None:
    """Each stands on Today, which shows the matters that are put before everybody while they work."""
    for screen in screens:
        _until(screens, screen, b"command", 0)
        os.write(screen.handle, b"\x1b")  # the tour, where it is this login's first time
        _read(screens, 1.0)
        os.write(screen.handle, b"/mark\r")
        _read(screens, 1.0)


def _shares(screens: Sequence[Terminal], seconds: float) -> list[float]:
    _read(screens, 3.0)
    used = [screen.processor() for screen in screens]
    _read(screens, seconds)
    return [100 * (screen.processor() - first) / seconds for screen, first in zip(screens, used, strict=True)]


def _mark(screens: Sequence[Terminal], marker: subprocess.Popen[str]) -> list[float]:
    """Put a new matter before everybody; answers the seconds until each screen shows it."""
    word = "".join(choices(ascii_lowercase, k=8))
    places = [len(screen.painted) for screen in screens]
    _tell(marker, f"mark {word}")
    stored = float(_line(marker, screens))
    return [
        max(0.0, _until(screens, screen, word.encode(), place) - stored)
        for screen, place in zip(screens, places, strict=True)
    ]


def _until(screens: Sequence[Terminal], screen: Terminal, word: bytes, place: int) -> float:
    """When a word stands on a screen; all are read meanwhile. Raises RuntimeError."""
    end = time.monotonic() + FOLLOWED
    while word not in screen.painted[place:]:
        if time.monotonic() > end:
            raise RuntimeError(f"{word!r} was not painted: {screen.painted[-2000:]!r}")
        _read(screens, 0.02)
    return time.monotonic()


def _read(screens: Sequence[Terminal], seconds: float) -> None:
    """Take what the screens write, for so long."""
    by_handle = {screen.handle: screen for screen in screens}
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for handle in select.select([*by_handle], [], [], left)[0]:
            by_handle[handle].painted += os.read(handle, 65536)


@contextmanager
def _program(config: Path, login: str, name: str, pause: float) -> Iterator[subprocess.Popen[str]]:
    words = (PYTHON, "-m", "bench.writer", str(config), login, name, str(pause))
    with subprocess.Popen(
        words, cwd=HOME, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            if process.stdout.readline() != "ready\n":
                raise RuntimeError(f"{name} doesn't begin")
            yield process
        finally:
            process.kill()


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[str], screens: Sequence[Terminal]) -> str:
    """What a process says next; the screens are read meanwhile, so that none is held up."""
    assert process.stdout
    while not select.select([process.stdout], [], [], 0)[0]:
        _read(screens, 0.005)
    return process.stdout.readline()


def measure(folder: Path, minutes: float = 3) -> list[Row]:
    """On the sample department, whose keys and matters are there. Raises RuntimeError where an act fails."""
    site = folder / "site"
    child((*CSTUI, "demo", "--to", str(site)), folder)
    furnish(site / "config.toml", _login(), WRITERS)
    seen = together(site / "config.toml", _login(), minutes * 60, idle=IDLE)
    if failed := [error for one in seen.writers for error in one["errors"]]:
        raise RuntimeError(f"{len(failed)} acts failed: {failed[:3]}")
    acts, grown = len(seen.took), max(last / first for first, last in seen.memory)
    what = f"{WRITERS} writers and {DASHBOARDS} dashboards, {minutes:g} min, {acts / seen.seconds:.0f} acts/s"
    late, beside = max(seen.followed), "the goal"
    return [
        Row(f"{what}: longest wait of an act", beside, "s", seen.took[-1], 2, seen.took[-1] / 2, acts, 1),
        Row(f"{what}: longest until a screen shows it", beside, "s", late, 2, late / 2, len(seen.followed), 1),
        Row("each dashboard while nothing happens, of a core", beside, "%", max(seen.idle), 0.2,
            max(seen.idle) / 0.2, DASHBOARDS, 1),
        Row("each dashboard while all write, of a core", "while nothing happens", "%", max(seen.busy),
            max(seen.idle), max(seen.busy) / max(seen.idle), DASHBOARDS),
        Row("memory of a dashboard at the end", "at half time", "MiB", max(last for _, last in seen.memory),
            max(first for first, _ in seen.memory), grown, DASHBOARDS, 1.1),
    ]  # fmt: skip
