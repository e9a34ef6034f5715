"""The worst strings in every place of the dashboard, on a real terminal and in the painted lines."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.tui.conftest import toured
from tests.tui.test_terminal import READY, Seat
from tests.worst import ALL, WORST, acting, poison

from cstui.review import collect
from cstui.tui.screens.journal import Journal
from cstui.tui.screens.register import Register
from cstui.tui.widgets.rows import Rows

OWN = re.compile(
    rb"\x1b(\[[0-9;]*[mHC]|\[\?[0-9;]+[hlu]|\[[<>=][0-9;]*u|\[\?[0-9]+\$p|\[[0-9]*[tnqcJK]|\[[<>]?[0-9]*[mq]|[=>78]"
    rb"|\]22;[a-z-]*\x07)"
)
"""What Textual itself sends: colours, places, modes, the pointer's shape; no title, no clipboard, no link."""
KEY = {"block": "3", "space_kind": "equipment_room", "equipment_room_name": "2号配电房", "door_kind": "equipment_room"}


@pytest.fixture
async def evil(run: Any, host: Any, config_path: Path) -> Path:
    """A site in which all that people wrote is evil, and so is what was done since."""
    for number, name in enumerate(("王芳", "李明", "陈静")):
        raw = {"number": f"K{number}", "name": name, "login": f"p{number}", "department": "工程部", "post": "主管"}
        await run("people.enrol", raw)
        await run("keys.register", {**KEY, "tag_no": f"3-S{number}", "copy_no": str(number + 1), "labelled": "true"})
    await run("review.add", {"text": "自定事项", "day": "2026-11-24"})
    file = config_path.with_name("cstui.db")
    await poison(host, file)
    for number in range(3):
        raw = {"borrower": f"p{number}", "work_reason": "配电箱例行检查", "signature_ref": "7 页"}
        await run("keys.lend", raw, target=[f"3-S{number}"])
    await run("keys.return", {"condition": "ok", "remark": "在"}, target=["3-S2"])
    assert await poison(host, file) > 60
    toured(config_path, "admin")
    text = config_path.read_text().replace('site = "客服一部"', 'site = "客服[/nope]{x}"')
    config_path.write_text(text, encoding="utf-8")
    return config_path


@pytest.fixture
def seat(evil: Path) -> Iterator[Seat]:
    plugins = evil.with_name("plugins")
    plugins.mkdir(mode=0o700)
    plugins.joinpath("bad.py").write_text(f"raise RuntimeError({ALL!r})\n")
    evil.write_text(f'{evil.read_text()}\n[plugins]\ndirs = ["{plugins}"]\n', encoding="utf-8")
    made = Quick(evil, (80, 24))
    yield made
    if not made.ended():
        os.kill(made.pid, 9)
        os.waitpid(made.pid, 0)


ESCAPE = "\x1b[27u"
"""As terminals write the key that know how to tell it from the begin of another."""
END = "\x1b[F"
QUIET = 0.04


class Quick(Seat):
    """Goes on as soon as the terminal has been quiet for a moment."""

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode("utf-8", "surrogateescape"))
        end, seen = time.monotonic() + 3, -1
        while seen != len(self.raw) and time.monotonic() < end:
            seen = len(self.raw)
            self.read(QUIET)

    def sees(self, mark: bytes, since: int, again: str = "") -> None:
        """Wait until something was painted; a key pressed before all stood there is pressed again."""
        end = time.monotonic() + 60
        while not re.search(mark, painted := OWN.sub(b"", self.raw[since:])):
            assert time.monotonic() < end, (mark, painted.decode("utf-8", "replace")[-3000:])
            self.press(again)
            self.read(0.05)


def pasted(text: str) -> str:
    """As a terminal pastes it, which leaves out what would end the paste."""
    text = text.replace("\x1b", "")
    return f"\x1b[200~{text}\x1b[201~"


