"""What isn't sent again stands there all the same: a real terminal is compared with itself painted anew."""

from __future__ import annotations

import os
import random
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Sit, toured
from textual.app import App, ComposeResult
from textual.geometry import Region

from cstui.tui.widgets.entry import Field

ROOT = Path(__file__).parents[2]
ACROSS, DOWN = 80, 24
NAMES = ("王芳", "阿卜杜·热合曼", "Müller—Li", "陈𠮷明", "李é强", "赵☎敏")
KEYS = ("Down", "Down", "Up", "PageDown", "Home", "End", "Space", "O", "!", "Tab", "M", "*", "Enter", "Escape", "?", "G", "J",
        "L", ":", "/", "w", "f", "Right", "Left", "BSpace", "C-l")  # fmt: skip


class Tmux:
    """A terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"

    def __call__(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), *words], capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout

    def start(self, command: str) -> None:
        self("-f", "/dev/null", "-u", "new-session", "-d", "-x", str(ACROSS), "-y", str(DOWN), command)

    def screen(self) -> str:
        """What stands there once it no longer changes, but for the clock and the line that says what was done."""
        seen, again = "", self("capture-pane", "-p")
        while seen != again:
            time.sleep(0.25)
            seen, again = again, self("capture-pane", "-p")
        lines = again.splitlines()
        return "\n".join([lines[0][:-5], *lines[1:-2], *lines[-1:]])


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    made = Tmux(tmp_path)
    yield made
    subprocess.run(["tmux", "-S", str(made.socket), "kill-server"], capture_output=True, check=False)


@pytest.fixture
async def busy(run: Callable[..., Any], key: dict[str, Any], config_path: Path) -> None:
    for number, name in enumerate(NAMES):
        await run("people.enrol", {"number": f"K{number}", "name": name, "login": f"p{number}", "department": "工程部"})
        tag = {"tag_no": f"3-S{number}", "equipment_room_name": f"{name}配电房", "custodian_dept": "engineering"}
        await run("keys.register", {**key, **tag})
        raw = {"borrower": f"p{number}", "work_reason": "配电箱例行检查", "signature_ref": "7 页"}
        await run("keys.lend", raw, target=[f"3-S{number}"])
    toured(config_path, "admin")


@pytest.mark.parametrize("seed", [1, 2])
async def test_what_stands_there_is_what_would_be_painted_anew(
    busy: None, tmux: Tmux, config_path: Path, seed: int
) -> None:
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "plugins")))
    words = [sys.executable, "-m", "cstui", "--config", str(config_path), "--as", "admin"]
    tmux.start(f"env PYTHONPATH={shlex.quote(path)} COLORTERM=truecolor {shlex.join(words)}")
    end = time.monotonic() + 30
    while "TO SETTLE" not in tmux("capture-pane", "-p"):
        assert time.monotonic() < end, tmux("capture-pane", "-p")
        time.sleep(0.1)
    choice = random.Random(seed)
    for _ in range(6):
        keys = [choice.choice(KEYS) for _ in range(8)]
        tmux("send-keys", *keys)
        for _ in range(5):  # out of whatever is open, to a page that can be painted anew
            tmux("send-keys", "Escape")
            time.sleep(0.1)
        while "Esc" in (before := tmux.screen()).splitlines()[-1]:  # a page that came late
            tmux("send-keys", "Escape")
        tmux("send-keys", "R")
        assert tmux.screen() == before, keys


async def test_only_lines_that_are_painted_are_made_and_they_are_the_same(sit: Sit) -> None:
    choice = random.Random(3)
    async with sit(first=True) as desk:  # the tour lies over a part of the page
        screen = desk.app.screen
        compositor, whole = screen._compositor, screen._compositor._render_chops(screen.region, lambda _: True)
        for _ in range(50):
            x, y = choice.randrange(120), choice.randrange(40)
            crop = Region(x, y, choice.randint(1, 120 - x), choice.randint(1, 40 - y))
            chops = compositor._render_chops(crop, crop.line_range.__contains__)
            for at in crop.line_range:
                for start, part in whole[at].items():
                    if start < crop.right and start + part.cell_length > crop.x:
                        assert chops[at][start] == part, (crop, at, start)
            assert all(len(made) <= crop.height for _, _, made in compositor._get_renders(crop))


async def test_a_letter_lays_nothing_out_and_the_last_one_is_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    class Typing(App[None]):
        def compose(self) -> ComposeResult:
            yield Field()

    async with Typing().run_test(size=(40, 5)) as pilot:
        await pilot.press("x")
        screen, laid_out = pilot.app.screen, []
        monkeypatch.setattr(screen, "_refresh_layout", lambda *args, **more: laid_out.append(args))
        await pilot.press(*"x" * 40, *"the end")
        assert any("the end" in strip.text for strip in screen._compositor.render_strips())
        assert laid_out == []
