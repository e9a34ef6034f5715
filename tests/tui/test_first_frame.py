"""The first frame waits for nothing: neither the store's library nor any area is loaded before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import site

SCRIPT = """
import sys
from pathlib import Path
from cstui.tui.app import Dashboard

class First(Dashboard):
    def _open(self):  # called after the first frame
        global loaded
        loaded = [name for name in sys.modules if name.split(".")[0] in WATCHED]
        self.exit(0)

WATCHED = {"tortoise", "pydantic", "pluggy", "openpyxl", "aiosqlite", "cstui_keys", "cstui_hygiene", "cstui_rewards"}
First(Path("nowhere.toml"), "admin").run(headless=True)
print("LOADED", *loaded)
"""


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split("LOADED")[1].split() == []


async def test_a_site_that_cannot_be_opened_is_one_sentence_and_exit_4(tmp_path: Path, sit: Any) -> None:
    path = site(tmp_path / "empty")
    path.write_text(path.read_text() + "\nlangauge = 3\n")
    async with sit(config=path) as desk:
        await desk.sees("langauge")
        assert "Traceback" not in desk.painted
        await desk.press("x")
    assert desk.app.return_code == 4
    assert "langauge" in desk.app.fault
