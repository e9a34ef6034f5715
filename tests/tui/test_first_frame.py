"""The first frame waits for nothing: neither the store's library nor any area is loaded before it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from conftest import site
from textual import events

from cstui import quick
from cstui.host import Host
from cstui.people.models import RoleGrant
from cstui.tui import glimpse

SCRIPT = """
import sys
from pathlib import Path
from cstui.tui.app import Dashboard

class First(Dashboard):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if not loaded:
            loaded.append([name for name in sys.modules if name.split(".")[0] in WATCHED])
            self.exit(0)

loaded = []
WATCHED = {"tortoise", "pydantic", "pluggy", "openpyxl", "aiosqlite", "cstui_keys", "cstui_hygiene", "cstui_rewards"}
First(Path("nowhere.toml"), lambda _: "admin").run(headless=True)
print("LOADED", *loaded[0])
"""


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split("LOADED")[1].split() == []


def read(config: Path, login: str = "admin") -> glimpse.Glimpse | None:
    """What this login last saw."""
    return glimpse.read(quick.look(config, {}), login)


async def left(sit: Any) -> list[str]:
    """Open the dashboard, leave it, and tell the ids of the matters that were shown."""
    async with sit() as desk:
        await desk.until(lambda: desk.app.screen.queue.lines)
        await desk.press("Q", "enter")
        return [matter.item.id for matter in desk.app.screen_stack[1].queue.matters]


async def test_what_was_last_seen_is_shown_to_its_login_only_and_with_the_same_permissions(
    config_path: Path, sit: Any, host: Host
) -> None:
    items = await left(sit)
    seen = read(config_path)
    assert seen and list(seen.items) == items and seen.lines
    for login in ("chen.min", "", "nobody"):
        assert read(config_path, login) is None
    was = config_path.read_text()
    config_path.write_text(was + "\n# who may do what was thought over")
    assert read(config_path) is None, "by the site's rules of now somebody may see less"
    config_path.write_text(was)
    assert read(config_path)
    async with host.store.transaction():
        await RoleGrant.filter(staff__login="admin").update(last_day=date(2020, 1, 1))
    assert read(config_path) is None, "its roles have ended"


async def test_keys_typed_over_a_glimpse_count_only_where_the_same_matters_stand(config_path: Path, sit: Any) -> None:
    await left(sit)
    seen = read(config_path)
    assert seen
    async with sit() as desk:
        first = desk.app.screen
        glimpse.hand_on([events.Key("G", "G")], first, replace(seen, items=["another"]))
        await desk.sees(desk.app.say("tui.keys_dropped")[:30])
        assert desk.app.screen is first
        glimpse.hand_on([events.Key("G", "G")], first, seen)
        await desk.until(lambda: desk.app.screen is not first)


async def test_a_glimpse_needs_no_orm(config_path: Path, sit: Any) -> None:
    await left(sit)
    code = (
        "import sys\nfrom pathlib import Path\nfrom cstui import quick\nfrom cstui.tui.glimpse import read\n"
        f"found = quick.look(Path({str(config_path)!r}), {{}})\n"
        "seen = read(found, 'admin')\n"
        "print('SEEN', seen is not None, 'tortoise' in sys.modules or 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("SEEN")[1].split() == ["True", "False"]


async def test_a_site_that_cannot_be_opened_is_one_sentence_and_exit_4(tmp_path: Path, sit: Any) -> None:
    path = site(tmp_path / "empty")
    path.write_text(path.read_text() + "\nlangauge = 3\n")
    async with sit(config=path) as desk:
        await desk.sees("langauge")
        assert "Traceback" not in desk.painted
        await desk.press("x")
    assert desk.app.return_code == 4
    assert "langauge" in desk.app.fault
