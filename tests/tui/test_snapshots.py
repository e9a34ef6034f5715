"""What each screen looks like, in both languages and at both sizes, against accepted pictures (`tools/snapshots.py`)."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from picture import changes, svg
from textual.geometry import Size

from cstui import review
from cstui.tui.app import Dashboard
from cstui.tui.looks import notice

ACCEPTED = Path(__file__).with_name("snapshots")
SIZES = ((80, 24), (120, 40))
SMALL = (40, 12)
LANGS = ("zh_CN", "en")
ACCEPT = "CSTUI_ACCEPT"
"""An environment variable: a new picture is accepted as it is."""
STAFF = [
    ("K001", "王芳", "admin", "客服部"),
    ("K002", "陈敏", "chen.min", "客服部"),
    ("E001", "李强", "li.qiang", "工程部"),
    ("E002", "何慧", "he.hui", "工程部"),
]

pytestmark = pytest.mark.usefixtures("everywhere_alike")


@pytest.fixture
def everywhere_alike(monkeypatch: pytest.MonkeyPatch, config_path: Path) -> None:
    """The same terminal and the same folder on every machine."""
    said = Dashboard.say

    def say(self: Dashboard, *args: Any, **more: Any) -> str:
        return said(self, *args, **more).replace(str(config_path.parent), "/srv/cstui")

    monkeypatch.setattr(Dashboard, "say", say)
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
async def department(run: Any, key: Any) -> None:
    """Four people; keys out, late, without label; a building nobody keeps the keys of; matters of one's own."""
    for number, name, login, team in STAFF:
        await run("people.enrol", {"number": number, "name": name, "login": login, "department": team})
    rooms = ("配电房", "水泵房", "电梯机房", "消防控制室")
    for number, room in enumerate(rooms, 1):
        tag = {"tag_no": f"3-S{number}-A", "equipment_room_name": f"{number}号{room}", "custodian_dept": "engineering"}
        await run("keys.register", {**key, **tag})
    for tag, login in (("3-S1-A", "li.qiang"), ("3-S2-A", "li.qiang"), ("3-S3-A", "he.hui")):
        reason = {
            "borrower": login,
            "work_reason": "配电箱例行检查",
            "signature_ref": "7 页",
            "due_at": "2026-11-24 09:20",
        }
        await run("keys.lend", reason, target=[tag])
    for number in (5, 6):
        tag = {"tag_no": f"3-S{number}-A", "equipment_room_name": f"{number}号机房", "labelled": "false"}
        await run("keys.register", {**key, **tag, "custodian_dept": "engineering"})


Snap = Callable[..., Awaitable[None]]


@pytest.fixture
def snap() -> Snap:
    """Compare what stands on the screen with the accepted pictures NAME-LANGUAGE-WIDTH.svg; all faults at once."""

    async def compare(desk: Any, name: str, sizes: Any = SIZES, langs: tuple[str, ...] = LANGS) -> None:
        told = []
        for lang in langs:
            if desk.app.lang != lang:
                desk.app.switch_language()
            for size in sizes:
                await desk.pilot.resize_terminal(*size)
                told.append(accepted(f"{name}-{lang[:2]}-{size[0]}", await settled(desk)))
        assert not any(told), "\n\n".join(
            [*filter(None, told), "If that is as it should be: python tools/snapshots.py"]
        )

    return compare


def accepted(name: str, picture: str) -> str:
    """What differs from the accepted picture, or ""."""
    path = ACCEPTED / f"{name}.svg"
    before = path.read_text("utf-8") if path.exists() else ""
    if os.environ.get(ACCEPT):
        path.write_text(picture, "utf-8")
        return ""
    return "" if picture == before else f"{path.name}\n{changes(before, picture)}"


async def settled(desk: Any) -> str:
    """The picture, once it stays as it is."""
    before = ""
    for _ in range(50):
        await desk.pilot.pause(0.02)
        picture = svg(desk.app.screen._compositor.render_strips())
        if picture == before:
            return picture
        before = picture
    raise AssertionError("the screen doesn't come to rest")


async def test_today_and_what_opens_over_it(sit: Any, department: None, snap: Snap) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("down", "down")
        await snap(desk, "today", (*SIZES, SMALL))
        for name, keys, back in (
            ("menu", ["enter"], ["escape"]),
            ("palette", [":"], ["escape"]),
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


async def test_each_theme(sit: Any, department: None, snap: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit(size=(80, 24)) as desk:
        for theme in ("light", "16"):
            await desk.app.choose_theme(theme)
            await snap(desk, f"today-{theme}", SIZES[:1], LANGS[:1])
            await desk.press("enter")
            await snap(desk, f"menu-{theme}", SIZES[:1], LANGS[:1])
            await desk.press("escape")
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(size=(80, 24)) as desk:
        await snap(desk, "today-plain", SIZES[:1], LANGS[:1])


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
    told.append(
        accepted(f"too-small-{lang[:2]}", svg([strip for (strip,) in notice(app.say_too_small(), Size(30, 8)).strips]))
    )
    assert not any(told), "\n".join(told)
