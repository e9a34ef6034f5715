"""What Today looks like, what opens over it, and the states it can be in (`tools/snapshots.py` accepts)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from picture import svg
from textual.geometry import Size

from cstui import review
from cstui.tui.app import Dashboard
from cstui.tui.looks import notice

from .conftest import LANGS, SIZES, SMALL, Go, Snap, accepted, complain


async def test_today_and_what_opens_over_it(sit: Any, department: None, snap: Snap) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("down", "down")
        await snap(desk, "today", (*SIZES, SMALL))
        for name, keys, back in (
            ("menu", ["enter"], ["escape"]),
            ("palette", [":"], ["escape"]),
            ("palette-typed", [":", "y", "s"], ["escape"]),
            ("registers", ["G"], ["escape"]),
            ("quit", ["Q"], ["escape"]),
            ("help", ["?"], ["?"]),
            ("plugins", ["P"], ["escape"]),
            ("journal", ["J"], []),
            ("journal-entry", ["enter"], ["escape", "escape"]),
        ):
            await desk.press(*keys)
            await snap(desk, name)
            await desk.press(*back)


async def test_the_sign_off_and_its_statement(sit: Any, department: None, host: Any, run: Any, snap: Snap) -> None:
    today = await review.collect(host, await host.call(host.actor("admin")), None)
    for matter in today.matters:
        if matter.item.severity == "critical":
            reason = {"until": "tomorrow", "reason": "等候专管员任命"}
            await run("review.defer", {"items": [matter.item.id], **reason})
        else:
            await run("review.read", {"items": [matter.item.id]})
    async with sit(size=(120, 40)) as desk:
        await desk.press("S")
        await snap(desk, "sign-off")
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen.signed)
        await snap(desk, "statement")


async def test_each_theme(sit: Any, department: None, snap: Snap, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pictures(desk: Any, theme: str) -> None:
        """The queue, a menu, a form with faults and a chart."""
        await snap(desk, f"today-{theme}", SIZES[:1], LANGS[:1])
        await desk.press("enter")
        await snap(desk, f"menu-{theme}", SIZES[:1], LANGS[:1])
        await desk.press("escape")
        await go(desk, "chart:keys.holders")
        await snap(desk, f"chart-{theme}", SIZES[:1], LANGS[:1])
        await desk.press("escape")
        await go(desk, "register:keys.keys")
        await desk.press("end", "l")
        await desk.until(lambda: hasattr(desk.app.screen, "infos"))
        await desk.type("nobody")
        await desk.press("tab", "enter")
        await snap(desk, f"form-{theme}", SIZES[:1], LANGS[:1])
        await desk.press("ctrl+r", "escape", "escape")

    async with sit(size=(80, 24)) as desk:
        for theme in ("light", "16"):
            await desk.app.choose_theme(theme)
            await pictures(desk, theme)
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(size=(80, 24)) as desk:
        await pictures(desk, "plain")


async def test_nothing_due(sit: Any, snap: Snap) -> None:
    async with sit() as desk:
        await snap(desk, "empty")


async def test_a_store_that_can_only_be_read_and_a_login_without_permissions(
    sit: Any, department: None, snap: Snap
) -> None:
    async with sit() as desk:
        desk.app.host.store.read_only = "store.not_writable"
        await desk.press("R", "down", "r")
        await snap(desk, "read-only", SIZES[:1])
    async with sit(login="he.hui") as desk:
        await desk.press("enter")
        await snap(desk, "no-permission", SIZES[:1])


async def test_the_first_time(sit: Any, department: None, snap: Snap) -> None:
    async with sit(first=True) as desk:
        await snap(desk, "tour")


async def test_a_plugin_set_aside(sit: Any, config_path: Path, snap: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSTUI_STRICT", "0")
    folder = config_path.parent / "own"
    folder.mkdir(mode=0o700)
    (folder / "visits.py").write_text("raise LookupError('no such table')\n", "utf-8")
    with config_path.open("a", encoding="utf-8") as config:
        config.write(f'\n[plugins]\ndirs = ["{folder}"]\n')
    async with sit() as desk:
        await desk.press("P")
        await snap(desk, "set-aside", SIZES[:1])


@pytest.mark.parametrize("lang", LANGS)
async def test_opening_and_what_cannot_be_opened(
    sit: Any, config_path: Path, snap: Snap, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    config_path.write_text(f'language = "{lang}"\nsites = "客服一部"\n', "utf-8")
    async with sit(size=SIZES[0]) as desk:
        await snap(desk, "fault", SIZES[:1], (lang,))

    async def never(self: Dashboard) -> None: ...

    monkeypatch.setattr(Dashboard, "_hold_site", never)
    app = Dashboard(config_path, lambda _: "admin")
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        told = [accepted(f"opening-{lang[:2]}-80", svg(app.screen._compositor.render_strips()))]
    app.login, app.lock.typed = "wang.fang", "24"
    for name, words, size in (
        ("too-small", [app.say_too_small()], Size(30, 8)),
        ("locked", app.lock.lines(), Size(40, 12)),
    ):
        told.append(accepted(f"{name}-{lang[:2]}", svg([strip for (strip,) in notice(words, size).strips])))
    complain(told)
