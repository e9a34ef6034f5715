"""A file in a form: which may be named, a long act beside the dashboard, and how it is stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import lost_site
from tests.tui.test_form_fields import opened, row

from cstui import identity


@pytest.fixture
def config_path(tmp_path: Path, lost_template: Path) -> Path:
    path = lost_site(tmp_path, lost_template)
    (path.parent / "exchange").mkdir()
    return path


async def passes(desk: Any) -> int:
    return len(await desk.app.host.store.query("SELECT 1 FROM lost_pass"))


async def test_whoever_comes_by_a_service_account_names_a_file_of_the_exchange_folder(
    sit: Any, config_path: Path
) -> None:
    (config_path.parent / "exchange" / "gate-1.log").write_text("wang\nli\n")
    (config_path.parent / "secret.log").write_text("sun\n")
    async with sit() as desk:
        form = await opened(desk, "lost.take")
        await desk.type("../secret.log")
        await desk.press("tab")
        await desk.until(lambda: "! there is no file ../secret.log" in row(desk, form, "log"))
        await desk.press("shift+tab", "ctrl+u")
        await desk.type("gate")
        await desk.until(lambda: "> gate-1.log" in row(desk, form, "log"))
        await desk.press("enter")
        await desk.until(lambda: "= gate-1.log" in row(desk, form, "log"))
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not form)
        assert await desk.app.call(passes(desk)) == 2


async def test_whoever_sits_at_the_computer_goes_through_its_folders(
    sit: Any, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (config_path.parent / "logs").mkdir()
    (config_path.parent / "logs" / "gate.log").write_text("wang\n")
    monkeypatch.chdir(config_path.parent)
    monkeypatch.setattr(identity, "account", lambda: "admin")
    async with sit() as desk:
        form = await opened(desk, "lost.take")
        await desk.type("log")
        await desk.until(lambda: "> logs/" in row(desk, form, "log"))
        await desk.press("enter")
        await desk.until(lambda: "> gate.log" in row(desk, form, "log"))
        await desk.press("enter", "enter")
        await desk.until(lambda: desk.app.screen is not form)
        assert await desk.app.call(passes(desk)) == 1


async def test_a_long_act_goes_on_beside_and_is_stopped(sit: Any, config_path: Path) -> None:
    (config_path.parent / "exchange" / "gate.log").write_bytes(b"".join(b"p%d\n" % n for n in range(1_000_000)))
    async with sit() as desk:
        await opened(desk, "lost.take")
        await desk.type("gate.log")
        await desk.press("enter")
        await desk.sees("lines   Esc stops")
        assert await desk.app.call(passes(desk)) == 0  # reading goes on meanwhile
        await desk.press("escape")
        await desk.sees("Stopped: nothing was stored")
        assert await desk.app.call(passes(desk)) == 0
        assert "gate.log" in desk.painted  # what was typed is kept