TOUR: dict[str, tuple[str | bytes | tuple[str, bytes], ...]] = {
    "today": ("\x1b[B", "\x1b[B", "\x1b[C", "\x1b[B", "\x1b[D", " "),
    "menu": ("\r", b"hand back", ESCAPE),
    "note on a matter": ("\x1b[F", "N", b"note", pasted(ALL), "\r", ESCAPE),
    "delegate": ("T", b"delegate", "p", "\x1b[B", ESCAPE),
    "grouped by person": ("O", "O", "O"),
    "search": ("/", pasted(ALL), "\r", ESCAPE),
    "a person": (
        "G", b"narrow", "people.staff", "\r", b"rows", "O", " ", "\r", b"EMPLOYMENT", "\t", "\t", "\x1b[F", "\x1b[H",
        "\t", "\t", "\t", "\r", ESCAPE, ESCAPE,
    ),
    "a key and its past": ("G", b"narrow", "keys.keys", "\r", b"rows", "\r", b"next part", (END, "钥匙管理规定 2".encode()), "\r", b"as of", ESCAPE, ESCAPE),
    "a form": ("G", b"narrow", "keys.keys", "\r", b"rows", "r", b"condition", "p", "\x1b[B", "\t", pasted(ALL), "\t", "\r", ESCAPE),
    "records by name": (":", b"narrow", "z", "\x1b[B", ESCAPE, ":", b"narrow", pasted("王" + ALL), ESCAPE),
    "journal": ("J", b"return +3-S", "\r", (END, b"by its keeper"), ESCAPE, "V"),
    "help and plugins": ("?", b"EVERYWHERE", ESCAPE, "P", b"SET ASIDE"),
    "import": ("G", b"narrow", "keys.keys", "\r", b"rows", "I", b"Which file", "pw", "\r", b"which field|required|Headers", ESCAPE, ESCAPE),
    "charts": ("G", b"narrow", "Who holds", "\r", b"verdue", "\x1b[B", "\r"),
    "filter and columns": ("G", b"narrow", "keys.keys", "\r", b"rows", "F", pasted(f"label_text~{ALL}"), "\r", ESCAPE, "C", ESCAPE),
    "language": ("L",),
}  # fmt: skip
"""Keys to press, and (bytes) what then stands there; in pairs where a key is pressed until it does."""


def test_nothing_of_it_reaches_a_real_terminal(seat: Seat, evil: Path) -> None:
    folder = evil.with_name("exchange")
    folder.mkdir(exist_ok=True)
    header, cell = ",".join(f'"{WORST[name]}"' for name in ("title", "c1", "bidi")), WORST["erase"]
    for where in (folder, evil.parent):
        (where / f"pw{WORST['title'].replace('/', '')}\u202e.csv").write_text(f"{header}\n{cell},b,c\n", "utf-8")
    seat.until(lambda: READY in seat.raw)
    for place, keys in TOUR.items():
        begun = len(seat.raw)
        for key in keys:
            if isinstance(key, tuple):
                seat.sees(key[1], begun, again=key[0])
            elif isinstance(key, bytes):
                seat.sees(key, begun)
            else:
                seat.press(key)
            assert not seat.ended(), (place, key, seat.code, seat.raw[-600:])
        seat.press(ESCAPE)
        seat.press(ESCAPE)
    seat.press("\udcff\udcfe\udc80")
    seat.press("Q")
    seat.press("y")
    seat.until(seat.ended)
    assert seat.code == 0
    again = Quick(evil, (80, 24))  # begins with what was seen last
    again.until(lambda: READY in again.raw)
    again.press("Qy")
    again.until(again.ended)
    seat.raw += again.raw
    own = OWN.sub(b"", seat.raw)
    shown = own.decode("utf-8")
    assert not acting(shown, "\r\n"), [own[max(0, at - 40) : at + 20] for at in _places(own)][:5]
    for mark in ("^[]0;PWNED^G", "<U+", "[/nope]{x}"):
        assert mark in shown, mark
    assert not re.search(rb"\x1b(\](?!22;)|\[666|c|P)", seat.raw)


def _places(own: bytes) -> list[int]:
    return [
        found.start()
        for found in re.finditer(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\xaf]", own)
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_columns_stay_aligned_and_no_line_is_too_long(evil: Path, sit: Any, size: tuple[int, int]) -> None:
    async with sit(size=size) as desk:
        for page in (Register("people.staff"), Register("keys.loans"), Journal()):
            await desk.app.push_screen(page)
            await desk.until(lambda page=page: page.stands)
            rows = page.query_one(Rows)
            painted = [rows.painter(index, size[0]) for index in range(rows.count)]
            widths = {tuple(cell_len(text) for text, _ in runs) for runs in painted}
            assert len(painted) >= 2 and len(widths) == 1, widths
            assert sum(*widths) <= size[0]
            assert not acting("".join(desk.lines))
            assert {cell_len(line) for line in desk.lines} == {size[0]}


async def test_a_statement_of_the_worst_is_signed_and_copied(evil: Path, sit: Any, run: Any, host: Any) -> None:
    actor = await host.call(host.actor("admin"))
    today = await collect(host, actor)
    items = [matter.item.id for matter in today.matters]
    await run("review.defer", {"items": items, "until": "2026-11-25", "reason": "later"})
    await poison(host, evil.with_name("cstui.db"))
    async with sit(size=(80, 24)) as desk:
        await desk.press("S")
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "statement", None))
        await desk.pilot.pause()
        assert not acting("".join(desk.lines)) and not acting(desk.app.screen.copied())
        assert {cell_len(line) for line in desk.lines} == {80}
