"""The pictures of the README and the guides, taken of a sample department: docs/pictures/*.png.

python tools/pictures.py     (needs Pillow, rsvg-convert, and the font Noto Sans Mono CJK)
"""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / part) for part in ("src", "plugins", "tests")]
os.environ |= {"TERM": "linux", "COLORTERM": "truecolor"}  # the header without its dots, which that font hasn't
os.environ.pop("NO_COLOR", None)

from picture import svg  # noqa: E402
from PIL import Image  # noqa: E402
from textual.pilot import Pilot  # noqa: E402

from cstui.demo import build  # noqa: E402
from cstui.host import Host  # noqa: E402
from cstui.store.state import keep  # noqa: E402
from cstui.tui.app import Dashboard  # noqa: E402
from cstui.tui.palette import follow  # noqa: E402

PICTURES = ROOT / "docs/pictures"
LOGIN = "yang.jie"
SIZE = (120, 40)
WIDTH = 1200
"""Pixels of a picture."""
COLOURS = 128


async def main() -> None:
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        await build(site, LOGIN, lambda *_: None)
        async with Host.open(site / "config.toml") as host:
            await host.call(keep(host.store, LOGIN, "tour", True))
        app = Dashboard(site / "config.toml", lambda _: LOGIN)
        async with app.run_test(size=SIZE) as pilot:
            while not getattr(app.screen, "review", None):
                await pilot.pause(0.1)
            await take(app, pilot, "zh_CN", "today", *["down"] * 5)
            await show(app, pilot, "register:keys.keys", "l")
            await pilot.press("w", "j")
            await take(app, pilot, "en", "form")
            await pilot.press("escape", "escape")
            await show(app, pilot, "chart:keys.holders")
            await take(app, pilot, "zh_CN", "board")
            await pilot.press("escape")
            await show(app, pilot, "chart:hygiene.rota_plan")
            await take(app, pilot, "zh_CN", "rota", *["down"] * 3, "right")
            await pilot.press("escape")
            await show(app, pilot, "chart:hygiene.scores_by_week")
            await take(app, pilot, "en", "scores")
            await pilot.press("escape")
            await show(app, pilot, "chart:rewards.opinions")
            await take(app, pilot, "zh_CN", "opinions")
            await pilot.press("escape")
            await show(app, pilot, "register:confidentiality.findings")
            await take(app, pilot, "en", "finding", "enter")
            while len(app.screen_stack) > 2:
                await pilot.press("escape")
            await take(app, pilot, "en", "hygiene", *["tab"] * 4, *["down"] * 3)


async def show(app: Dashboard, pilot: Pilot[int], name: str, *keys: str) -> None:
    """Open what is called so, and press keys there."""
    before = app.screen
    await follow(before, name)  # type: ignore[arg-type]
    while app.screen is before or not app.screen.stands:  # type: ignore[attr-defined]
        await pilot.pause(0.1)
    await pilot.press(*keys)


async def take(app: Dashboard, pilot: Pilot[int], lang: str, name: str, *keys: str) -> None:
    """Write the picture docs/pictures/NAME.png once the screen stays as it is."""
    if app.lang != lang:
        app.switch_language()
    await pilot.press(*keys)
    await pilot.pause(2)
    picture = svg(app.screen._compositor.render_strips())
    made = subprocess.run(["rsvg-convert", "-w", str(WIDTH)], input=picture.encode(), check=True, capture_output=True)
    image = (
        Image.open(io.BytesIO(made.stdout))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    image.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    asyncio.run(main())
