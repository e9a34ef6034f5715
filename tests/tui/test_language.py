"""The language that a login chose by key is its own, and is there again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cstui import quick
from cstui.tui import glimpse


@pytest.fixture
def auto(config_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that speaks as its terminal does, and an English terminal."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    config_path.write_text(config_path.read_text("utf-8").replace('language = "en"', 'language = "auto"'), "utf-8")
    return config_path


async def left(sit: Any, *keys: str, login: str = "admin") -> str:
    """Open the dashboard, press keys, leave it; answers the language it began with."""
    async with sit(login) as desk:
        began: str = desk.app.lang
        await desk.press(*keys, "Q", "enter")
    return began


async def test_the_language_chosen_by_key_is_kept_for_this_login_only(sit: Any, auto: Path) -> None:
    assert await left(sit, "L") == "en"
    assert await left(sit) == "zh_CN"
    assert await left(sit, login="somebody") == "en"
    assert await left(sit, "L") == "zh_CN"
    assert await left(sit) == "en"


async def test_what_was_last_seen_is_shown_in_the_language_it_was_left_in(sit: Any, auto: Path) -> None:
    await left(sit, "L")
    await left(sit)
    seen = glimpse.read(quick.look(auto, {"LANG": "en_US.UTF-8"}), "admin")
    assert seen and seen.lang == "zh_CN"


async def test_a_configured_language_is_what_one_starts_with(sit: Any, config_path: Path) -> None:
    await left(sit, "L")
    assert await left(sit) == "en"
    config_path.write_text(config_path.read_text("utf-8").replace('"en"', '"zh_CN"'), "utf-8")
    assert await left(sit, "L") == "zh_CN"
    assert await left(sit) == "zh_CN"
